"""Answers on their way from a worker thread to the window.

Owns the one thread on which answers are generated. What happens there arrives on the main thread in
order, in bundles at most every 30 ms, so that a fast model cannot flood the window. Nothing here
shows anything, and nothing here waits on the main thread except `shutdown`.
"""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.chat import Turn
from desktop.domain.errors import Cancelled, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import (
    AnswerEvent,
    Asked,
    Found,
    Loading,
    Prefilling,
    SteppedDown,
    Wrote,
)
from desktop.services.answering import Answering, Scope

BUNDLE_MS = 30  # what arrives within it reaches the window together

SEARCHING, LOADING, READING, WRITING = "searching", "loading", "reading", "writing"

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
    stopping: bool = False


@dataclass(frozen=True, slots=True)
class _Request:
    question: str
    conversation_id: int | None
    scope: Scope
    quote: bool
    cancel: Cancellation = field(default_factory=Cancellation)


class AnswerBridge(QObject):
    """Asks one question at a time. Lives on the main thread; every signal arrives there.

    `progress` carries a stage and how much of it is done: "searching" (0, 0), "loading" (per cent),
    "reading" (prompt tokens), "writing" (0, 0). Exactly one of `finished` and `failed` ends a
    question; `failed` carries a known error or a bug of ours, and then nothing more was stored than
    `asked` said. `steppedDown` tells that less of the model is on the device than was meant.
    """

    asked = Signal(object)
    found = Signal(object)
    steppedDown = Signal(object)
    progress = Signal(str, int, int)
    wrote = Signal(str)
    finished = Signal(object)
    failed = Signal(object)
    busyChanged = Signal(bool)
    _arrived = Signal()

    def __init__(self, answering: Answering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answering = answering
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._events: list[AnswerEvent | Turn | Exception] = []
        self._waking = False
        self._thread: threading.Thread | None = None
        self._closed = False
        self._request: _Request | None = None
        self._next = Cancellation()  # of what is prepared for the next question
        self._current: Progress | None = None
        self._bundle = QTimer(self)
        self._bundle.setSingleShot(True)
        self._bundle.setInterval(BUNDLE_MS)
        self._bundle.timeout.connect(self._deliver)
        self._arrived.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    # -- the main thread's side

    @property
    def busy(self) -> bool:
        return self._request is not None

    @property
    def current(self) -> Progress | None:
        """The question in hand; None when nothing is being answered."""
        return self._current

    def ask(
        self,
        question: str,
        *,
        conversation_id: int | None = None,
        scope: Scope | None = None,
        quote: bool = False,
    ) -> bool:
        """Begin to answer. Returns False, and does nothing, while another answer is under way."""
        if self.busy or self._closed:
            return False
        self._request = _Request(question, conversation_id, scope or Scope(), quote)
        self._current = Progress(question)
        if self._thread is None:
            self._thread = threading.Thread(target=self._answer_all, name="answers")
            self._thread.start()
        self._requests.put(self._request)
        # After `put`: the thread looks for a request once it has renewed what is cancelled here.
        self._next.cancel()
        self.busyChanged.emit(True)
        self.progress.emit(SEARCHING, 0, 0)
        return True

    def stop(self) -> None:
        """Wish for the end of the answer in hand; it then finishes as stopped. Never blocks."""
        if self._request is not None and self._current is not None:
            self._current.stopping = True
            # Listeners of a cancellation may write to a pipe: not on this thread.
            threading.Thread(target=self._request.cancel.cancel, name="answer-stop").start()

    def shutdown(self) -> None:
        """Stop the answer in hand, refuse new ones and wait until the thread has ended.

        Any thread may call it; nothing is delivered afterwards.
        """
        self._closed = True
        self._next.cancel()
        request = self._request
        if request is not None:
            request.cancel.cancel()
        if self._thread is not None:
            self._requests.put(None)
            self._thread.join()

    def _wake(self) -> None:
        if not self._bundle.isActive():
            self._bundle.start()

    def _deliver(self) -> None:
        with self._lock:
            events, self._events = self._events, []
            self._waking = False
        if self._closed:
            return
        for event in _bundled(events):
            self._tell(event)

    def _tell(self, event: AnswerEvent | Turn | Exception) -> None:
        current = self._current
        if current is None:
            return
        match event:
            case Asked():
                current.asked = event
                self.asked.emit(event)
            case Found(passages):
                self.found.emit(passages)
            case SteppedDown():
                self.steppedDown.emit(event)
            case Loading(done, total):
                self._advance(current, LOADING, done, total)
            case Prefilling(done, total):
                self._advance(current, READING, done, total)
            case Wrote(text):
                if current.stage != WRITING:
                    self._advance(current, WRITING, 0, 0)
                current.text += text
                self.wrote.emit(text)
            case Turn() | Exception():
                self._request = self._current = None
                (self.finished if isinstance(event, Turn) else self.failed).emit(event)
                self.busyChanged.emit(False)

    def _advance(self, current: Progress, stage: str, done: int, total: int) -> None:
        current.stage, current.done, current.total = stage, done, total
        self.progress.emit(stage, done, total)

    # -- the answering thread's side

    def _answer_all(self) -> None:
        while (request := self._requests.get()) is not None:
            try:
                turn = self._answer(request)
            except Exception as error:
                if not isinstance(error, EscritoireError):
                    log.exception("an answer failed")
                self._post(error)
            else:
                self._post(turn)
                self._prepare_next(turn)

    def _answer(self, request: _Request) -> Turn:
        events = self._answering.ask(
            request.question,
            conversation_id=request.conversation_id,
            scope=request.scope,
            quote=request.quote,
            cancel=request.cancel,
        )
        while True:
            try:
                self._post(next(events))
            except StopIteration as end:
                turn: Turn = end.value
                return turn

    def _prepare_next(self, turn: Turn) -> None:
        """Let the model read the conversation so far, until the next question is asked."""
        self._next = Cancellation()
        if self._closed or not self._requests.empty():
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

    def _post(self, event: AnswerEvent | Turn | Exception) -> None:
        with self._lock:
            self._events.append(event)
            waking, self._waking = self._waking, True
        if not waking and not self._closed:
            self._arrived.emit()


def _bundled(
    events: list[AnswerEvent | Turn | Exception],
) -> list[AnswerEvent | Turn | Exception]:
    """The same events, with neighbouring pieces of text joined and overtaken progress left out."""
    bundled: list[AnswerEvent | Turn | Exception] = []
    for event in events:
        last = bundled[-1] if bundled else None
        if isinstance(event, Wrote) and isinstance(last, Wrote):
            bundled[-1] = Wrote(last.text + event.text)
        elif isinstance(event, Loading | Prefilling) and type(event) is type(last):
            bundled[-1] = event
        else:
            bundled.append(event)
    return bundled
