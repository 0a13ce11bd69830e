"""A conversation, oldest turn first, read from its end.

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
    """`cited` carries a turn and a citation's number, `linked` an address, `ready` that all of
    what is in view has been made."""

    cited = Signal(object, int)
    linked = Signal(str)
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
        self._earlier: list[Turn] = []
        self._following = True  # the end stays in view
        self._from_end = 0  # pixels between what is in view and the end
        self._adjusting = False
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
        self._earlier = []
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

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show a stored conversation, its end in view."""
        self.clear()
        self._earlier = list(turns)
        self._slices.start()

    def add(self, turn: Turn) -> QuestionView | AnswerView:
        """Add a turn at the end and bring it into view."""
        view = self._make(turn)
        self._turns.addWidget(view)
        self._following = True
        return view

    def answer(self, turn_id: int) -> AnswerView | None:
        """The view of that answer, if it has been made."""
        for view in self._column.findChildren(AnswerView):
            if view.turn.id == turn_id:
                return view
        return None

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
        return view

    def _make_slice(self) -> None:
        until = time.perf_counter() + SLICE
        while self._earlier and time.perf_counter() < until:
            # Behind the stretch that keeps a short conversation at the foot.
            self._turns.insertWidget(1, self._make(self._earlier.pop()))
        # Lay out now: how much is in view decides whether more is made.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if not self._earlier or self.verticalScrollBar().value() > AHEAD * self.viewport().height():
            self._slices.stop()
            self.ready.emit()

    # -- what stays in view

    def _note_place(self, value: int) -> None:
        if self._adjusting:
            return
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - value
        self._following = self._from_end <= AT_END
        if self._earlier and value < AHEAD * self.viewport().height():
            self._slices.start()

    def _hold_place(self, _least: int, most: int) -> None:
        """New turns above push nothing away; new text below moves only who reads at the end."""
        bar = self.verticalScrollBar()
        self._adjusting = True
        if self._following:
            bar.setValue(most)
        elif self._slices.isActive():
            bar.setValue(most - self._from_end)
        self._adjusting = False
        self._from_end = most - bar.value()
