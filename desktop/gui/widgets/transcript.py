"""A conversation, oldest turn first, read from its end or from a turn that was looked for.

Long conversations open at once because turns are made into widgets newest first, in slices of a few
milliseconds from a timer of zero, and no further than two screens above what is in view; the rest
follows as the user scrolls up. Widgets rather than painted items: text in them can be selected,
tabbed through and read aloud.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.chat import Turn
from desktop.gui.theme import GRID
from desktop.gui.widgets.turn import AnswerView, QuestionView, view_of
from desktop.gui.widgets.typesetting import Typesetting

SLICE = 0.008  # seconds of making widgets before the window gets its turn
AHEAD = 2  # screens that are made above the one in view
WIDEST = 92 * GRID
AT_END = 2 * GRID  # pixels from the end that still count as being there


class Transcript(QScrollArea):
    """`cited` carries a turn and a citation's number, `linked` an address, `wished` a turn and a
    `Wish`, `exported` what a turn's does, `ready` that all of what is in view has been made."""

    cited = Signal(object, int)
    exported = Signal(int, bool)
    linked = Signal(str)
    wished = Signal(object, object)
    ready = Signal()

    def __init__(
        self, parent: QWidget | None = None, typesetting: Typesetting | None = None
    ) -> None:
        super().__init__(parent)
        self._typesetting = typesetting
        self.setObjectName("chat.transcript")
        self.setAccessibleName(self.tr("Conversation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._earlier: list[Turn] = []  # not made yet, above what was
        self._later: list[Turn] = []  # below it, the next one last
        self._words: list[str] = []  # lit wherever they stand
        self._anchor: tuple[int, int | None] | None = None  # a turn, and where its top is to be
        self._following = True  # the end stays in view
        self._from_end = 0  # pixels between what is in view and the end
        self._adjusting = False
        self._keeps_focus = False
        self._downwards = False  # what is being made comes below
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._make_slice)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._hold_place)
        bar.valueChanged.connect(self._note_place)
        self.clear()

    # -- what is shown

    def clear(self) -> None:
        """Show no turn."""
        self._slices.stop()
        self._earlier, self._later, self._anchor = [], [], None
        self._following, self._from_end = True, 0
        page = QWidget()
        self._column = QWidget(page)
        self._column.setMaximumWidth(WIDEST)
        self._turns = QVBoxLayout(self._column)
        self._turns.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        self._turns.setSpacing(2 * GRID)
        self._turns.addStretch(1)
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._column, 1000)
        across.addStretch(1)
        self.setWidget(page)

    def show_turns(self, turns: Sequence[Turn], *, at: int = 0, top: int | None = None) -> None:
        """Show a stored conversation, its end in view, or the turn `at`.

        `top`: how far below the top of the view that turn begins, in pixels; without it, its first
        lit word is in view.
        """
        self.clear()
        place = next((number for number, turn in enumerate(turns) if turn.id == at), len(turns))
        self._earlier, self._later = list(turns[:place]), list(turns[place:])[::-1]
        if self._later:
            self._anchor, self._following = (at, top), False
        self._slices.start()

    def keep_focus(self) -> None:
        """If a turn has the keyboard, the one that is shown next at a place is to have it."""
        focus = self._column.focusWidget()
        self._keeps_focus = focus is not None and focus.hasFocus()

    def light(self, words: Sequence[str]) -> None:
        """Light these words in every turn, made or still to be made; none to put them out."""
        if list(words) != self._words:
            self._words = list(words)
            for view in self.views():
                view.light(self._words)

    def top_of(self, turn_id: int) -> int | None:
        """How far below the top of the view a turn begins; None if it has not been made."""
        view = self._view(turn_id)
        return None if view is None else view.y() - self.verticalScrollBar().value()

    def add(self, turn: Turn) -> QuestionView | AnswerView:
        """Add a turn at the end and bring it into view."""
        if self._later:  # somebody reads far above
            made = [view.turn for view in self.views()]
            self.show_turns([*self._earlier, *made, *reversed(self._later)])
        view = self._make(turn)
        self._turns.addWidget(view)
        self._following = True
        return view

    def answer(self, turn_id: int) -> AnswerView | None:
        """The view of that answer, if it has been made."""
        view = self._view(turn_id)
        return view if isinstance(view, AnswerView) else None

    def holds(self, turn_id: int) -> bool:
        """Whether that turn is shown, made or still to be made."""
        turns = [*self._earlier, *(view.turn for view in self.views()), *self._later]
        return any(turn.id == turn_id for turn in turns)

    def in_hand(self) -> QuestionView | AnswerView | None:
        """The turn that has the keyboard; without one, the last answer."""
        focus = self._column.focusWidget()
        views = self.views()
        for view in views:
            if focus is not None and focus.hasFocus() and view.isAncestorOf(focus):
                return view
        return next((view for view in reversed(views) if isinstance(view, AnswerView)), None)

    def _view(self, turn_id: int) -> QuestionView | AnswerView | None:
        return next((view for view in self.views() if view.turn.id == turn_id), None)

    def views(self) -> list[QuestionView | AnswerView]:
        """What has been made so far, oldest first."""
        items = (self._turns.itemAt(at) for at in range(self._turns.count()))
        views = (item.widget() for item in items if item is not None)
        return [view for view in views if isinstance(view, QuestionView | AnswerView)]

    # -- made in slices

    def _make(self, turn: Turn) -> QuestionView | AnswerView:
        view = view_of(turn, self._column, self._typesetting)
        if isinstance(view, AnswerView):
            view.cited.connect(self.cited)
            view.linked.connect(self.linked)
            view.exported.connect(self.exported)
        view.wished.connect(self.wished)
        if self._words:
            view.light(self._words)
        return view

    def _make_slice(self) -> None:
        until = time.perf_counter() + SLICE
        self._downwards = self._later_wanted()
        if self._downwards:
            while self._later and time.perf_counter() < until:
                self._turns.addWidget(self._make(self._later.pop()))
        else:
            while self._earlier and time.perf_counter() < until:
                # Behind the stretch that keeps a short conversation at the foot.
                self._turns.insertWidget(1, self._make(self._earlier.pop()))
        # Lay out now: how much is in view decides whether more is made.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._downwards = False
        if self._later_wanted() or self._earlier_wanted():
            return
        self._slices.stop()
        self._settle()
        self.ready.emit()

    def _later_wanted(self) -> bool:
        bar = self.verticalScrollBar()
        return bool(self._later) and bar.maximum() - bar.value() < AHEAD * self.viewport().height()

    def _earlier_wanted(self) -> bool:
        ahead = AHEAD * self.viewport().height()
        return bool(self._earlier) and self.verticalScrollBar().value() <= ahead

    def _settle(self) -> None:
        """Bring the turn that was looked for to where it is to be."""
        anchor, self._anchor = self._anchor, None
        keeps_focus, self._keeps_focus = self._keeps_focus, False
        view = None if anchor is None else self._view(anchor[0])
        if anchor is None or view is None:
            return
        top = anchor[1]
        if top is None:
            lit = view.light(self._words) if self._words else None
            top = self.viewport().height() // 3 - (lit or 0) if lit else 2 * GRID
        self.verticalScrollBar().setValue(view.y() - top)
        if keeps_focus:
            view.actions_.take_focus()

    # -- what stays in view

    def _note_place(self, value: int) -> None:
        if self._adjusting:
            return
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - value
        self._following = self._from_end <= AT_END and not self._later
        if self._earlier_wanted() or self._later_wanted():
            self._slices.start()

    def _hold_place(self, _least: int, most: int) -> None:
        """New turns above push nothing away; new text below moves only who reads at the end."""
        bar = self.verticalScrollBar()
        self._adjusting = True
        if self._following:
            bar.setValue(most)
        elif self._slices.isActive() and not self._downwards:
            bar.setValue(most - self._from_end)
        self._adjusting = False
        self._from_end = most - bar.value()
