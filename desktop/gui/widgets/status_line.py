"""The foot of the window: what is being done in the background, and whether anything leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.actions import bind
from desktop.gui.widgets.elided_label import ElidedLabel

STEPS = 1000


class StatusLine(QFrame):
    """One line of text, a narrow bar while something is under way, and at the right what is
    connected. Several may be at work: the one that spoke up first is shown until it is done,
    with a button if it offers to be cancelled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._text = ElidedLabel("status.text", "muted", self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("status.progress")
        self._bar.setAccessibleName(self.tr("Progress of what is under way"))
        self._bar.setTextVisible(False)
        self._bar.setRange(0, STEPS)
        self._bar.setFixedWidth(20 * theme.GRID)
        self._promise = QLabel(self.tr("Not connected: nothing leaves this computer"), self)
        self._promise.setObjectName("status.promise")
        self._promise.setTextFormat(Qt.TextFormat.PlainText)
        self._at_work: dict[str, tuple[str, float]] = {}
        self._cancels: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, theme.GRID // 2, 3 * theme.GRID, theme.GRID // 2)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self._bar)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._promise)
        self._layout = layout
        self.say("", -1.0)

    def say(self, text: str, share: float, who: str = "") -> None:
        """What `who` does: `text`, with a bar at `share` (0 to 1), or nothing any more (-1)."""
        if share < 0:
            self._at_work.pop(who, None)
        else:
            self._at_work[who] = (text, share)
        shown, (text, share) = next(iter(self._at_work.items()), ("", (text, -1.0)))
        for whose, button in self._cancels.items():
            button.setVisible(whose == shown)
        self._text.show_text(text)
        self._bar.setVisible(share >= 0)
        self._bar.setValue(int(max(0.0, share) * STEPS))

    def offer(self, who: str, cancel: QAction) -> None:
        """While what `who` does is shown, a button stands beside it for `cancel`."""
        button = QPushButton(self)
        button.setObjectName(f"status.cancel.{who}")
        button.setProperty("kind", "quiet")
        bind(button, cancel)
        cancel.changed.connect(lambda: button.setVisible(who == next(iter(self._at_work), "")))
        button.setVisible(False)
        self._layout.insertWidget(self._layout.count() - 1, button)
        self._cancels[who] = button

    def promise(self, text: str) -> None:
        """Say what is connected."""
        self._promise.setText(text)

    def text(self) -> str:
        return self._text.whole()
