"""Packs: models in one folder for a computer without a network, with a signed list of hashes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.domain.models import InstalledModel, ModelPart


class Seen(StrEnum):
    """What this profile knows of the key that a pack is signed with. A key is trusted as it comes:
    that it is the same again is all that can be known without asking who holds it."""

    OURS = "this profile's own key"
    SAME = "the same as last time"
    BEFORE = "seen before"
    FIRST = "first seen"
    OTHER = "first seen; earlier packs came with other keys"


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose signature a pack bears. `fingerprint` is of the public key, to be read aloud."""

    fingerprint: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose signature fits its list; its files are not hashed yet.

    The parts of `models` are in `folder`, with the hashes that are on the list; so are `licences`.
    """

    folder: Path
    fingerprint: str
    models: tuple[InstalledModel, ...]
    licences: tuple[ModelPart, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        files = [part for model in self.models for part in model.parts]
        return sum(part.size for part in (*files, *self.licences))
