"""The text of one answer: as high as it needs, growing while it is written.

Written text is appended; only the last paragraph is laid out again as it grows, at most every
100 ms and less often where that takes long, so that a long answer does not hold up the window.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from desktop.domain.chat import SentenceSupport
from desktop.gui.theme import tokens
from desktop.gui.widgets import markdown

RENDER_MS = 100  # at most this often while an answer is written
COST_SHARE = 8  # and with pauses this many times as long as rendering takes


class AnswerText(QTextBrowser):
    """Shows Markdown that is not trusted. `cited` carries a citation's number, `linked` an address.

    Only links over http and https are told; nothing is ever opened or loaded.
    """

    cited = Signal(int)
    linked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setAccessibleName(self.tr("Answer"))
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.anchorClicked.connect(self._follow)
        self._text = ""
        self._sentences: tuple[SentenceSupport, ...] = ()
        self._streaming = True
        self._settled = 0  # characters of `_text` that are laid out for good
        self._settled_position = 0  # and where they end in the document
        self._render = QTimer(self)
        self._render.setSingleShot(True)
        self._render.setInterval(RENDER_MS)
        self._render.timeout.connect(self._render_tail)

    def append_piece(self, text: str) -> None:
        """Add a piece of the answer that is being written."""
        self._text += text
        if not self._render.isActive():
            self._render.start()

    def show_answer(self, text: str, sentences: Sequence[SentenceSupport]) -> None:
        """Show a whole answer, its sentences marked with what supports them."""
        self._render.stop()
        self._streaming = False
        self._text, self._sentences = text, tuple(sentences)
        markdown.show(self.document(), text, self._sentences, tokens())
        self._fit()

    def text(self) -> str:
        """The Markdown that is shown or about to be."""
        return self._text

    def _render_tail(self) -> None:
        began = time.perf_counter()
        settled = markdown.last_break(self._text, self._settled)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._settled_position)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if settled > self._settled:
            self._write(cursor, self._text[self._settled : settled])
            self._settled, self._settled_position = settled, cursor.position()
        tail = self._text[self._settled :]
        if tail.strip():
            self._write(cursor, tail)
        cursor.endEditBlock()
        took = int((time.perf_counter() - began) * 1000)
        self._render.setInterval(max(RENDER_MS, took * COST_SHARE))

    def _write(self, cursor: QTextCursor, text: str) -> None:
        if cursor.position():
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        markdown.write(cursor, text, tokens())
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == markdown.CITE and url.path().isdigit():
            self.cited.emit(int(url.path()))
        elif url.scheme() in {"http", "https"}:
            self.linked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    # -- as high as the text

    def _fit(self) -> None:
        height = round(self.document().size().height() + 0.5)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the transcript scrolls

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and not self._streaming:
            self.show_answer(self._text, self._sentences)

    def loadResource(self, kind: int, url: QUrl | str) -> object:  # noqa: ARG002
        # Returning nothing would let Qt open the file itself.
        return QImage(1, 1, QImage.Format.Format_ARGB32)
