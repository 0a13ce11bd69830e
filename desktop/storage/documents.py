"""Documents and their pages. Chunks and words are written with their page.

A document that was removed and may yet be put back is found by nothing here but its own list.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.documents import (
    LOW_CONFIDENCE,
    Chunk,
    Document,
    DocumentFacts,
    DocumentState,
    Page,
    ScanLine,
    Unit,
    in_context,
)
from desktop.domain.errors import DocumentMissing, EscritoireError
from desktop.domain.words import searchable
from desktop.storage.naming import forget_name, name_document, surroundings
from desktop.storage.rows import StorePart, error_columns, facts_of, id_list, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

DOCUMENT = """
    SELECT id, path, name, state, title, sha256, size, page_count,
           pages_read, pages_indexed, pages_without_text,
           (SELECT count(*) FROM page p
            WHERE p.document_id = document.id AND p.confidence < %s),
           error_code, error_facts, gone
    FROM (SELECT * FROM document WHERE removed IS NULL) AS document
""".replace("%s", str(LOW_CONFIDENCE))
_REMOVED = DOCUMENT.replace("removed IS NULL", "removed IS NOT NULL")
_OF_COLLECTION = """
    WHERE id IN (SELECT document_id FROM collection_document WHERE collection_id = ?)
"""
_NOT_HELD = """
    NOT EXISTS (
        SELECT 1 FROM watched_file w JOIN watched_folder f ON f.id = w.folder_id
        WHERE w.document_id = document.id AND f.paused AND NOT f.removed
    )
"""


class Documents(StorePart):
    """The part of `services.ports.Store` that knows files and pages."""

    def add_document(self, path: Path, collection_id: int) -> Document:
        """A new QUEUED document, or the one already recorded for `path`, now in this collection."""
        place = os.fsencode(path)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO document (path, name, state, added) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET gone = 0, removed = NULL",
                (place, storable(path.name), DocumentState.QUEUED, time.time()),
            )
            row = connection.execute(f"{DOCUMENT} WHERE path = ?", (place,)).fetchone()
            name_document(connection, row[0])
            connection.execute(
                "INSERT INTO collection_document VALUES (?, ?) ON CONFLICT DO NOTHING",
                (collection_id, row[0]),
            )
            # Added by hand, it is no longer left out of the watched folder that it lies in.
            connection.execute(
                "UPDATE watched_file SET document_id = ? WHERE path = ? AND document_id IS NULL",
                (row[0], place),
            )
        return document_of(row)

    def document(self, document_id: int) -> Document | None:
        with self._database.reading() as connection:
            row = connection.execute(f"{DOCUMENT} WHERE id = ?", (document_id,)).fetchone()
        return document_of(row) if row else None

    def documents(self, collection_id: int | None = None) -> list[Document]:
        """All of them, or those of one collection, in the order they were added."""
        if collection_id is None:
            return self._documents(f"{DOCUMENT} ORDER BY id")
        return self._documents(f"{DOCUMENT} {_OF_COLLECTION} ORDER BY id", collection_id)

    def removed_documents(self) -> list[Document]:
        """Those that may yet be put back, the latest first."""
        return self._documents(f"{_REMOVED} ORDER BY removed DESC, id")

    def next_to_read(self) -> Document | None:
        """The document to be read next: one that was begun, else the oldest that waits.

        Not one that lies in a paused folder. One at a time, for ten thousand may wait.
        """
        for state in (DocumentState.READING, DocumentState.QUEUED):
            found = self._documents(
                f"{DOCUMENT} WHERE state = ? AND {_NOT_HELD} ORDER BY id LIMIT 1", state
            )
            if found:
                return found[0]
        return None

    def documents_to_index(self) -> list[Document]:
        """READING and INDEXING ones, oldest first, but for those in paused folders."""
        begun = (DocumentState.READING, DocumentState.INDEXING)
        return self._documents(
            f"{DOCUMENT} WHERE state IN (?, ?) AND {_NOT_HELD} ORDER BY id", *begun
        )

    def set_state(
        self, document_id: int, state: DocumentState, error: EscritoireError | None = None
    ) -> Document:
        """Record where a document stands, and why. Raises DocumentMissing if it was removed."""
        code, facts = error_columns(error)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET state = ?, error_code = ?, error_facts = ? WHERE id = ?",
                (state, code, facts, document_id),
            )
            return document_of(_row_of(connection, document_id))

    def set_file(self, document_id: int, *, sha256: str, size: int) -> None:
        """Record which bytes were read; drops pages, chunks and vectors of other bytes.

        Raises DocumentMissing if the document was removed.
        """
        with self._database.transaction() as connection:
            if document_of(_row_of(connection, document_id)).sha256 != sha256:
                _drop_words(connection, document_id)
                connection.execute("DELETE FROM page WHERE document_id = ?", (document_id,))
                connection.execute(
                    "UPDATE document SET page_count = 0, pages_read = 0, pages_indexed = 0,"
                    " pages_without_text = 0, vectors = 0 WHERE id = ?",
                    (document_id,),
                )
            connection.execute(
                "UPDATE document SET sha256 = ?, size = ? WHERE id = ?",
                (sha256, size, document_id),
            )

    def set_facts(self, document_id: int, facts: DocumentFacts) -> None:
        """Record what the file says about itself. Raises DocumentMissing if it was removed."""
        outline = json.dumps([(entry.level, entry.title, entry.page) for entry in facts.outline])
        with self._database.transaction() as connection:
            _row_of(connection, document_id)
            connection.execute(
                "UPDATE document SET title = ?, author = ?, created = ?, page_count = ?,"
                " outline = ? WHERE id = ?",
                (
                    *(storable(text) for text in (facts.title, facts.author, facts.created)),
                    facts.page_count,
                    outline,
                    document_id,
                ),
            )
            name_document(connection, document_id)

    def add_page(self, document_id: int, page: Page, chunks: Sequence[Chunk]) -> None:
        """Store a page, its chunks and their words in one transaction; replaces the page.

        Raises DocumentMissing if the document was removed, ValueError if a chunk is not a span of
        this page.
        """
        for chunk in chunks:
            if chunk.page != page.number or page.text[chunk.start : chunk.end] != chunk.text:
                raise ValueError(f"chunk {chunk.start}-{chunk.end} is not of page {page.number}")
        with self._database.transaction() as connection:
            _row_of(connection, document_id)
            _drop_page(connection, document_id, page.number)
            has_text = bool(page.text and not page.text.isspace())
            connection.execute(
                "INSERT INTO page (document_id, number, label, text, has_text, chunks,"
                " heading, unit, confidence, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document_id,
                    page.number,
                    storable(page.label),
                    storable(page.text),
                    has_text,
                    len(chunks),
                    storable(page.heading),
                    page.unit,
                    page.confidence,
                    json.dumps(page.lines),
                ),
            )
            if page.number == 1:
                name_document(connection, document_id)
            _, around = surroundings(connection, document_id, page.number)
            for chunk in chunks:
                added = connection.execute(
                    "INSERT INTO chunk (document_id, page, start, end) VALUES (?, ?, ?, ?)",
                    (document_id, page.number, chunk.start, chunk.end),
                )
                context = around.at(chunk.start, chunk.end)
                connection.execute(
                    "INSERT INTO words (rowid, text) VALUES (?, ?)",
                    (
                        added.lastrowid,
                        storable(searchable(in_context(context, chunk.text))),
                    ),
                )
            _count_page(connection, document_id, 1, done=not chunks, has_text=has_text)

    def page(self, document_id: int, number: int) -> Page | None:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT number, label, text, heading, unit, confidence, lines FROM page"
                " WHERE document_id = ? AND number = ?",
                (document_id, number),
            ).fetchone()
        if row is None:
            return None
        number, label, text, heading, unit, confidence, lines = row
        found = tuple(ScanLine(*line) for line in json.loads(lines))
        return Page(number, label, text, heading, Unit(unit), confidence, found)

    def remove_document(self, document_id: int) -> None:
        """Remove a document with everything read from it; what was cited stays in the answers."""
        with self._database.transaction() as connection:
            _drop_words(connection, document_id)
            forget_name(connection, document_id)
            # A file that lies in a watched folder is left out from now on; one that is gone is
            # not, should it come again.
            connection.execute(
                "DELETE FROM watched_file WHERE document_id IN"
                " (SELECT id FROM document WHERE id = ? AND gone)",
                (document_id,),
            )
            connection.execute("DELETE FROM document WHERE id = ?", (document_id,))

    def set_removed(self, document_ids: Sequence[int], removed: bool) -> None:
        """Take documents out of everything but `removed_documents`, or put them back."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET removed = ? WHERE id IN (SELECT value FROM json_each(?))",
                (time.time() if removed else None, id_list(document_ids)),
            )

    def _documents(self, query: str, *parameters: object) -> list[Document]:
        with self._database.reading() as connection:
            return [document_of(row) for row in connection.execute(query, parameters)]


