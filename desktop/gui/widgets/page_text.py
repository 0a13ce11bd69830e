"""The stored text of a page with the cited passage lit: what is shown when there is no image."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.domain.documents import Page
from desktop.gui.theme import tokens
from desktop.gui.widgets.utf16 import Places

MOST_STEPS = 8  # of a point each, up and down


class PageText(QPlainTextEdit):
    """Plain text, to be read and copied, never changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sources.text")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Text of the page"))
        self._steps = 0

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller letters by so many steps; 0 makes them as they were."""
        wanted = self._steps + steps if steps else 0
        wanted = min(max(wanted, -MOST_STEPS), MOST_STEPS)
        self.zoomIn(wanted - self._steps)
        self._steps = wanted

    def show_page(self, page: Page, span: tuple[int, int] | None) -> None:
        """Show the text, with `span` of its characters lit and in view."""
        # Qt makes one line end of two characters: keep every offset what it is.
        text = page.text.replace("\r", " ")
        self.setPlainText(text)
        if span is None:
            self.setExtraSelections([])
            return
        places = Places(text)
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(places.of(span[0]), last))
        cursor.setPosition(min(places.of(span[1]), last), QTextCursor.MoveMode.KeepAnchor)
        lit = QTextEdit.ExtraSelection()
        lit.cursor = cursor
        lit.format.setBackground(QColor(tokens().lit))
        lit.format.setForeground(QColor(tokens().text))
        lit.format.setProperty(QTextFormat.Property.FullWidthSelection, False)
        self.setExtraSelections([lit])
        there = QTextCursor(cursor)
        there.setPosition(cursor.selectionStart())
        self.setTextCursor(there)
        self.centerCursor()
