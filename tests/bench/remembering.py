"""What a bench has embedded once is not embedded again: processor time is what it lasts on.

Vectors are remembered by their text, and what was nearest by the question, for as long as a
`Remembering` is in force; the first time each goes through the real child.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from desktop.domain.documents import Similar
from desktop.domain.jobs import Cancellation
from desktop.workers.retriever.adapter import RetrieverAdapter

_embed = RetrieverAdapter.embed
_nearest = RetrieverAdapter.nearest


class Remembering:
    """Vectors by text, which any desk may use, and what was nearest, which one desk may."""

    def __init__(self) -> None:
        self._vectors: dict[str, bytes] = {}
        self._found: dict[tuple[str, int, tuple[int, ...] | None], list[Similar]] = {}

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """While documents are indexed and questions asked, at one desk."""
        self._found.clear()

        def embed(
            adapter: RetrieverAdapter,
            texts: Sequence[str],
            *,
            background: bool,
            cancel: Cancellation,
        ) -> Iterator[tuple[list[int], list[bytes]]]:
            new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
            for at, vectors in _embed(adapter, new, background=background, cancel=cancel):
                self._vectors.update((new[n], v) for n, v in zip(at, vectors, strict=True))
            yield list(range(len(texts))), [self._vectors[text] for text in texts]

        def nearest(
            adapter: RetrieverAdapter,
            query: str,
            *,
            limit: int,
            document_ids: Sequence[int] | None,
            cancel: Cancellation,
        ) -> list[Similar]:
            within = None if document_ids is None else tuple(document_ids)
            asked = (query, limit, within)
            if asked not in self._found:
                self._found[asked] = _nearest(
                    adapter, query, limit=limit, document_ids=document_ids, cancel=cancel
                )
            return self._found[asked]

        with (
            patch.object(RetrieverAdapter, "embed", embed),
            patch.object(RetrieverAdapter, "nearest", nearest),
        ):
            yield
