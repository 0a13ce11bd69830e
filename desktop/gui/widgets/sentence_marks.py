"""Marks of what an answer rests on, which travel through the Markdown parser inside its text.

Small numbers behind supported sentences, a dotted line under unsupported ones, and an object where
a formula stands. The text keeps its meaning as Markdown meanwhile; code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument

from desktop.domain.chat import SentenceSupport
from desktop.domain.code_fences import fences
from desktop.gui.theme import Tokens
from desktop.gui.widgets.blocks import Block
from desktop.gui.widgets.formulas import Formula, formula_format, formulas_in
from desktop.gui.widgets.utf16 import Places

CITE = "cite"  # the scheme of the small numbers' links: "cite:2"

# ⁅12⁆ stands before sentence 12, ⁅/12⁆ behind it, ⁅=3⁆ for formula 3. They are punctuation, so that
# emphasis next to them is still read as emphasis.
_OPEN, _CLOSE = "⁅", "⁆"
_MARK = re.compile(f"{_OPEN}([/=]?)([0-9]+){_CLOSE}")
_NO_MARKS = str.maketrans({_OPEN: "[", _CLOSE: "]"})

# What makes a line a heading, list item, quotation or table row must stay first in its line.
_BLOCK_BEGIN = re.compile(
    r"(?:[ \t]{0,32}(?:[-*+]|\d{1,9}[.)]|#{1,6}|>|\|)(?:[ \t]{1,32}|(?<=[>|]))){0,32}"
    r"[ \t]*(?:\[[ xX]\][ \t]+)?"
)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`).{1,2000}?(?<!`)\1(?!`)", re.DOTALL)


def without_marks(text: str) -> str:
    """The text, in which nothing is a mark of ours."""
    return text.translate(_NO_MARKS)


def within(sentences: Sequence[SentenceSupport], block: Block) -> Iterator[SentenceSupport]:
    """What of the sentences lies in the block, in its offsets."""
    for one in sentences:
        if one.start < block.end and block.start < one.end:
            yield replace(
                one,
                start=max(one.start, block.start) - block.start,
                end=min(one.end, block.end) - block.start,
            )


def formulas_of(text: str) -> Iterator[Formula]:
    code = _code_in(text)
    for formula in formulas_in(text):
        if not any(start < formula.end and formula.start < end for start, end in code):
            yield formula


def marked(text: str, sentences: Sequence[SentenceSupport], formulas: Sequence[Formula]) -> str:
    """The text with marks: each sentence between two, each formula become one."""
    text = without_marks(text)
    fenced = fences(text)
    edits = [(one.start, one.end, f"{_OPEN}={at}{_CLOSE}") for at, one in enumerate(formulas)]
    at = 0
    for index, sentence in enumerate(sentences):
        begin = _BLOCK_BEGIN.match(text, sentence.start, sentence.end)
        start = begin.end() if begin else sentence.start
        if sentence.start < at or not any(map(str.isalnum, text[start : sentence.end])):
            continue
        if any(begin < sentence.end and start < end for begin, end in fenced):
            continue
        start, end = _outside(start, formulas, after=False), _outside(sentence.end, formulas)
        if start < at:
            continue
        edits += [(start, start, f"{_OPEN}{index}{_CLOSE}"), (end, end, f"{_OPEN}/{index}{_CLOSE}")]
        at = end
    parts, at = [], 0
    # Where one sentence ends and a formula or the next begins, the end comes first.
    for start, end, mark in sorted(edits, key=lambda e: (e[0], not e[2].startswith("⁅/"), e[1])):
        parts += [text[at:start], mark]
        at = end
    return "".join([*parts, text[at:]])


def _outside(at: int, formulas: Sequence[Formula], *, after: bool = True) -> int:
    """`at`, or the end (the start, unless `after`) of the formula that it lies in."""
    for formula in formulas:
        if formula.start < at < formula.end:
            return formula.end if after else formula.start
    return at


def _code_in(text: str) -> list[tuple[int, int]]:
    """Spans of code, in fences and in lines."""
    return [*fences(text), *(match.span() for match in _CODE_SPAN.finditer(text))]


def settle_marks(
    document: QTextDocument,
    begun: int,
    written: str,
    sentences: Sequence[SentenceSupport],
    formulas: Sequence[Formula],
    colours: Tokens,
) -> None:
    """Turn the marks in the text from `begun` on into formats, links and objects; from the end, so
    that places hold."""
    cursor = QTextCursor(document)
    ends: dict[int, int] = {}
    # Offsets of `toRawText` in UTF-16 units are positions of the document.
    places = Places(_text_from(document, begun))
    for match in reversed(list(_MARK.finditer(places.text))):
        start, end = begun + places.of(match.start()), begun + places.of(match.end())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        index = int(match[2])
        kind = match[1]
        if index >= len(formulas if kind == "=" else sentences):
            cursor.removeSelectedText()
            continue
        if kind == "=":
            formula = formulas[index]
            plain = cursor.charFormat()
            shown = written[formula.start : formula.end]
            cursor.insertText("\ufffc", formula_format(plain, shown, formula.tex))
            shrunk = end - start - 1
            ends = {at: place - shrunk for at, place in ends.items()}
            continue
        citation = sentences[index].citation
        if kind == "/":
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


def _text_from(document: QTextDocument, position: int) -> str:
    raw = document.toRawText().encode("utf-16-le", "surrogatepass")
    return raw[2 * position :].decode("utf-16-le", "surrogatepass")


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
