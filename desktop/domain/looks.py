"""How the window looks, as far as the user chooses: size of text, density, light or dark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TEXT_SIZES = (90, 100, 115, 130, 150, 175, 200)  # per cent of the usual size


class Scheme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Looks:
    """`text` is one of TEXT_SIZES; the size of the system's text counts beside it."""

    text: int = 100
    compact: bool = False
    scheme: Scheme = Scheme.SYSTEM
