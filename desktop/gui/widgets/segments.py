"""A small bar of buttons of which one is pressed: which view of a page is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget


class Segments(QFrame):
    """One button an action; whoever carries the action out says which one is pressed."""

    def __init__(self, spoken: str, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        self.setAccessibleName(spoken)
        self._group = QButtonGroup(self)
        self._buttons: list[QPushButton] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for action in actions:
            button = QPushButton(action.text(), self)
            button.setObjectName(f"{action.objectName()}.button")
            button.setProperty("kind", "segment")
            button.setAccessibleName(action.text())
            button.setToolTip(action.toolTip())
            button.setCheckable(True)
            button.clicked.connect(action.trigger)
            self._group.addButton(button)
            self._buttons.append(button)
            layout.addWidget(button)

    def press(self, number: int) -> None:
        """Show that view `number` is open."""
        self._buttons[number].setChecked(True)

    def name(self, number: int, text: str) -> None:
        """Call a view otherwise, with a count for example."""
        self._buttons[number].setText(text)
        self._buttons[number].setAccessibleName(text)
