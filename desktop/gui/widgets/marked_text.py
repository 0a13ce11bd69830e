"""A text with its changes marked: what is new is underlined, what is gone is struck through.

Marks only what is in view, so that a long text with thousands of changes scrolls as a short one.
Read only, plain text whatever it holds; knows where changes stand and asks how each was decided.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.gui import theme
from desktop.gui.models.decisions import Decision
from desktop.gui.models.marking import Marking
from desktop.gui.widgets.read_text import ReadText

Line = QTextCharFormat.UnderlineStyle


class MarkedText(ReadText):
    """`chosen` carries the number of a change that was clicked."""

    chosen = Signal(int)

    def __init__(
        self,
        name: str,
        spoken: str,
        decided: Callable[[int], Decision],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, spoken, parent)
        self._decided = decided
        self._marking = Marking()
        self._waiting: Marking | None = None  # until it comes into view
        self._in_hand = -1
        self._suspect: frozenset[int] = frozenset()
        self.verticalScrollBar().valueChanged.connect(self.mark)

    def show_marking(self, marking: Marking) -> None:
        """Show that text, at once or when this comes into view."""
        self._marking = self._waiting = marking
        self._in_hand = -1
        self.setExtraSelections([])
        if self._lay_out():
            self.mark()

    def go_to(self, number: int) -> None:
        """Light the change in hand and bring it into view; -1 for none."""
        self._lay_out()
        self._in_hand = number
        sides = self._marking.of(number)
        if sides:
            cursor = self.textCursor()
            cursor.setPosition(min(sides[0].start, self._last()))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        self.mark()

    def suspect(self, numbers: frozenset[int]) -> None:
        """These changes are behind facts that differ."""
        if numbers != self._suspect:
            self._suspect = numbers
            self.mark()

    def mark(self) -> None:
        """Mark the changes in view as they are decided now."""
        if not self.isVisible() or self._waiting is not None:
            return
        first = self.cursorForPosition(QPoint(0, 0)).position()
        corner = self.viewport().rect().bottomRight()
        last = self.cursorForPosition(corner).position()
        # Each call of Qt lets another thread in, and to come back takes its time: as few as can be.
        document, end = self.document(), self._last()
        looks: dict[tuple[bool, Decision, bool, bool], QTextCharFormat] = {}
        marked = []
        for span in self._marking.between(first, last):
            kind = (
                span.new,
                self._decided(span.number),
                span.number in self._suspect,
                span.number == self._in_hand,
            )
            if kind not in looks:
                looks[kind] = _look(*kind)
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(document)
            cursor.setPosition(min(span.start, end))
            cursor.setPosition(min(span.end, end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = looks[kind]
            marked.append(selection)
        self.setExtraSelections(marked)

    def _lay_out(self) -> bool:
        """Lay the text out when it is looked at, for a long one takes its time; whether it was."""
        if self._waiting is None or not self.isVisible():
            return False
        text, self._waiting = self._waiting.text, None
        self.setPlainText(text)
        return True

    def _last(self) -> int:
        return self.document().characterCount() - 1

    # -- what Qt tells

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = self.cursorForPosition(event.position().toPoint()).position()
        for span in self._marking.between(at, at):
            if span.start <= at < span.end:
                self.chosen.emit(span.number)
                return

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.go_to(self._in_hand)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.mark()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.mark()


def _look(new: bool, decision: Decision, suspect: bool, in_hand: bool) -> QTextCharFormat:
    """How a side of a change looks."""
    colours = theme.tokens()
    look = QTextCharFormat()
    stands = new is not (decision is Decision.REJECTED)
    if stands:
        look.setUnderlineStyle(Line.SingleUnderline if decision is Decision.OPEN else Line.DotLine)
        look.setUnderlineColor(QColor(colours.accent))
    else:
        look.setFontStrikeOut(True)
        look.setForeground(QColor(colours.muted))
    if decision is Decision.OPEN:
        look.setBackground(QColor(colours.accent_soft if new else colours.danger_soft))
        look.setForeground(QColor(colours.text if new else colours.danger))
    if stands and suspect:
        look.setUnderlineStyle(Line.WaveUnderline)
        look.setUnderlineColor(QColor(colours.danger))
    if in_hand:
        look.setBackground(QColor(colours.lit))
        look.setForeground(QColor(colours.text))
    return look
