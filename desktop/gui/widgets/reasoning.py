"""What a model thought before it answered: folded, with its time, and shown as plain text."""

from __future__ import annotations

import time

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop.gui.theme import GRID
from desktop.gui.widgets.read_text import ReadText

HEIGHT = 24 * GRID


class Reasoning(QWidget):
    """A line that says how long the model thought; a press on it shows what it wrote meanwhile.

    It is a model's text, held to nothing: it is never set as Markdown, cited or copied with the
    answer.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chat.reasoning")
        self._began = time.monotonic()
        self._text = ""
        self._ended = False
        self._fold = QToolButton(self)
        self._fold.setObjectName("chat.reasoning.show")
        self._fold.setProperty("role", "footer")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.toggled.connect(self._show)
        self._written: ReadText | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 2)
        self._layout.addWidget(self._fold)
        self._say(self.tr("Thinking"))

    def append_piece(self, text: str) -> None:
        """Add a piece while it is thought."""
        self._text += text
        if self._written is not None:
            cursor = QTextCursor(self._written.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text)
        self._say(self.tr("Thinking, {seconds} s").format(seconds=self._seconds()))

    def end(self) -> None:
        """The answer begins."""
        if not self._ended:
            self._ended = True
            self._say(self._thought(time.monotonic() - self._began))

    def show_whole(self, text: str, seconds: float) -> None:
        """Show what was thought, and how long that took."""
        self._text = text
        if self._written is not None:
            self._written.setPlainText(text)
        self._ended = True
        self._say(self._thought(seconds))

    def _thought(self, seconds: float) -> str:
        if not seconds:
            return self.tr("What was thought before")
        many = QLocale().toString(max(1, round(seconds)))
        return self.tr("Thought for {seconds} s").format(seconds=many)

    def _seconds(self) -> str:
        return QLocale().toString(int(time.monotonic() - self._began))

    def _say(self, text: str) -> None:
        if text != self._fold.text():
            self._fold.setText(text)
            self._fold.setAccessibleName(text)
            self._fold.setToolTip(self.tr("Show what the model wrote before its answer"))

    def _show(self, shown: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        if self._written is None:
            name = self.tr("What the model wrote before its answer")
            self._written = ReadText("chat.reasoning.text", name, self)
            self._written.setFixedHeight(HEIGHT)
            self._written.setPlainText(self._text)
            self._layout.addWidget(self._written)
        self._written.setVisible(shown)
