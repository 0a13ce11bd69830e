"""Where a question is typed: it grows with its text, and its button turns from Send into Stop.

The text stays until its question is kept, so that nothing typed is lost.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.theme import GRID
from desktop.gui.widgets.context_meter import ContextMeter
from desktop.services.turn_taking import LONGEST_QUESTION

MOST_LINES = 8
MEASURE_MS = 150


class Composer(QWidget):
    """`sent` carries a question; `stopped` wishes for the end of the answer; `refused` carries the
    characters of a text that was pasted or dropped and is too long for a question."""

    sent = Signal(str)
    stopped = Signal()
    refused = Signal(int)

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self.input = _Input(self)
        self.input.setObjectName("chat.input")
        self.input.setAccessibleName(self.tr("Your question"))
        self.input.setPlaceholderText(self.tr("Ask your documents"))
        self.input.setToolTip(self.tr("Enter sends, Shift+Enter begins a new line"))
        self.input.entered.connect(self._send)
        self.input.refused.connect(self.refused)
        self.input.textChanged.connect(self._follow)
        self._send_action = actions.add(
            "chat.send", self.tr("Send"), "Ctrl+Return", self._send, within=within
        )
        self._stop_action = actions.add(
            "chat.stop", self.tr("Stop"), "Esc", self.stopped.emit, within=within
        )
        self._send_button = QPushButton(self)
        self._send_button.setObjectName("chat.send")
        self._send_button.setProperty("kind", "primary")
        self._stop_button = QPushButton(self)
        self._stop_button.setObjectName("chat.stop")
        bind(self._send_button, self._send_action)
        bind(self._stop_button, self._stop_action)
        self.meter = ContextMeter(self)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.input, 1)
        row.addWidget(self._send_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._stop_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(row)
        layout.addWidget(self.meter)
        self._measure = QTimer(self)  # what is typed is counted when typing pauses
        self._measure.setSingleShot(True)
        self._measure.setInterval(MEASURE_MS)
        self._measure.timeout.connect(lambda: self.meter.show_question(self.text().strip()))
        self.input.textChanged.connect(self._measure.start)
        self.setFocusProxy(self.input)
        self._dress()
        self._follow()

    def set_busy(self, busy: bool) -> None:
        """Offer Stop while an answer is under way, Send otherwise."""
        self._busy = busy
        self._follow()

    def text(self) -> str:
        return self.input.toPlainText()

    def kept(self, question: str) -> None:
        """Empty the field, unless something else was typed since `question` was sent."""
        if self.text().strip() == question:
            self.input.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._as_high_as_a_line()

    def _as_high_as_a_line(self) -> None:
        for button in (self._send_button, self._stop_button):
            button.setFixedHeight(self.input.line_height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()
        elif event.type() is QEvent.Type.FontChange:
            self._as_high_as_a_line()

    def _dress(self) -> None:
        self._send_button.setIcon(theme.icon("send", theme.tokens().on_accent))
        self._stop_button.setIcon(theme.icon("stop"))

    def _send(self) -> None:
        question = self.text().strip()
        if question and not self._busy:
            self.sent.emit(question)

    def _follow(self) -> None:
        self._send_action.setVisible(not self._busy)
        self._send_action.setEnabled(not self._busy and bool(self.text().strip()))
        self._stop_action.setVisible(self._busy)
        self._stop_action.setEnabled(self._busy)


class _Input(QPlainTextEdit):
    """A text field of one to eight lines. `entered`: Enter was pressed, without Shift. `refused`:
    a text of so many characters is not taken in, for laying it out would hold up the window."""

    entered = Signal()
    refused = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entering = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if entering and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text() if source.hasText() else ""
        room = LONGEST_QUESTION - self.document().characterCount()
        if len(text) > room + len(self.textCursor().selectedText()):
            self.refused.emit(len(text))
            return
        super().insertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # Files that are dropped here go on to the window, which adds them.
        carries_files = any(url.isLocalFile() for url in source.urls())
        return not carries_files and super().canInsertFromMimeData(source)

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())

    def line_height(self) -> int:
        """The height of the field while it holds one line, in pixels."""
        return self._height_of(1)

    def _height_of(self, lines: int) -> int:
        margins = self.contentsMargins() + self.viewportMargins()
        around = margins.top() + margins.bottom() + 2 * int(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + around + 2

    def _fit(self) -> None:
        # A plain text's layout measures its height in lines.
        lines = min(max(int(self.document().size().height()), 1), MOST_LINES)
        height = self._height_of(lines)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
