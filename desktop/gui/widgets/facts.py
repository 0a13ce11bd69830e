"""Lines of a name and what it is, that change with what is selected. Plain text throughout."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.gui import theme

NAMES = 16 * theme.GRID  # width of the names
Flag = Qt.TextInteractionFlag


class Facts(QWidget):
    """Two columns; every value can be selected and copied."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(theme.GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._shown: list[tuple[str, str]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these, in the places of those before."""
        while len(self._rows) < len(facts):
            self._rows.append(self._row(len(self._rows)))
        for number, (name, what) in enumerate(self._rows):
            there = number < len(facts)
            name.setVisible(there)
            what.setVisible(there)
            if there:
                name.setText(facts[number][0])
                what.setText(facts[number][1])
                what.setAccessibleName(": ".join(filter(None, facts[number])))
        self._shown = list(facts)

    def shown(self) -> list[tuple[str, str]]:
        return self._shown

    def _row(self, number: int) -> tuple[QLabel, QLabel]:
        name, what = QLabel(self), QLabel(self)
        for label in (name, what):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        name.setProperty("role", "muted")
        what.setWordWrap(True)
        what.setTextInteractionFlags(Flag.TextSelectableByMouse | Flag.TextSelectableByKeyboard)
        self._grid.setColumnMinimumWidth(0, NAMES)  # and more where text is large
        self._grid.addWidget(name, number, 0)
        self._grid.addWidget(what, number, 1)
        return name, what
