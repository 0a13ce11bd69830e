"""Errors of conversations that leave as files, or come in as such."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class ExchangeError(EscritoireError):
    """Something about a conversation as a file."""


class ChatNumberUnknown(ExchangeError):
    code = "chat_number_unknown"
    sentence = "There is no conversation {number}."
    remedy = "Choose another, or look its number up with: escritoire conversations list."


class AnswerUnknown(ExchangeError):
    code = "answer_unknown"
    sentence = "That conversation has no answer {number}: it has {count}."
    remedy = "Choose an earlier one, or count them with: escritoire conversations show NUMBER."


class ExportFormUnknown(ExchangeError):
    code = "export_form_unknown"
    sentence = "{file} does not say what it is to be written as."
    remedy = "Let its name end with .md, .docx, .pdf or .json."


class ConversationsDamaged(ExchangeError):
    code = "conversations_damaged"
    sentence = "{file} holds no conversations that can be taken in: {reason}."
    remedy = "Export them again from the program they are from, and choose that file as it came."


class ConversationsTooLarge(ExchangeError):
    code = "conversations_too_large"
    sentence = "{file} is larger than can be taken in: {reason}."
    remedy = "Export fewer conversations at once."
