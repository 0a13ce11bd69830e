"""What documents are called, as an index of words; and the context of their chunks.

A document is called by its title, its file's name and the cover of its first page. The index is
kept with the document, and holds words alone, like the one of the chunks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.domain.contexts import Surroundings, apart, cover, spoken_name
from desktop.domain.words import searchable
from desktop.storage.rows import StorePart, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

OPENING = 1000  # characters of a first page; its cover is less


class Naming(StorePart):
    """The part of `services.ports.Store` that knows documents by their names."""

    def called(
        self, words: Sequence[str], *, document_ids: Sequence[int] | None
    ) -> tuple[int, dict[str, list[int]]]:
        """How many documents there are, and for each of `words` those that are called by it."""
        within = None if document_ids is None else frozenset(document_ids)
        with self._database.reading() as connection:
            total: int = connection.execute("SELECT count(*) FROM document").fetchone()[0]
            found: dict[str, list[int]] = {}
            for word in words:
                phrase = '"{}"'.format(searchable(word).replace('"', " "))
                rows = connection.execute(
                    "SELECT rowid FROM naming WHERE naming MATCH ?", (phrase,)
                )
                found[word] = [row[0] for row in rows if within is None or row[0] in within]
        return total, found


def name_document(connection: Connection, document_id: int) -> None:
    """Index what a document is called by now."""
    row = connection.execute(
        "SELECT title, name FROM document WHERE id = ?", (document_id,)
    ).fetchone()
    forget_name(connection, document_id)
    if row is not None:
        title, name = row
        called = "\n".join((title, *cover(_opening(connection, document_id))))
        # As it is written and apart: a question may be asked with either.
        words = f"{spoken_name(name)}\n{called}\n{apart(called)}"
        connection.execute(
            "INSERT INTO naming (rowid, text) VALUES (?, ?)",
            (document_id, storable(searchable(words))),
        )


def forget_name(connection: Connection, document_id: int) -> None:
    connection.execute("DELETE FROM naming WHERE rowid = ?", (document_id,))


def surroundings(connection: Connection, document_id: int, number: int) -> tuple[str, Surroundings]:
    """The text of a page, and what the chunks of it stand in."""
    text, heading = connection.execute(
        "SELECT text, heading FROM page WHERE document_id = ? AND number = ?",
        (document_id, number),
    ).fetchone()
    before = connection.execute(
        "SELECT text FROM page WHERE document_id = ? AND number = ?", (document_id, number - 1)
    ).fetchone()
    return text, Surroundings(heading, text, before[0] if before else "")


def _opening(connection: Connection, document_id: int) -> str:
    row = connection.execute(
        "SELECT substr(text, 1, ?) FROM page WHERE document_id = ? AND number = 1",
        (OPENING, document_id),
    ).fetchone()
    return row[0] if row else ""
