"""Words that were searched for, lit where they stand in text that is shown. Changes no text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from desktop.domain import mentions
from desktop.gui.theme import tokens
from desktop.gui.widgets.utf16 import Places


class LitLabel(QLabel):
    """Plain text, of which words can be lit."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._plain = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def plain(self) -> str:
        """The text, lit or not."""
        return self._plain

    def light(self, words: Sequence[str]) -> bool:
        """Light these words alone; whether there are any."""
        found = mentions.places(self._plain, words)
        if not found:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._plain)
            return False
        parts, at = [], 0
        for start, end in found:
            lit = f'<span style="background-color: {tokens().lit}">'
            parts += [escape(self._plain[at:start]), lit, escape(self._plain[start:end]), "</span>"]
            at = end
        parts.append(escape(self._plain[at:]))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(f'<div style="white-space: pre-wrap">{"".join(parts)}</div>')
        return True


class Lighting:
    """Lights words in a text that may be laid out anew: `show` then puts them where they are."""

    def __init__(self, shown: QTextEdit) -> None:
        self._shown = shown
        self._words: Sequence[str] = ()
        shown.textChanged.connect(self._follow)

    def light(self, words: Sequence[str]) -> bool:
        """Light these words alone; whether there are any."""
        self._words = words
        self.show()
        return bool(self._shown.extraSelections())

    def first(self) -> QRect | None:
        """Where the first lit word is in the text's viewport."""
        lit = self._shown.extraSelections()
        return self._shown.cursorRect(lit[0].cursor) if lit else None

    def show(self) -> None:
        """Light what there is to light."""
        text = self._shown.toPlainText() if self._words else ""
        places = Places(text)
        lit = QTextCharFormat()
        lit.setBackground(QColor(tokens().lit))
        lit.setForeground(self._shown.palette().color(QPalette.ColorRole.Text))
        selections = []
        for start, end in mentions.places(text, self._words):
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._shown.document())
            cursor.setPosition(places.of(start))
            cursor.setPosition(places.of(end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, lit
            selections.append(selection)
        self._shown.setExtraSelections(selections)

    def _follow(self) -> None:
        if self._words:
            self.show()
