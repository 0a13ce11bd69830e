"""The list of conversations: what is pinned, archived, in a folder, copied, or set aside.

What was set aside and not taken back is removed when the store is next opened, at the latest.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from desktop.domain.chat import Conversation, Folder
from desktop.domain.errors import FolderExists
from desktop.storage import turn_tree
from desktop.storage.rows import StorePart, storable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from sqlite3 import Connection
    from typing import Any

_CONVERSATION = """
    SELECT id, title, created, updated, pinned, archived, coalesce(folder_id, 0)
    FROM conversation
"""


class Filing(StorePart):
    """The part of `services.ports.Talk` that is about whole conversations."""

    def add_conversation(self, title: str) -> Conversation:
        now = time.time()
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO conversation (title, created, updated) VALUES (?, ?, ?) RETURNING id",
                (storable(title), now, now),
            ).fetchone()
        return Conversation(row[0], storable(title), now, now)

    def conversation(self, conversation_id: int) -> Conversation | None:
        """None where there is none, or it was set aside."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"{_CONVERSATION} WHERE id = ? AND aside IS NULL", (conversation_id,)
            ).fetchone()
        return None if row is None else _conversation(row)

    def conversations(self) -> list[Conversation]:
        """The one last talked in first, archived ones among them."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_CONVERSATION} WHERE aside IS NULL ORDER BY updated DESC, id DESC"
            )
            return [_conversation(row) for row in rows]

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        self._set(
            "UPDATE conversation SET title = ? WHERE id = ?", storable(title), conversation_id
        )

    def pin_conversation(self, conversation_id: int, pinned: bool) -> None:
        self._set("UPDATE conversation SET pinned = ? WHERE id = ?", pinned, conversation_id)

    def archive_conversation(self, conversation_id: int, archived: bool) -> None:
        self._set("UPDATE conversation SET archived = ? WHERE id = ?", archived, conversation_id)

    def file_conversation(self, conversation_id: int, folder_id: int) -> None:
        """Keep it in that folder, or (0) in none; in none as well if the folder is gone."""
        self._set(
            "UPDATE conversation SET folder_id = (SELECT id FROM folder WHERE id = ?) WHERE id = ?",
            folder_id,
            conversation_id,
        )

    def duplicate_conversation(self, conversation_id: int, title: str) -> Conversation:
        """A copy with all its turns and variants. Raises LookupError if there is none."""
        now = time.time()
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO conversation (title, created, updated, folder_id)"
                " SELECT ?, ?, ?, folder_id FROM conversation WHERE id = ? RETURNING id",
                (storable(title), now, now, conversation_id),
            ).fetchone()
            if row is None:
                raise LookupError(f"no conversation {conversation_id}")
            tree = turn_tree.TurnTree(connection, conversation_id)
            copies = turn_tree.copy(connection, list(tree.parents), row[0])
            _copy_condensed(connection, conversation_id, row[0], copies)
            copy = connection.execute(f"{_CONVERSATION} WHERE id = ?", (row[0],)).fetchone()
        return _conversation(copy)

    def set_conversation_aside(self, conversation_id: int) -> None:
        self._set("UPDATE conversation SET aside = ? WHERE id = ?", time.time(), conversation_id)

    def take_conversation_back(self, conversation_id: int) -> None:
        self._set("UPDATE conversation SET aside = ? WHERE id = ?", None, conversation_id)

    def remove_conversation(self, conversation_id: int) -> None:
        """Remove a conversation with all its turns, for good."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM conversation WHERE id = ?", (conversation_id,))

    def remove_what_was_set_aside(self) -> None:
        """Remove for good what nobody can take back any more: the window is gone that could."""
        with self._database.reading() as connection:
            some: int = connection.execute(
                "SELECT (SELECT count(*) FROM conversation WHERE aside IS NOT NULL)"
                " + (SELECT count(*) FROM turn WHERE aside IS NOT NULL)"
            ).fetchone()[0]
        if some:
            with self._database.transaction() as connection:
                connection.execute("DELETE FROM conversation WHERE aside IS NOT NULL")
                connection.execute("DELETE FROM turn WHERE aside IS NOT NULL")
                turn_tree.forget_summaries(connection)

    # -- folders

    def folders(self) -> list[Folder]:
        """By name."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, name FROM folder").fetchall()
        return sorted((Folder(*row) for row in rows), key=lambda one: one.name.casefold())

    def add_folder(self, name: str) -> Folder:
        """A new folder, or the one that has the name."""
        name = storable(name)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO folder (name) VALUES (?) ON CONFLICT DO NOTHING", (name,)
            )
            row = connection.execute("SELECT id, name FROM folder WHERE name = ?", (name,))
            return Folder(*row.fetchone())

    def rename_folder(self, folder_id: int, name: str) -> None:
        """Give it another name; raises FolderExists if another folder has it."""
        name = storable(name)
        with self._database.transaction() as connection:
            taken = connection.execute(
                "SELECT 1 FROM folder WHERE name = ? AND id <> ?", (name, folder_id)
            )
            if taken.fetchone():
                raise FolderExists(name=name)
            connection.execute("UPDATE folder SET name = ? WHERE id = ?", (name, folder_id))

    def remove_folder(self, folder_id: int) -> None:
        """Remove a folder; the conversations in it stay."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM folder WHERE id = ?", (folder_id,))

    def _set(self, statement: str, value: str | float | None, conversation_id: int) -> None:
        with self._database.transaction() as connection:
            connection.execute(statement, (value, conversation_id))


def _copy_condensed(
    connection: Connection, conversation_id: int, copy_id: int, copies: Mapping[int, int]
) -> None:
    """What was chosen for a conversation holds for its copy, if all that it stands for is there."""
    row = connection.execute(
        "SELECT choice, summary, upto FROM condensed WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()
    if row is not None and row[2] in copies:
        connection.execute(
            "INSERT INTO condensed (conversation_id, choice, summary, upto) VALUES (?, ?, ?, ?)",
            (copy_id, row[0], row[1], copies[row[2]]),
        )


def _conversation(row: Sequence[Any]) -> Conversation:
    id_, title, created, updated, pinned, archived, folder_id = row
    return Conversation(id_, title, created, updated, bool(pinned), bool(archived), folder_id)
