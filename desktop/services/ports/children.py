"""What lives in child processes: the reader, the retriever, the generator."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.chat import (
    Begun,
    Generated,
    Message,
    Sampling,
)
from desktop.domain.documents import (
    DocumentFacts,
    IndexHealth,
    Page,
    PageImage,
    Similar,
)
from desktop.domain.foreign_chats import ForeignChat
from desktop.domain.hardware import Computer
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import (
    CPU,
    PROGRAM_CHOOSES,
    EmbedderFiles,
    Loaded,
    LoadSettings,
    ModelFile,
    RerankerFiles,
    Speed,
)

Vector = bytes  # float16 components, little endian


class Reader(Protocol):
    """Untrusted file -> pages and page images."""

    def read(
        self, path: Path, *, password: str | None, first_page: int, cancel: Cancellation
    ) -> abc.Generator[DocumentFacts | Page, None, None]:
        """The file's facts first, then its pages from `first_page` on, in order."""
        ...

    def render(
        self,
        path: Path,
        page: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],
        password: str | None,
        cancel: Cancellation,
    ) -> PageImage:
        """The page drawn `width` pixels wide, with the rectangles of `spans` of its text."""
        ...


class ChatFiles(Protocol):
    """Untrusted export of another program -> its chats."""

    def read(
        self, path: Path, *, cancel: Cancellation
    ) -> abc.Generator[ForeignChat | None, None, None]:
        """Every chat that says something, in order; None for one that could not be read.

        Raises FileUnreadable, ConversationsDamaged, ConversationsTooLarge, WorkerError.
        """
        ...


class Retriever(Protocol):
    """Texts -> vectors; query -> nearest chunks."""

    @property
    def embedder(self) -> str:
        """What the embedding model is known by; vectors of another one are of no use to it."""
        ...

    def now(self) -> Retriever:
        """A retriever with the embedder of this moment, whatever serves later."""
        ...

    def warm_up(self, cancel: Cancellation) -> None: ...

    def embed(
        self, texts: Sequence[str], *, background: bool, cancel: Cancellation
    ) -> Iterator[tuple[list[int], list[Vector]]]:
        """Batches of (positions in `texts`, their vectors), in any order."""
        ...

    def nearest(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None, cancel: Cancellation
    ) -> list[Similar]: ...

    def add(
        self, rows: Iterable[tuple[int, int, Vector]], *, background: bool, cancel: Cancellation
    ) -> None:
        """Add (chunk id, document id, vector) rows to the vector index."""
        ...

    def remove(self, document_ids: Sequence[int]) -> None: ...

    def probe(self) -> IndexHealth:
        """Run one real query against the vector index."""
        ...

    def reset(self) -> None:
        """Start an empty vector index, whatever state the old one is in."""
        ...


class Retrievers(Retriever, Protocol):
    """The retriever that serves, and those with another embedder beside it."""

    def of(self, embedder: EmbedderFiles | None) -> Retriever: ...
    def serve(self, embedder: EmbedderFiles | None) -> None:
        """Search and embed with this one from now on."""
        ...

    def keep(self, embedders: Sequence[EmbedderFiles]) -> None:
        """Let go of the models and the indexes of all others."""
        ...


class Reranker(Protocol):
    """Question and passages -> how well each answers it."""

    def rerank(
        self, reranker: RerankerFiles, query: str, texts: Sequence[str], *, cancel: Cancellation
    ) -> list[float]:
        """A score for each text; larger is better. Raises ModelMissing, WorkerError."""
        ...


class Generator(Protocol):
    """Messages -> text."""

    def load(
        self,
        model: ModelFile,
        *,
        settings: LoadSettings = PROGRAM_CHOOSES,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> abc.Generator[Progress, None, None]:
        """Load `model` unless it is loaded in just that way; progress is in per cent.

        `device` and `gpu_layers` are what became of those that `settings` wishes for: CPU or the
        name of a `Gpu`, and how many layers it takes.
        """
        ...

    @property
    def loaded(self) -> Loaded | None:
        """What loading the model took that is loaded now; None if none is."""
        ...

    def examine(self, cancel: Cancellation) -> Computer:
        """What this computer has to run models on, now."""
        ...

    def measure(
        self,
        model: ModelFile,
        settings: LoadSettings = PROGRAM_CHOOSES,
        *,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> abc.Generator[Progress, None, Speed]:
        """Load `model` anew and measure how fast it is; questions asked meanwhile go first."""
        ...

    def generate(
        self,
        messages: Sequence[Message],
        *,
        sampling: Sampling,
        stop: Sequence[str],
        begun: str = "",
        cancel: Cancellation,
    ) -> abc.Generator[str | Progress, None, Generated]:
        """The answer's text as it comes; before it, progress in prompt tokens evaluated.

        `begun` is what the answer begins with, and is not given again.
        """
        ...

    def count(self, messages: Sequence[Message], *, cancel: Cancellation) -> int:
        """How many tokens the prompt of these messages has.

        Raises ModelMissing if no model is loaded.
        """
        ...

    def prefill(self, messages: Sequence[Message], *, cancel: Cancellation) -> None:
        """Evaluate the beginning of a prompt ahead of time; gives way to `generate`."""
        ...

    @property
    def way(self) -> str:
        """What a saved state of the loaded model depends on, as a hash; "" if none can be used."""
        ...

    def begin(
        self, messages: Sequence[Message], *, look: bool = False, cancel: Cancellation
    ) -> abc.Generator[Progress, None, Begun]:
        """Evaluate the beginning of prompts to come; progress is in its tokens.

        With `look`, only see how much of it is evaluated already. The last message may yet grow.
        """
        ...

    def save(self, messages: Sequence[Message], *, cancel: Cancellation) -> bytes:
        """The state after that beginning, b"" if it cannot be had. It holds what `messages` say."""
        ...

    def restore(self, state: bytes, messages: Sequence[Message], *, cancel: Cancellation) -> Begun:
        """Go on from a saved state, as far as it is the beginning of `messages`."""
        ...
