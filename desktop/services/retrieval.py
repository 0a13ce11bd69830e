"""Retrieval: query -> passages, by word and by meaning at once.

Words come from the store, meaning from the vector index, which is a cache of the store's vectors:
found missing, stale or damaged, it is rebuilt without embedding anything again. Where meaning
cannot be searched, words alone still find.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.domain.contexts import spoken_name
from desktop.domain.documents import Document, Passage, Similar, StoredChunk
from desktop.domain.errors import (
    DiskFull,
    EmbedderMissing,
    EscritoireError,
    IndexDamaged,
    ModelError,
    RerankerLeftOut,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.gathering import distinct, gathered
from desktop.domain.jobs import Cancellation
from desktop.domain.models import RerankerFiles
from desktop.domain.ranking import MEANING_WEIGHT, WORDS_WEIGHT, join
from desktop.domain.words import whole
from desktop.services.mending import ReportProgress, mend_index
from desktop.services.naming import find_by_name
from desktop.services.ports import Reranker, Retriever, Store

CANDIDATES = 50  # of each kind, for a query
MOST_CANDIDATES = 5_000  # however many passages are asked for
LONGEST_QUERY = 100_000  # characters that are searched for; embedding models read far fewer

MORE = 2  # times as many as asked for are looked at: some say the same, some touch
RERANKED = 24  # passages that a reranker puts in order; each costs as much as embedding it

ChosenReranker = Callable[[], RerankerFiles | None]  # raises ModelError if it cannot be used


class Retrieval:
    """Searches the store's documents. Thread-safe as far as store and retriever are."""

    def __init__(
        self,
        store: Store,
        retriever: Retriever,
        reranker: Reranker | None = None,
        chosen_reranker: ChosenReranker = lambda: None,
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._reranker = reranker
        self._chosen_reranker = chosen_reranker
        self._not_reranked: EscritoireError | None = None
        self._left_out: RerankerFiles | None = None  # it stalled once: nobody waits for it again
        self._mending = threading.Lock()
        self._words_only: EscritoireError | None = None

    @property
    def words_only(self) -> EscritoireError | None:
        """Why the latest search went by words alone; None if it went by meaning as well."""
        return self._words_only

    @property
    def not_reranked(self) -> EscritoireError | None:
        """Why the latest search was not put in order by the reranker that is chosen, if one is."""
        return self._not_reranked

    def search(
        self,
        query: str,
        *,
        top: int = 5,
        document_ids: Sequence[int] | None = None,
        cancel: Cancellation,
    ) -> list[Passage]:
        """At most `top` passages for `query`, best first, none saying the same as another.

        Those that touch on their page are one.

        `document_ids` None means everywhere. A passage's similarity is None where meaning was not
        searched or did not find it. Any text is a query; an empty one finds nothing.
        """
        if not query.strip() or top < 1:
            return []
        query = whole(query[:LONGEST_QUERY])
        document_ids = self._less_removed(document_ids)
        if document_ids is not None and not document_ids:
            return []
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
        reranker = self._usable_reranker()
        wanted = MORE * top if reranker is None else max(MORE * top, RERANKED)
        similarity = by_name.similarity | dict(by_meaning)
        passages = distinct(
            self._passages(joined, similarity, 2 * wanted, document_ids),
            wanted,
            by_name.document_ids,
        )
        if reranker is not None:
            passages = self._reordered(reranker, query, passages, cancel)
        return gathered(passages, top, self._page_text)

    def warm_up(self, cancel: Cancellation) -> None:
        """Load what the first search would have to wait for; nothing, if meaning is not to be had.

        Raises Cancelled.
        """
        try:
            self._retriever.warm_up(cancel)
        except (EmbedderMissing, IndexDamaged, WorkerCrashed, WorkerStalled) as error:
            self._words_only = error
        files = self._usable_reranker()
        if files is not None:
            self._scores(files, "ready", ["ready"], cancel)

    def ensure_index(self, *, progress: ReportProgress | None = None, cancel: Cancellation) -> bool:
        """See to it that the vector index holds what the store holds; whether it was rebuilt.

        `progress` counts vectors. Raises Cancelled (the next start goes on), DiskFull.
        """
        try:
            with self._mending:
                return mend_index(
                    self._store, self._retriever.now(), progress=progress, cancel=cancel
                )
        except (EmbedderMissing, WorkerCrashed, WorkerStalled, IndexDamaged) as error:
            self._words_only = error
            return False

    def _less_removed(self, document_ids: Sequence[int] | None) -> Sequence[int] | None:
        """These, or everywhere, less the documents that were removed and are not gone yet."""
        removed = {document.id for document in self._store.removed_documents()}
        if not removed:
            return document_ids
        if document_ids is None:
            return [document.id for document in self._store.documents()]
        return [document_id for document_id in document_ids if document_id not in removed]

    def _usable_reranker(self) -> RerankerFiles | None:
        self._not_reranked = None
        try:
            files = self._chosen_reranker()
        except ModelError as error:
            self._not_reranked = error
            return None
        if files is not None and files == self._left_out:
            self._not_reranked = RerankerLeftOut(model=files.name)
            return None
        return files

    def _reordered(
        self,
        files: RerankerFiles,
        query: str,
        passages: list[Passage],
        cancel: Cancellation,
    ) -> list[Passage]:
        """The best of `passages` in the reranker's order, before the rest; as they were without."""
        first, rest = passages[:RERANKED], passages[RERANKED:]
        scores = self._scores(files, query, [_introduced(passage) for passage in first], cancel)
        if scores is None:
            return passages
        scored = [
            replace(passage, reranked=score) for passage, score in zip(first, scores, strict=True)
        ]
        return [*sorted(scored, key=lambda passage: -(passage.reranked or 0.0)), *rest]

    def _scores(
        self, files: RerankerFiles, query: str, texts: Sequence[str], cancel: Cancellation
    ) -> list[float] | None:
        """What the reranker gives each text; None if it cannot, and `not_reranked` says why."""
        if self._reranker is None:
            return None
        try:
            return self._reranker.rerank(files, query, texts, cancel=cancel)
        except WorkerStalled:
            self._left_out = files
            self._not_reranked = RerankerLeftOut(model=files.name)
        except (ModelError, WorkerCrashed) as error:
            self._not_reranked = error
        return None

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
        at_once: int,
        document_ids: Sequence[int] | None,
    ) -> Iterator[Passage]:
        """`joined` as passages, best first. What the store no longer holds is passed over."""
        documents: dict[int, Document | None] = {}
        scores = dict(joined)
        ranked = [chunk_id for chunk_id, _ in joined]
        for chunk in self._chunks(ranked, at_once):
            if document_ids is not None and chunk.document_id not in document_ids:
                continue
            if chunk.document_id not in documents:
                documents[chunk.document_id] = self._store.document(chunk.document_id)
            document = documents[chunk.document_id]
            page = self._store.page(chunk.document_id, chunk.page)
            if document is None or page is None:
                continue
            yield Passage(
                chunk_id=chunk.id,
                document_id=chunk.document_id,
                document=document.name,
                page=chunk.page,
                page_label=page.label,
                start=chunk.start,
                end=chunk.end,
                score=scores[chunk.id],
                text=chunk.text,
                similarity=similarity.get(chunk.id),
                heading=page.heading,
                unit=page.unit,
                title=document.title,
            )

    def _page_text(self, document_id: int, number: int) -> str:
        page = self._store.page(document_id, number)
        return page.text if page else ""

    def _chunks(self, ranked: Sequence[int], at_once: int) -> Iterator[StoredChunk]:
        """The chunks of these ids, in order; fetched as they are wanted, for most are not."""
        for begin in range(0, len(ranked), at_once):
            yield from self._store.chunks(ranked[begin : begin + at_once])


def _introduced(passage: Passage) -> str:
    """A passage with what it stands in, which tells documents of one form apart."""
    above = " › ".join(part for part in (spoken_name(passage.document), passage.heading) if part)
    return f"{above}\n{passage.text}"
