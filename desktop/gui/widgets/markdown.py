"""Markdown that cannot be trusted, made into text on screen: the one way for a model's words.

Images and raw HTML are taken out before Qt sees them, and nothing is ever loaded. What an answer
rests on is put in here as well: small numbers behind supported sentences, a dotted line under
unsupported ones. Formulas are taken out before the parser sees them, and stand as objects in the
text. Nothing here knows a service, and no link is opened here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from desktop.domain.chat import SentenceSupport
from desktop.gui.theme import GRID, Tokens
from desktop.gui.widgets.blocks import Block, code_of, head_of, shares_of
from desktop.gui.widgets.sentence_marks import (
    CITE,
    formulas_of,
    marked,
    settle_marks,
    within,
    without_marks,
)
from desktop.gui.widgets.shown_code import code_face, dress_code, is_code, pad_before, write_code
from desktop.gui.widgets.shown_tables import join_rows, nothing, space_tables

FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | (
    QTextDocument.MarkdownFeature.MarkdownNoHTML
)
LINE_HEIGHT = 130  # per cent

# Bounded, as a model may write a thousand beginnings; what is longer loses its "!" all the same.
_IMAGE = re.compile(r"(?<!!)!+\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_IMAGE_BEGINS = re.compile(r"(?<!!)!+(?=\[)")

_QUOTED = QTextFormat.Property.BlockQuoteLevel


def harmless(text: str) -> str:
    """The Markdown without images (their descriptions stay) and without our marks."""
    return _without_images(without_marks(text))


def write(
    cursor: QTextCursor,
    text: str,
    block: Block,
    sentences: Sequence[SentenceSupport],
    colours: Tokens,
    drawn: Callable[[str], bool] = lambda _tex: False,
) -> None:
    """Insert a block of `text` at the end, in the looks of an answer.

    The sentences are those of the whole text; what of them lies in the block is marked. A formula
    that is not `drawn` stays as it is written.
    """
    if block.fence:
        cursor.beginEditBlock()
        _begin_paragraph(cursor)
        if cursor.block().previous().isValid() and not cursor.block().previous().text():
            # Behind a table: what Qt leaves there gives the code its distance.
            cursor.setBlockFormat(nothing())
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        write_code(cursor, *code_of(text, block))
        cursor.endEditBlock()
        return
    written = text[block.start : block.end]
    said = list(within(sentences, block))
    found = [formula for formula in formulas_of(written) if drawn(formula.tex)]
    source = _without_images(marked(written, said, found))
    cursor.beginEditBlock()
    if block.table >= 0:
        start = _write_rows(cursor, harmless(head_of(text, block)) + source)
    else:
        start = _write_prose(cursor, source)
    document = cursor.document()
    if written.lstrip().startswith(">"):
        _quote_first(cursor, start)
    settle_marks(document, start, written, said, found, colours)
    _dress(document, start, colours)
    cursor.endEditBlock()
    if "|" in source:  # Qt knows a table once the edit that made it is over
        space_tables(document, start, colours)
    if block.table >= 0:
        join_rows(document, start, shares_of(text, block), colours)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _write_prose(cursor: QTextCursor, source: str) -> int:
    """Insert Markdown; where in the document it begins."""
    _begin_paragraph(cursor)
    start = cursor.position()
    cursor.insertMarkdown(source, FEATURES)
    first = cursor.document().findBlock(start)
    second = first.next()
    if not first.text() and second.isValid() and QTextCursor(second).currentTable() is None:
        # Qt puts lists and code below the empty paragraph that they were to fill.
        form = second.blockFormat()
        cursor.setPosition(start)
        cursor.deleteChar()
        cursor.setBlockFormat(form)
    return start


def _write_rows(cursor: QTextCursor, source: str) -> int:
    """Insert the rows with which a long table goes on; where in the document."""
    cursor.movePosition(QTextCursor.MoveOperation.End)
    start = cursor.position()
    cursor.insertMarkdown(source, FEATURES)
    return start


def _begin_paragraph(cursor: QTextCursor) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    block = cursor.block()
    if cursor.position() and (block.text() or is_code(block)):
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
    else:  # the very first, or the one that Qt leaves behind a table
        cursor.setBlockFormat(QTextBlockFormat())
        cursor.setCharFormat(QTextCharFormat())


def _without_images(text: str) -> str:
    return _IMAGE_BEGINS.sub("", _IMAGE.sub(r"\1", text))


def _quote_first(cursor: QTextCursor, start: int) -> None:
    """The first line of a quotation goes into the paragraph that is there, and is none by that."""
    form = QTextBlockFormat()
    form.setProperty(_QUOTED, 1)
    cursor.setPosition(start)
    cursor.mergeBlockFormat(form)


def _dress(document: QTextDocument, start: int, colours: Tokens) -> None:
    """Distances, code in its own face, links with their address, no image; from `start` on."""
    cursor = QTextCursor(document)
    block = document.findBlock(start)
    inside = False
    while block.isValid():
        cursor.setPosition(block.position())
        if is_code(block):
            dress_code(cursor, block, inside=inside)
            inside = True
            block = block.next()
            continue
        if inside:
            pad_before(document, block)
        inside = False
        _space(cursor, block, colours)
        if "\ufffc" in block.text():
            _drop_images(cursor, block)
        _dress_parts(cursor, block, colours)
        block = block.next()
    if inside:
        pad_before(document, document.end())


def _space(cursor: QTextCursor, block: QTextBlock, colours: Tokens) -> None:
    """The distances of a paragraph, item, heading, quotation or cell."""
    form = QTextBlockFormat()
    form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    table: QTextTable | None = cursor.currentTable()
    level = block.blockFormat().headingLevel()
    form.setTopMargin(GRID if level and block.position() else 0)
    if table is not None:
        form.setBottomMargin(0)
    else:
        form.setBottomMargin(GRID // 2 if block.textList() is not None else GRID)
    quoted = block.blockFormat().intProperty(_QUOTED)
    if quoted:
        form.setLeftMargin(2 * GRID * quoted)
    cursor.mergeBlockFormat(form)
    if level or quoted:
        look = QTextCharFormat()
        if level:
            look.setProperty(QTextFormat.Property.FontSizeAdjustment, max(0, 3 - level))
        else:
            look.setForeground(QColor(colours.muted))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _dress_parts(cursor: QTextCursor, block: QTextBlock, colours: Tokens) -> None:
    """A link says where it leads, and what leads nowhere is none; code has its own face."""
    part = block.begin()
    found = []
    while not part.atEnd():
        fragment = part.fragment()
        form = fragment.charFormat()
        if form.isAnchor() and not form.anchorHref().startswith(f"{CITE}:"):
            look = _link_format(QUrl(form.anchorHref()), colours)
            found.append((fragment.position(), fragment.length(), look))
        elif form.fontFixedPitch():
            found.append((fragment.position(), fragment.length(), code_face()))
        part += 1
    for position, length, look in found:
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _link_format(url: QUrl, colours: Tokens) -> QTextCharFormat:
    look = QTextCharFormat()
    if url.scheme() in {"http", "https"}:
        look.setToolTip(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        look.setForeground(QColor(colours.accent))
    else:
        look.setAnchor(False)
        look.setAnchorHref("")
        look.setFontUnderline(False)
        look.setForeground(QColor(colours.text))
    return look


def _drop_images(cursor: QTextCursor, block: QTextBlock) -> None:
    """What the parser made an image of goes; formulas are objects of ours, and stay."""
    images = []
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        if fragment.charFormat().isImageFormat():
            images.append((fragment.position(), fragment.length()))
        part += 1
    for position, length in reversed(images):
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
