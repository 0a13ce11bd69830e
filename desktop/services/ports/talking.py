"""What the store keeps of conversations: a part of `keeping.Store`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.domain.chat import (
    AnswerRecord,
    Citation,
    Conversation,
    Folder,
    Mention,
    Role,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.errors import EscritoireError


class Talk(Protocol):
    """Conversations, which are trees of turns, in folders.

    What is set aside is in no list, no conversation and no search, and can be taken back.
    """

    # the list
    def add_conversation(self, title: str) -> Conversation: ...
    def conversation(self, conversation_id: int) -> Conversation | None: ...
    def conversations(self) -> list[Conversation]:
        """The one last talked in first, archived ones among them."""
        ...

    def rename_conversation(self, conversation_id: int, title: str) -> None: ...
    def pin_conversation(self, conversation_id: int, pinned: bool) -> None: ...
    def archive_conversation(self, conversation_id: int, archived: bool) -> None: ...
    def file_conversation(self, conversation_id: int, folder_id: int) -> None:
        """Keep it in that folder, or (0) in none."""
        ...

    def duplicate_conversation(self, conversation_id: int, title: str) -> Conversation:
        """A copy with all its turns and variants. Raises LookupError if there is none."""
        ...

    def set_conversation_aside(self, conversation_id: int) -> None: ...
    def take_conversation_back(self, conversation_id: int) -> None: ...
    def remove_conversation(self, conversation_id: int) -> None:
        """Remove it with all its turns, for good."""
        ...

    # folders
    def folders(self) -> list[Folder]:
        """By name."""
        ...

    def add_folder(self, name: str) -> Folder:
        """A new folder, or the one that has the name."""
        ...

    def rename_folder(self, folder_id: int, name: str) -> None:
        """Give it another name; raises FolderExists if another folder has it."""
        ...

    def remove_folder(self, folder_id: int) -> None:
        """Remove a folder; the conversations in it stay."""
        ...

    # turns
    def turns(self, conversation_id: int) -> list[Turn]:
        """Those of the branch that is shown, oldest first."""
        ...

    def turns_up_to(self, turn_id: int) -> list[Turn]:
        """That turn and those before it, oldest first, whatever is shown; none if it is gone."""
        ...

    def add_turn(
        self,
        conversation_id: int,
        role: Role,
        text: str,
        state: TurnState,
        *,
        parent: int | None = None,
    ) -> Turn:
        """A turn after `parent` (0: the first; None: at the end of what is shown), now shown."""
        ...

    def resume_turn(self, turn_id: int) -> Turn:
        """An answer is written on: it is STREAMING again. Raises LookupError."""
        ...

    def save_text(self, turn_id: int, text: str) -> None:
        """The text of an answer so far."""
        ...

    def finish_turn(
        self,
        turn_id: int,
        *,
        text: str,
        state: TurnState,
        citations: Sequence[Citation] = (),
        sentences: Sequence[SentenceSupport] = (),
        record: AnswerRecord | None = None,
        error: EscritoireError | None = None,
    ) -> Turn: ...

    def show_turn(self, turn_id: int) -> int:
        """Have the branch shown that the turn is on; the conversation's id. Raises LookupError."""
        ...

    def set_turn_aside(self, turn_id: int) -> int:
        """Set a turn aside with all that follows it; the conversation's id. Raises LookupError."""
        ...

    def take_turn_back(self, turn_id: int) -> int:
        """Undo `set_turn_aside`, and show the turn; the conversation's id. Raises LookupError."""
        ...

    def remove_turn(self, turn_id: int) -> None:
        """Remove a turn with all that follows it, for good."""
        ...

    # search
    def mentions(self, words: Sequence[str], *, limit: int) -> list[Mention]:
        """Titles, then turns, in which every one of the words begins a word, newest first.

        Words are letters and digits alone, compared without case and diacritics.
        """
        ...
