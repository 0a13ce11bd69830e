"""The strip below a rewrite: each fact that differs, to be confirmed or taken back, and below them
what was kept. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.facts import FactChange
from desktop.domain.rewrites import Kept
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.decisions import Decisions
from desktop.gui.models.rewrite_facts import RewriteFactsModel

MOST_LINES = 6  # in view at once


class FactStrip(QFrame):
    """`confirmed`, `takenBack` and `looked` carry the fact that the user chose."""

    confirmed = Signal(object)
    takenBack = Signal(object)
    looked = Signal(object)

    def __init__(
        self, decisions: Decisions, actions: Actions, within: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.model = RewriteFactsModel(decisions, self)
        self._quiet = False
        self._lay_out(actions, within)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._follow(look=True))
        decisions.confirmedChanged.connect(self._go_on)
        self._follow()

    def show_facts(self, facts: Sequence[FactChange], kept: Sequence[Kept]) -> None:
        """Show these; the strip is away while there is nothing to list."""
        row = self.list.currentIndex().row()
        self.model.show(facts, kept)
        if self.list.currentIndex().row() < 0 and facts:
            with_fact = min(max(row, 0), len(facts) - 1)
            self._select(with_fact)
        self.setVisible(self.model.rowCount() > 0)
        self.list.fit()
        self._go_on()

    def say(self, sentence: str, *, trouble: bool) -> None:
        """What the list means for the whole."""
        self._heading.setText(sentence)
        self._heading.setProperty("role", "error" if trouble else "muted")
        self._heading.style().polish(self._heading)

    def _go_on(self) -> None:
        """Go to the next fact that waits for the user, if the one in hand does not."""
        waiting = self.model.unconfirmed()
        row = self.list.currentIndex().row()
        if waiting and row not in waiting:
            self._select(next((each for each in waiting if each > row), waiting[0]))
        self._follow()

    def _select(self, row: int) -> None:
        # Nobody looked at it yet: the change in hand stays.
        self._quiet = True
        self.list.setCurrentIndex(self.model.index(row))
        self._quiet = False

    def _fact(self) -> FactChange | None:
        return self.model.fact(self.list.currentIndex().row())

    def _follow(self, *, look: bool = False) -> None:
        fact = self._fact()
        waiting = self.list.currentIndex().row() in self.model.unconfirmed()
        for button in self._buttons:
            button.setVisible(self.model.rowCount() > self.model.kept())
        self._confirm.setEnabled(waiting)
        self._take_back.setEnabled(fact is not None)
        if look and fact is not None and not self._quiet:
            self.looked.emit(fact)

    def _emit(self, signal: str) -> None:
        fact = self._fact()
        if fact is not None:
            getattr(self, signal).emit(fact)

    def _lay_out(self, actions: Actions, within: QWidget) -> None:
        self._heading = QLabel(self)
        self._heading.setObjectName("rewrite.facts.heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        self.list = _List(self)
        self.list.setModel(self.model)
        self._confirm = actions.add(
            "rewrite.confirm_fact",
            self.tr("Confirm"),
            "F7",
            lambda: self._emit("confirmed"),
            within=within,
            in_full=self.tr("Confirm that this fact may differ"),
        )
        self._take_back = actions.add(
            "rewrite.take_back_fact",
            self.tr("Take back"),
            "Shift+F7",
            lambda: self._emit("takenBack"),
            within=within,
            in_full=self.tr("Reject the change that this fact comes from"),
        )
        self._buttons: list[QPushButton] = []
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self._heading, 1)
        for action in (self._confirm, self._take_back):
            button = QPushButton(self)
            button.setObjectName(f"{action.objectName()}.button")
            bind(button, action)
            self._buttons.append(button)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(buttons)
        layout.addWidget(self.list)


class _List(QListView):
    """As high as its rows, up to a few; the rest scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rewrite.facts")
        self.setAccessibleName(self.tr("Facts that differ, and what was kept"))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be as high as the lines that the rows take, up to a few."""
        width = self.viewport().width() - 2 * theme.GRID
        metrics, model = self.fontMetrics(), self.model()
        lines = 0
        for row in range(min(model.rowCount(), MOST_LINES)):
            text = str(model.index(row, 0).data())
            wrapped = metrics.boundingRect(0, 0, width, 1 << 16, Qt.TextFlag.TextWordWrap, text)
            lines += max(round(wrapped.height() / metrics.lineSpacing()), 1)
        height = min(max(lines, 1), MOST_LINES) * metrics.lineSpacing()
        if height + theme.GRID != self.height():
            self.setFixedHeight(height + theme.GRID)
