"""The search field of the hub: asks only when told to, and says beforehand whom it will ask."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.actions import bind
from desktop.gui.outgoing import Where


class HubSearch(QWidget):
    """`asked` carries what is searched for, `emptied` says that the field was."""

    asked = Signal(str)
    emptied = Signal()

    def __init__(self, stop: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._where = Where()
        self.field = QLineEdit(self)
        self.field.setObjectName("models.find.field")
        self.field.setAccessibleName(self.tr("Search the hub for models"))
        self.field.setPlaceholderText(self.tr("Search the hub, for example: mistral german"))
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self._ask)
        self.field.textChanged.connect(self._typed)
        self._search = QPushButton(self.tr("Search"), self)
        self._search.setObjectName("models.find.search")
        self._search.setAccessibleName(self._search.text())
        self._search.setToolTip(self.tr("Ask the hub for these words (Enter)"))
        self._search.clicked.connect(self._ask)
        self._stop = QPushButton(self)
        self._stop.setObjectName("models.find.stop")
        bind(self._stop, stop)
        self.said = QLabel(self)
        self.said.setObjectName("models.find.said")
        self.said.setProperty("role", "muted")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.field, 1)
        row.addWidget(self._search)
        row.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(row)
        layout.addWidget(self.said)
        self._follow()

    def show_where(self, where: Where) -> None:
        """Say whom a search will ask, or that nobody is."""
        self._where = where
        self._follow()
        self.say("")

    def say(self, text: str) -> None:
        """What is going on, or "" for what a search would do."""
        self.said.setText(text or self._usual())

    def _usual(self) -> str:
        if self._where.offline:
            return self.tr(
                "Offline is switched on in Settings, so nobody is asked. The catalogue below came "
                "with Escritoire."
            )
        return self.tr(
            "The catalogue below came with Escritoire. Nothing is asked while you type: {host} is "
            "asked when you press Enter."
        ).format(host=self._where.host)

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text and self._search.isEnabled():
            self.asked.emit(text)

    def _typed(self, text: str) -> None:
        self._follow()
        if not text:
            self.emptied.emit()

    def _follow(self) -> None:
        text = self.field.text().strip()
        self._search.setEnabled(bool(text) and not self._where.offline)
