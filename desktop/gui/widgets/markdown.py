"""Markdown that cannot be trusted, made into text on screen: the one way for a model's words.

Images and raw HTML are taken out before Qt sees them, and nothing is ever loaded. What an answer
rests on is put in here as well: small numbers behind supported sentences, a dotted line under
unsupported ones. Nothing here knows a service, and no link is opened here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from desktop.domain.chat import SentenceSupport
from desktop.gui.theme import Tokens
from desktop.gui.widgets.utf16 import Places

CITE = "cite"  # the scheme of the small numbers' links: "cite:2"

FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | (
    QTextDocument.MarkdownFeature.MarkdownNoHTML
)
LINE_HEIGHT = 130  # per cent

_IMAGE = re.compile(r"!+\[([^\]\n]*)\]\([^)\n]*\)")
_IMAGE_BEGINS = re.compile(r"!+(?=\[)")

# Marks that travel through the Markdown parser inside the text: ⁅12⁆ before sentence 12, ⁅/12⁆
# behind it. They are punctuation, so that emphasis next to them is still read as emphasis.
_OPEN, _CLOSE = "⁅", "⁆"
_MARK = re.compile(f"{_OPEN}(/?)([0-9]+){_CLOSE}")
_NO_MARKS = str.maketrans({_OPEN: "[", _CLOSE: "]"})

# What makes a line a heading, list item, quotation or table row must stay first in its line.
_BLOCK_BEGIN = re.compile(r"(?:[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>|\|)(?:[ \t]+|(?<=[>|])))*[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def harmless(text: str) -> str:
    """The Markdown without images (their descriptions stay) and without our marks."""
    text = _IMAGE.sub(r"\1", text.translate(_NO_MARKS))
    return _IMAGE_BEGINS.sub("", text)


def last_break(text: str, start: int) -> int:
    """Where the last paragraph of `text` begins that may still grow; from `start` or later.

    `start` is 0 or an earlier result; text before the result renders the same whatever follows.
    """
    fenced, found, at = False, start, start
    for line in text[start:].splitlines(keepends=True):
        at += len(line)
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not line.strip() and line.endswith("\n"):
            found = at
    return found


def write(cursor: QTextCursor, text: str, colours: Tokens) -> None:
    """Insert Markdown at the cursor as new paragraphs, in the looks of an answer."""
    start = cursor.position()
    cursor.insertMarkdown(harmless(text), FEATURES)
    first = cursor.document().findBlock(start)
    second = first.next()
    if not first.text() and second.isValid() and QTextCursor(second).currentTable() is None:
        # Qt puts lists and code below the empty paragraph that they were to fill.
        form = second.blockFormat()
        cursor.setPosition(start)
        cursor.deleteChar()
        cursor.setBlockFormat(form)
    elif _FENCE.match(text):
        # The first line goes into the paragraph that is there, and is no code by that.
        form = QTextBlockFormat()
        form.setProperty(QTextFormat.Property.BlockCodeFence, "`")
        cursor.setPosition(start)
        cursor.mergeBlockFormat(form)
    _dress(cursor.document(), start, colours)


def show(
    document: QTextDocument, text: str, sentences: Sequence[SentenceSupport], colours: Tokens
) -> None:
    """Make `document` the whole answer, each sentence marked with what supports it."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    cursor.setBlockFormat(QTextBlockFormat())
    cursor.insertMarkdown(_without_images(_marked(text, sentences)), FEATURES)
    _settle_marks(document, sentences, colours)
    _dress(document, 0, colours)
    cursor.endEditBlock()


def _marked(text: str, sentences: Sequence[SentenceSupport]) -> str:
    text = text.translate(_NO_MARKS)
    fences = _fences(text)
    parts, at = [], 0
    for index, sentence in enumerate(sentences):
        start = _BLOCK_BEGIN.match(text, sentence.start, sentence.end).end()  # type: ignore[union-attr]
        if sentence.start < at or not any(map(str.isalnum, text[start : sentence.end])):
            continue
        if any(begin < sentence.end and sentence.start < end for begin, end in fences):
            continue
        parts += [text[at:start], f"{_OPEN}{index}{_CLOSE}", text[start : sentence.end]]
        parts.append(f"{_OPEN}/{index}{_CLOSE}")
        at = sentence.end
    return "".join([*parts, text[at:]])


def _without_images(text: str) -> str:
    return _IMAGE_BEGINS.sub("", _IMAGE.sub(r"\1", text))


def _fences(text: str) -> list[tuple[int, int]]:
    """Spans of fenced code."""
    spans, at, begun = [], 0, -1
    for line in text.splitlines(keepends=True):
        if _FENCE.match(line):
            if begun < 0:
                begun = at
            else:
                spans.append((begun, at + len(line)))
                begun = -1
        at += len(line)
    return [*spans, (begun, len(text))] if begun >= 0 else spans


def _settle_marks(
    document: QTextDocument, sentences: Sequence[SentenceSupport], colours: Tokens
) -> None:
    """Turn the marks in the text into formats and links; from the end, so that places hold."""
    cursor = QTextCursor(document)
    ends: dict[int, int] = {}
    # Offsets of `toPlainText` in UTF-16 units are positions of the document.
    places = Places(document.toPlainText())
    for match in reversed(list(_MARK.finditer(places.text))):
        start, end = places.of(match.start()), places.of(match.end())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        index = int(match[2])
        if index >= len(sentences):
            cursor.removeSelectedText()
            continue
        citation = sentences[index].citation
        if match[1]:
            ends[index] = start
            plain = cursor.charFormat()
            cursor.removeSelectedText()
            if citation is not None:
                cursor.insertText(str(citation), _number_format(plain, citation, colours))
        else:
            cursor.removeSelectedText()
            length = end - start
            ends = {at: place - length for at, place in ends.items()}
            if citation is None and index in ends:
                cursor.setPosition(ends[index], QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(_unsupported_format(colours))


def _number_format(plain: QTextCharFormat, citation: int, colours: Tokens) -> QTextCharFormat:
    made = QTextCharFormat(plain)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    made.setForeground(QColor(colours.accent))
    made.setFontUnderline(False)
    made.setFontWeight(600)
    made.setAnchor(True)
    made.setAnchorHref(f"{CITE}:{citation}")
    template = QCoreApplication.translate("Answer", "Show the passage that supports this: {number}")
    made.setToolTip(template.format(number=citation))
    return made


def _unsupported_format(colours: Tokens) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(QColor(colours.muted))
    made.setToolTip(QCoreApplication.translate("Answer", "No passage supports this sentence"))
    return made


def _dress(document: QTextDocument, start: int, colours: Tokens) -> None:
    """Line height, code in its own face, and no image, from `start` to the end."""
    cursor = QTextCursor(document)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    code = QTextBlockFormat()
    code.setBackground(QColor(colours.sunken))
    code.setNonBreakableLines(False)
    face = QTextCharFormat()
    face.setFontFamilies([fixed])
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    block = document.findBlock(start)
    while block.isValid():
        cursor.setPosition(block.position())
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        cursor.mergeBlockFormat(code if is_code else spaced)
        if is_code:
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.mergeCharFormat(face)
        elif "\ufffc" in block.text():
            _drop_images(cursor, block.position(), block.text())
        block = block.next()


def _drop_images(cursor: QTextCursor, position: int, text: str) -> None:
    for at in reversed([at for at, character in enumerate(text) if character == "\ufffc"]):
        cursor.setPosition(position + at)
        cursor.deleteChar()
