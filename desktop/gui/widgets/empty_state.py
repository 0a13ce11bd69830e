"""A page that has nothing to show yet: what it is for, and what to do now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.gui import theme

ICON = 48


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and the buttons it is given, in the middle of the room."""

    def __init__(
        self, icon: str, heading: str, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = QLabel(heading, self)
        self.heading.setProperty("role", "heading")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence = QLabel(sentence, self)
        self.sentence.setProperty("role", "muted")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setFixedWidth(52 * theme.GRID)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 6 * theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addStretch(1)
        layout.addWidget(self._icon)
        layout.addWidget(self.heading)
        middle = QHBoxLayout()  # stretches, not an alignment: that would cut wrapped text off
        middle.addStretch(1)
        middle.addWidget(self.sentence)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(theme.GRID)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._buttons)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        self._dress()

    def add_button(self, button: QPushButton) -> None:
        self._buttons.addWidget(button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        drawn = theme.icon(self._icon_name, theme.tokens().muted, ICON)
        self._icon.setPixmap(drawn.pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
