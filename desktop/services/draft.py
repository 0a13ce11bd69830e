"""An answer being written: saved while it grows, and ended exactly once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from desktop.domain import grounding
from desktop.domain.chat import AnswerKind, AnswerRecord, Searched, Turn, TurnState
from desktop.domain.documents import Passage
from desktop.domain.errors import AnswerEmpty, EscritoireError
from desktop.domain.reasoning import Part, Parting
from desktop.domain.repetition import repetition
from desktop.services.answer_events import Answer, AnswerEvent, Reasoned, Wrote
from desktop.services.ports import Store

SAVE_EVERY = 0.5  # seconds between saves of a streaming answer; half of what may be lost


class Draft:
    """An answer being written: its text so far, saved as it grows, finished exactly once."""

    def __init__(self, store: Store, turn: Turn) -> None:
        self.text = ""
        self.reasoning = ""
        self._raw = ""  # as the model writes it
        self._parting = Parting()
        self._begun = self._reasoned = 0.0  # when the reasoning began, and was last added to
        self.record = AnswerRecord(kind=AnswerKind.GROUNDED)
        self.scope_incomplete = False
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

    def conclude(self, passages: Sequence[Passage]) -> Answer:
        """The model has ended: what it said again goes, and what it said is held to `passages`."""
        repeats = repetition(self.text)
        if repeats is not None:
            self.text = self.text[:repeats].rstrip()
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
        self.record = AnswerRecord(kind=AnswerKind.NOT_FOUND, searched=searched)
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
        grounded = grounded or grounding.Grounded((), ())
        return self._store.finish_turn(
            self._turn.id,
            text=self.text,
            state=state,
            citations=grounded.citations,
            sentences=grounded.sentences,
            record=replace(
                self.record,
                scope_incomplete=self.scope_incomplete,
                reasoning=self.reasoning.rstrip(),
                reasoning_s=round(self._reasoned - self._begun, 1),
            ),
            error=error,
        )
