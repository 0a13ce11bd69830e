"""Models on this computer: what a file is, where it came from, and how it is to be loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from desktop.domain.contexts import SCHEME


class ModelKind(StrEnum):
    CHAT = "chat"
    EMBEDDER = "embedder"
    RERANKER = "reranker"
    ADAPTER = "adapter"  # LoRA, for one base model


class Keeping(StrEnum):
    """How a model's files came to be where they are, and so what removing it takes away."""

    INSTALLATION = "installation"  # came with the program; read-only
    OWNED = "owned"  # downloaded or copied into the profile
    IN_PLACE = "in_place"  # somebody else's folder; only looked at


class Way(StrEnum):
    """How the files of a model that is on a disk already are brought to the shelf."""

    COPY = "copy"
    LINK = "link"  # a second name for the same file; copied where the file system cannot
    IN_PLACE = "in_place"


NO_MODEL = "for answers"  # the fact `model` of a ModelMissing when there is none at all


@dataclass(frozen=True, slots=True)
class ModelPart:
    """One file of a model, with what it is on record to hash to."""

    path: Path
    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a model came from. `repository` and `commit` are a hub's, "" for a file from a disk."""

    origin: str = ""  # in words
    repository: str = ""
    commit: str = ""
    licence: str = ""
    licence_text: str = ""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A chat model that may be loaded. `sha256` is what its file is on record to hash to.

    `parts` are the files of a model in several shards, the first of them `path`; empty for one.
    """

    name: str
    path: Path
    sha256: str
    size: int  # bytes
    context_window: int  # tokens it was trained for
    quantization: str = ""
    licence: str = ""
    origin: str = ""
    parts: tuple[ModelPart, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbedderFiles:
    """An embedding model: a folder of files with the hashes on record, by name within it.

    The prefixes are what it wants in front of a question and of a passage; `scheme` is what of a
    passage it is given (see `contexts`).
    """

    name: str
    folder: Path
    dimensions: int
    hashes: dict[str, str]
    licence: str = ""
    origin: str = ""
    query_prefix: str = ""
    passage_prefix: str = ""
    scheme: int = SCHEME

    @property
    def key(self) -> str:
        """What its vectors are known by: they are of use to no model with another key."""
        key = embedder_key(self.hashes, self.query_prefix, self.passage_prefix, self.scheme)
        return key or self.name

    def of_scheme(self, scheme: int) -> EmbedderFiles:
        """The same model, as it was given passages by that scheme."""
        return replace(self, scheme=scheme)


def embedder_key(
    hashes: Mapping[str, str], query_prefix: str = "", passage_prefix: str = "", scheme: int = 0
) -> str:
    """A SHA-256 over the hashes of all files, by name, the prefixes and the number of the scheme.

    "" without a file. The first scheme, 0, adds nothing.
    """
    if not hashes:
        return ""
    lines = [f"{name}\0{sha256}\n" for name, sha256 in sorted(hashes.items())]
    lines += [f"{query_prefix}\0{passage_prefix}\n"] if query_prefix or passage_prefix else []
    lines += [f"scheme\0{scheme}\n"] if scheme else []
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class RerankerFiles:
    """A reranker: a folder of files whose hashes were checked."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Speed:
    """What a model does on this computer, measured. Tokens a second, seconds, bytes."""

    prefill: float
    decode: float
    load_s: float
    memory: int
    threads: int
    measured: float = 0.0  # seconds since the epoch


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model as the shelf has it. `name` is the reference by which commands know it."""

    name: str
    kind: ModelKind
    keeping: Keeping
    parts: tuple[ModelPart, ...]
    context_window: int = 0  # tokens
    parameters: int = 0
    quantization: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    added: float = 0.0  # seconds since the epoch; 0 for what came with the installation
    verified: float = 0.0  # when its hash last matched; 0 for never
    speed: Speed | None = None

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(part.size for part in self.parts)


class CacheType(StrEnum):
    """How keys and values are kept. Anything but F16 needs flash attention."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


AUTOMATIC = "automatic"
CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A LoRA in GGUF, with the strength it is applied with (1 is as trained)."""

    path: Path
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """How a model is loaded. Zero and None mean that the program chooses."""

    device: str = AUTOMATIC  # AUTOMATIC, CPU, or the name of a `Gpu`
    gpu_layers: int | None = None  # None: as many as fit
    context_window: int = 0  # tokens
    cache_type: CacheType = CacheType.F16
    threads: int = 0  # for writing one token after another
    batch_threads: int = 0  # for evaluating a prompt
    batch: int = 0  # tokens
    memory_map: bool = False
    memory_lock: bool = False
    adapters: tuple[Adapter, ...] = ()


PROGRAM_CHOOSES = LoadSettings()


@dataclass(frozen=True, slots=True)
class MemoryTaken:
    """Bytes that a loaded model takes in one place: its weights, its cache, room to compute in."""

    weights: int = 0
    cache: int = 0
    compute: int = 0

    @property
    def total(self) -> int:
        return self.weights + self.cache + self.compute


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a model really took, as llama.cpp told.

    `locked` tells whether the system kept the weights from being swapped out, where it was asked.
    """

    context_window: int  # tokens
    seconds: float
    on_computer: MemoryTaken
    on_device: MemoryTaken
    locked: bool = False
    reasons: bool = False  # its template knows of reasoning before the answer
