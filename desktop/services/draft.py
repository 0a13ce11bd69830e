"""An answer being written: saved while it grows, and ended exactly once."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace

from desktop.domain import grounding
from desktop.domain.chat import (
    AnswerKind,
    AnswerRecord,
    GivenPassage,
    Message,
    Searched,
    Shortfall,
    Turn,
    TurnState,
)
from desktop.domain.documents import Passage
from desktop.domain.errors import AnswerEmpty, EscritoireError
from desktop.domain.reasoning import Part, Parting
from desktop.domain.repetition import repetition
from desktop.services.answer_events import Answer, AnswerEvent, Reasoned, Wrote
from desktop.services.ports import Store

SAVE_EVERY = 0.5  # seconds between saves of a streaming answer; half of what may be lost


class Draft:
    """An answer being written: its text so far, saved as it grows, finished exactly once."""

    def __init__(
        self, store: Store, turn: Turn, *, text: str = "", record: AnswerRecord | None = None
    ) -> None:
        """`text` and `record`: of an answer that is written on, or in another way than usual."""
        self.text = text
        self.record = record or AnswerRecord(kind=AnswerKind.GROUNDED)
        self.so_far = grounding.Grounded((), ())  # what bears out the text that is finished
        self.searched: Searched | None = self.record.searched
        self.words_only: EscritoireError | None = None
        self.not_reranked: EscritoireError | None = None
        self.reasoning = self.record.reasoning
        self._raw = text  # as the model writes it
        self._parting = Parting()
        self._begun = self._reasoned = 0.0  # when the reasoning began, and was last added to
        self._store = store
        self._turn = turn
        self._saved = time.monotonic()

    @property
    def conversation_id(self) -> int:
        return self._turn.conversation_id

    def append(self, piece: str) -> list[AnswerEvent]:
        """Take a piece that the model wrote; what of it is certain comes back as events."""
        self._raw += piece
        events = [self._take(part, text) for part, text in self._parting.feed(piece)]
        if time.monotonic() - self._saved >= SAVE_EVERY:
            self._store.save_text(self._turn.id, self._raw)
            self._saved = time.monotonic()
        return events

    def end(self) -> list[AnswerEvent]:
        """The model has ended: what was held back is certain now."""
        return [self._take(part, text) for part, text in self._parting.finish()]

    def _take(self, part: Part, text: str) -> AnswerEvent:
        if part is Part.ANSWER:
            self.text += text
            return Wrote(text)
        self._reasoned = time.monotonic()
        self._begun = self._begun or self._reasoned
        self.reasoning += text
        return Reasoned(text)

    def prompted(
        self, messages: Sequence[Message], passages: Sequence[Passage], recalled: int
    ) -> None:
        """Note what the model is given, `recalled` messages of it from earlier turns."""
        self.record = replace(
            self.record,
            passages=tuple(given(passage) for passage in passages),
            recalled=recalled,
            prompt_sha256=digest(messages),
        )

    def conclude(self, passages: Sequence[Passage]) -> Answer:
        """The model has ended: what it said again goes, and what it said is held to `passages`."""
        self.text = without_repetition(self.text)
        if not self.text.strip():
            error = AnswerEmpty(model=self.record.model, cause=self._why_empty())
            return (yield from self.quote(passages, error))
        written = len(self.text)
        self.text, grounded = grounding.stand_by(self.text, passages)
        if len(self.text) > written:
            yield Wrote(self.text[written:])
        return self.finish(TurnState.COMPLETE, grounded)

    def _why_empty(self) -> str:
        if not self.reasoning:
            return "it wrote nothing"
        if self.record.truncated:
            return "its room was used up before it had thought to the end"
        return "it thought, and then wrote nothing"

    def say_not_found(self, searched: Searched, closest: Sequence[Passage]) -> Answer:
        """No passage answers: what was searched, and the `closest` ones for whoever asks."""
        self.record = AnswerRecord(kind=AnswerKind.NOT_FOUND)
        self.text, grounded = grounding.not_found(searched, closest)
        yield Wrote(self.text)
        return self.finish(TurnState.COMPLETE, grounded)

    def quote(self, passages: Sequence[Passage], error: EscritoireError | None = None) -> Answer:
        self.record = AnswerRecord(kind=AnswerKind.QUOTED)
        self.text, grounded = grounding.quote(passages)
        yield Wrote(self.text)
        return self.finish(TurnState.COMPLETE, grounded, error)

    def finish(
        self,
        state: TurnState,
        grounded: grounding.Grounded | None = None,
        error: EscritoireError | None = None,
    ) -> Turn:
        self.end()  # of an answer that was broken off
        grounded = grounded or self.so_far
        return self._store.finish_turn(
            self._turn.id,
            text=self.text,
            state=state,
            citations=grounded.citations,
            sentences=grounded.sentences,
            record=replace(
                self.record,
                searched=self.searched,
                scope_incomplete=self.searched is not None and self.searched.unfinished > 0,
                words_only=_shortfall(self.words_only) or self.record.words_only,
                not_reranked=_shortfall(self.not_reranked) or self.record.not_reranked,
                reasoning=self.reasoning.rstrip(),
                reasoning_s=round(self._reasoned - self._begun, 1) or self.record.reasoning_s,
            ),
            error=error,
        )


def without_repetition(text: str) -> str:
    """What a model wrote, up to where it only says again what it said."""
    repeats = repetition(text)
    return text if repeats is None else text[:repeats].rstrip()


def given(passage: Passage) -> GivenPassage:
    """A passage as the record of an answer names it."""
    return GivenPassage(
        document_id=passage.document_id,
        document=passage.document,
        page=passage.page,
        page_label=passage.page_label,
        start=passage.start,
        end=passage.end,
        heading=passage.heading,
        unit=passage.unit,
        title=passage.title,
        best=passage.best,
    )


def digest(messages: Sequence[Message]) -> str:
    """SHA-256 over roles and contents of a prompt."""
    said = json.dumps([[message.role, message.content] for message in messages])
    return hashlib.sha256(said.encode()).hexdigest()


def _shortfall(error: EscritoireError | None) -> Shortfall | None:
    return None if error is None else Shortfall(error.code, error.facts)
