"""Answers on their way from a worker thread to the window.

Answers are generated on one thread (`event_thread`). Nothing here shows anything, and nothing here
waits on the main thread except `shutdown`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from desktop.domain.chat import AnswerMode, Turn
from desktop.domain.errors import Cancelled, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.domain.summaries import Length
from desktop.gui.event_thread import EventThread
from desktop.services.answer_events import (
    Answer,
    AnswerEvent,
    Asked,
    Loading,
    PartsRead,
    Prefilling,
    Reasoned,
    SteppedDown,
    SummingUp,
    Wrote,
)
from desktop.services.answering import Answering, Scope
from desktop.services.comparing import Comparing
from desktop.services.repeating import Repeating
from desktop.services.summarising import Summarising

SEARCHING, LOADING, READING, PARTS = "searching", "loading", "reading", "parts"
SUMMARISING, REASONING, WRITING = "summarising", "reasoning", "writing"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Progress:
    """How far the answer in hand has come; what a view that arrives late needs to catch up."""

    question: str
    asked: Asked | None = None
    stage: str = SEARCHING
    done: int = 0
    total: int = 0
    text: str = ""
    reasoning: str = ""
    stopping: bool = False
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    begin: Callable[[Cancellation], Answer]
    cancel: Cancellation = field(default_factory=Cancellation)


class AnswerBridge(QObject):
    """Asks one question at a time. Lives on the main thread; every signal arrives there.

    `progress` carries a stage and how much of it is done: "loading" (per cent), "reading" (prompt
    tokens), "parts" (of a document), and "searching", "summarising", "reasoning", "writing" (0, 0).
    Exactly one of `finished` and `failed` ends a question; `failed` carries a known error or a bug
    of ours, and then nothing more was stored than `asked` said. `steppedDown` tells that less of
    the model is on the device than was meant.
    """

    asked = Signal(object)
    steppedDown = Signal(object)
    progress = Signal(str, int, int)
    reasoned = Signal(str)
    wrote = Signal(str)
    finished = Signal(object)
    failed = Signal(object)
    busyChanged = Signal(bool)

    def __init__(
        self,
        answering: Answering,
        repeating: Repeating,
        summarising: Summarising,
        comparing: Comparing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._answering = answering
        self.repeating = repeating
        self._summarising = summarising
        self._comparing = comparing
        self._thread = EventThread("answers", self._answer, self)
        self._thread.told.connect(self._tell)
        self._next = Cancellation()  # of what is prepared for the next question
        self._current: Progress | None = None

    # -- the main thread's side

    @property
    def busy(self) -> bool:
        return self._thread.busy

    @property
    def current(self) -> Progress | None:
        """The question in hand; None when nothing is being answered."""
        return self._current

    def ask(
        self,
        question: str,
        *,
        conversation_id: int | None = None,
        beside: int | None = None,
        scope: Scope | None = None,
        mode: AnswerMode = AnswerMode.ANSWER,
    ) -> bool:
        """Begin to answer. Returns False, and does nothing, while another answer is under way.

        `beside` is the question of which this one is another version.
        """
        looked_at = scope or Scope()
        if mode is AnswerMode.COMPARE:
            compared = looked_at.document_ids or ()
            return self._begin(
                question,
                lambda cancel: self._comparing.compare(
                    question,
                    compared,
                    conversation_id=conversation_id,
                    beside=beside,
                    cancel=cancel,
                ),
            )
        return self._begin(
            question,
            lambda cancel: self._answering.ask(
                question,
                conversation_id=conversation_id,
                beside=beside,
                scope=looked_at,
                mode=mode,
                cancel=cancel,
            ),
        )

    def again(self, answer: Turn, *, scope: Scope, mode: AnswerMode = AnswerMode.ANSWER) -> bool:
        """Begin another answer beside that one; as `ask` otherwise."""
        return self._begin(
            "",
            lambda cancel: self._answering.again(answer.id, scope=scope, mode=mode, cancel=cancel),
        )

    def go_on(self, answer: Turn) -> bool:
        """Begin to write an answer on; as `ask` otherwise."""
        return self._begin("", lambda cancel: self.repeating.go_on(answer.id, cancel=cancel))

    def summarise(self, document_id: int, length: Length, question: str) -> bool:
        """Begin to summarise a document in a chat of its own, as `ask` begins to answer."""
        return self._begin(
            question,
            lambda cancel: self._summarising.summarise(
                document_id, length=length, question=question, cancel=cancel
            ),
        )

    def _begin(self, question: str, begin: Callable[[Cancellation], Answer]) -> bool:
        if self.busy or self._thread.closed:
            return False
        self._current = Progress(question)
        self._thread.begin(_Request(begin))
        # Only now: the thread looks for a request once it has renewed what is cancelled here.
        self._next.cancel()
        self.busyChanged.emit(True)
        self.progress.emit(SEARCHING, 0, 0)
        return True

    def stop(self) -> None:
        """Wish for the end of the answer in hand; it then finishes as stopped. Never blocks."""
        if self._current is not None:
            self._current.stopping = True
            self._thread.stop()

    def shutdown(self) -> None:
        """Stop the answer in hand, refuse new ones and wait until the thread has ended.

        Any thread may call it; nothing is delivered afterwards.
        """
        self._thread.closed = True  # before what is being prepared looks whether there is more
        self._next.cancel()
        self._thread.shutdown()

    def _tell(self, event: AnswerEvent | Turn | Exception) -> None:
        current = self._current
        if current is None:
            return
        match event:
            case Asked():
                current.asked = event
                current.text = event.answer.text  # of one that is written on
                self.asked.emit(event)
            case SteppedDown():
                self.steppedDown.emit(event)
            case Loading() | PartsRead() | Prefilling() | SummingUp():
                self._wait(current, event)
            case Reasoned(text):
                if current.stage != REASONING:
                    self._advance(current, REASONING, 0, 0)
                current.reasoning += text
                self.reasoned.emit(text)
            case Wrote(text):
                if current.stage != WRITING:
                    self._advance(current, WRITING, 0, 0)
                current.text += text
                self.wrote.emit(text)
            case Turn() | Exception():
                self._current = None
                self._thread.end()
                (self.finished if isinstance(event, Turn) else self.failed).emit(event)
                self.busyChanged.emit(False)

    def _wait(self, current: Progress, event: Loading | PartsRead | Prefilling | SummingUp) -> None:
        match event:
            case Loading(done, total):
                self._advance(current, LOADING, done, total)
            case PartsRead(done, total, seconds_left):
                current.seconds_left = seconds_left
                self._advance(current, PARTS, done, total)
            case Prefilling(done, total):
                self._advance(current, READING, done, total)
            case SummingUp():
                self._advance(current, SUMMARISING, 0, 0)

    def _advance(self, current: Progress, stage: str, done: int, total: int) -> None:
        current.stage, current.done, current.total = stage, done, total
        self.progress.emit(stage, done, total)

    # -- the answering thread's side

    def _answer(self, request: _Request) -> None:
        try:
            events = request.begin(request.cancel)
            while True:
                self._thread.post(next(events))
        except StopIteration as end:
            turn: Turn = end.value
        except Exception as error:
            if not isinstance(error, EscritoireError):
                log.exception("an answer failed")
            self._thread.post(error)
            return
        self._thread.post(turn)
        self._prepare_next(turn)

    def _prepare_next(self, turn: Turn) -> None:
        """Let the model read the conversation so far, until the next question is asked."""
        self._next = Cancellation()
        if self._thread.closed or self._thread.waits:
            return
        try:
            self._answering.prepare_next(turn.conversation_id, self._next)
        except Cancelled:
            return
        except EscritoireError as error:
            # Only speed is lost, and the next question says what is wrong.
            log.info("the next question could not be prepared: %s", error)
        except Exception:
            log.exception("the next question could not be prepared")
