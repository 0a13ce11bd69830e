"""The text of one answer: as high as it needs, growing while it is written.

Written text is laid out block by block (`blocks`). Only the last block is laid out again as it
grows, at most every 100 ms and less often where that takes long; code at the end just gets longer.
A long answer that is shown whole is laid out aside, in slices of a few milliseconds, and takes its
place when it is done, so that it does not hold up the window.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import zip_longest

import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from desktop.domain.chat import SentenceSupport
from desktop.gui.theme import tokens
from desktop.gui.widgets import formula_places, markdown
from desktop.gui.widgets.blocks import Block, blocks, code_of
from desktop.gui.widgets.code_panels import CodePanels
from desktop.gui.widgets.formulas import OBJECT, FormulaDrawer
from desktop.gui.widgets.sentence_marks import CITE
from desktop.gui.widgets.shown_code import write_code_on
from desktop.gui.widgets.typesetting import Typesetting

RENDER_MS = 100  # at most this often while an answer is written
COST_SHARE = 8  # and with pauses this many times as long as rendering takes
SLICE = 0.008  # seconds of laying out before the window gets its turn
AT_ONCE = 4000  # characters that are laid out in one go


class AnswerText(QTextBrowser):
    """Shows Markdown that is not trusted. `cited` carries a citation's number, `linked` an address,
    `shown` comes when all of a whole answer is there.

    Only links over http and https are told; nothing is ever opened or loaded.
    """

    cited = Signal(int)
    linked = Signal(str)
    shown = Signal()

    def __init__(
        self, parent: QWidget | None = None, typesetting: Typesetting | None = None
    ) -> None:
        """Without `typesetting`, formulas are shown as they are written, and code in one colour."""
        super().__init__(parent)
        self._formulas = typesetting.formulas if typesetting else None
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
        self.code = CodePanels(self, typesetting.lexers if typesetting else None)
        self._prepare(self.document())
        self._follow_size(self.document())
        self.anchorClicked.connect(self._follow)
        if self._formulas is not None:
            self._formulas.came.connect(self._formula_came)
        self._text = ""
        self._sentences: tuple[SentenceSupport, ...] = ()
        self._streaming = True
        self._begun = 0  # where in `_text` the block begins that may still grow
        self._begun_position = 0  # and in the document
        self._table = -1  # and the table, whose rows it has
        self._growing: Block | None = None  # that block, as it is shown
        self._render = QTimer(self)
        self._render.setSingleShot(True)
        self._render.setInterval(RENDER_MS)
        self._render.timeout.connect(self._render_tail)
        self._came: set[str] = set()  # formulas whose pictures came
        self._settle_formulas = QTimer(self)
        self._settle_formulas.setSingleShot(True)
        self._settle_formulas.setInterval(RENDER_MS)
        self._settle_formulas.timeout.connect(self._settle_came)
        self._aside: QTextDocument | None = None  # where a long answer is laid out
        self._left: list[Block] = []  # of it
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._lay_out_slice)

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
        self._aside = QTextDocument(self)
        self._prepare(self._aside)
        self._left = blocks(text)
        if len(text) <= AT_ONCE:
            self._lay_out(until=None)
        else:
            self._slices.start()

    def text(self) -> str:
        """The Markdown that is shown or about to be."""
        return self._text

    # -- while it is written

    def _render_tail(self) -> None:
        began = time.perf_counter()
        found = blocks(self._text, self._begun, self._table)
        cursor = QTextCursor(self.document())
        late = False
        for block, following in zip_longest(found, found[1:]):
            self._show_growing(cursor, block)
            if following is not None:
                self._settle(block, following)
            late = time.perf_counter() - began > SLICE
            if late:
                break
        self.code.look(self._begun_position)
        took = int((time.perf_counter() - began) * 1000)
        self._render.setInterval(max(RENDER_MS, took * COST_SHARE))
        if late and found[-1].start != self._begun:
            self._render.start(0)

    def _show_growing(self, cursor: QTextCursor, block: Block) -> None:
        """Show the last block anew, or let it grow."""
        before, self._growing = self._growing, block
        if before is not None and before.fence and before.start == block.start and block.fence:
            first = self.code.first_from(self._begun_position)
            write_code_on(cursor, first, *code_of(self._text, block))
            return
        if before is not None:
            cursor.setPosition(self._begun_position)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        self._write(cursor, block, ())

    def _settle(self, block: Block, following: Block) -> None:
        """That block ended, and stays as it is."""
        end = self.document().characterCount() - 1
        self.code.settle(self._begun_position)
        self._begun, self._begun_position = block.end, end
        self._table = following.table
        self._growing = None

    def _write(
        self, cursor: QTextCursor, block: Block, sentences: Sequence[SentenceSupport]
    ) -> None:
        if self._text[block.start : block.end].strip():
            markdown.write(cursor, self._text, block, sentences, tokens(), self._drawn)

    def _drawn(self, tex: str) -> bool:
        """Whether there is a picture of a formula, or may be one."""
        if self._formulas is None:
            return False
        return not self._formulas.known(tex) or self._formulas.picture(tex) is not None

    # -- when it is whole

    def _lay_out_slice(self) -> None:
        self._lay_out(until=time.perf_counter() + SLICE)

    def _lay_out(self, until: float | None) -> None:
        """Lay out the blocks that are left, or as many as there is time for."""
        document = self._aside
        if document is None:
            self._slices.stop()
            return
        cursor = QTextCursor(document)
        while self._left:
            self._write(cursor, self._left.pop(0), self._sentences)
            if until is not None and time.perf_counter() > until:
                break
        if not self._left:
            self._slices.stop()
            self._take(document)

    def _take(self, document: QTextDocument) -> None:
        """Show what was laid out aside in the place of what there was."""
        before, self._aside = self.document(), None
        self.code.leave()
        self.setDocument(document)
        self._follow_size(document)
        if shiboken6.isValid(before):  # Qt deletes the one it made itself
            before.deleteLater()
        self.code.begin()
        self._fit()
        self.shown.emit()

    def _prepare(self, document: QTextDocument) -> None:
        document.setDocumentMargin(0)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        option = document.defaultTextOption()
        option.setWrapMode(self.wordWrapMode())
        document.setDefaultTextOption(option)
        document.setTextWidth(self.viewport().width())
        if self._formulas is not None:
            drawer = FormulaDrawer(self._formulas, document)
            document.documentLayout().registerHandler(OBJECT, drawer)

    def _follow_size(self, document: QTextDocument) -> None:
        document.documentLayout().documentSizeChanged.connect(self._fit)

    def _formula_came(self, tex: str) -> None:
        if tex in self._text:
            self._came.add(tex)
            self._settle_formulas.start()

    def _settle_came(self) -> None:
        """Lay out, all at once, the formulas of which it is known by now what comes of them."""
        came, self._came = self._came, set()
        if self._formulas is not None:
            formula_places.settle(self.document(), came, self._formulas)

    # -- what is done with it

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == CITE and url.path().isdigit():
            self.cited.emit(int(url.path()))
        elif url.scheme() in {"http", "https"}:
            self.linked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def selected(self) -> str:
        """What of it is selected, each formula as it is written."""
        cursor = self.textCursor()
        if formula_places.STANDS_FOR_ONE in cursor.selectedText():
            return formula_places.written(cursor)
        return cursor.selection().toPlainText()

    def createMimeDataFromSelection(self) -> QMimeData:
        if formula_places.STANDS_FOR_ONE not in self.textCursor().selectedText():
            return super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(self.selected())
        return copied

    # -- as high as the text

    def _fit(self, _size: object = None) -> None:
        height = round(self.document().size().height() + 0.5)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
        self.code.place()

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the transcript scrolls

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self.code.paint(painter, event.rect(), tokens())
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and not self._streaming:
            self.show_answer(self._text, self._sentences)

    def loadResource(self, kind: int, url: QUrl | str) -> object:  # noqa: ARG002
        # Returning nothing would let Qt open the file itself.
        return QImage(1, 1, QImage.Format.Format_ARGB32)
