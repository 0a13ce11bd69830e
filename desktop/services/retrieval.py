"""Retrieval: query -> passages, by word and by meaning at once.

Words come from the store, meaning from the vector index, which is a cache of the store's vectors:
found missing, stale or damaged, it is rebuilt without embedding anything again. Where meaning
cannot be searched, words alone still find.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

from desktop.domain.documents import IndexHealth, Passage, Similar, StoredChunk
from desktop.domain.errors import (
    DiskFull,
    EmbedderMissing,
    EscritoireError,
    IndexDamaged,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.ranking import MEANING_WEIGHT, WORDS_WEIGHT, Distinct, join
from desktop.domain.words import whole
from desktop.services.naming import find_by_name
from desktop.services.ports import Retriever, Store

CANDIDATES = 50  # of each kind, for a query
MOST_CANDIDATES = 5_000  # however many passages are asked for
LONGEST_QUERY = 100_000  # characters that are searched for; embedding models read far fewer

ReportProgress = Callable[[int, int], None]  # done, total


class Retrieval:
    """Searches the store's documents. Thread-safe as far as store and retriever are."""

    def __init__(self, store: Store, retriever: Retriever) -> None:
        self._store = store
        self._retriever = retriever
        self._mending = threading.Lock()
        self._words_only: EscritoireError | None = None

    @property
    def words_only(self) -> EscritoireError | None:
        """Why the latest search went by words alone; None if it went by meaning as well."""
        return self._words_only

    def search(
        self,
        query: str,
        *,
        top: int = 5,
        document_ids: Sequence[int] | None = None,
        cancel: Cancellation,
    ) -> list[Passage]:
        """At most `top` passages for `query`, best first, none saying the same as another.

        `document_ids` None means everywhere. A passage's similarity is None where meaning was not
        searched or did not find it. Any text is a query; an empty one finds nothing.
        """
        if not query.strip() or top < 1 or (document_ids is not None and not document_ids):
            return []
        query = whole(query[:LONGEST_QUERY])
        limit = min(max(CANDIDATES, 2 * top), MOST_CANDIDATES)
        by_word = self._store.search_words(query, limit=limit, document_ids=document_ids)
        cancel.raise_if_wished()
        by_meaning = self._by_meaning(query, limit, document_ids, cancel)
        by_name = find_by_name(
            self._store,
            query,
            document_ids,
            lambda asked, ids: (
                self._store.search_words(asked, limit=limit, document_ids=ids),
                self._by_meaning(asked, limit, ids, cancel) if asked and by_meaning else [],
            ),
        )
        joined = join(
            [
                (WORDS_WEIGHT, [hit.chunk_id for hit in by_word]),
                (MEANING_WEIGHT, [hit.chunk_id for hit in by_meaning]),
                *by_name.rankings,
            ]
        )
        return self._passages(joined, by_name.similarity | dict(by_meaning), top, document_ids)

    def warm_up(self, cancel: Cancellation) -> None:
        """Load what the first search would have to wait for; nothing, if meaning is not to be had.

        Raises Cancelled.
        """
        try:
            self._retriever.warm_up(cancel)
        except (EmbedderMissing, IndexDamaged, WorkerCrashed, WorkerStalled) as error:
            self._words_only = error

    def ensure_index(self, *, progress: ReportProgress | None = None, cancel: Cancellation) -> bool:
        """See to it that the vector index holds what the store holds; whether it was rebuilt.

        `progress` counts vectors. Raises Cancelled (the next start goes on), DiskFull.
        """
        try:
            with self._mending:
                return self._ensure_index(progress, cancel)
        except (WorkerCrashed, WorkerStalled, IndexDamaged) as error:
            self._words_only = error
            return False

    def _ensure_index(self, progress: ReportProgress | None, cancel: Cancellation) -> bool:
        try:
            health = self._retriever.probe()
        except (WorkerCrashed, WorkerStalled) as error:  # it may be the index that kills the child
            health = IndexHealth(healthy=False, rows=0, reason=str(error))
        cancel.raise_if_wished()
        try:
            embedder = self._retriever.embedder
        except EmbedderMissing as error:
            self._words_only = error
            return False
        wanted = self._store.vector_count(embedder)
        if health.healthy and health.rows == wanted:
            return False
        self._retriever.reset()
        done = 0
        for rows in self._store.vectors(embedder):
            self._retriever.add(rows, background=True, cancel=cancel)
            done += len(rows)
            if progress is not None:
                progress(done, max(done, wanted))
        return True

    def _by_meaning(
        self,
        query: str,
        limit: int,
        document_ids: Sequence[int] | None,
        cancel: Cancellation,
    ) -> list[Similar]:
        def nearest() -> list[Similar]:
            return self._retriever.nearest(
                query, limit=limit, document_ids=document_ids, cancel=cancel
            )

        self._words_only = None
        try:
            try:
                return nearest()
            except IndexDamaged:
                self.ensure_index(cancel=cancel)
                return nearest()
        except (EmbedderMissing, IndexDamaged, WorkerCrashed, WorkerStalled, DiskFull) as error:
            self._words_only = error
            return []

    def _passages(
        self,
        joined: Sequence[tuple[int, float]],
        similarity: dict[int, float],
        top: int,
        document_ids: Sequence[int] | None,
    ) -> list[Passage]:
        """The best of `joined` as passages. What the store no longer holds is passed over."""
        passages: list[Passage] = []
        distinct = Distinct()
        names: dict[int, str | None] = {}
        scores = dict(joined)
        ranked = [chunk_id for chunk_id, _ in joined]
        for chunk in self._chunks(ranked, 2 * top):
            if len(passages) == top:
                break
            if document_ids is not None and chunk.document_id not in document_ids:
                continue
            if chunk.document_id not in names:
                document = self._store.document(chunk.document_id)
                names[chunk.document_id] = document.name if document else None
            name = names[chunk.document_id]
            page = self._store.page(chunk.document_id, chunk.page)
            if name is None or page is None or not distinct.is_new(chunk.text):
                continue
            passages.append(
                Passage(
                    chunk_id=chunk.id,
                    document_id=chunk.document_id,
                    document=name,
                    page=chunk.page,
                    page_label=page.label,
                    start=chunk.start,
                    end=chunk.end,
                    score=scores[chunk.id],
                    text=chunk.text,
                    similarity=similarity.get(chunk.id),
                    heading=page.heading,
                    unit=page.unit,
                )
            )
        return passages

    def _chunks(self, ranked: Sequence[int], at_once: int) -> Iterator[StoredChunk]:
        """The chunks of these ids, in order; fetched as they are wanted, for most are not."""
        for begin in range(0, len(ranked), at_once):
            yield from self._store.chunks(ranked[begin : begin + at_once])
