"""Where formulas stand in a document that is shown, and what becomes of them there."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from desktop.gui.widgets.formulas import OBJECT, SET, TEX, Formulas
from desktop.gui.widgets.utf16 import Places

STANDS_FOR_ONE = "\ufffc"


def settle(document: QTextDocument, came: Collection[str], formulas: Formulas) -> None:
    """It is known what comes of formulas: lay out their pictures, or put back what was written."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.lastBlock()
    while block.isValid():
        if STANDS_FOR_ONE in block.text():
            _settle_block(cursor, block, came, formulas)
        block = block.previous()
    cursor.endEditBlock()


def _settle_block(
    cursor: QTextCursor, block: QTextBlock, came: Collection[str], formulas: Formulas
) -> None:
    found = []
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        form = fragment.charFormat()
        if form.objectType() == OBJECT and form.stringProperty(SET) in came:
            found.append((fragment.position(), fragment.length(), form))
        part += 1
    for at, length, form in reversed(found):
        if formulas.picture(form.stringProperty(SET)) is not None:
            cursor.document().markContentsDirty(at, length)
            continue
        plain = QTextCharFormat(form)
        for name in (QTextCharFormat.Property.ObjectType.value, TEX, SET):
            plain.clearProperty(name)
        plain.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignNormal)
        cursor.setPosition(at)
        cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(form.stringProperty(TEX) * length, plain)


def written(selection: QTextCursor) -> str:
    """The text that is selected, each formula as it is written."""
    places = Places(selection.selectedText())
    cursor = QTextCursor(selection.document())
    parts = []
    for at, letter in enumerate(places.text):
        if letter == STANDS_FOR_ONE:
            cursor.setPosition(selection.selectionStart() + places.of(at) + 1)
            parts.append(cursor.charFormat().stringProperty(TEX))
        else:
            parts.append("\n" if letter in "\u2028\u2029" else letter)
    return "".join(parts)
