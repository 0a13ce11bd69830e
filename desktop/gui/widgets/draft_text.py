"""The rewritten text: while it is written, as it comes; afterwards what is taken of it.

Plain text, whatever a model writes. What Copy gives comes from the decisions, never from here.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.gui.widgets.read_text import ReadText
from desktop.services.rewrite_events import Paragraph


class DraftText(ReadText):
    """`begin`, then for each paragraph `paragraph`, `append` and `settle`; at last `show_text`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rewrite.output", "", parent)
        self.setAccessibleName(self.tr("Rewritten text"))
        self._text = ""
        self._done = 0  # characters of the text that stand here, rewritten or not
        self._start = 0  # of the paragraph in hand, here

    def begin(self, text: str) -> None:
        """Another text is rewritten."""
        self.clear()
        self._text = text
        self._done = self._start = 0

    def paragraph(self, paragraph: Paragraph) -> None:
        """That paragraph is next; what stands before it stays as it is."""
        self.append_piece(self._text[self._done : paragraph.start])
        self._done = paragraph.start + len(paragraph.text)
        self._start = self.document().characterCount() - 1

    def append_piece(self, piece: str) -> None:
        """A piece of the paragraph in hand. The end stays in view, if it was."""
        if not piece:
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 1
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(piece)
        if at_end:
            bar.setValue(bar.maximum())

    def begin_again(self) -> None:
        """What was written of the paragraph in hand will not do."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._start, self.document().characterCount() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def settle(self, text: str) -> None:
        """So the paragraph in hand stands in the output."""
        self.begin_again()
        self.append_piece(text)

    def show_text(self, text: str) -> None:
        """The text as it is taken now; the place that is looked at stays."""
        place = self.verticalScrollBar().value()
        self.setPlainText(text)
        self.verticalScrollBar().setValue(place)
