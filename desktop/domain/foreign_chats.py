"""Chats that another program exported, as they are taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.domain.chat import Role

MOST_CHATS = 100_000  # of one file
MOST_TURNS = 20_000  # of one chat
LONGEST_TURN = 2_000_000  # characters
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class ForeignTurn:
    """What was said; `created` is in seconds since the epoch, 0 if that is not known."""

    role: Role
    text: str
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class ForeignChat:
    """A chat, its turns in order: of several branches, the one that was shown last."""

    title: str
    created: float
    updated: float
    turns: tuple[ForeignTurn, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: chats that were taken in, that were there already, that cannot be
    read or say nothing."""

    chats: int
    turns: int
    known: int = 0
    left_out: int = 0


def joined(turns: Iterable[ForeignTurn]) -> tuple[ForeignTurn, ...]:
    """The turns that say something; what one side says in several pieces is one turn."""
    found: list[ForeignTurn] = []
    for turn in turns:
        if not turn.text.strip():
            continue
        if found and found[-1].role is turn.role:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n\n{turn.text}")
        else:
            found.append(turn)
    return tuple(found)
