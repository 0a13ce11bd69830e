"""Models on this computer: what a file is, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A chat model that may be loaded. `sha256` is what its file is on record to hash to."""

    name: str
    path: Path
    sha256: str
    size: int  # bytes
    context_window: int  # tokens it was trained for
    quantization: str = ""
    licence: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class EmbedderFiles:
    """An embedding model: a folder of files with the hashes on record, by name within it."""

    name: str
    folder: Path
    dimensions: int
    hashes: dict[str, str]
    licence: str = ""
    origin: str = ""
