"""A conversation drawn as a PDF by Qt, in the fonts of this computer, sources below each answer.

Works on any thread: it draws documents of its own, on no screen. Whoever has no window needs a
`QGuiApplication` first (`without_window`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QLocale, QMarginsF, QThread, QUrl
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTableFormat,
)

from desktop.domain.chat import Role
from desktop.domain.documents import PageImage
from desktop.domain.exports import Export, Note, Said
from desktop.domain.jobs import Cancellation
from desktop.gui.theme import LIGHT
from desktop.gui.widgets import markdown
from desktop.gui.widgets.blocks import blocks
from desktop.gui.widgets.page_view import painted

MARGIN_MM = 4.0  # beside the 20 that Qt leaves, with a page number in them
QT_MARGIN_PT = 57.0
RESOLUTION = 300  # dots an inch
TEXT_PT, SMALL_PT, HEAD_PT, TITLE_PT = 10.5, 8.0, 13.0, 20.0
GAP = 8.0  # points between blocks
PAGE_SHARE = 0.85  # of the width, for a page image


def without_window() -> QGuiApplication:
    """What Qt needs to draw where nothing is shown. Raises ImportError where Qt cannot be used."""
    if sys.platform == "linux":  # where there may be no display; elsewhere there is one
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QGuiApplication.instance()
    return running if isinstance(running, QGuiApplication) else QGuiApplication(["escritoire"])


def write(export: Export, file: BinaryIO, cancel: Cancellation) -> None:
    """Write the whole of it."""
    drawing = _Drawing(export, cancel)
    drawing.start()
    drawing.wait()
    if drawing.error is not None:
        raise drawing.error
    file.write(drawing.pdf)


class _Drawing(QThread):
    """Draws on a thread of Qt's own: laying out a text sets timers, which no other thread has."""

    def __init__(self, export: Export, cancel: Cancellation) -> None:
        super().__init__()
        self._export = export
        self._cancel = cancel
        self.pdf = b""
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.pdf = _drawn(self._export, self._cancel)
        except BaseException as error:  # noqa: BLE001 (raised where it is waited for)
            self.error = error


def _drawn(export: Export, cancel: Cancellation) -> bytes:
    packed = QBuffer()
    packed.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(packed)
    writer.setTitle(export.conversation.title)
    writer.setCreator("Escritoire")
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(_paper()),
            QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    room = writer.pageLayout().paintRect(QPageLayout.Unit.Point).width()
    drawn = _Drawn(export, room - 2 * QT_MARGIN_PT, cancel)
    drawn.document.print_(writer)
    packed.close()
    return bytes(packed.data().data())


def _paper() -> QPageSize.PageSizeId:
    american = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize.PageSizeId.Letter if american else QPageSize.PageSizeId.A4


class _Drawn:
    """The document that is printed. `width` is that of its lines, in points."""

    def __init__(self, export: Export, width: float, cancel: Cancellation) -> None:
        self._export = export
        self._width = width
        self.document = QTextDocument()
        font = QFont()
        font.setPointSizeF(TEXT_PT)
        self.document.setDefaultFont(font)
        self._cursor = QTextCursor(self.document)
        self._images = 0
        self._line(export.conversation.title, TITLE_PT, bold=True)
        for said in export.said:
            cancel.raise_if_wished()
            self._turn(said)

    def _turn(self, said: Said) -> None:
        words = self._export.words
        who = words.question if said.turn.role is Role.USER else words.answer
        self._line(who, HEAD_PT, bold=True, gap=2 * GAP)
        self._line(words.time_of(said.turn.created), SMALL_PT, muted=True, gap=0.0)
        if said.verbatim and not said.notes:
            for line in said.text.strip().split("\n"):
                self._line(line, TEXT_PT, gap=0.0 if line.strip() else GAP)
        elif said.verbatim:
            self._quotations(said)
        else:
            self._answer(said)
        if state := words.state_of(said.turn):
            self._line(state, SMALL_PT, muted=True)
        if said.notes:
            self._line(words.sources, SMALL_PT, bold=True)
        for note in said.notes:
            self._line(self._source(note), SMALL_PT, gap=2.0)
        if any(not one.supported for one in said.sentences):
            self._line(words.unsupported_below, SMALL_PT, muted=True)
        if said.turn.record is not None:
            self._record(words.record_of(said.turn.record))
        for note, image in self._export.pages_of(said):
            self._page(f"{note.citation.document}, {words.place_of(note.citation)}", image)

    def _answer(self, said: Said) -> None:
        """What a model wrote, as the window draws it."""
        drawn = QTextDocument()
        drawn.setDefaultFont(self.document.defaultFont())
        cursor = QTextCursor(drawn)
        for block in blocks(said.text):
            if said.text[block.start : block.end].strip():
                markdown.write(cursor, said.text, block, said.sentences, LIGHT)
        _unlink(drawn)
        self._block(GAP)
        self._cursor.insertFragment(QTextDocumentFragment(drawn))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _quotations(self, said: Said) -> None:
        for sentence in said.sentences:
            self._line(said.text[sentence.start : sentence.end], TEXT_PT)
            raised = QTextCharFormat()
            raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            self._cursor.insertText(str(sentence.citation), raised)

    def _source(self, note: Note) -> str:
        citation = note.citation
        place = f"{citation.document}, {self._export.words.place_of(citation)}"
        return f"{note.number}  {place}: “{' '.join(citation.text.split())}”"

    def _record(self, facts: Sequence[tuple[str, str]]) -> None:
        self._block(GAP)
        form = QTextTableFormat()
        form.setBorder(0.5)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderCollapse(True)
        form.setCellPadding(2.0)
        table = self._cursor.insertTable(len(facts), 2, form)
        small = QTextCharFormat()
        small.setFontPointSize(SMALL_PT)
        for row, fact in enumerate(facts):
            for column, text in enumerate(fact):
                table.cellAt(row, column).firstCursorPosition().insertText(text, small)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _page(self, caption: str, image: PageImage) -> None:
        self._line(caption, SMALL_PT, bold=True, new_page=True)
        name = f"page:{self._images}"
        self._images += 1
        page: QImage = painted(image)
        self.document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), page)
        form = QTextImageFormat()
        form.setName(name)
        form.setWidth(self._width * PAGE_SHARE)
        self._block(2.0)
        self._cursor.insertImage(form)

    def _line(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        muted: bool = False,
        gap: float = GAP,
        new_page: bool = False,
    ) -> None:
        form = QTextCharFormat()
        form.setFontPointSize(size)
        form.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        form.setFontItalic(muted)
        self._block(gap, new_page=new_page)
        self._cursor.insertText(text, form)

    def _block(self, gap: float, *, new_page: bool = False) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(gap)
        if new_page:
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        if self.document.isEmpty():
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form, QTextCharFormat())


def _unlink(document: QTextDocument) -> None:
    """Numbers and links lead nowhere on paper: their words stay."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    plain = QTextCharFormat()
    plain.setAnchor(False)
    plain.setAnchorHref("")
    plain.clearProperty(QTextFormat.Property.TextToolTip)
    cursor.mergeCharFormat(plain)
