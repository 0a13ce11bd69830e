"""A rewrite as it is written and, once it is, as it is looked at: changes taken or left, facts
confirmed or taken back. Copy gives what is taken, and only when every fact was looked at.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.facts import FactChange, blocking
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.fact_check import FactCheck
from desktop.gui.models.decisions import Decision, Decisions
from desktop.gui.models.rewrite_words import ended_in_words
from desktop.gui.rewrite_bridge import Outcome
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.change_bar import BESIDE, MARKED, RESULT, ChangeBar
from desktop.gui.widgets.draft_text import DraftText
from desktop.gui.widgets.fact_strip import FactStrip
from desktop.gui.widgets.marked_text import MarkedText


class ReviewPane(QWidget):
    """`copied` says that the text is on the clipboard; `saveWanted` carries the file that the text
    is from and the review of it."""

    copied = Signal()
    saveWanted = Signal(object, object)

    def __init__(self, tasks: Tasks, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rewrite.review")
        self._outcome: Outcome | None = None
        self._in_hand = -1
        self._behind: list[tuple[int, ...]] = []  # the changes that each fact comes from
        self._stale = False  # the result on screen is not what is taken
        self.decisions = Decisions(self)
        self._check = FactCheck(tasks, self)
        self.draft = DraftText(self)
        self.draft.setPlaceholderText(self.tr("The rewritten text comes here."))
        decided = self.decisions.of
        self.marked = MarkedText("rewrite.diff", self.tr("Text with its changes"), decided, self)
        self.before = MarkedText("rewrite.before", self.tr("The text as it was"), decided, self)
        self.after = MarkedText("rewrite.after", self.tr("The text rewritten"), decided, self)
        self._marked = (self.marked, self.before, self.after)
        self.bar = ChangeBar(
            actions,
            within,
            self,
            views=self.show_view,
            does={
                "next": lambda: self._step(1),
                "previous": lambda: self._step(-1),
                "accept": lambda: self._decide(Decision.ACCEPTED),
                "reject": lambda: self._decide(Decision.REJECTED),
                "accept_all": lambda: self._decide_all(Decision.ACCEPTED),
                "reject_all": lambda: self._decide_all(Decision.REJECTED),
                "undo": self.decisions.stack.undo,
                "redo": self.decisions.stack.redo,
                "copy": self.copy,
                "save": self.save,
            },
        )
        self.facts = FactStrip(self.decisions, actions, within, self)
        self._lay_out()
        self._listen()
        self.show_view(RESULT)
        self._follow()

    # -- what the page tells

    def begin(self, text: str) -> None:
        """Another text is rewritten; what is shown of the one before goes."""
        self._outcome = None
        self._in_hand = -1
        self.decisions.begin(text, ())
        self.facts.show_facts((), ())
        self.draft.begin(text)
        self.show_view(RESULT)
        self._follow()

    def show_outcome(self, outcome: Outcome) -> None:
        """Let the user look at what came of it."""
        rewritten = outcome.rewritten
        self._outcome = None  # until all of it is in place
        self.decisions.begin(rewritten.text, rewritten.changes)
        for view, marking in zip(
            self._marked,
            (outcome.markings.inline, outcome.markings.before, outcome.markings.after),
            strict=True,
        ):
            view.show_marking(marking)
        self._stale = True
        self._outcome = outcome
        self._check.begin(self.decisions.review(), outcome.differing)
        self.show_view(MARKED if rewritten.changes else RESULT)
        if rewritten.changes:
            self._take_in_hand(0)
        self._follow()

    def announce(self) -> None:
        """Let a screen reader say what came of it, when the user has time for it."""
        outcome = self._outcome
        if outcome is None or not QAccessible.isActive():
            return
        text = self.tr("{done} {changes} changes, {facts} facts differ.").format(
            done=ended_in_words(outcome.rewritten, stopped=outcome.stopped),
            changes=len(outcome.rewritten.changes),
            facts=len(blocking(outcome.rewritten.facts)),
        )
        event = QAccessibleAnnouncementEvent(self, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def show_view(self, view: int) -> None:
        """Open one of the three views."""
        self.bar.press(view)
        self._stack.setCurrentIndex(view)
        if view == RESULT:
            self._refresh_result()

    def text(self) -> str:
        """What Copy gives."""
        return self.decisions.review().current()

    def may_copy(self) -> bool:
        """Whether every fact that differs was looked at."""
        return (
            self._outcome is not None
            and not self._check.busy
            and not self.facts.model.unconfirmed()
        )  # fmt: skip

    def copy(self) -> None:
        if self.may_copy():
            QGuiApplication.clipboard().setText(self.text())
            self.copied.emit()

    def save(self) -> None:
        if self.may_copy() and self._outcome is not None and self._outcome.original is not None:
            self.saveWanted.emit(self._outcome.original, self.decisions.review())

    # -- deciding

    def _step(self, by: int) -> None:
        count = self.decisions.count()
        if count:
            if self._stack.currentIndex() == RESULT:
                self.show_view(MARKED)
            first = 0 if by > 0 else count - 1
            self._take_in_hand((self._in_hand + by) % count if self._in_hand >= 0 else first)
            self._follow()

    def _take_in_hand(self, number: int) -> None:
        self._in_hand = number
        for view in self._marked:
            view.go_to(number)

    def _decide(self, decision: Decision) -> None:
        """Decide about the change in hand and go on to the next that is open."""
        number, count = self._in_hand, self.decisions.count()
        if not 0 <= number < count:
            return
        accepted = decision is Decision.ACCEPTED
        said = self.tr("Accept a change") if accepted else self.tr("Reject a change")
        self.decisions.decide([number], decision, said)
        ahead = [*range(number + 1, count), *range(number)]
        following = next((n for n in ahead if self.decisions.of(n) is Decision.OPEN), number)
        self._take_in_hand(following)
        self._follow()

    def _decide_all(self, decision: Decision) -> None:
        accepted = decision is Decision.ACCEPTED
        said = self.tr("Accept all changes") if accepted else self.tr("Reject all changes")
        self.decisions.decide(range(self.decisions.count()), decision, said)

    def _confirm(self, fact: FactChange) -> None:
        self.decisions.confirm([fact], self.tr("Confirm a fact"))

    def _take_back(self, fact: FactChange) -> None:
        self.decisions.decide(
            self._changes_behind(fact), Decision.REJECTED, self.tr("Take a fact back")
        )

    def _look_at(self, fact: FactChange) -> None:
        behind = self._changes_behind(fact)
        if behind and not self._check.busy:
            if self._stack.currentIndex() == RESULT:
                self.show_view(MARKED)
            self._take_in_hand(behind[0])
            self._follow()

    def _changes_behind(self, fact: FactChange) -> tuple[int, ...]:
        """The changes that a fact comes from, as they are taken now."""
        if not self._check.busy:
            for known, numbers in self._check.differing:
                if known == fact:
                    return numbers
        return self.decisions.review().behind([fact])[0]

    # -- what follows

    def _decided(self) -> None:
        """Other changes are taken: mark them so, and look at the facts anew."""
        self._stale = True
        for view in self._marked:
            view.mark()
        if self._outcome is not None:
            self._check.look(self.decisions.review())
        if self._stack.currentIndex() == RESULT:
            self._refresh_result()
        self._follow()

    def _checked(self) -> None:
        if self._outcome is not None:
            found = self._check.differing
            self._behind = [numbers for _, numbers in found]
            self.facts.show_facts([fact for fact, _ in found], self._outcome.rewritten.kept)
        self._follow()

    def _refresh_result(self) -> None:
        if self._stale and self._outcome is not None:
            self._stale = False
            self.draft.show_text(self.text())

    def _follow(self) -> None:
        """Say and offer what holds now."""
        outcome, open_facts = self._outcome, self.facts.model.unconfirmed()
        suspect: frozenset[int] = frozenset()
        if outcome is not None and not self._check.busy:
            suspect = suspect.union(*(self._behind[row] for row in open_facts))
        copy = self.may_copy()
        for view in self._marked:
            view.suspect(suspect)
            view.lock(not copy)
        self.draft.lock(not copy)
        self.facts.say(self._about_facts(len(open_facts)), trouble=bool(open_facts))
        self.bar.offer_views(outcome is not None)
        self.bar.offer(
            changes=self.decisions.count() > 0,
            in_hand=self._in_hand >= 0,
            copy=copy,
            from_file=outcome is not None and outcome.original is not None,
            why_not=self.tr("Confirm each fact that differs first, or take it back"),
        )
        self.bar.say(self._about_changes())

    def _about_facts(self, waiting: int) -> str:
        if self._check.busy:
            return self.tr("Looking at the facts anew")
        if waiting == 1:
            return self.tr("One fact differs. Copy waits until it is confirmed or taken back.")
        if waiting:
            return self.tr(
                "{count} facts differ. Copy waits until each is confirmed or taken back."
            ).format(count=waiting)
        if self.facts.model.doubtful():
            return self.tr("Nothing keeps Copy waiting. What is worth a look is listed here:")
        if self.facts.model.kept():
            return self.tr("Every fact is looked at. This was kept as it was:")
        return self.tr("Every fact is looked at.")

    def _about_changes(self) -> str:
        count = self.decisions.count()
        if self._outcome is None:
            return ""
        if not count:
            return self.tr("Nothing was changed")
        return self.tr("{number} of {count}, {open} open").format(
            number=self._in_hand + 1, count=count, open=self.decisions.open_ones()
        )

    # -- how it is made

    def _lay_out(self) -> None:
        beside = QWidget(self)
        across = QHBoxLayout(beside)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.GRID)
        across.addWidget(self.before)
        across.addWidget(self.after)
        self._stack = QStackedWidget(self)
        places = {MARKED: self.marked, BESIDE: beside, RESULT: self.draft}
        for view in sorted(places):
            self._stack.addWidget(places[view])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.facts)

    def _listen(self) -> None:
        # While a step is being taken, the stack does not know of it yet.
        for name, can in (
            ("undo", self.decisions.stack.canUndoChanged),
            ("redo", self.decisions.stack.canRedoChanged),
        ):
            self.bar.action(name).setEnabled(False)
            can.connect(self.bar.action(name).setEnabled)
        self.decisions.changed.connect(self._decided)
        self.decisions.confirmedChanged.connect(self._follow)
        self._check.checked.connect(self._checked)
        self.facts.confirmed.connect(self._confirm)
        self.facts.takenBack.connect(self._take_back)
        self.facts.looked.connect(self._look_at)
        for view in self._marked:
            view.chosen.connect(self._choose)

    def _choose(self, number: int) -> None:
        self._take_in_hand(number)
        self._follow()
