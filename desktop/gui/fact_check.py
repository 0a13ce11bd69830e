"""The facts of a rewrite looked at anew whenever other changes of it are taken.

A long text takes seconds: it is compared on a task, one comparison at a time, the latest wish last.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.facts import FactChange, compare
from desktop.domain.review import Review
from desktop.gui.collecting import held_back
from desktop.gui.tasks import Tasks

MOST_KNOWN = 50  # states of one rewrite whose facts are kept; enough to undo and redo at once
PAUSE_MS = 100  # a decision is drawn, and perhaps the next one made, before it is compared


# The facts that differ, the doubtful ones last, each with the changes that it comes from.
Differing = tuple[tuple[FactChange, tuple[int, ...]], ...]


def differing(review: Review, facts: Iterable[FactChange]) -> Differing:
    """`facts` as they are shown, with what is behind each; of a long text it takes its time."""
    ordered = sorted(facts, key=lambda fact: fact.doubtful)
    return tuple(zip(ordered, review.behind(ordered), strict=True))


class FactCheck(QObject):
    """`checked` says that `differing` is that of the review that was given last."""

    checked = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._review: Review | None = None
        self._known: dict[frozenset[int], Differing] = {}
        self._running = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._run)
        self.differing: Differing = ()

    @property
    def busy(self) -> bool:
        """Whether `differing` is that of an earlier state."""
        return self._review is not None and self._review.taken not in self._known

    def begin(self, review: Review, known: Differing) -> None:
        """Another rewrite; what differs with `review` is known."""
        self._known = {review.taken: known}
        self._review = review
        self._tell()

    def look(self, review: Review) -> None:
        """Find out what differs now."""
        self._review = review
        if not self.busy:
            self._tell()
        elif not self._running:
            self._pause.start()

    def _run(self) -> None:
        review = self._review
        if review is None or self._running or not self.busy:
            return
        known = self._known  # a new one for every rewrite

        def done(found: Differing) -> None:
            known[review.taken] = found
            if len(known) > MOST_KNOWN:
                del known[next(iter(known))]
            self._running = False
            if self._review is not None:
                self.look(self._review)

        self._running = True
        self._tasks.run(lambda _: _compared(review), owner=self, done=done)

    def _tell(self) -> None:
        if self._review is not None:
            self.differing = self._known[self._review.taken]
            self.checked.emit()


def _compared(review: Review) -> Differing:
    with held_back():
        return differing(review, compare(review.text, review.current()))
