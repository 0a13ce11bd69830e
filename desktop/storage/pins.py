"""Pins: the models that a folder came with, named in its `starter.toml` with their hashes.

The pins lie inside the folder or beside it: name, kind, files with size and SHA-256, licence,
origin. Hashes nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from desktop.domain.models import (
    InstalledModel,
    Keeping,
    ModelKind,
    ModelPart,
    Provenance,
)

PINS = "starter.toml"


@dataclass(frozen=True, slots=True)
class Pin:
    """One model as `starter.toml` has it, and the folder its files lie in."""

    name: str
    kind: ModelKind
    folder: Path
    hashes: dict[str, str]  # SHA-256 by path within the folder
    sizes: dict[str, int]  # bytes, likewise
    facts: dict[str, Any]

    @property
    def present(self) -> bool:
        """Whether all its files are there, whatever is in them."""
        return all(size_of(self.folder / name) is not None for name in self.sizes)

    @property
    def complete(self) -> bool:
        """Whether they have the right sizes, too."""
        return all(size_of(self.folder / name) == size for name, size in self.sizes.items())

    def model(self) -> InstalledModel:
        return InstalledModel(
            name=self.name,
            kind=self.kind,
            keeping=Keeping.INSTALLATION,
            parts=tuple(
                ModelPart(self.folder / name, sha256, self.sizes[name])
                for name, sha256 in self.hashes.items()
            ),
            context_window=int(self.facts.get("context_window", 0)),
            parameters=int(self.facts.get("parameters", 0)),
            quantization=str(self.facts.get("quantization", "")),
            provenance=Provenance(
                origin=str(self.facts.get("origin", "")),
                licence=str(self.facts.get("licence", "")),
            ),
        )


def pins_of(folder: Path) -> list[Pin]:
    """The models of a folder. Without readable pins nothing in it can be verified: no models."""
    for pins in (folder / PINS, folder.parent / PINS):
        try:
            tables = tomllib.loads(pins.read_text(encoding="utf-8"))["model"]
            return [_pin(table, folder) for table in tables]
        except FileNotFoundError:
            continue
        except (OSError, ValueError, LookupError, TypeError):
            return []
    return []


def installed(folders: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Names of the chat models and of the embedding models in `folders`, not verified."""
    pins = [pin for folder in folders for pin in pins_of(folder) if pin.complete]
    return (
        [pin.name for pin in pins if pin.kind is ModelKind.CHAT],
        [pin.name for pin in pins if pin.kind is ModelKind.EMBEDDER],
    )


def size_of(path: Path) -> int | None:
    """Bytes of a regular file, or None if there is none."""
    try:
        return path.stat().st_size if path.is_file() else None
    except (OSError, ValueError):  # a name with a NUL in it
        return None


def _pin(table: dict[str, Any], folder: Path) -> Pin:
    files = table["file"]
    for path in (table["name"], *(file["path"] for file in files)):
        if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
            raise ValueError(f"{path} is outside the model folder")
    return Pin(
        name=str(table["name"]),
        kind=ModelKind(table["kind"]),
        folder=folder / table["name"],
        hashes={str(file["path"]): str(file["sha256"]) for file in files},
        sizes={str(file["path"]): int(file["size"]) for file in files},
        facts=table,
    )
