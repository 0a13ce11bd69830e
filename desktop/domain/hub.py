"""What a hub offers, what is being fetched from it, and what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from desktop.domain.models import ModelKind


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository. `sha256` is the hub's LFS id, "" where it has none.

    `blob` is git's id of a file that is no LFS file: a SHA-1 over its size and content.
    """

    path: str
    size: int  # bytes
    sha256: str = ""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One quantization of a repository's model: all its shards, in order.

    Or the folder of an embedding model or a reranker, which has the repository's `name`.
    """

    quantization: str
    files: tuple[HubFile, ...]
    kind: ModelKind = ModelKind.CHAT
    name: str = ""

    @property
    def size(self) -> int:
        """Bytes of all shards."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class HubAccess:
    """Where the hub is (an address without a path), which hosts beside it models may come from, and
    who asks ("" for nobody). A host that begins with a dot stands for all below it."""

    endpoint: str
    hosts: tuple[str, ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of the hub, as it is at `commit`. Without `variants` until it was asked for."""

    name: str  # "owner/name"
    commit: str = ""
    licence: str = ""
    gated: bool = False
    downloads: int = 0
    variants: tuple[Variant, ...] = ()

    def variant(self, wanted: str) -> Variant | None:
        """The variant of that quantization, or with that file; None if there is none."""
        for variant in self.variants:
            if wanted.upper() == variant.quantization or any(
                wanted in (file.path, PurePosixPath(file.path).name) for file in variant.files
            ):
                return variant
        return None


@dataclass(frozen=True, slots=True)
class Listing:
    """A repository with all its files, whatever they are."""

    repository: Repository
    files: tuple[HubFile, ...]


class DownloadState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    VERIFYING = "verifying"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Download:
    """A model that is being fetched. `done` and `size` are bytes; a finished one is no more."""

    id: int
    name: str
    repository: str
    commit: str
    licence: str
    files: tuple[HubFile, ...]
    state: DownloadState
    done: int = 0
    bytes_per_s: float = 0.0
    error_code: str = ""
    error_facts: dict[str, str | int] = field(default_factory=dict)
    licence_text: str = ""  # known when it is handed over, where the repository has one

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def seconds_left(self) -> float | None:
        """At the speed of the last seconds; None where that cannot be told."""
        if self.bytes_per_s <= 0:
            return None
        return max(0, self.size - self.done) / self.bytes_per_s


@dataclass(frozen=True, slots=True)
class Request:
    """A line of the ledger: one request that left this computer, or was refused before it could.

    `path` is without its query; `status` 0 where there was no answer; `received` in bytes.
    """

    at: float  # seconds since the epoch
    method: str
    host: str
    path: str
    status: int
    received: int = 0
    purpose: str = ""
    outcome: str = ""
