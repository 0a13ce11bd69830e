"""The numbered chips below an answer: one for each citation, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from desktop.domain.chat import Citation
from desktop.gui.models.places import headings_of, place_in_short, place_in_text
from desktop.gui.theme import GRID

NARROWEST = 12 * GRID  # that a row may become
NAME_WIDTH = 26 * GRID  # of a document's name, before it is shortened


class Chips(QWidget):
    """`chosen` carries the number of the citation whose chip was pressed."""

    chosen = Signal(int)

    def __init__(self, citations: Sequence[Citation], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sources of this answer"))
        flow = Flow(self)
        for citation in citations:
            flow.addWidget(self._chip(citation))

    def _chip(self, citation: Citation) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName("chat.chip")
        chip.setProperty("role", "chip")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        name = _elided(chip.fontMetrics(), citation.document)
        label = self.tr("{number}  {document}, {place}")
        place = place_in_short(citation.unit, citation.page_label)
        # An ampersand in a name would become a shortcut.
        chip.setText(
            label.format(number=citation.number, document=name, place=place).replace("&", "&&")
        )
        spoken = self.tr("Source {number}: {document}, {place}").format(
            number=citation.number,
            document=citation.document,
            place=place_in_text(citation.unit, citation.page_label),
        )
        headings = headings_of(citation)
        if headings:
            spoken = f"{spoken}, {headings}"
        chip.setAccessibleName(spoken)
        chip.setToolTip(_plain(spoken))
        chip.clicked.connect(partial(self._choose, citation.number))
        return chip

    def _choose(self, number: int, _checked: bool = False) -> None:
        self.chosen.emit(number)


def _elided(metrics: QFontMetrics, name: str) -> str:
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)


def _plain(text: str) -> str:
    """Text for a tooltip, which would take it for HTML if it looked like it."""
    return text.replace("&", "&amp;").replace("<", "&lt;") if "<" in text else text


class Flow(QLayout):
    """Puts widgets beside each other and begins a new row where the width ends."""

    def __init__(self, parent: QWidget, spacing: int = GRID) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = spacing
        self._items: list[QLayoutItem] = []
        parent.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        # A chip that is wider than the room is cut, rather than pushing the answer out of view.
        heights = [item.minimumSize().height() for item in self._items]
        return QSize(NARROWEST, max(heights, default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items within `rect`; returns the height they take."""
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + self._gap, 0
            if move:
                width = min(size.width(), rect.width())
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += size.width() + self._gap
            row = max(row, size.height())
        return y + row - rect.y()
