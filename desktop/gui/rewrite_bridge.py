"""Rewrites on their way from a worker thread to the window.

Texts are rewritten and made ready to be looked at on one thread (`event_thread`). Nothing here
shows anything, and nothing here waits on the main thread except `shutdown`.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import Cancelled, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original
from desktop.domain.review import Review
from desktop.domain.rewrites import RewriteRecord, Rewritten, Wish
from desktop.gui.collecting import held_back, let_go
from desktop.gui.event_thread import EventThread
from desktop.gui.fact_check import Differing, differing
from desktop.gui.models.marking import Markings, markings
from desktop.services.answer_events import Loading, Prefilling, SteppedDown, Wrote
from desktop.services.rewrite_events import (
    Comparing,
    Paragraph,
    Retrying,
    RewriteEvent,
    Settled,
)
from desktop.services.rewriting import Rewriting, checked

STARTING, LOADING, READING, WRITING, COMPARING = (
    "starting", "loading", "reading", "writing", "comparing",
)  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rewrite, ready to be shown; make it beside the main thread.

    `original` is the file that the text is from. It is `stopped` if the user or an error ended it
    early. `differing` are its facts, each with the changes behind it.
    """

    rewritten: Rewritten
    markings: Markings
    stopped: bool = False
    original: Original | None = None
    differing: Differing = field(init=False)

    def __post_init__(self) -> None:
        done = self.rewritten
        review = Review(done.text, done.changes, frozenset(range(len(done.changes))))
        object.__setattr__(self, "differing", differing(review, done.facts))


@dataclass(frozen=True, slots=True)
class _Request:
    text: str
    wish: Wish
    original: Original | None
    cancel: Cancellation = field(default_factory=Cancellation)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The text is one that can be rewritten; so it reads."""

    text: str


_News = RewriteEvent | _Begun | Outcome | Exception


class RewriteBridge(QObject):
    """Rewrites one text at a time. Lives on the main thread; every signal arrives there.

    `progress` carries a stage and how much of it is done: "starting" (0, 0), "loading" (per cent),
    "reading" (prompt tokens), "writing" (0, 0), "comparing" (0, 0). `begun` carries the text,
    `paragraph`, `wrote`, `retrying` and `settled` what becomes of it. Exactly one of `finished` and
    `failed` ends it; `failed` carries a known error or a bug of ours, and then nothing was written.
    """

    begun = Signal(str)
    steppedDown = Signal(object)
    progress = Signal(str, int, int)
    paragraph = Signal(object)
    wrote = Signal(str)
    retrying = Signal(object)
    settled = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    busyChanged = Signal(bool)

    def __init__(self, rewriting: Rewriting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rewriting = rewriting
        self._thread = EventThread("rewrites", self._rewrite_one, self)
        self._thread.told.connect(self._tell)

    # -- the main thread's side

    @property
    def busy(self) -> bool:
        return self._thread.busy

    def rewrite(self, text: str, wish: Wish, original: Original | None = None) -> bool:
        """Begin to rewrite a text, which may be from a file.

        Returns False, and does nothing, while another rewrite is under way.
        """
        if self.busy or self._thread.closed:
            return False
        let_go()
        self._thread.begin(_Request(text, wish, original))
        self.busyChanged.emit(True)
        self.progress.emit(STARTING, 0, 0)
        return True

    def stop(self) -> None:
        """Wish for the end; it then finishes with the paragraphs that are done. Never blocks."""
        self._thread.stop()

    def shutdown(self) -> None:
        """Stop the rewrite in hand, refuse new ones and wait until the thread has ended.

        Any thread may call it; nothing is delivered afterwards.
        """
        self._thread.shutdown()

    def _tell(self, news: _News) -> None:
        match news:
            case _Begun(text):
                self.begun.emit(text)
            case SteppedDown():
                self.steppedDown.emit(news)
            case Loading(done, total):
                self.progress.emit(LOADING, done, total)
            case Prefilling(done, total):
                self.progress.emit(READING, done, total)
            case Paragraph():
                self.paragraph.emit(news)
            case Wrote(text):
                self.progress.emit(WRITING, 0, 0)
                self.wrote.emit(text)
            case Retrying():
                self.retrying.emit(news)
            case Settled():
                self.settled.emit(news)
            case Comparing():
                self.progress.emit(COMPARING, 0, 0)
            case Outcome() | Exception():
                self._thread.end()
                (self.finished if isinstance(news, Outcome) else self.failed).emit(news)
                self.busyChanged.emit(False)

    # -- the rewriting thread's side

    def _rewrite_one(self, request: _Request) -> None:
        try:
            with ExitStack() as comparing:
                outcome = self._rewrite(request, comparing)
        except Exception as error:
            if not isinstance(error, EscritoireError | Cancelled):
                log.exception("a rewrite failed")
            self._thread.post(error)
        else:
            self._thread.post(outcome)

    def _rewrite(self, request: _Request, comparing: ExitStack) -> Outcome:
        text = checked(request.text)
        self._thread.post(_Begun(text))
        steps = self._rewriting.rewrite(
            text,
            request.wish,
            original=request.original,
            keep=self._rewriting.keeps_history,
            cancel=request.cancel,
        )
        while True:
            try:
                event = next(steps)
            except StopIteration as end:
                rewritten: Rewritten = end.value
                break
            except Cancelled:  # before a paragraph was done
                rewritten = Rewritten(text, text, (), (), (), RewriteRecord(request.wish))
                marked = markings(text, text, ())
                return Outcome(rewritten, marked, stopped=True, original=request.original)
            if isinstance(event, Comparing):
                comparing.enter_context(held_back())
            self._thread.post(event)
        if not isinstance(rewritten.error, EscritoireError | None):
            log.error("a rewrite failed", exc_info=rewritten.error)
        return Outcome(
            rewritten,
            markings(rewritten.text, rewritten.output, rewritten.changes),
            stopped=rewritten.record.unwritten > 0,
            original=request.original,
        )
