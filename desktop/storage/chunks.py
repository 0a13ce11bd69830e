"""Chunks and their words; their vectors are next door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.domain.documents import StoredChunk, WordHit
from desktop.domain.words import FUNCTION_WORDS, searchable, words
from desktop.storage.naming import surroundings
from desktop.storage.rows import StorePart, id_list, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

_RUN = re.compile(r"[^\W_]+")
_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_UMLAUT_SPELT_OUT = re.compile(r"([aou])e")

MOST_TERMS = 32  # of a query; a pasted paragraph is not searched word by word

_FIND = "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
# CROSS JOIN: the matches first, then their documents. The other way round, which SQLite would
# choose, asks the word index about every chunk of the documents: seconds instead of milliseconds.
_FIND_WITHIN = """
    SELECT words.rowid, -words.rank FROM words CROSS JOIN chunk c ON c.id = words.rowid
    WHERE words MATCH ? AND c.document_id IN (SELECT value FROM json_each(?))
    ORDER BY words.rank LIMIT ?
"""

Span = tuple[int, int, int, int, int]  # chunk id, document id, page, start, end


class Chunks(StorePart):
    """The part of `services.ports.Store` that is searched."""

    def chunks(self, chunk_ids: Sequence[int]) -> list[StoredChunk]:
        """Those of the ids that there are, in the order asked for, without their contexts."""
        with self._database.reading() as connection:
            spans: list[Span] = connection.execute(
                "SELECT id, document_id, page, start, end FROM chunk"
                " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY document_id, page",
                (id_list(chunk_ids),),
            ).fetchall()
            found = {chunk.id: chunk for chunk in with_text(connection, spans, contexts=False)}
        return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]

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
    together, as a phrase, and so do two signs of Chinese. Names that hold digits ("3M") are asked
    for in one word as well, and German words also as they are spelt without umlauts. Every word is
    quoted, so nothing in it is FTS5 syntax.
    """
    asked = [word.removesuffix("'s") for word in words(query)]
    meant = [word for word in asked if word not in FUNCTION_WORDS] or asked
    mixed = [run.casefold() for run in _RUN.findall(query) if _MIXED.search(run)]
    terms = list(dict.fromkeys([*meant, *mixed]))[:MOST_TERMS]
    spelt = dict.fromkeys(way for term in terms for way in _spellings(term))
    return " OR ".join(f'"{" ".join(searchable(term).split())}"' for term in spelt)


def _spellings(word: str) -> list[str]:
    """A word as it is, with umlauts spelt out, and with what may be spelt out as an umlaut."""
    return [word, word.translate(_SPELT_OUT), _UMLAUT_SPELT_OUT.sub(r"\1", word)]


def with_text(
    connection: Connection, spans: Sequence[Span], *, contexts: bool = True
) -> list[StoredChunk]:
    """Spans with their text, and with what they stand in if that is wanted.

    Cut here rather than by SQL, where a NUL character ends a text.
    """
    chunks: list[StoredChunk] = []
    place, text, around = (0, 0), "", None
    for chunk_id, document_id, page, start, end in spans:
        if (document_id, page) != place:
            place = (document_id, page)
            if contexts:
                text, around = surroundings(connection, *place)
            else:
                text = connection.execute(
                    "SELECT text FROM page WHERE document_id = ? AND number = ?", place
                ).fetchone()[0]
        context = around.at(start, end) if around else ""
        chunks.append(
            StoredChunk(chunk_id, document_id, page, start, end, text[start:end], context)
        )
    return chunks


def index_words(connection: Connection, document_id: int) -> None:
    """Index the words of a document's chunks anew, in their context."""
    spans: list[Span] = connection.execute(
        "SELECT id, document_id, page, start, end FROM chunk WHERE document_id = ?"
        " ORDER BY page, id",
        (document_id,),
    ).fetchall()
    for chunk in with_text(connection, spans):
        connection.execute("DELETE FROM words WHERE rowid = ?", (chunk.id,))
        connection.execute(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            (chunk.id, storable(searchable(chunk.in_context))),
        )
