"""The model folders: what is installed, and whether it is what it was when it was verified.

A folder of models comes with its pins, `starter.toml`, inside it or beside it: name, kind, files
with size and SHA-256, licence, origin. A file is hashed before its first use and again whenever
size, times or inode say that it may have been touched. Opens no model.
"""

from __future__ import annotations

import hashlib
import os
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from desktop.domain.errors import EmbedderMissing, ModelChanged, ModelMissing
from desktop.domain.models import EmbedderFiles, ModelFile
from desktop.storage.database import Database

PINS = "starter.toml"
GGUF = ".gguf"
ASSUMED_WINDOW = 4096  # tokens, of a file without pins; loading it tells if it has fewer
CHAT = "chat"
EMBEDDER = "embedder"


@dataclass(frozen=True, slots=True)
class _Pin:
    """One model as `starter.toml` has it, and the folder its files lie in."""

    name: str
    kind: str
    folder: Path
    hashes: dict[str, str]  # SHA-256 by path within the folder
    sizes: dict[str, int]  # bytes, likewise
    facts: dict[str, Any]

    @property
    def complete(self) -> bool:
        return all(_size(self.folder / name) == size for name, size in self.sizes.items())

    def chat_model(self) -> ModelFile:
        name, sha256 = next(iter(self.hashes.items()))  # a GGUF is one file
        return ModelFile(
            name=self.name,
            path=self.folder / name,
            sha256=sha256,
            size=self.sizes[name],
            context_window=int(self.facts["context_window"]),
            quantization=str(self.facts.get("quantization", "")),
            licence=str(self.facts.get("licence", "")),
            origin=str(self.facts.get("origin", "")),
        )


class ModelFolders:
    """`services.ports.Models` over folders; earlier ones come first.

    What was verified is remembered in the store, since hashing gigabytes takes long.
    """

    def __init__(self, database: Database, folders: Sequence[Path]) -> None:
        self._database = database
        self._folders = folders

    def chat_models(self) -> list[ModelFile]:
        """The chat models whose files are there, not yet verified."""
        return [pin.chat_model() for pin in self._pins(CHAT) if pin.complete]

    def chat_model(self, reference: str | None) -> ModelFile:
        """The model of that name, or the first one; its hash checked.

        The path of a GGUF file is a reference too: there is no hash on record for it, so the one
        it has is stated. Raises ModelMissing, ModelChanged.
        """
        for pin in self._pins(CHAT):
            if reference in (None, pin.name):
                model = pin.chat_model()
                if _size(model.path) is not None:
                    self._check(model.name, model.path, model.sha256)
                    return model
        if reference is not None:
            path = Path(os.path.expanduser(reference)).absolute()  # noqa: PTH111 (which raises)
            if path.suffix.lower() == GGUF or _size(path) is not None:
                return self._chosen_file(path)
        raise ModelMissing(model=reference or "for answers")

    def embedder(self) -> EmbedderFiles:
        """The embedding model, its hashes checked. Raises EmbedderMissing, ModelChanged."""
        for pin in self._pins(EMBEDDER):
            if any(_size(pin.folder / name) is None for name in pin.hashes):
                continue
            for name, sha256 in pin.hashes.items():
                self._check(pin.name, pin.folder / name, sha256)
            return EmbedderFiles(
                name=pin.name,
                folder=pin.folder,
                dimensions=int(pin.facts["dimensions"]),
                hashes=dict(pin.hashes),
                licence=str(pin.facts.get("licence", "")),
                origin=str(pin.facts.get("origin", "")),
            )
        raise EmbedderMissing

    def _chosen_file(self, path: Path) -> ModelFile:
        size = _size(path)
        if size is None:
            raise ModelMissing(model=path.name)
        sha256 = self._sha256(path.name, path)
        return ModelFile(path.stem, path, sha256, size, context_window=ASSUMED_WINDOW)

    def _pins(self, kind: str) -> list[_Pin]:
        return [pin for folder in self._folders for pin in _pins_of(folder) if pin.kind == kind]

    def _check(self, model: str, path: Path, sha256: str) -> None:
        if self._sha256(model, path) != sha256:
            raise ModelChanged(model=model)

    def _sha256(self, model: str, path: Path) -> str:
        """The SHA-256 of a file: remembered if the file is untouched since, or else computed."""
        try:
            seen = _Traces.of(path)
            known = self._remembered(path, seen)
            if known is not None:
                return known
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            if _Traces.of(path) != seen:
                raise ModelChanged(model=model)  # written to while it was read
        except OSError as error:
            raise ModelMissing(model=model) from error
        self._remember(path, seen, sha256)
        return sha256

    def _remembered(self, path: Path, seen: _Traces) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT sha256 FROM verified_file WHERE path = ? AND size = ?"
                " AND modified_ns = ? AND changed_ns = ? AND inode = ?",
                (os.fsencode(path), *seen),
            ).fetchone()
        return None if row is None else str(row[0])

    def _remember(self, path: Path, seen: _Traces, sha256: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO verified_file VALUES (?, ?, ?, ?, ?, ?, ?)",
                (os.fsencode(path), *seen, sha256, time.time()),
            )


def installed(folders: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Names of the chat models and of the embedding models in `folders`, not verified."""
    pins = [pin for folder in folders for pin in _pins_of(folder) if pin.complete]
    return (
        [pin.name for pin in pins if pin.kind == CHAT],
        [pin.name for pin in pins if pin.kind == EMBEDDER],
    )


class _Traces(NamedTuple):
    """What changes when a file is written to. `changed_ns` cannot be set back by the writer."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: str

    @classmethod
    def of(cls, path: Path) -> _Traces:
        status = path.stat()
        # As text: an inode number may have 64 bits without a sign, or more.
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, str(status.st_ino))


def _pins_of(folder: Path) -> list[_Pin]:
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


def _pin(table: dict[str, Any], folder: Path) -> _Pin:
    files = table["file"]
    for path in (table["name"], *(file["path"] for file in files)):
        if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
            raise ValueError(f"{path} is outside the model folder")
    return _Pin(
        name=str(table["name"]),
        kind=str(table["kind"]),
        folder=folder / table["name"],
        hashes={str(file["path"]): str(file["sha256"]) for file in files},
        sizes={str(file["path"]): int(file["size"]) for file in files},
        facts=table,
    )


def _size(path: Path) -> int | None:
    """Bytes of a regular file, or None if there is none."""
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None
