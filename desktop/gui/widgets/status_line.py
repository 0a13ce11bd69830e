"""The foot of the window: what is being done in the background, and that nothing leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from desktop.gui import theme

STEPS = 1000


class StatusLine(QFrame):
    """One line of text, a narrow bar while something is under way, and a promise at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._text = QLabel(self)
        self._text.setObjectName("status.text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("status.progress")
        self._bar.setAccessibleName(self.tr("Progress of indexing"))
        self._bar.setTextVisible(False)
        self._bar.setRange(0, STEPS)
        self._bar.setFixedWidth(20 * theme.GRID)
        promise = QLabel(self.tr("Offline: nothing leaves this computer"), self)
        promise.setObjectName("status.promise")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, theme.GRID // 2, 3 * theme.GRID, theme.GRID // 2)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self._bar)
        layout.addWidget(self._text, 1)
        layout.addWidget(promise)
        self.say("", -1.0)

    def say(self, text: str, share: float) -> None:
        """Show `text`; with a bar at `share` (0 to 1), or without one (-1)."""
        self._text.setText(text)
        self._bar.setVisible(share >= 0)
        self._bar.setValue(int(max(0.0, share) * STEPS))

    def text(self) -> str:
        return self._text.text()
