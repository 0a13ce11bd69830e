"""A comparison: what each document says, in a column of its own beside the other.

Each column shows its part of the turn's text, with its own citations; knows no service.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument, QTextDocumentFragment
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.chat import Column, Turn
from desktop.gui.models.answer_words import alone, in_words_of_the_window, silence_in_words
from desktop.gui.theme import GRID
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.chips import Chips
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.lighting import Lighting, LitLabel
from desktop.gui.widgets.typesetting import Typesetting


class Columns(QWidget):
    """`cited` carries a citation's number, `linked` an address."""

    cited = Signal(int)
    linked = Signal(str)

    def __init__(self, turn: Turn, parent: QWidget, typesetting: Typesetting | None = None) -> None:
        super().__init__(parent)
        self._typesetting = typesetting
        self._shown: list[tuple[str, AnswerText | LitLabel]] = []  # below the name of its document
        self._lighting: dict[AnswerText, Lighting] = {}
        self.setObjectName("chat.columns")
        self.setAccessibleName(self.tr("What each document says"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2 * GRID)
        for column in turn.record.columns if turn.record else ():
            across.addWidget(self._column(turn, column), 1)

    def formatted(self) -> str:
        """The columns one below the other, as HTML."""
        whole = QTextDocument()
        cursor = QTextCursor(whole)
        heading = QTextCharFormat()
        heading.setFontWeight(QFont.Weight.Bold)
        for name, shown in self._shown:
            if not whole.isEmpty():
                cursor.insertBlock()
            cursor.insertText(name, heading)
            cursor.insertBlock()
            if isinstance(shown, LitLabel):
                cursor.insertText(shown.plain(), QTextCharFormat())
            else:
                cursor.insertFragment(QTextDocumentFragment(shown.document()))
        return whole.toHtml()

    def light(self, words: Sequence[str]) -> int | None:
        """Light words; how far below the top the first one is, in pixels, if there is one."""
        tops = []
        for _, shown in self._shown:
            top = shown.mapTo(self, QPoint()).y()
            if isinstance(shown, LitLabel):
                lit = shown.light(words)
            else:
                lit = self._lighting[shown].light(words)
                place = self._lighting[shown].first()
                top += place.top() if place else 0
            if lit:
                tops.append(top)
        return min(tops, default=None)

    def _column(self, turn: Turn, column: Column) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("chat.column")
        frame.setProperty("role", "card")
        frame.setAccessibleName(column.document)
        down = QVBoxLayout(frame)
        down.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        down.setSpacing(GRID)
        name = ElidedLabel("chat.column.document", "heading", frame)
        name.show_text(column.document)
        down.addWidget(name)
        if column.found:
            self._fill(down, frame, column, alone(turn, column))
        else:
            down.addWidget(self._silent(frame, column))
        down.addStretch(1)
        return frame

    def _fill(self, down: QVBoxLayout, frame: QFrame, column: Column, said: Turn) -> None:
        text = AnswerText(frame, self._typesetting)
        self._shown.append((column.document, text))
        self._lighting[text] = Lighting(text)
        text.setObjectName("chat.column.text")
        text.cited.connect(self.cited)
        text.linked.connect(self.linked)
        text.show_answer(*in_words_of_the_window(said))
        down.addWidget(text)
        if said.citations:
            chips = Chips(said.citations, frame)
            chips.chosen.connect(self.cited)
            down.addWidget(chips)

    def _silent(self, frame: QFrame, column: Column) -> LitLabel:
        label = LitLabel(silence_in_words(column), frame)
        label.setObjectName("chat.column.silent")
        label.setProperty("role", "muted")
        self._shown.append((column.document, label))
        return label
