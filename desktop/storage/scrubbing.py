"""Scrubbing: what was deleted of documents leaves no trace in the store's files.

Rows and their pages go at once (`secure_delete`), but the word index notes only that a text is gone
until it is merged (https://www.sqlite.org/fts5.html, contentless-delete tables), and the log keeps
earlier versions of pages until it is written back and cut. Backups keep what they were made of.
"""

from __future__ import annotations

from desktop.storage.rows import StorePart

PAGES_A_STEP = 500  # of a word index, merged at a time: others wait a tenth of a second at most

# Of what was read of documents, and of what they are called. What was said is not forgotten here:
# merging the index of a million turns would take long at each removal of a document.
WORD_INDEXES = ("words", "naming")


class Scrubbing(StorePart):
    """The part of `services.ports.Store` that forgets."""

    def scrub(self) -> None:
        """Take what was deleted out of the word indexes of documents and out of the log."""
        for name in WORD_INDEXES:
            # A negative number begins a merge of everything; positive ones go on with it.
            step = -PAGES_A_STEP
            while self._merge(name, step):
                step = PAGES_A_STEP
        with self._database.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _merge(self, name: str, pages: int) -> bool:
        """One step; whether there was anything to merge."""
        with self._database.transaction() as connection:
            before = connection.total_changes
            command = f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)"  # noqa: S608 (ours)
            connection.execute(command, (pages,))
            return connection.total_changes - before >= 2  # the statement itself counts as one
