"""What the user decided about the changes of a rewrite and the facts in it, each step undoable.

A change counts as taken until it is rejected. Nothing here shows anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.domain.changes import Change
from desktop.domain.facts import FactChange
from desktop.domain.review import Review


class Decision(Enum):
    """OPEN is taken, and not looked at yet."""

    OPEN = auto()
    ACCEPTED = auto()
    REJECTED = auto()


Confirmation = tuple[str, str, int, str, str]


class Decisions(QObject):
    """`changed` says that changes were decided otherwise, `confirmedChanged` the same of facts."""

    changed = Signal()
    confirmedChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self._text = ""
        self._changes: tuple[Change, ...] = ()
        self._decided: dict[int, Decision] = {}
        self._confirmed: frozenset[Confirmation] = frozenset()
        self._review = Review("", (), frozenset())

    def begin(self, text: str, changes: Sequence[Change]) -> None:
        """Forget everything decided: another rewrite is looked at."""
        self.stack.clear()
        self._text, self._changes = text, tuple(changes)
        self._confirmed = frozenset()
        self._set({})

    def of(self, number: int) -> Decision:
        return self._decided.get(number, Decision.OPEN)

    def count(self) -> int:
        """How many changes there are."""
        return len(self._changes)

    def open_ones(self) -> int:
        """How many changes nobody has looked at."""
        return len(self._changes) - len(self._decided)

    def review(self) -> Review:
        """What is taken at the moment."""
        return self._review

    def decide(self, numbers: Iterable[int], decision: Decision, said: str) -> None:
        """Decide about changes in one step, `said` in words; nothing if it is decided so."""
        before = self._decided
        after = before | dict.fromkeys(numbers, decision)
        if after != before:
            self.stack.push(_Step(said, lambda: self._set(after), lambda: self._set(before)))

    def confirm(self, facts: Iterable[FactChange], said: str) -> None:
        """The user has seen these facts differ, and wants them so."""
        before = self._confirmed
        after = before | {_named(fact) for fact in facts}
        if after != before:
            self.stack.push(
                _Step(said, lambda: self._set_confirmed(after), lambda: self._set_confirmed(before))
            )

    def is_confirmed(self, fact: FactChange) -> bool:
        return _named(fact) in self._confirmed

    def _set(self, decided: dict[int, Decision]) -> None:
        self._decided = decided
        rejected = {number for number, each in decided.items() if each is Decision.REJECTED}
        taken = frozenset(range(len(self._changes))) - rejected
        self._review = Review(self._text, self._changes, taken)
        self.changed.emit()

    def _set_confirmed(self, confirmed: frozenset[Confirmation]) -> None:
        self._confirmed = confirmed
        self.confirmedChanged.emit()


class _Step(QUndoCommand):
    """One decision and what was decided before it."""

    def __init__(
        self, said: str, do: Callable[[], object], take_back: Callable[[], object]
    ) -> None:
        super().__init__(said)
        self._do = do
        self._take_back = take_back

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._take_back()


def _named(fact: FactChange) -> Confirmation:
    """What tells a fact from others while other changes move the text after it."""
    before, after = fact.before, fact.after
    return (
        fact.outcome.value,
        fact.kind.value,
        before.start if before else -1,
        before.text if before else "",
        after.text if after else "",
    )
