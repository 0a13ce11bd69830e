"""Searching everything that was said, and what conversations are called.

The index of words is kept by the triggers of the schema. Says where something stands; what of it
is shown, and lit, is decided where the text is (`domain.mentions`).
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.chat import Mention, Role
from desktop.storage.rows import StorePart

# CROSS JOIN keeps the order: newest first is the index read backwards, and ends at the limit.
_TITLES = """
    SELECT c.id, c.title, c.archived, 0, 'user', c.updated, c.title
    FROM titled CROSS JOIN conversation c ON c.id = titled.rowid
    WHERE titled MATCH ? AND c.aside IS NULL ORDER BY titled.rowid DESC LIMIT ?
"""
_TURNS = """
    SELECT c.id, c.title, c.archived, t.id, t.role, t.created, t.text
    FROM said CROSS JOIN turn t ON t.id = said.rowid
    CROSS JOIN conversation c ON c.id = t.conversation_id
    WHERE said MATCH ? AND t.aside IS NULL AND c.aside IS NULL
    ORDER BY said.rowid DESC LIMIT ?
"""


class Said(StorePart):
    """The part of `services.ports.Talk` that is searched."""

    def mentions(self, words: Sequence[str], *, limit: int) -> list[Mention]:
        """Titles, then turns, in which every one of the words begins a word, newest first."""
        if not words:
            return []
        wanted = " ".join(f'"{word}"*' for word in words if '"' not in word)
        found: list[Mention] = []
        for query in (_TITLES, _TURNS):
            with self._database.reading() as connection:
                rows = connection.execute(query, (wanted, limit - len(found))).fetchall()
            found += [
                Mention(conversation, title, bool(archived), turn, Role(role), created, text)
                for conversation, title, archived, turn, role, created, text in rows
            ]
        return found
