"""Vectors of chunks, apart for each embedder: one serves, another may be about to take its place.

An embedder is a key, a hash over its files. The counters of pages and documents count the vectors
of the one that serves, and so does the user's progress; the first whose vectors come is that one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.domain.documents import Reembedded, StoredChunk
from desktop.storage.chunks import Span, with_text
from desktop.storage.rows import StorePart, id_list, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

Vector = bytes  # float16 components, little endian

SERVING = "serving embedder"
COMING = "coming embedder"

ROWS_AT_ONCE = 2048  # vectors in memory at a time: 1.5 MB at 384 dimensions

_LACKING = """
    SELECT c.id, c.document_id, c.page, c.start, c.end FROM chunk c
    WHERE c.id > ? AND NOT EXISTS (
        SELECT 1 FROM embedding e WHERE e.chunk_id = c.id
        AND e.embedder = (SELECT id FROM embedder WHERE key = ?)
    ) ORDER BY c.id LIMIT ?
"""
_LACKING_OF_ONE = """
    SELECT c.id, c.document_id, c.page, c.start, c.end FROM chunk c
    WHERE c.id > ? AND NOT EXISTS (
        SELECT 1 FROM embedding e WHERE e.chunk_id = c.id
        AND e.embedder = (SELECT id FROM embedder WHERE key = ?)
    ) AND c.document_id = ? ORDER BY c.id LIMIT ?
"""
_VECTORS = """
    SELECT e.chunk_id, c.document_id, e.vector FROM embedding e JOIN chunk c ON c.id = e.chunk_id
    WHERE e.chunk_id > ? AND e.embedder = (SELECT id FROM embedder WHERE key = ?)
    ORDER BY e.chunk_id LIMIT ?
"""
_COUNT = """
    SELECT count(*) FROM embedding WHERE embedder = (SELECT id FROM embedder WHERE key = ?)
"""
_HOW_FAR = """
    SELECT (SELECT count(DISTINCT document_id) FROM chunk), (SELECT count(*) FROM chunk), (
        SELECT count(*) FROM embedding WHERE embedder = (SELECT id FROM embedder WHERE key = ?)
    )
"""
_DROP = """
    DELETE FROM embedding WHERE rowid IN (
        SELECT rowid FROM embedding WHERE embedder NOT IN (
            SELECT id FROM embedder WHERE key IN (SELECT value FROM json_each(?))
        ) LIMIT ?
    )
"""
_OTHERS = "FROM embedder WHERE key NOT IN (SELECT value FROM json_each(?))"
_COUNT_PAGES = """
    UPDATE page SET embedded = (
        SELECT count(*) FROM chunk c JOIN embedding e ON e.chunk_id = c.id
        AND e.embedder = (SELECT id FROM embedder WHERE key = ?)
        WHERE c.document_id = page.document_id AND c.page = page.number
    )
"""
_COUNT_DOCUMENTS = """
    UPDATE document SET
        vectors = (SELECT coalesce(sum(embedded), 0) FROM page WHERE document_id = document.id),
        pages_indexed =
            (SELECT count(*) FROM page WHERE document_id = document.id AND embedded = chunks)
