"""What the services need from the outside world, as Protocols.

The adapters live in `workers/` and `storage/` and are named only by the composition root. Every
method is called on a worker thread and may block; every long one takes a `Cancellation` and raises
`Cancelled` when it was wished for. All raise `EscritoireError` for what can go wrong outside.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.chat import (
    AnswerRecord,
    Citation,
    Conversation,
    Generated,
    Message,
    Role,
    Sampling,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.documents import (
    Chunk,
    Collection,
    Document,
    DocumentFacts,
    DocumentState,
    IndexHealth,
    Page,
    PageImage,
    Similar,
    StoredChunk,
    WordHit,
)
from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import EmbedderFiles, ModelFile
from desktop.domain.rewrites import RewriteRecord, StoredRewrite
from desktop.domain.tone import Tone
from desktop.domain.voices import Voice

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


class Retriever(Protocol):
    """Texts -> vectors; query -> nearest chunks."""

    @property
    def embedder(self) -> str:
        """Name of the embedding model; vectors of another one are of no use to it."""
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


class Generator(Protocol):
    """Messages -> text."""

    def load(
        self, model: ModelFile, *, cancel: Cancellation
    ) -> abc.Generator[Progress, None, None]:
        """Load `model` unless it is the one that is loaded; progress is in per cent."""
        ...

    def generate(
        self,
        messages: Sequence[Message],
        *,
        sampling: Sampling,
        stop: Sequence[str],
        cancel: Cancellation,
    ) -> abc.Generator[str | Progress, None, Generated]:
        """The answer's text as it comes; before it, progress in prompt tokens evaluated."""
        ...

    def prefill(self, messages: Sequence[Message], *, cancel: Cancellation) -> None:
        """Evaluate the beginning of a prompt ahead of time; gives way to `generate`."""
        ...


class Store(Protocol):
    """The truth: documents, pages, chunks, vectors, conversations.

    Serial and durable: what a method that returned has done is committed.
    """

    # collections
    def collection(self, name: str) -> Collection | None: ...
    def add_collection(self, name: str) -> Collection: ...
    def collections(self) -> list[Collection]: ...

    # documents
    def add_document(self, path: Path, collection_id: int) -> Document:
        """A new QUEUED document, or the one already recorded for `path`, now in this collection."""
        ...

    def document(self, document_id: int) -> Document | None: ...
    def documents(self, collection_id: int | None = None) -> list[Document]: ...
    def unfinished_documents(self) -> list[Document]:
        """QUEUED, READING and INDEXING ones, oldest first."""
        ...

    def set_state(
        self, document_id: int, state: DocumentState, error: EscritoireError | None = None
    ) -> Document: ...
    def set_file(self, document_id: int, *, sha256: str, size: int) -> None:
        """Record which bytes were read; drops pages, chunks and vectors of other bytes."""
        ...

    def set_facts(self, document_id: int, facts: DocumentFacts) -> None: ...
    def add_page(self, document_id: int, page: Page, chunks: Sequence[Chunk]) -> None:
        """Store a page, its chunks and their words in one transaction; replaces the page."""
        ...

    def page(self, document_id: int, number: int) -> Page | None: ...
    def remove_document(self, document_id: int) -> None: ...

    # chunks
    def chunks(self, chunk_ids: Sequence[int]) -> list[StoredChunk]: ...
    def chunks_without_vector(
        self, document_id: int, embedder: str, *, after: int = 0, limit: int = 1000
    ) -> list[StoredChunk]:
        """What is left to embed: at most `limit` chunks with an id above `after`, by id.

        Ids grow with the page number, as pages are read in order.
        """
        ...

    def add_vectors(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Store (chunk id, vector) pairs and count the pages that are done."""
        ...

    def vectors(self, embedder: str) -> Iterator[list[tuple[int, int, Vector]]]:
        """Every (chunk id, document id, vector), in lists of bounded length."""
        ...

    def vector_count(self, embedder: str) -> int: ...
    def search_words(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None
    ) -> list[WordHit]: ...

    # conversations
    def add_conversation(self, title: str) -> Conversation: ...
    def conversations(self) -> list[Conversation]:
        """Newest first."""
        ...

    def rename_conversation(self, conversation_id: int, title: str) -> None: ...
    def remove_conversation(self, conversation_id: int) -> None: ...
    def turns(self, conversation_id: int) -> list[Turn]: ...
    def add_turn(self, conversation_id: int, role: Role, text: str, state: TurnState) -> Turn: ...
    def save_text(self, turn_id: int, text: str) -> None:
        """The text of an answer so far."""
        ...

    def finish_turn(
        self,
        turn_id: int,
        *,
        text: str,
        state: TurnState,
        citations: Sequence[Citation] = (),
        sentences: Sequence[SentenceSupport] = (),
        record: AnswerRecord | None = None,
        error: EscritoireError | None = None,
    ) -> Turn: ...

    # voices and rewrites
    def voices(self) -> list[Voice]:
        """By name."""
        ...

    def voice(self, name: str) -> Voice | None: ...
    def save_voice(self, voice: Voice) -> None:
        """Keep a voice; one of the same name is replaced."""
        ...

    def remove_voice(self, name: str) -> bool:
        """Remove a voice; whether there was one."""
        ...

    def add_rewrite(self, text: str, output: str, record: RewriteRecord) -> StoredRewrite: ...
    def rewrites(self, limit: int = 100) -> list[StoredRewrite]:
        """The latest, newest first."""
        ...

    def forget_rewrites(self) -> int:
        """Remove every rewrite; returns how many there were."""
        ...

    # the journal of risky steps
    def begin_risk(self, what: str, target: str) -> None:
        """Note durably that `what` is about to be tried on `target`."""
        ...

    def end_risk(self, what: str, target: str) -> None: ...
    def open_risks(self) -> list[tuple[str, str]]:
        """What was begun and never ended: it took the application down with it."""
        ...

    # small facts
    def setting(self, name: str) -> str | None: ...
    def set_setting(self, name: str, value: str) -> None: ...


class Tones(Protocol):
    """The tones that come with the program, and the user's own."""

    def names(self) -> list[str]:
        """The tones there are, whether they can be read or not."""
        ...

    def tone(self, name: str) -> Tone:
        """The tone of that name. Raises ToneUnknown, ToneDamaged."""
        ...


class VoiceFiles(Protocol):
    """Voices as files."""

    def read(self, path: Path) -> Voice:
        """The voice in a file. Raises FileUnreadable, VoiceDamaged."""
        ...

    def write(self, voice: Voice, path: Path) -> None:
        """Write a voice to a file that is not there yet. Raises FileUnreadable, DiskFull."""
        ...


class Models(Protocol):
    """The model folders."""

    def chat_models(self) -> list[ModelFile]: ...
    def chat_model(self, reference: str | None) -> ModelFile:
        """The model of that name (None: the one to use), its hash checked.

        Raises ModelMissing, ModelChanged.
        """
        ...

    def embedder(self) -> EmbedderFiles:
        """The embedding model, its hashes checked. Raises EmbedderMissing, ModelChanged."""
        ...
