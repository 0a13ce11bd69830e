"""The middle of the Chat page: what is asked about, what was said, and what is said next.

Only puts the parts together; the page fills them.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.gui.actions import Actions
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.composer import Composer
from desktop.gui.widgets.context_strip import ContextStrip
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.scope import ScopeButton
from desktop.gui.widgets.transcript import WIDEST, Transcript
from desktop.gui.widgets.typesetting import Typesetting
from desktop.services.library import Library


class ConversationView(QWidget):
    """Header, transcript and composer. `openDocuments` comes from the empty state's button."""

    openDocuments = Signal()

    def __init__(self, tasks: Tasks, library: Library, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(46 * GRID)
        self.model = ElidedLabel("chat.model", "muted", self)
        self.scope = ScopeButton(tasks, library, actions, self)
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        head.setSpacing(2 * GRID)
        head.addWidget(self.scope)
        head.addStretch(1)
        head.addWidget(self.model, 0)
        self.transcript = Transcript(self, Typesetting.on(tasks, self))
        self._empty = self._make_empty()
        self._room = QStackedWidget(self)
        self._room.addWidget(self._empty)
        self._room.addWidget(self.transcript)
        self.composer = Composer(actions, self)
        self.composer.setMaximumWidth(WIDEST - 6 * GRID)
        self.context = ContextStrip(actions, self, self)
        self.context.setMaximumWidth(WIDEST - 6 * GRID)
        above = QHBoxLayout()
        above.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        above.addStretch(1)
        above.addWidget(self.context, 1000)
        above.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        foot.addStretch(1)
        foot.addWidget(self.composer, 1000)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._room, 1)
        layout.addLayout(above)
        layout.addLayout(foot)

    def show_empty(self) -> None:
        """Say what to do where nothing was asked yet."""
        self._room.setCurrentWidget(self._empty)

    def show_transcript(self) -> None:
        self._room.setCurrentWidget(self.transcript)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            "chat",
            self.tr("Ask your documents"),
            self.tr(
                "Drop a document on the window, then ask about it. Each answer shows the passages "
                "it rests on. Nothing leaves this computer."
            ),
            self,
        )
        add = QPushButton(self.tr("Open Documents"), empty)
        add.setObjectName("chat.documents")
        add.setAccessibleName(add.text())
        add.setToolTip(self.tr("Add documents or see what was added"))
        add.clicked.connect(self.openDocuments)
        empty.add_button(add)
        return empty
