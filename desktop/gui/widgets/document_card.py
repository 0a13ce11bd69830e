"""What can be done with the documents that are selected: the strip below the list.

Says the state in full, which a row may have to cut off. Carries out nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.documents import Document, DocumentState
from desktop.gui import theme
from desktop.gui.actions import bind


class DocumentCard(QFrame):
    """Name, state and buttons of the selection; a password field where one is asked for."""

    passwordGiven = Signal(int, str)  # document id, password

    def __init__(self, actions: Sequence[QAction], asking: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("documents.selected")
        self.setProperty("role", "card")
        self._document_id = 0
        self.name = _plain(self, "documents.selected.name", "heading")
        self.state = _plain(self, "documents.selected.state", "muted")
        self.state.setWordWrap(True)
        self._password_row = self._asking_for_password()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(asking)
        buttons.addStretch(1)
        for action in actions:
            button = QPushButton(self)
            button.setObjectName(f"{action.objectName()}.button")
            bind(button, action)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.name)
        layout.addWidget(self.state)
        layout.addWidget(self._password_row)
        layout.addSpacing(theme.GRID // 2)
        layout.addLayout(buttons)

    def show_selection(self, documents: Sequence[Document], state: str) -> None:
        """Show what is selected; `state` is that of the one document, or a word on several."""
        self.setVisible(bool(documents))
        if not documents:
            return
        one = documents[0] if len(documents) == 1 else None
        if one is None:
            self.name.setText(self.tr("{count} documents").format(count=len(documents)))
        else:
            metrics, room = self.name.fontMetrics(), 48 * theme.GRID
            self.name.setText(metrics.elidedText(one.name, Qt.TextElideMode.ElideMiddle, room))
        self.state.setText(state)
        asks = one is not None and one.state is DocumentState.LOCKED
        if one is None or one.id != self._document_id:
            self.password.clear()
            self._document_id = one.id if one else 0
        self._password_row.setVisible(asks)

    def _asking_for_password(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.setSpacing(theme.GRID)
        self.password = QLineEdit(row)
        self.password.setObjectName("documents.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password of this document"))
        self.password.setAccessibleName(self.tr("Password of this document"))
        self.password.setMaximumWidth(40 * theme.GRID)
        unlock = QPushButton(self.tr("Unlock"), row)
        unlock.setObjectName("documents.unlock")
        unlock.setAccessibleName(self.tr("Unlock"))
        unlock.setProperty("kind", "primary")
        unlock.setToolTip(self.tr("Read the document with this password (Enter)"))
        unlock.clicked.connect(self._give_password)
        self.password.returnPressed.connect(self._give_password)
        layout.addWidget(self.password, 1)
        layout.addWidget(unlock)
        layout.addStretch(1)
        return row

    def _give_password(self) -> None:
        password = self.password.text()
        if password and self._document_id:
            self.password.clear()
            self.passwordGiven.emit(self._document_id, password)


def _plain(parent: QWidget, name: str, role: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
