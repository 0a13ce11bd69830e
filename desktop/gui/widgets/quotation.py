"""A passage as a quotation: its words, then where they stand. Plain text, never Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from desktop.domain.chat import Citation
from desktop.gui.models.places import headings_of, place_in_text
from desktop.gui.theme import GRID
from desktop.gui.widgets.lighting import LitLabel

FULL_LINE = 0.75  # of the longest line; a shorter one was ended on purpose


class Quotation(QFrame):
    """`chosen` carries the citation's number when its source line is pressed."""

    chosen = Signal(int)

    def __init__(self, citation: Citation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.quotation")
        self.setProperty("role", "quotation")
        self._words = words = LitLabel(reflow(citation.text), self)
        words.setAccessibleName(self.tr("Quotation"))
        source = QToolButton(self)
        source.setObjectName("chat.source")
        source.setProperty("role", "source")
        source.setCursor(Qt.CursorShape.PointingHandCursor)
        place = f"{citation.document}, {place_in_text(citation.unit, citation.page_label)}"
        headings = headings_of(citation)
        if headings:
            place = f"{place}, {headings}"
        source.setText(f"{citation.number}  {place}".replace("&", "&&"))
        source.setAccessibleName(
            self.tr("Source {number}: {place}").format(number=citation.number, place=place)
        )
        source.setToolTip(self.tr("Show this passage on its page"))
        source.clicked.connect(lambda _checked=False: self.chosen.emit(citation.number))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, 0, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(words)
        layout.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)

    def light(self, words: Sequence[str]) -> bool:
        """Light words that were searched for; whether there are any."""
        return self._words.light(words)


def reflow(text: str) -> str:
    """Text without the line ends that only the width of its page put there.

    A line that reaches three quarters of the longest was broken by the page; a shorter one (a
    heading, a row, the end of a paragraph) ends where its author ended it.
    """
    lines = text.strip().splitlines()
    full = FULL_LINE * max((len(line) for line in lines), default=0)
    flowing = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        broken = len(line) >= full and following.strip()
        flowing += line.rstrip() + (" " if broken else "\n")
    return flowing.strip()
