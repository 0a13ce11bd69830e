"""Indexing: from stored chunks to vectors in store and index, which makes meaning searchable.

The second of the library's two stages, and the slow one. Takes its work from what the store says
has no vector yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from desktop.domain.documents import Document, DocumentState, StoredChunk
from desktop.domain.errors import Cancelled, EmbedderMissing, IndexDamaged, WorkerError
from desktop.domain.jobs import Cancellation
from desktop.services.ports import Retriever, Store
from desktop.services.records import Records

# Chunks that go to the retriever at once: large enough to sort by length, small enough that
# progress moves every second or two on a slow laptop.
WINDOW = 64

# The vector index is a cache of the store: what it could not take in, the next start adds.
MENDED_AT_START = (IndexDamaged, WorkerError)


class Indexing:
    """Embeds what is stored, also of documents that are still being read."""

    def __init__(self, store: Store, retriever: Retriever, records: Records) -> None:
        self._store = store
        self._retriever = retriever
        self._records = records

    def index_all(
        self, cancel: Cancellation, reading: Callable[[], bool], wait: Callable[[], None]
    ) -> None:
        """Index until nothing is left. While `reading()`, `wait()` for more pages."""
        while not cancel.wished:
            indexed = False
            still_reading = reading()  # asked first: what is read meanwhile is found below
            for document in self._store.documents_to_index():
                indexed = self._index(document, cancel) or indexed
            if not indexed and not still_reading and not self._left_to_index():
                return
            if not indexed and still_reading:
                wait()

    def _left_to_index(self) -> bool:
        return any(
            document.state is DocumentState.INDEXING
            for document in self._store.documents_to_index()
        )

    def _index(self, document: Document, cancel: Cancellation) -> bool:
        """Index what is stored of a document; whether there was anything to do."""
        try:
            job = self._records.job(document.id, cancel)
            try:
                worked = self._index_chunks(document, job)
            except EmbedderMissing:
                worked = False  # found by word alone, until an embedding model is installed
            finished = document.state is DocumentState.INDEXING  # so every page was stored
            if finished:
                self._records.advance(document.id, DocumentState.READY, job)
        except Cancelled:
            return True
        return worked or finished

    def _index_chunks(self, document: Document, job: Cancellation) -> bool:
        last, worked, embedder = 0, False, ""
        while True:
            job.raise_if_wished()
            retriever = self._retriever.now()
            if retriever.embedder != embedder:  # another one serves now: see what that one lacks
                last, embedder = 0, retriever.embedder
            window = self._store.chunks_without_vector(
                document.id, embedder, after=last, limit=WINDOW
            )
            full = len(window) == WINDOW
            if not window or not (full or document.state is DocumentState.INDEXING):
                return worked  # wait for a full window while pages still come in
            self._embed(document, retriever, window, job)
            last, worked = window[-1].id, True

    def _embed(
        self,
        document: Document,
        retriever: Retriever,
        window: Sequence[StoredChunk],
        job: Cancellation,
    ) -> None:
        embed_window(self._store, retriever, window, job)
        self._records.tell(document.id)


def embed_window(
    store: Store, retriever: Retriever, window: Sequence[StoredChunk], job: Cancellation
) -> None:
    """Put the vectors of some chunks into store and index, giving way to what is asked meanwhile.

    Raises Cancelled, EmbedderMissing, WorkerError, DiskFull.
    """
    vectors: list[tuple[int, bytes]] = []
    for positions, batch in retriever.embed(
        [chunk.in_context for chunk in window], background=True, cancel=job
    ):
        vectors += [(window[at].id, vector) for at, vector in zip(positions, batch, strict=True)]
    # The store first: rows that the index lacks are found out and added at the next start,
    # rows without a stored chunk would never be.
    store.add_vectors(retriever.embedder, vectors)
    document_of = {chunk.id: chunk.document_id for chunk in window}
    rows = [(chunk_id, document_of[chunk_id], vector) for chunk_id, vector in vectors]
    with suppress(*MENDED_AT_START):
        retriever.add(rows, background=True, cancel=job)
