"""How much of a conversation a model reads, in words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.chunking import estimate_tokens
from desktop.domain.context import Choice, Room

COUNTED = 20_000  # characters of a question that are counted word by word


def tr(text: str) -> str:
    return QCoreApplication.translate("Context", text)


def question_tokens(text: str) -> int:
    """About how many tokens a question has."""
    if len(text) <= COUNTED:
        return estimate_tokens(text)
    return estimate_tokens(text[:COUNTED]) * len(text) // COUNTED


def in_short(room: Room, question: int) -> str:
    """What the meter says; `question` has so many tokens, about."""
    many = QLocale().toString
    if question > room.question:
        return tr("The question has about {tokens} tokens; the model reads {most}.").format(
            tokens=many(question), most=many(room.question)
        )
    told = (
        tr("Chat: {used} of {limit} tokens")
        if exact(room, question)
        else tr("Chat: about {used} of {limit} tokens")
    )
    return told.format(used=many(room.used + question), limit=many(room.limit))


def exact(room: Room, question: int) -> bool:
    return room.exact and not question


def in_full(room: Room) -> str:
    """What the room is made of."""
    many = QLocale().toString
    told = tr(
        "{model} reads {window} tokens at once: {limit} of them may be this chat, the rest are for "
        "the passages found, your question and the answer."
    )
    return told.format(model=room.model, window=many(room.window), limit=many(room.limit))


def what_is_kept(room: Room) -> str:
    """Which questions of the conversation the model reads, and which not; "" if it reads all."""
    recalled = room.recalled
    of = recalled.exchanges
    if recalled.left_out:
        first = recalled.summarised + recalled.left_out
        if room.condensed.choice is Choice.SUMMARISE:
            told = tr(
                "Of {all} questions with their answers, {model} reads the last {kept} as they are; "
                "the first {gone} are summarised before the next answer."
            )
        else:
            told = tr(
                "This chat has outgrown what {model} reads at once. Of {all} questions with their "
                "answers it reads the last {kept}; the first {gone} are left out."
            )
        return told.format(model=room.model, all=of, kept=of - first, gone=first)
    if recalled.summarised:
        told = tr(
            "Of {all} questions with their answers, {model} reads the first {gone} as a summary, "
            "and the last {kept} as they are."
        )
        return told.format(
            model=room.model, all=of, gone=recalled.summarised, kept=of - recalled.summarised
        )
    if room.condensed.summary and not room.condensed.upto:
        return tr("This chat goes on from a summary of an earlier one.")
    return ""


def must_choose(room: Room) -> bool:
    """Whether it is open what becomes of the oldest questions."""
    return bool(room.recalled.left_out) and room.condensed.choice is Choice.OPEN
