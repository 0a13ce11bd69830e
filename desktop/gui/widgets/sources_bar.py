"""The head of the Sources panel: which document, which page, which source of how many."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.domain.chat import Citation
from desktop.domain.documents import Unit
from desktop.gui import theme
from desktop.gui.actions import Actions, with_shortcut
from desktop.gui.models.places import place_in_words
from desktop.gui.theme import GRID
from desktop.gui.widgets.elided_label import ElidedLabel

SAID_MS = 2000  # how long a word stays in place of the page

BUTTONS = (
    ("sources.previous", "previous"),
    ("sources.next", "next"),
    ("sources.page_up", "up"),
    ("sources.page_down", "down"),
    ("sources.smaller", "smaller"),
    ("sources.larger", "larger"),
    ("sources.fit", "fit"),
    ("sources.open", "open"),
    ("sources.copy", "copy"),
    ("sources.close", "close"),
)


class SourcesBar(QWidget):
    """Shows what it is told; its buttons stand for actions that the panel carries out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._page = ""
        self._heading = ElidedLabel("sources.document", "heading", self)
        self._place = ElidedLabel("sources.place", "muted", self)
        self._buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self._heading, 1)
        self._first = first
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(first)
        layout.addWidget(self._place)
        layout.addLayout(self._row)
        self._row.addStretch(1)

    def offer(self, actions: Actions) -> None:
        """A button for each thing that can be done here."""
        for name, icon in BUTTONS:
            action = actions.get(name)
            button = QToolButton(self)
            button.setObjectName(f"{name}.button")
            button.setAccessibleName(action.text())
            button.setToolTip(with_shortcut(action.text(), action))
            button.clicked.connect(action.trigger)
            if name == "sources.close":
                self._first.addWidget(button)
            else:
                self._row.insertWidget(self._row.count() - 1, button)
            self._buttons[icon] = button
        self._dress()

    def show_place(self, citation: Citation, at: int, count: int) -> None:
        """Name the document, and say which of the answer's sources this is."""
        self._heading.show_text(citation.document)
        self._source = self.tr("source {at} of {count}").format(at=at, count=count)
        for icon in ("previous", "next"):
            self._buttons[icon].setEnabled(count > 1)

    def show_page(self, unit: Unit, label: str, number: int, headings: str) -> None:
        """Say what is in view: its label, where it is in the file if other, and its headings."""
        text = place_in_words(unit, label)
        if unit is Unit.PAGE and label != str(number):
            text = self.tr("{place} (number {number} in the file)").format(
                place=text, number=number
            )
        self._page = f"{text}, {headings}" if headings else text
        self._show_place()
        self._buttons["up"].setEnabled(number > 1)
        self._buttons["down"].setEnabled(True)

    def show_last(self) -> None:
        """The page in view turned out to be the last one."""
        self._buttons["down"].setEnabled(False)

    def say(self, text: str) -> None:
        """Put a word in place of the page for a moment."""
        self._place.show_text(text)
        QTimer.singleShot(SAID_MS, self._place, self._show_place)

    def _show_place(self) -> None:
        self._place.show_text(f"{self._page}, {self._source}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        for icon, button in self._buttons.items():
            button.setIcon(theme.icon(icon))
