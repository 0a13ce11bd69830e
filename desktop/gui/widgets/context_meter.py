"""How much of what the model reads at once this chat takes, with the question being typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from desktop.domain.context import Room
from desktop.gui.models.context_words import in_full, in_short, question_tokens
from desktop.gui.theme import GRID


class ContextMeter(QWidget):
    """A bar and a sentence. Without a model there is nothing to measure, and it is hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chat.context")
        self._room: Room | None = None
        self._question = 0
        self._bar = QProgressBar(self)
        self._bar.setObjectName("chat.context.bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(10 * GRID)
        self._words = QLabel(self)
        self._words.setObjectName("chat.context.words")
        self._words.setProperty("role", "muted")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        layout.addStretch(1)
        self.hide()

    def show_room(self, room: Room | None) -> None:
        """Show what was measured."""
        self._room = room
        self.setVisible(room is not None)
        self._follow()

    def show_question(self, text: str) -> None:
        """Add what is being typed, as an estimate."""
        self._question = question_tokens(text)
        self._follow()

    def _follow(self) -> None:
        room = self._room
        if room is None:
            return
        said = in_short(room, self._question)
        if said == self._words.text() and self._bar.maximum() == room.limit:
            return
        self._words.setText(said)
        self._words.setToolTip(in_full(room))
        self._bar.setToolTip(in_full(room))
        self._bar.setRange(0, max(1, room.limit))
        self._bar.setValue(min(room.limit, room.used + self._question))
        self._bar.setAccessibleName(said)
        self._bar.setAccessibleDescription(in_full(room))
