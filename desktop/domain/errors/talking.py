"""Errors of conversations and what is said in them."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class ConversationError(EscritoireError):
    """Something about a conversation, a folder of them, or a message."""


class ConversationUnknown(ConversationError):
    code = "conversation_unknown"
    sentence = "That chat is no longer there."
    remedy = "Choose another one, or begin a new chat."


class TurnUnknown(ConversationError):
    code = "turn_unknown"
    sentence = "That message is no longer there."
    remedy = "Open the chat again to see what is."


class FolderExists(ConversationError):
    code = "folder_exists"
    sentence = "There is a folder called {name} already."
    remedy = "Choose another name."


class QuestionTooLong(ConversationError):
    code = "question_too_long"
    sentence = "The text has {characters} characters, more than the {limit} that a question may."
    remedy = "Save it as a file, add that to your documents, and ask about it."


class SourcesChanged(ConversationError):
    code = "sources_changed"
    sentence = "What this answer was written from is no longer as it was."
    remedy = "Ask again to have an answer from what there is now."
