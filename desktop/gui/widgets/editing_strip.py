"""Says above the input that an earlier question is being put differently, and lets one leave it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.chat import Turn
from desktop.gui.actions import Actions, bind
from desktop.gui.theme import GRID


class EditingStrip(QWidget):
    """Hidden until `begin`. `left` comes when the user wants to ask a new question after all."""

    left = Signal()

    def __init__(self, actions: Actions, within: QWidget) -> None:
        super().__init__(within)
        self.setObjectName("chat.editing")
        self.turn: Turn | None = None
        words = QLabel(
            self.tr("Another version of an earlier question. The old one is kept beside it."), self
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        leave = QPushButton(self)
        leave.setObjectName("chat.editing.leave")
        leave.setProperty("kind", "quiet")
        self._action = actions.add(
            "chat.editing.leave",
            self.tr("Leave the question as it is"),
            "Alt+Backspace",
            self._leave,
            within=within,
        )
        bind(leave, self._action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(words, 1)
        layout.addWidget(leave)
        self.end()

    def begin(self, turn: Turn) -> None:
        """What is sent from now on is another version of that question."""
        self.turn = turn
        self._action.setEnabled(True)
        self.show()

    def end(self) -> None:
        self.turn = None
        self._action.setEnabled(False)
        self.hide()

    def _leave(self) -> None:
        self.end()
        self.left.emit()
