"""A comparison: what each document says, in a column of its own beside the other.

Each column shows its part of the turn's text, with its own citations; knows no service.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.chat import Column, Turn
from desktop.gui.models.answer_words import in_words_of_the_window
from desktop.gui.theme import GRID
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.chips import Chips
from desktop.gui.widgets.elided_label import ElidedLabel


class Columns(QWidget):
    """`cited` carries a citation's number, `linked` an address."""

    cited = Signal(int)
    linked = Signal(str)

    def __init__(self, turn: Turn, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chat.columns")
        self.setAccessibleName(self.tr("What each document says"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2 * GRID)
        for column in turn.record.columns if turn.record else ():
            across.addWidget(self._column(turn, column), 1)

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
            self._fill(down, frame, _alone(turn, column))
        else:
            down.addWidget(self._silent(frame, column))
        down.addStretch(1)
        return frame

    def _fill(self, down: QVBoxLayout, frame: QFrame, said: Turn) -> None:
        text = AnswerText(frame)
        text.setObjectName("chat.column.text")
        text.cited.connect(self.cited)
        text.linked.connect(self.linked)
        text.show_answer(*in_words_of_the_window(said))
        down.addWidget(text)
        if said.citations:
            chips = Chips(said.citations, frame)
            chips.chosen.connect(self.cited)
            down.addWidget(chips)

    def _silent(self, frame: QFrame, column: Column) -> QLabel:
        text = self.tr("Nothing in {name} answers this.").format(name=column.document)
        label = QLabel(text, frame)
        label.setObjectName("chat.column.silent")
        label.setProperty("role", "muted")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label


def _alone(turn: Turn, column: Column) -> Turn:
    """The turn as if it said nothing but what stands in this column."""
    sentences = tuple(
        replace(one, start=one.start - column.start, end=one.end - column.start)
        for one in turn.sentences
        if column.start <= one.start < column.end
    )
    numbers = {one.citation for one in sentences}
    return replace(
        turn,
        text=turn.text[column.start : column.end],
        sentences=sentences,
        citations=tuple(one for one in turn.citations if one.number in numbers),
    )
