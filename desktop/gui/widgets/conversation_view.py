"""The middle of the Chat page: what is asked about, what was said, and what is said next.

Only puts the parts together; the page fills them.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.chat import Turn
from desktop.gui.actions import Actions
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.composer import Composer
from desktop.gui.widgets.context_strip import ContextStrip
from desktop.gui.widgets.editing_strip import EditingStrip
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.mode_button import ModeButton
from desktop.gui.widgets.scope import ScopeButton
from desktop.gui.widgets.transcript import WIDEST, Transcript
from desktop.gui.widgets.typesetting import Typesetting
from desktop.services.library import Library


class ConversationView(QWidget):
    """Header, transcript and composer. `openDocuments` comes from the empty state's button."""

    openDocuments = Signal()

    def __init__(self, tasks: Tasks, library: Library, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""  # before an earlier question was edited
        self.setMinimumWidth(46 * GRID)
        self.model = ElidedLabel("chat.model", "muted", self)
        self.scope = ScopeButton(tasks, library, actions, self)
        self.mode = ModeButton(actions, self)
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        head.setSpacing(2 * GRID)
        head.addWidget(self.scope)
        head.addWidget(self.mode)
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
        self.editing = EditingStrip(actions, self)
        self.editing.left.connect(self._leave_editing)
        below = QVBoxLayout()
        below.setSpacing(GRID // 2)
        below.addWidget(self.editing)
        below.addWidget(self.composer)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        foot.addStretch(1)
        foot.addLayout(below, 1000)
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

    def edit(self, turn: Turn) -> None:
        """Let an earlier question be put differently; what was typed comes back on leaving."""
        if self.editing.turn is None:
            self._typed = self.composer.text()
        self.editing.begin(turn)
        self.composer.input.setPlainText(turn.text)
        self.composer.input.moveCursor(QTextCursor.MoveOperation.End)
        self.composer.setFocus()

    def end_editing(self) -> None:
        """The question was asked, or another conversation is looked at."""
        if self.editing.turn is not None:
            self.editing.end()
            self._leave_editing()

    def quote(self, text: str) -> None:
        """Put `text` as a quotation in front of what is typed."""
        quoted = "\n".join(f"> {line}" for line in text.strip().splitlines())
        typed = self.composer.text()
        self.composer.input.setPlainText(f"{quoted}\n\n{typed}")
        self.composer.input.moveCursor(QTextCursor.MoveOperation.End)
        self.composer.setFocus()

    def _leave_editing(self) -> None:
        self.composer.input.setPlainText(self._typed)
        self._typed = ""

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
