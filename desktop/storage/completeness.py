"""What it takes to say how complete a collection is: pages to doubt, and sketches of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.chat import Searched
from desktop.domain.completeness import DoubtfulPage
from desktop.domain.documents import LOW_CONFIDENCE, Unit
from desktop.storage.rows import StorePart, id_list

PAGES_AT_ONCE = 64

_DOUBTFUL = """
    SELECT document_id, number, label, unit, CASE WHEN has_text THEN confidence END FROM page
    WHERE document_id IN (SELECT value FROM json_each(?)) AND (has_text = 0 OR confidence < ?)
    ORDER BY document_id, number
"""
_CREATED = "SELECT id, created FROM document WHERE id IN (SELECT value FROM json_each(?))"
# A sketch is of the bytes that were read: after another reading it says nothing.
_SKETCHES = """
    SELECT d.id, s.hashes FROM document d JOIN sketch s ON s.document_id = d.id
    WHERE d.id IN (SELECT value FROM json_each(?)) AND s.sha256 = d.sha256
"""

_SEARCHABLE = """
    SELECT coalesce(sum(pages_read > 0), 0), coalesce(sum(pages_read), 0),
        coalesce(sum(state IN ('queued', 'reading', 'indexing')), 0),
        coalesce(sum(state IN ('failed', 'locked')
            OR (state = 'cancelled' AND (pages_read < page_count OR page_count = 0))
            OR (state = 'ready' AND page_count > 0 AND pages_without_text = page_count)), 0),
        coalesce(sum(pages_without_text), 0)
    FROM document WHERE removed IS NULL
"""


class Completeness(StorePart):
    """The part of `services.ports.Store` that is reported on."""

    def searchable(self, document_ids: Sequence[int] | None) -> Searched:
        """How much of these documents, or of all, can be searched now."""
        query = _SEARCHABLE
        which: tuple[str, ...] = ()
        if document_ids is not None:
            query += " AND id IN (SELECT value FROM json_each(?))"
            which = (id_list(document_ids),)
        with self._database.reading() as connection:
            documents, pages, unfinished, unreadable, empty = connection.execute(
                query, which
            ).fetchone()
        return Searched(documents, pages, unfinished, unreadable=unreadable, without_text=empty)

    def doubtful_pages(self, document_ids: Sequence[int]) -> list[DoubtfulPage]:
        """Pages without text, and those that OCR read with little confidence."""
        with self._database.reading() as connection:
            rows = connection.execute(_DOUBTFUL, (id_list(document_ids), LOW_CONFIDENCE))
            return [
                DoubtfulPage(document, number, label, Unit(unit), confidence)
                for document, number, label, unit, confidence in rows
            ]

    def created(self, document_ids: Sequence[int]) -> dict[int, str]:
        """The dates that documents give themselves, ISO 8601 as far as they go, by id."""
        with self._database.reading() as connection:
            return dict(connection.execute(_CREATED, (id_list(document_ids),)).fetchall())

    def sketches(self, document_ids: Sequence[int]) -> dict[int, bytes]:
        """The sketches (`domain.versions`) that were kept of documents as they are, by id."""
        with self._database.reading() as connection:
            return dict(connection.execute(_SKETCHES, (id_list(document_ids),)).fetchall())

    def keep_sketch(self, document_id: int, sha256: str, hashes: bytes) -> None:
        """Keep the sketch of a document whose bytes have this hash, unless it is gone."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sketch SELECT id, ?, ? FROM document WHERE id = ?",
                (sha256, hashes, document_id),
            )

    def page_texts(self, document_id: int) -> Iterator[str]:
        """The text of every page in order, a few pages in memory at a time."""
        last = 0
        while True:
            with self._database.reading() as connection:
                rows: list[tuple[int, str]] = connection.execute(
                    "SELECT number, text FROM page WHERE document_id = ? AND number > ?"
                    " ORDER BY number LIMIT ?",
                    (document_id, last, PAGES_AT_ONCE),
                ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield from (text for _, text in rows)
