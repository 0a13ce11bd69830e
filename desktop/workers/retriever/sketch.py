"""A sketch of the vector index in memory: a bit for each component of each vector.

What comes near in the sketch is looked at exactly in the index; so a million vectors are passed
over in tens of milliseconds, for 72 MB of memory. A cache of a cache: it is drawn from the index,
follows its changes, and is thrown away with it. Measured on all-MiniLM-L6-v2 over 3,500 chunks: of
the 50 nearest, 0.98 are among the 200 nearest in the sketch and 0.997 among the 400.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

BLOCK = 65_536  # vectors at a time: what fits into the processor's cache

Ids = npt.NDArray[np.int64]


class Rows(NamedTuple):
    """Rows of the index: ids of chunks and documents, where the rows lie, and their vectors."""

    chunk_ids: Ids
    document_ids: Ids
    places: Ids
    vectors: npt.NDArray[Any]


class Sketch:
    """The ids, places and bits of the rows of an index whose vectors have `dimensions`."""

    def __init__(self, dimensions: int, rows: Iterable[Rows] = ()) -> None:
        self._words = -(-dimensions // 64)
        parts = [(*each[:3], self._bits(each.vectors)) for each in rows]
        nothing = np.empty(0, np.int64)
        self._chunk_ids, self._document_ids, self._places = (
            np.concatenate([part[n] for part in parts] or [nothing]) for n in range(3)
        )
        # A component's column is contiguous, because a search reads one after another.
        self._columns = [
            np.concatenate([part[3][:, n] for part in parts] or [np.empty(0, np.uint64)])
            for n in range(self._words)
        ]

    def __len__(self) -> int:
        return len(self._chunk_ids)

    def put(self, rows: Rows) -> None:
        """Take in rows in the place of those with the same chunk ids."""
        self._keep(~np.isin(self._chunk_ids, rows.chunk_ids))
        bits = self._bits(rows.vectors)
        self._chunk_ids = np.concatenate([self._chunk_ids, rows.chunk_ids])
        self._document_ids = np.concatenate([self._document_ids, rows.document_ids])
        self._places = np.concatenate([self._places, rows.places])
        self._columns = [
            np.concatenate([column, bits[:, n]]) for n, column in enumerate(self._columns)
        ]

    def nearest(
        self, vector: npt.NDArray[np.float32], count: int, document_ids: Sequence[int] | None
    ) -> list[int]:
        """The places of rows that may be nearest to `vector`: at least `count`, or all there are.

        Of these documents, or (None) of all.
        """
        bits = self._bits(vector.reshape(1, -1))[0]
        columns, places = self._columns, self._places
        if document_ids is not None:
            within = np.flatnonzero(np.isin(self._document_ids, list(document_ids)))
            columns, places = [column[within] for column in columns], places[within]
        apart = np.zeros(len(places), np.uint16)  # bits that differ
        for begin in range(0, len(apart), BLOCK):
            block = apart[begin : begin + BLOCK]
            for column, word in zip(columns, bits, strict=True):
                block += np.bitwise_count(column[begin : begin + BLOCK] ^ word)
        # As far as the `count`th is off, all are taken.
        reached = np.bincount(apart, minlength=1).cumsum()
        furthest = int(np.searchsorted(reached, min(count, len(apart))))
        found: list[int] = places[np.flatnonzero(apart <= furthest)].tolist()
        return found

    def _bits(self, vectors: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
        """A row of 64-bit words for each vector: which of its components are above zero."""
        packed = np.packbits(vectors > 0, axis=1)
        full = np.zeros((len(vectors), 8 * self._words), np.uint8)
        full[:, : packed.shape[1]] = packed
        words: npt.NDArray[np.uint64] = full.view(np.uint64)
        return words

    def _keep(self, kept: npt.NDArray[np.bool_]) -> None:
        if kept.all():
            return
        self._chunk_ids, self._document_ids = self._chunk_ids[kept], self._document_ids[kept]
        self._places = self._places[kept]
        self._columns = [column[kept] for column in self._columns]
