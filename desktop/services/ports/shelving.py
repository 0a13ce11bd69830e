"""The models: their records, folders, files and packs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.gguf import GgufFacts
from desktop.domain.hub import (
    Download,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.model_folders import FolderFacts
from desktop.domain.models import (
    InstalledModel,
    ModelFile,
    ModelPart,
    Way,
)
from desktop.domain.packs import Pack


class Shelf(Protocol):
    """Where models are kept."""

    def take_in(self, download: Download, files: Sequence[Path]) -> object:
        """Move the verified files of a finished download to where models lie, and record them.

        `files` are in the order of `download.files`, in a folder that is removed afterwards. One
        that was taken in before is only found there.
        """
        ...

    def holds(self, download: Download) -> bool:
        """Whether a download was taken in, and is there as it came."""
        ...


Counted = Callable[[int], None]  # told how many bytes were read since it was told last

# What a model says of itself whose first file this is. Raises ModelMissing, NotAModel.
ReadFacts = Callable[[Path], GgufFacts]


class Models(Protocol):
    """The models that can be used: what answering needs to know of the shelf."""

    def chat_models(self) -> list[ModelFile]: ...
    def chat_model(self, reference: str | None) -> ModelFile:
        """The model of that name (None: the one to use), its hash checked.

        Raises ModelMissing, ModelChanged.
        """
        ...


class ModelFolders(Protocol):
    """What came with the installation, and what any file hashes to."""

    def installation(self) -> list[InstalledModel]: ...
    def size(self, path: Path) -> int | None:
        """Bytes of a regular file, or None if there is none."""
        ...

    def sha256(
        self,
        model: str,
        path: Path,
        *,
        afresh: bool = False,
        counted: Counted | None = None,
        cancel: Cancellation | None = None,
    ) -> str:
        """What a file hashes to: remembered if it is untouched since, unless wanted `afresh`.

        Raises ModelMissing, ModelChanged (it is being written to).
        """
        ...

    def verified(self, parts: Sequence[ModelPart]) -> float:
        """When all parts were last found to be what they ought to be, 0 if they were not."""
        ...


class ModelFiles(Protocol):
    """The files of the models that the profile owns, and where other files are looked for."""

    def make_room(self, sizes: Sequence[int]) -> None:
        """Raises DiskFull if files of these bytes do not fit; writes nothing."""
        ...

    def bring(
        self,
        name: str,
        sources: Sequence[tuple[str, Path]],
        way: Way,
        counted: Counted,
        cancel: Cancellation,
    ) -> tuple[tuple[ModelPart, ...], bool]:
        """Put (path within the model's folder, file) into it, all of them or none.

        Returns the parts with what they hash to, and whether a file to be linked was copied.
        Raises DiskFull, ProfileUnwritable, FileUnreadable, NotAModel.
        """
        ...

    def discard(self, name: str) -> int:
        """Take away all files of a model, also half brought ones; the bytes that frees."""
        ...

    def ggufs_below(self, folder: Path) -> list[Path]: ...
    def folder_facts(self, folder: Path) -> FolderFacts:
        """What the embedding model or reranker in a folder says of itself. Raises NotAModel."""
        ...

    def model_folders_below(self, folder: Path) -> list[Path]:
        """The folders, this one or below, that hold an embedding model or a reranker."""
        ...

    def blob_id(self, path: Path) -> str:
        """What git knows a file's content by: a SHA-1 over its size and content."""
        ...

    def known_folders(self) -> list[Path]:
        """Where other applications keep their models, of those that are here."""
        ...


class Packs(Protocol):
    """Packs of models on a disk, written whole and read with doubt."""

    def is_pack(self, folder: Path) -> bool: ...
    def new_key(self) -> bytes:
        """A private key to sign packs with."""
        ...

    def fingerprint_of(self, key: bytes) -> str:
        """What the packs signed with this private key are known by."""
        ...

    def write(
        self,
        folder: Path,
        models: Sequence[InstalledModel],
        key: bytes,
        counted: Counted,
        cancel: Cancellation,
    ) -> None:
        """Raises FolderUnfit, DiskFull, ModelChanged, FileUnreadable; leaves nothing then."""
        ...

    def open(self, folder: Path) -> Pack:
        """The pack whose signature fits, its files not hashed yet. Raises PackUntrusted."""
        ...

    def check(self, pack: Pack, counted: Counted, cancel: Cancellation) -> None:
        """Hash every file. Raises PackUntrusted."""
        ...
