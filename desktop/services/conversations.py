"""Conversations: what was asked and answered, kept until the user removes it."""

from __future__ import annotations

from desktop.domain.chat import Conversation, Turn
from desktop.services.hooks import Hook
from desktop.services.ports import Store

TITLE_LENGTH = 60  # characters


class Conversations:
    """The list of conversations. `changed` tells the id of the one that changed, None for many."""

    def __init__(self, store: Store) -> None:
        self.changed: Hook[int | None] = Hook()
        self._store = store

    def all(self) -> list[Conversation]:
        """Every conversation, the one last used first."""
        return self._store.conversations()

    def turns(self, conversation_id: int) -> list[Turn]:
        """Its turns, oldest first."""
        return self._store.turns(conversation_id)

    def begin(self, question: str) -> Conversation:
        """A new conversation, titled after its first question."""
        conversation = self._store.add_conversation(title_for(question))
        self.changed.tell(conversation.id)
        return conversation

    def rename(self, conversation_id: int, title: str) -> None:
        """Give it another title; an empty one is ignored."""
        if title.strip():
            self._store.rename_conversation(conversation_id, title.strip())
            self.changed.tell(conversation_id)

    def remove(self, conversation_id: int) -> None:
        """Remove it with all its turns, for good."""
        self._store.remove_conversation(conversation_id)
        self.changed.tell(None)


def title_for(question: str) -> str:
    """The question's first line, cut at a word."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return f"{cut}…"
