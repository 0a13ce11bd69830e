"""What of a conversation a model gets to read, once not all of it fits; and what is left out.

Pure rules over counts of tokens. Nothing here decides for the user: he chooses what becomes of the
oldest questions, and until he has, they are left out and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.chat import Message

# Of the tokens that a prompt may have, the share that earlier turns may take.
HISTORY_SHARE = 0.4

# When the oldest turns have to go, so many go that this share of their room is left: the next
# questions then begin as the one before did, and the KV cache of that beginning is used again.
KEPT_SHARE = 0.6


class Choice(StrEnum):
    """What becomes of the oldest questions of a conversation and their answers."""

    OPEN = ""  # not chosen yet
    LEAVE_OUT = "leave_out"
    SUMMARISE = "summarise"


@dataclass(frozen=True, slots=True)
class Condensed:
    """What was chosen for a conversation. `summary` stands for everything up to the answer `upto`;
    0, where it is of another conversation that this one goes on from."""

    choice: Choice = Choice.OPEN
    summary: str = ""
    upto: int = 0


NOT_CONDENSED = Condensed()


@dataclass(frozen=True, slots=True)
class Recalled:
    """What of a conversation goes into a prompt: a summary, if there is one, and the latest of its
    `exchanges`. Of these, the first are `summarised` or, without that, `left_out`."""

    messages: tuple[Message, ...] = ()
    exchanges: int = 0
    left_out: int = 0
    summarised: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what a model reads at once a conversation takes. Counts are tokens.

    `window` is all of it, `limit` what a conversation may take of it, `used` what this one would
    take as a whole. `exact`: counted by the model itself. `question` is the most that a question
    may have.
    """

    model: str
    window: int
    limit: int
    used: int
    question: int
    exact: bool
    condensed: Condensed
    recalled: Recalled


def first_kept(sizes: Sequence[int], limit: int, kept_share: float = KEPT_SHARE) -> int:
    """From which of the exchanges, so many tokens each, a prompt has them all.

    The same for one conversation however often it is asked, and it seldom moves: what was left out
    stays so, and room is made for several questions at a time.
    """
    first = held = 0
    for at, size in enumerate(sizes):
        held += size
        if held <= limit:
            continue
        while held > limit or (held > limit * kept_share and first < at):
            held -= sizes[first]
            first += 1
    return first