"""


class Vectors(StorePart):
    """The part of `services.ports.Store` that meaning is searched with."""

    def chunks_without_vector(
        self, document_id: int | None, embedder: str, *, after: int = 0, limit: int = 1000
    ) -> list[StoredChunk]:
        """What is left to embed: at most `limit` chunks with an id above `after`, by id.

        Of one document, or of all of them.
        """
        query, which = (_LACKING, ()) if document_id is None else (_LACKING_OF_ONE, (document_id,))
        with self._database.reading() as connection:
            spans: list[Span] = connection.execute(
                query, (after, embedder, *which, limit)
            ).fetchall()
            return with_text(connection, spans)

    def add_vectors(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Store (chunk id, vector) pairs; pages are counted as done by the one that serves.

        Chunks that are gone by now are passed over.
        """
        with self._database.transaction() as connection:
            counted = _serving(connection, embedder) == embedder
            connection.execute(
                "INSERT INTO embedder (key) VALUES (?) ON CONFLICT DO NOTHING", (embedder,)
            )
            number = connection.execute(
                "SELECT id FROM embedder WHERE key = ?", (embedder,)
            ).fetchone()[0]
            places = connection.execute(
                "SELECT id, document_id, page FROM chunk"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (id_list(chunk_id for chunk_id, _ in vectors),),
            ).fetchall()
            place_of = {chunk_id: (document, page) for chunk_id, document, page in places}
            new: Counter[tuple[int, int]] = Counter()
            for chunk_id, vector in vectors:
                if chunk_id not in place_of:
                    continue
                added = connection.execute(
                    "INSERT INTO embedding VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (chunk_id, number, vector),
                )
                if added.rowcount:
                    new[place_of[chunk_id]] += 1
                else:
                    connection.execute(
                        "UPDATE embedding SET vector = ? WHERE chunk_id = ? AND embedder = ?",
                        (vector, chunk_id, number),
                    )
            if counted:
                for (document_id, page), count in new.items():
                    _count_vectors(connection, document_id, page, count)

    def vectors(self, embedder: str) -> Iterator[list[tuple[int, int, Vector]]]:
        """Every (chunk id, document id, vector), in lists of bounded length, by chunk id."""
        last = 0
        while True:
            with self._database.reading() as connection:
                rows: list[tuple[int, int, Vector]] = connection.execute(
                    _VECTORS, (last, embedder, ROWS_AT_ONCE)
                ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield rows

    def vector_count(self, embedder: str) -> int:
        with self._database.reading() as connection:
            count: int
            if _setting(connection, SERVING) == embedder:
                count = connection.execute(
                    "SELECT coalesce(sum(vectors), 0) FROM document"
                ).fetchone()[0]
            else:
                count = connection.execute(_COUNT, (embedder,)).fetchone()[0]
        return count

    # -- which embedder serves

    def serving_embedder(self) -> str:
        """The embedder whose vectors are searched, "" while there are none."""
        with self._database.reading() as connection:
            return _setting(connection, SERVING)

    def coming_embedder(self) -> str:
        """The one that is to take its place when all its vectors are there, "" for none."""
        with self._database.reading() as connection:
            return _setting(connection, COMING)

    def set_coming_embedder(self, embedder: str) -> None:
        """Let an embedder be on its way, "" for none. Its vectors stay until they are dropped."""
        with self._database.transaction() as connection:
            _set(connection, COMING, embedder)

    def serve_embedder(self, embedder: str, *, complete: bool = False) -> bool:
        """Let an embedder serve from now on, in one step; nobody is on his way after it.

        With `complete` only if no chunk lacks a vector of it; whether it serves.
        """
        with self._database.transaction() as connection:
            lacking = complete and connection.execute(_LACKING, (0, embedder, 1)).fetchone()
            if lacking:
                return False
            _set(connection, SERVING, embedder)
            _set(connection, COMING, "")
            _count_anew(connection, embedder)
        return True

    def rename_embedder(self, old: str, new: str) -> None:
        """Know an embedder by another key, unless that is known already."""
        with self._database.transaction() as connection:
            renamed = connection.execute(
                "UPDATE OR IGNORE embedder SET key = ? WHERE key = ?", (new, old)
            )
            if renamed.rowcount and _setting(connection, SERVING) == old:
                _set(connection, SERVING, new)

    def reembedded(self, embedder: str) -> Reembedded:
        """How far the vectors of an embedder are."""
        with self._database.reading() as connection:
            row = connection.execute(_HOW_FAR, (embedder,)).fetchone()
        return Reembedded(*row)

    def drop_vectors(self, *, but: Sequence[str], limit: int = ROWS_AT_ONCE) -> int:
        """Remove at most `limit` vectors of other embedders than these; how many it were."""
        kept = json.dumps(list(but))
        with self._database.transaction() as connection:
            if not connection.execute(f"SELECT EXISTS (SELECT 1 {_OTHERS})", (kept,)).fetchone()[0]:
                return 0
            dropped: int = connection.execute(_DROP, (kept, limit)).rowcount
            if not dropped:
                connection.execute(f"DELETE {_OTHERS}", (kept,))
        return dropped


def _setting(connection: Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, storable(value)))


def _serving(connection: Connection, embedder: str) -> str:
    """The one that serves; `embedder`, if none did so far."""
    serving = _setting(connection, SERVING)
    if not serving:
        _set(connection, SERVING, embedder)
    return serving or embedder


def _count_vectors(connection: Connection, document_id: int, page: int, count: int) -> None:
    done: int = connection.execute(
        "UPDATE page SET embedded = embedded + ? WHERE document_id = ? AND number = ?"
        " RETURNING embedded = chunks",
        (count, document_id, page),
    ).fetchone()[0]
    connection.execute(
        "UPDATE document SET vectors = vectors + ?, pages_indexed = pages_indexed + ? WHERE id = ?",
        (count, done, document_id),
    )


def _count_anew(connection: Connection, embedder: str) -> None:
    connection.execute(_COUNT_PAGES, (embedder,))
    connection.execute(_COUNT_DOCUMENTS)
