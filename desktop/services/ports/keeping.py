"""The store: documents, conversations, voices, rewrites and the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.chat import Conversation, Searched
from desktop.domain.completeness import DoubtfulPage
from desktop.domain.context import Condensed
from desktop.domain.documents import (
    Chunk,
    Collection,
    Document,
    DocumentFacts,
    DocumentState,
    Page,
    Reembedded,
    StoredChunk,
    WordHit,
)
from desktop.domain.errors import EscritoireError
from desktop.domain.filters import Filter
from desktop.domain.foreign_chats import ForeignChat
from desktop.domain.hub import (
    Download,
    DownloadState,
    HubFile,
    Request,
)
from desktop.domain.models import (
    InstalledModel,
    Speed,
)
from desktop.domain.rewrites import RewriteRecord, StoredRewrite
from desktop.domain.voices import Voice
from desktop.services.ports.children import Vector
from desktop.services.ports.talking import Talk


class Store(Talk, Protocol):
    """The truth: documents, pages, chunks, vectors, conversations, downloads, the ledger.

    Serial and durable: what a method that returned has done is committed.
    """

    # collections
    def collection(self, name: str) -> Collection | None: ...
    def add_collection(self, name: str) -> Collection: ...
    def collections(self) -> list[Collection]: ...
    def rename_collection(self, collection_id: int, name: str) -> bool:
        """Give a collection another name; False if another one has it."""
        ...

    def remove_collection(self, collection_id: int) -> list[int]:
        """Its documents stay, and so do the watched folders that it took from: their ids."""
        ...

    def watch_for(self, collection_id: int, folder_ids: Sequence[int]) -> None:
        """Have a collection take what comes into these watched folders, if none does by now."""
        ...

    def members(self) -> list[tuple[int, int]]:
        """(collection id, document id) of every document in a collection, removed ones as well."""
        ...

    def put_into(self, collection_id: int, document_ids: Sequence[int]) -> None: ...
    def take_out(self, collection_id: int, document_ids: Sequence[int]) -> None: ...

    # documents
    def add_document(self, path: Path, collection_id: int) -> Document:
        """A new QUEUED document, or the one already recorded for `path`, now in this collection."""
        ...

    def document(self, document_id: int) -> Document | None: ...
    def documents(self, collection_id: int | None = None) -> list[Document]: ...
    def next_to_read(self) -> Document | None:
        """A READING one, else the oldest QUEUED one; none that lies in a paused folder."""
        ...

    def documents_to_index(self) -> list[Document]:
        """READING and INDEXING ones, oldest first; none that lie in a paused folder."""
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
    def set_removed(self, document_ids: Sequence[int], removed: bool) -> None:
        """Take documents out of everything but `removed_documents`, or put them back."""
        ...

    def removed_documents(self) -> list[Document]:
        """Those that may yet be put back, the latest first."""
        ...

    def remove_document(self, document_id: int) -> None: ...
    def scrub(self) -> None:
        """Let what was deleted of documents leave no trace in the files of the store."""
        ...

    # how complete they are
    def searchable(self, document_ids: Sequence[int] | None) -> Searched:
        """How much of these documents, or of all, can be searched now."""
        ...

    def doubtful_pages(self, document_ids: Sequence[int]) -> list[DoubtfulPage]:
        """Pages without text, and those that OCR read with little confidence."""
        ...

    def created(self, document_ids: Sequence[int]) -> dict[int, str]:
        """The dates that documents give themselves, by id."""
        ...

    def sketches(self, document_ids: Sequence[int]) -> dict[int, bytes]: ...
    def keep_sketch(self, document_id: int, sha256: str, hashes: bytes) -> None: ...
    def page_texts(self, document_id: int) -> Iterator[str]:
        """The text of every page in order, a few pages in memory at a time."""
        ...

    # chunks
    def chunks(self, chunk_ids: Sequence[int]) -> list[StoredChunk]: ...
    def chunks_without_vector(
        self, document_id: int | None, embedder: str, *, after: int = 0, limit: int = 1000
    ) -> list[StoredChunk]:
        """What is left to embed: at most `limit` chunks with an id above `after`, by id.

        Of one document, or of all. Ids grow with the page number, as pages are read in order.
        """
        ...

    def add_vectors(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Store (chunk id, vector) pairs; pages are counted as done by the one that serves.

        An embedder is known by its key.
        """
        ...

    def vectors(self, embedder: str) -> Iterator[list[tuple[int, int, Vector]]]:
        """Every (chunk id, document id, vector), in lists of bounded length."""
        ...

    def vector_count(self, embedder: str) -> int: ...
    def serving_embedder(self) -> str:
        """The embedder whose vectors are searched, "" while there are none."""
        ...

    def coming_embedder(self) -> str:
        """The one that is to take its place when all its vectors are there, "" for none."""
        ...

    def set_coming_embedder(self, embedder: str) -> None: ...
    def serve_embedder(self, embedder: str, *, complete: bool = False) -> bool:
        """Let an embedder serve from now on, in one step; nobody is on his way after it.

        With `complete` only if no chunk lacks a vector of it; whether it serves.
        """
        ...

    def rename_embedder(self, old: str, new: str) -> None: ...
    def reembedded(self, embedder: str) -> Reembedded:
        """How far the vectors of an embedder are."""
        ...

    def drop_vectors(self, *, but: Sequence[str], limit: int = 2048) -> int:
        """Remove at most `limit` vectors of other embedders than these; how many it were."""
        ...

    def search_words(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None
    ) -> list[WordHit]: ...

    # names
    def called(
        self, words: Sequence[str], *, document_ids: Sequence[int] | None
    ) -> tuple[int, dict[str, list[int]]]:
        """How many documents there are, and for each of `words` those that are called by it."""
        ...

    def documents_admitted(
        self, only: Filter, *, document_ids: Sequence[int] | None = None
    ) -> list[int]:
        """The ids of the documents that `only` admits, of all or of some."""
        ...

    # conversations that outgrew the model
    def condensed(self, conversation_id: int) -> Condensed:
        """What was chosen for it, where not all of it fits into a prompt."""
        ...

    def set_condensed(self, conversation_id: int, condensed: Condensed) -> None:
        """Keep it, if the conversation is still there."""
        ...

    # conversations of other programs
    def take_in_chat(self, chat: ForeignChat) -> Conversation:
        """A conversation with what another program has of it, whole or not at all."""
        ...

    # summaries of documents
    def summary_part(self, document_id: int, key: str) -> str | None:
        """What was written of a part of a document, by a hash over all that it was made from."""
        ...

    def keep_summary_part(self, document_id: int, key: str, text: str) -> None:
        """Keep it for as long as the document is there and its bytes are the same."""
        ...

    # downloads
    def add_download(
        self,
        *,
        name: str,
        repository: str,
        commit: str,
        licence: str,
        files: tuple[HubFile, ...],
    ) -> Download: ...
    def downloads(self) -> list[Download]:
        """All of them, in the order they were asked for."""
        ...

    def set_download(
        self,
        download_id: int,
        state: DownloadState,
        *,
        done: int | None = None,
        error: EscritoireError | None = None,
    ) -> Download | None:
        """Put a download into a state, `done` bytes far (None: as before); None if it is gone."""
        ...

    def remove_download(self, download_id: int) -> None: ...

    # the ledger
    def requests(self, *, limit: int | None = None) -> list[Request]:
        """The newest `limit` requests that left this computer or were refused, oldest first."""
        ...

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

    def remove_rewrite(self, rewrite_id: int) -> None: ...
    def put_back_rewrite(self, rewrite: StoredRewrite) -> None:
        """Store a rewrite that was removed, as it was."""
        ...

    def forget_rewrites(self) -> list[StoredRewrite]:
        """Remove every rewrite; returns those that there were."""
        ...

    # the journal of risky steps
    def begin_risk(self, what: str, target: str) -> None:
        """Note durably that `what` is about to be tried on `target`."""
        ...

    def end_risk(self, what: str, target: str) -> None: ...
    def open_risks(self) -> list[tuple[str, str]]:
        """What was begun and never ended: it took the application down with it."""
        ...

    # models, other than the installation's own
    def models(self) -> list[InstalledModel]:
        """Every model on record, the one added first coming first."""
        ...

    def add_model(self, model: InstalledModel) -> None:
        """Record a model with its parts, in place of the one that had its name."""
        ...

    def remove_model(self, name: str) -> None: ...
    def speed(self, sha256: str) -> Speed | None:
        """What was measured of the model whose first file has this hash."""
        ...

    def set_speed(self, sha256: str, speed: Speed) -> None: ...

    # small facts
    def setting(self, name: str) -> str | None: ...
    def set_setting(self, name: str, value: str) -> None: ...


class States(Protocol):
    """States of the generator, sealed and bounded: the ones used longest ago go first.

    A cache: whatever becomes of it, nothing is lost but time. No method raises for its sake.
    """

    def state(self, way: str, keys: tuple[str, str]) -> bytes | None:
        """The state kept under the first of `keys`, else the newest that has the second."""
        ...

    def keep(self, way: str, keys: tuple[str, str], state: bytes, owner: str) -> None:
        """Keep a state in place of the one with the same first key; `owner` is a voice, or ""."""
        ...

    def drop(self, way: str, keys: tuple[str, str]) -> None:
        """Let go of what `state` would give."""
        ...

    def forget(self, owner: str | None = None) -> None:
        """Forget what is of a voice, or (None) everything."""
        ...
