"""How the window looks and which language it speaks, as far as the user may choose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SYSTEMS_LANGUAGE: Final = ""

TEXT_SIZES: Final = (90, 100, 115, 130, 150, 175, 200)  # percent of the usual size


class Scheme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Appearance:
    """`language` is ISO 639-1, or SYSTEMS_LANGUAGE; `text_size` one of TEXT_SIZES; `compact` puts
    controls and rows closer together."""

    language: str = SYSTEMS_LANGUAGE
    scheme: Scheme = Scheme.SYSTEM
    text_size: int = 100
    compact: bool = False
