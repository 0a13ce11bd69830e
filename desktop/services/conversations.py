"""Conversations: what was asked and answered, kept until the user removes it.

A conversation is a tree of turns, of which one branch is shown; `turns` are those of that branch.
What is removed is set aside first, so that it can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain import mentions
from desktop.domain.chat import Conversation, Folder, Mention, Turn
from desktop.domain.errors import ConversationUnknown, TurnUnknown
from desktop.domain.prompting import fenced
from desktop.services.hooks import Hook
from desktop.services.ports import Store

TITLE_LENGTH = 60  # characters of a title that we make
LONGEST_TITLE = 500  # of one that the user gives
FOUND = 60  # places that a search shows at most


@dataclass(frozen=True, slots=True)
class Found:
    """A place where what was searched for stands: `excerpt` with it at `places`."""

    mention: Mention
    excerpt: str
    places: tuple[tuple[int, int], ...]


class Conversations:
    """The list of conversations. `changed` tells the id of the one that changed, None for many."""

    def __init__(self, store: Store) -> None:
        self.changed: Hook[int | None] = Hook()
        self._store = store

    def all(self) -> list[Conversation]:
        """Every conversation, the one last used first, archived ones among them."""
        return self._store.conversations()

    def one(self, conversation_id: int) -> Conversation:
        """That conversation. Raises ConversationUnknown."""
        conversation = self._store.conversation(conversation_id)
        if conversation is None:
            raise ConversationUnknown
        return conversation

    def turns(self, conversation_id: int) -> list[Turn]:
        """The turns of the branch that is shown, oldest first."""
        return self._store.turns(conversation_id)

    def begin(self, question: str) -> Conversation:
        """A new conversation, titled after its first question."""
        conversation = self._store.add_conversation(title_for(question))
        self.changed.tell(conversation.id)
        return conversation

    def search(self, query: str) -> list[Found]:
        """Where everything that `query` says was said, newest first; titles in front."""
        words = mentions.wanted(query)
        found = []
        for mention in self._store.mentions(words, limit=FOUND):
            piece = fenced(mentions.excerpt(mention.text, words))
            found.append(Found(mention, piece, tuple(mentions.places(piece, words))))
        return found

    # -- one conversation

    def rename(self, conversation_id: int, title: str) -> None:
        """Give it another title; an empty one is ignored."""
        title = fenced(title[:LONGEST_TITLE])
        if title:
            self._store.rename_conversation(conversation_id, title)
            self.changed.tell(conversation_id)

    def pin(self, conversation_id: int, pinned: bool) -> None:
        """Keep it above the others, or no longer."""
        self._store.pin_conversation(conversation_id, pinned)
        self.changed.tell(conversation_id)

    def archive(self, conversation_id: int, archived: bool) -> None:
        """Put it out of the way, or back; it is still found by searching."""
        self._store.archive_conversation(conversation_id, archived)
        self.changed.tell(conversation_id)

    def duplicate(self, conversation_id: int, title: str) -> Conversation:
        """A copy under another title, with all its branches."""
        try:
            copy = self._store.duplicate_conversation(conversation_id, fenced(title))
        except LookupError:
            raise ConversationUnknown from None
        self.changed.tell(copy.id)
        return copy

    def set_aside(self, conversation_id: int) -> None:
        """Take it out of every list, until it is taken back or removed."""
        self._store.set_conversation_aside(conversation_id)
        self.changed.tell(None)

    def take_back(self, conversation_id: int) -> None:
        """Undo `set_aside`."""
        self._store.take_conversation_back(conversation_id)
        self.changed.tell(conversation_id)

    def remove(self, conversation_id: int) -> None:
        """Remove it with all its turns, for good."""
        self._store.remove_conversation(conversation_id)
        self.changed.tell(None)

    # -- folders

    def folders(self) -> list[Folder]:
        """By name."""
        return self._store.folders()

    def file(self, conversation_id: int, folder: str) -> None:
        """Keep it in the folder of that name, which is made if there is none; "" for no folder."""
        name = fenced(folder)[:TITLE_LENGTH].strip()
        folder_id = self._store.add_folder(name).id if name else 0
        self._store.file_conversation(conversation_id, folder_id)
        self.changed.tell(conversation_id)

    def rename_folder(self, folder_id: int, name: str) -> None:
        """Give a folder another name; an empty one is ignored. Raises FolderExists."""
        name = fenced(name)[:TITLE_LENGTH].strip()
        if name:
            self._store.rename_folder(folder_id, name)
            self.changed.tell(None)

    def remove_folder(self, folder_id: int) -> None:
        """Remove a folder; what was in it stays."""
        self._store.remove_folder(folder_id)
        self.changed.tell(None)

    # -- turns

    def show_turn(self, turn_id: int) -> int:
        """Show the branch that a turn is on; the id of its conversation. Raises TurnUnknown."""
        try:
            return self._store.show_turn(turn_id)
        except LookupError:
            raise TurnUnknown from None

    def set_turn_aside(self, turn_id: int) -> int:
        """Take a turn away with all that follows it, until it is taken back or removed.

        The id of its conversation. Raises TurnUnknown.
        """
        try:
            conversation_id = self._store.set_turn_aside(turn_id)
        except LookupError:
            raise TurnUnknown from None
        self.changed.tell(conversation_id)
        return conversation_id

    def take_turn_back(self, turn_id: int) -> int:
        """Undo `set_turn_aside`; the id of its conversation. Raises TurnUnknown."""
        try:
            conversation_id = self._store.take_turn_back(turn_id)
        except LookupError:
            raise TurnUnknown from None
        self.changed.tell(conversation_id)
        return conversation_id

    def remove_turn(self, turn_id: int) -> None:
        """Remove a turn with all that follows it, for good."""
        self._store.remove_turn(turn_id)


def title_for(question: str) -> str:
    """The question's first words on one line, cut at a word, without what nobody sees."""
    line = fenced(question[: 20 * TITLE_LENGTH])
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return f"{cut}…"
