"""What is selected in a list of models: its name, all that is known of it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.actions import bind
from desktop.gui.widgets.facts import Facts


class ModelCard(QFrame):
    """Carries out nothing itself: its buttons stand for `actions`, of which the first `primary` are
    the main one, each for other models."""

    def __init__(
        self, name: str, actions: Sequence[QAction], parent: QWidget, *, primary: int = 1
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self.title = QLabel(self)
        self.title.setObjectName(f"{name}.title")
        self.title.setProperty("role", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.facts = Facts(f"{name}.facts", self)
        row = QWidget(self)
        self.buttons: list[QPushButton] = []
        flow = QHBoxLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(theme.GRID)
        for number, action in enumerate(actions):
            button = QPushButton(row)
            button.setObjectName(f"{action.objectName()}.button")
            if number < primary:
                button.setProperty("kind", "primary")
            bind(button, action)
            flow.addWidget(button)
            self.buttons.append(button)
        flow.addStretch(1)
        self._layout = QVBoxLayout(self)
        margin = 2 * theme.GRID
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(theme.GRID)
        self._layout.addWidget(self.title)
        self._layout.addWidget(row)
        self._layout.addWidget(self.facts)
        self._layout.addStretch(1)

    def show_model(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        self.title.setText(title)
        self.facts.show_facts(facts)

    def put(self, widget: QWidget) -> None:
        """Something below the facts."""
        self._layout.insertWidget(self._layout.count() - 1, widget)