def document_of(row: Sequence[Any]) -> Document:
    (
        id_,
        path,
        name,
        state,
        title,
        sha256,
        size,
        page_count,
        pages_read,
        pages_indexed,
        pages_without_text,
        pages_unsure,
        error_code,
        error_facts,
        gone,
    ) = row
    return Document(
        id=id_,
        path=Path(os.fsdecode(path)),
        name=name,
        state=DocumentState(state),
        title=title,
        sha256=sha256,
        size=size,
        page_count=page_count,
        pages_read=pages_read,
        pages_indexed=pages_indexed,
        pages_without_text=pages_without_text,
        pages_unsure=pages_unsure,
        error_code=error_code,
        error_facts=facts_of(error_facts),
        gone=bool(gone),
    )


def _row_of(connection: Connection, document_id: int) -> Sequence[Any]:
    row = connection.execute(f"{DOCUMENT} WHERE id = ?", (document_id,)).fetchone()
    if row is None:  # removed by the user while a job was still at work on it
        raise DocumentMissing(file=f"document {document_id}")
    found: Sequence[Any] = row
    return found


def _drop_words(connection: Connection, document_id: int) -> None:
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT id FROM chunk WHERE document_id = ?)",
        (document_id,),
    )


def _drop_page(connection: Connection, document_id: int, number: int) -> None:
    place = (document_id, number)
    row = connection.execute(
        "SELECT has_text, chunks, embedded FROM page WHERE document_id = ? AND number = ?", place
    ).fetchone()
    if row is None:
        return
    has_text, chunks, embedded = row
    connection.execute(
        "DELETE FROM words WHERE rowid IN"
        " (SELECT id FROM chunk WHERE document_id = ? AND page = ?)",
        place,
    )
    connection.execute("DELETE FROM page WHERE document_id = ? AND number = ?", place)
    connection.execute(
        "UPDATE document SET vectors = vectors - ? WHERE id = ?", (embedded, document_id)
    )
    _count_page(connection, document_id, -1, done=chunks == embedded, has_text=bool(has_text))


def _count_page(
    connection: Connection, document_id: int, by: int, *, done: bool, has_text: bool
) -> None:
    connection.execute(
        "UPDATE document SET pages_read = pages_read + ?, pages_indexed = pages_indexed + ?,"
        " pages_without_text = pages_without_text + ? WHERE id = ?",
        (by, by * done, by * (not has_text), document_id),
    )
