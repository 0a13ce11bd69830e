"""Chunks, their vectors and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.domain.documents import StoredChunk, WordHit
from desktop.domain.words import FUNCTION_WORDS, words
from desktop.storage.naming import PageContexts
from desktop.storage.rows import StorePart, id_list, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

Vector = bytes  # float16 components, little endian

MOST_TERMS = 32  # of a query; a pasted paragraph is not searched word by word
ROWS_AT_ONCE = 2048  # vectors in memory at a time: 1.5 MB at 384 dimensions

_FIND = "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
# CROSS JOIN: the matches first, then their documents. The other way round, which SQLite would
# choose, asks the word index about every chunk of the documents: seconds instead of milliseconds.
_FIND_WITHIN = """
    SELECT words.rowid, -words.rank FROM words CROSS JOIN chunk c ON c.id = words.rowid
    WHERE words MATCH ? AND c.document_id IN (SELECT value FROM json_each(?))
    ORDER BY words.rank LIMIT ?
"""

_Span = tuple[int, int, int, int, int]  # chunk id, document id, page, start, end


class Chunks(StorePart):
    """The part of `services.ports.Store` that is searched."""

    def chunks(self, chunk_ids: Sequence[int]) -> list[StoredChunk]:
        """Those of the ids that there are, in the order asked for."""
        with self._database.reading() as connection:
            spans: list[_Span] = connection.execute(
                "SELECT id, document_id, page, start, end FROM chunk"
                " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY document_id, page",
                (id_list(chunk_ids),),
            ).fetchall()
            found = {chunk.id: chunk for chunk in _with_text(connection, spans)}
        return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]

    def chunks_without_vector(
        self, document_id: int, embedder: str, *, after: int = 0, limit: int = 1000
    ) -> list[StoredChunk]:
        """What is left to embed: at most `limit` chunks with an id above `after`, by id."""
        with self._database.reading() as connection:
            spans: list[_Span] = connection.execute(
                "SELECT c.id, c.document_id, c.page, c.start, c.end FROM chunk c"
                " JOIN document d ON d.id = c.document_id"
                " WHERE c.document_id = ? AND c.id > ? AND (d.embedder <> ? OR NOT EXISTS"
                " (SELECT 1 FROM embedding e WHERE e.chunk_id = c.id)) ORDER BY c.id LIMIT ?",
                (document_id, after, embedder, limit),
            ).fetchall()
            return _with_text(connection, spans)

    def add_vectors(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Store (chunk id, vector) pairs and count the pages that are done.

        A document has vectors of one embedder: the first of another one drop those it had. Chunks
        that are gone by now are passed over.
        """
        with self._database.transaction() as connection:
            places = connection.execute(
                "SELECT c.id, c.document_id, c.page, d.embedder FROM chunk c"
                " JOIN document d ON d.id = c.document_id"
                " WHERE c.id IN (SELECT value FROM json_each(?))",
                (id_list(chunk_id for chunk_id, _ in vectors),),
            ).fetchall()
            for document_id in {place[1] for place in places if place[3] != embedder}:
                _start_over(connection, document_id, embedder)
            place_of = {chunk_id: (document, page) for chunk_id, document, page, _ in places}
            new: Counter[tuple[int, int]] = Counter()
            for chunk_id, vector in vectors:
                if chunk_id not in place_of:
                    continue
                added = connection.execute(
                    "INSERT INTO embedding VALUES (?, ?) ON CONFLICT DO NOTHING", (chunk_id, vector)
                )
                if added.rowcount:
                    new[place_of[chunk_id]] += 1
                else:
                    connection.execute(
                        "UPDATE embedding SET vector = ? WHERE chunk_id = ?", (vector, chunk_id)
                    )
            for (document_id, page), count in new.items():
                _count_vectors(connection, document_id, page, count)

    def vectors(self, embedder: str) -> Iterator[list[tuple[int, int, Vector]]]:
        """Every (chunk id, document id, vector), in lists of bounded length, by chunk id."""
        last = 0
        while True:
            with self._database.reading() as connection:
                rows: list[tuple[int, int, Vector]] = connection.execute(
                    "SELECT e.chunk_id, c.document_id, e.vector FROM embedding e"
                    " JOIN chunk c ON c.id = e.chunk_id JOIN document d ON d.id = c.document_id"
                    " WHERE e.chunk_id > ? AND d.embedder = ? ORDER BY e.chunk_id LIMIT ?",
                    (last, embedder, ROWS_AT_ONCE),
                ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield rows

    def vector_count(self, embedder: str) -> int:
        with self._database.reading() as connection:
            count: int = connection.execute(
                "SELECT coalesce(sum(vectors), 0) FROM document WHERE embedder = ?", (embedder,)
            ).fetchone()[0]
        return count

    def search_words(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None
    ) -> list[WordHit]:
        """Chunks with any of the query's words, best BM25 first; any text is a valid query."""
        match = match_expression(query)
        if not match:
            return []
        with self._database.reading() as connection:
            if document_ids is None:
                rows = connection.execute(_FIND, (match, limit))
            else:
                rows = connection.execute(_FIND_WITHIN, (match, id_list(document_ids), limit))
            return [WordHit(*row) for row in rows]


def match_expression(query: str) -> str:
    """The FTS5 expression for free text: its words, any of which may match.

    Function words are left out unless there is nothing else. A number with separators stays
    together, as a phrase. Every word is quoted, so nothing in it is FTS5 syntax.
    """
    asked = [word.removesuffix("'s") for word in words(query)]
    meant = [word for word in asked if word not in FUNCTION_WORDS] or asked
    terms = list(dict.fromkeys(meant))[:MOST_TERMS]
    return " OR ".join(f'"{term}"' for term in terms)


def _with_text(connection: Connection, spans: Sequence[_Span]) -> list[StoredChunk]:
    """Spans with their text. Cut here rather than by SQL, where a NUL character ends a text."""
    chunks: list[StoredChunk] = []
    place, page_contexts = (0, 0), None
    for chunk_id, document_id, page, start, end in spans:
        if page_contexts is None or (document_id, page) != place:
            place = (document_id, page)
            page_contexts = PageContexts(connection, *place)
        span, context = page_contexts.text[start:end], page_contexts.at(start, end)
        chunks.append(StoredChunk(chunk_id, document_id, page, start, end, span, context))
    return chunks


def index_words(connection: Connection, document_id: int) -> None:
    """Index the words of a document's chunks anew, in their context."""
    spans: list[_Span] = connection.execute(
        "SELECT id, document_id, page, start, end FROM chunk WHERE document_id = ?"
        " ORDER BY page, id",
        (document_id,),
    ).fetchall()
    for chunk in _with_text(connection, spans):
        connection.execute("DELETE FROM words WHERE rowid = ?", (chunk.id,))
        connection.execute(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", (chunk.id, storable(chunk.in_context))
        )


def _start_over(connection: Connection, document_id: int, embedder: str) -> None:
    connection.execute(
        "DELETE FROM embedding WHERE chunk_id IN (SELECT id FROM chunk WHERE document_id = ?)",
        (document_id,),
    )
    connection.execute("UPDATE page SET embedded = 0 WHERE document_id = ?", (document_id,))
    connection.execute(
        "UPDATE document SET embedder = ?, vectors = 0, pages_indexed ="
        " (SELECT count(*) FROM page WHERE document_id = document.id AND chunks = 0) WHERE id = ?",
        (embedder, document_id),
    )


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
