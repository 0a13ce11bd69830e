"""A list above, and below it what is known of the selected row; the border between can be moved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QWidget

from desktop.gui import theme

LEAST_LIST = 16 * theme.GRID
LEAST_CARD = 14 * theme.GRID


class Split(QSplitter):
    """The card scrolls where it has no room, and is away while nothing is selected."""

    def __init__(self, above: QWidget, below: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(2 * theme.GRID)
        self.setProperty("role", "split")
        above.setMinimumHeight(LEAST_LIST)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setMinimumHeight(LEAST_CARD)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(below)
        self.addWidget(above)
        self.addWidget(self._scroll)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self.setSizes([1000, 1000])
        self.show_below(False)

    def show_below(self, shown: bool) -> None:
        self._scroll.setVisible(shown)

    def to_top(self) -> None:
        """Another row was selected: its card is read from the beginning."""
        self._scroll.verticalScrollBar().setValue(0)
