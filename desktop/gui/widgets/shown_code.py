"""Code as it stands in a document: lines of a format that says so, the first of each piece marked.

Qt's parser marks lines of code, too, but not where one piece ends and the next begins.
"""

from __future__ import annotations

from PySide6.QtGui import (
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

PADDING = 12  # pixels between code and the edge of its ground
APART = 8  # between that and other text

_IS_CODE = QTextFormat.Property.BlockCodeFence
_LANGUAGE = QTextFormat.Property.BlockCodeLanguage
_FIRST = QTextFormat.Property.UserProperty.value + 9  # the first line of its code


def continues_code(block: QTextBlock) -> bool:
    """Whether a line of code belongs to the code that the line above it does."""
    return is_code(block) and not block.blockFormat().boolProperty(_FIRST)


def is_code(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(_IS_CODE)


def language_of(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(_LANGUAGE)


def write_code(cursor: QTextCursor, language: str, code: str) -> None:
    first = cursor.block()
    form = code_format()
    form.setProperty(_LANGUAGE, language)
    cursor.setBlockFormat(form)
    cursor.setCharFormat(code_face())
    cursor.insertText(code, code_face())
    pad_code(cursor.document(), first)


def code_format() -> QTextBlockFormat:
    """The looks of a line of code; `AnswerText` paints the ground it stands on."""
    form = QTextBlockFormat()
    form.setProperty(_IS_CODE, "`")
    form.setLeftMargin(PADDING)
    form.setRightMargin(PADDING)
    form.setNonBreakableLines(False)
    return form


def pad_code(document: QTextDocument, block: QTextBlock, *, first: bool = True) -> None:
    """Give the code from the line `block` to the end of it room above and below, and mark where it
    begins: there, if that is the `first` line."""
    cursor = QTextCursor(document)
    while block.isValid() and is_code(block):
        following = block.next()
        last = not (following.isValid() and is_code(following))
        form = QTextBlockFormat(block.blockFormat())
        edge = PADDING + APART
        wanted = (edge if first else 0, edge if last else 0, first)
        if (form.topMargin(), form.bottomMargin(), form.boolProperty(_FIRST)) != wanted:
            form.setTopMargin(wanted[0])
            form.setBottomMargin(wanted[1])
            form.setProperty(_FIRST, first)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
        block, first = following, False


def code_face() -> QTextCharFormat:
    face = QTextCharFormat()
    face.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
    return face


def write_code_on(cursor: QTextCursor, first: QTextBlock, language: str, code: str) -> None:
    """Let the code at the end, whose first line is `first`, be `code`, that goes on from it.

    Only what is new is inserted: long code grows at a cost of its own growth alone.
    """
    cursor.setPosition(first.position())
    if language_of(first) != language:
        form = QTextBlockFormat(first.blockFormat())
        form.setProperty(_LANGUAGE, language)
        cursor.setBlockFormat(form)
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    shown = cursor.selectedText().replace("\u2029", "\n")
    grows = code.startswith(shown)
    if grows:
        cursor.movePosition(QTextCursor.MoveOperation.End)
    begun = cursor.block() if grows else first
    cursor.insertText(code[len(shown) :] if grows else code, code_face())
    pad_code(cursor.document(), begun, first=begun == first)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def dress_code(cursor: QTextCursor, block: QTextBlock, *, inside: bool) -> None:
    form = QTextBlockFormat(block.blockFormat())
    form.setRightMargin(PADDING)
    form.setLeftMargin(PADDING)
    form.setNonBreakableLines(False)
    form.setProperty(_FIRST, not inside)
    cursor.setBlockFormat(form)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(code_face())


def pad_before(document: QTextDocument, behind: QTextBlock) -> None:
    first = behind.previous() if behind.isValid() else document.lastBlock()
    while continues_code(first) and first.previous().isValid():
        first = first.previous()
    pad_code(document, first)
