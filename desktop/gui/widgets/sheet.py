"""A page of facts: a title, a scrolled column, cards with lines of what is what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme

WIDEST = 96 * theme.GRID


class Sheet(QWidget):
    """A titled column that scrolls; cards are added from the top."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel(title, self)
        self.heading.setProperty("role", "title")
        self._column = QWidget(self)
        self._column.setMaximumWidth(WIDEST)
        self._cards = QVBoxLayout(self._column)
        self._cards.setContentsMargins(0, 0, theme.GRID, 0)
        self._cards.setSpacing(2 * theme.GRID)
        self._cards.addStretch(1)
        scroll = self._scroll = QScrollArea(self)
        scroll.setAccessibleName(title)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self.heading)
        layout.addWidget(scroll, 1)

    def entitle(self, title: str) -> None:
        """Give it another title."""
        self.heading.setText(title)
        self._scroll.setAccessibleName(title)

    def add(self, widget: QWidget) -> None:
        self._cards.insertWidget(self._cards.count() - 1, widget)


class Card(QFrame):
    """A heading, sentences, and lines of a name and what it is. Plain text throughout."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(heading)
        self._layout = QVBoxLayout(self)
        margin = 2 * theme.GRID
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(theme.GRID)
        self._heading = self._label(heading, "heading")
        self._layout.addWidget(self._heading)

    def title(self, heading: str) -> None:
        """Call the card so, whose class knows its own words."""
        self._heading.setText(heading)
        self.setAccessibleName(heading)

    def say(self, sentence: str) -> QLabel:
        label = self._label(sentence, "muted")
        self._layout.addWidget(label)
        return label

    def lines(self, facts: Sequence[tuple[str, str]]) -> None:
        """A line for each fact that there is."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.setColumnStretch(1, 1)
        for row, (name, what) in enumerate(fact for fact in facts if fact[1]):
            label = self._label(name, "muted")
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            label.setWordWrap(False)
            grid.setColumnMinimumWidth(0, 16 * theme.GRID)  # and more where text is large
            grid.addWidget(label, row, 0)
            grid.addWidget(self._label(what, "text", selectable=True), row, 1)
        self._layout.addLayout(grid)

    def put(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)

    def _label(self, text: str, role: str, *, selectable: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if selectable:
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        return label
