"""An answer being written: saved while it grows, and ended exactly once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from desktop.domain import grounding
from desktop.domain.chat import AnswerKind, AnswerRecord, Searched, Shortfall, Turn, TurnState
from desktop.domain.documents import Passage
from desktop.domain.errors import EscritoireError
from desktop.domain.repetition import repetition
from desktop.services.answer_events import Answer, Wrote
from desktop.services.ports import Store

SAVE_EVERY = 0.5  # seconds between saves of a streaming answer; half of what may be lost


class Draft:
    """An answer being written: its text so far, saved as it grows, finished exactly once."""

    def __init__(self, store: Store, turn: Turn) -> None:
        self.text = ""
        self.record = AnswerRecord(kind=AnswerKind.GROUNDED)
        self.scope_incomplete = False
        self.words_only: EscritoireError | None = None
        self.not_reranked: EscritoireError | None = None
        self._store = store
        self._turn = turn
        self._saved = time.monotonic()

    def append(self, piece: str) -> None:
        self.text += piece
        if time.monotonic() - self._saved >= SAVE_EVERY:
            self._store.save_text(self._turn.id, self.text)
            self._saved = time.monotonic()

    def conclude(self, passages: Sequence[Passage]) -> Answer:
        """The model has ended: what it said again goes, and what it said is held to `passages`."""
        repeats = repetition(self.text)
        if repeats is not None:
            self.text = self.text[:repeats].rstrip()
        if not self.text.strip():
            return (yield from self.quote(passages))
        written = len(self.text)
        self.text, grounded = grounding.stand_by(self.text, passages)
        if len(self.text) > written:
            yield Wrote(self.text[written:])
        return self.finish(TurnState.COMPLETE, grounded)

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
                words_only=_shortfall(self.words_only),
                not_reranked=_shortfall(self.not_reranked),
            ),
            error=error,
        )


def _shortfall(error: EscritoireError | None) -> Shortfall | None:
    return None if error is None else Shortfall(error.code, error.facts)
