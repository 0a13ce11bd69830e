"""What happens on the way to an answer, in the order it happens."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from desktop.domain.chat import Conversation, Turn
from desktop.domain.documents import Passage
from desktop.domain.fitting import Placement


@dataclass(frozen=True, slots=True)
class Asked:
    """Question and empty answer are committed."""

    conversation: Conversation
    question: Turn
    answer: Turn


@dataclass(frozen=True, slots=True)
class Found:
    """The passages an answer will rest on, best first; none if nothing is relevant."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Loading:
    """The model is being loaded: per cent."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SteppedDown:
    """The model did not go where it should, for lack of memory there, and is put elsewhere."""

    model: str
    before: Placement
    after: Placement


@dataclass(frozen=True, slots=True)
class Prefilling:
    """The prompt is being read: tokens."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """A piece of the answer, to append."""

    text: str


@dataclass(frozen=True, slots=True)
class PartsRead:
    """Of a long text that is read in parts, how many are done, and the seconds that the others
    will take; None while that cannot be told."""

    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class SummingUp:
    """The oldest part of the conversation is being summarised, as was chosen."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A piece of what the model thinks before it answers, to append."""

    text: str


AnswerEvent = (
    Asked | Found | Loading | SteppedDown | PartsRead | Prefilling | SummingUp | Reasoned | Wrote
)
Answer = Generator[AnswerEvent, None, Turn]
