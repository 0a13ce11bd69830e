"""Chats of other programs, taken in as conversations: each in one transaction."""

from __future__ import annotations

import time

from desktop.domain.chat import Conversation, TurnState
from desktop.domain.foreign_chats import ForeignChat
from desktop.storage.rows import StorePart, storable


class TakenIn(StorePart):
    """The part of `services.ports.Store` that takes chats in."""

    def take_in_chat(self, chat: ForeignChat) -> Conversation:
        """A conversation with these turns, at the times they have; unknown ones are now."""
        now = time.time()
        created = chat.created or now
        updated = max(chat.updated, created)
        with self._database.transaction() as connection:
            conversation_id = connection.execute(
                "INSERT INTO conversation (title, created, updated) VALUES (?, ?, ?) RETURNING id",
                (storable(chat.title), created, updated),
            ).fetchone()[0]
            for turn in chat.turns:
                connection.execute(
                    "INSERT INTO turn (conversation_id, role, text, state, created)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (
                        conversation_id,
                        turn.role,
                        storable(turn.text),
                        TurnState.COMPLETE,
                        turn.created or created,
                    ),
                )
        return Conversation(conversation_id, storable(chat.title), created, updated)
