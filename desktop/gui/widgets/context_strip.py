"""Above the input: what of this chat the model does not read as it is, and the choice about it.

Decides nothing: until the user has chosen, the oldest questions are left out, which it says.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.context import Choice, Room
from desktop.gui.actions import Actions, bind
from desktop.gui.models.context_words import must_choose, what_is_kept
from desktop.gui.theme import GRID
from desktop.gui.widgets.chips import Flow
from desktop.gui.widgets.read_text import ReadText

HEIGHT = 12 * GRID


class ContextStrip(QFrame):
    """`chosen` carries a `Choice`, `newChat` wishes for one with a summary, `stopped` for the end
    of a summary being written."""

    chosen = Signal(object)
    newChat = Signal()
    stopped = Signal()

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chat.context.strip")
        self.setProperty("role", "card")
        self._room: Room | None = None
        self._changing = self._busy = False
        self._words = QLabel(self)
        self._words.setObjectName("chat.context.kept")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._summary = ReadText("chat.context.summary", self.tr("Summary"), self)
        self._summary.setFixedHeight(HEIGHT)
        self._summary.hide()
        self._actions = actions
        self._within = within
        choices = QWidget(self)
        row = Flow(choices)
        self._leave = self._button(
            row,
            "leave_out",
            self.tr("Leave the oldest out"),
            lambda: self._choose(Choice.LEAVE_OUT),
        )
        self._summarise = self._button(
            row,
            "summarise",
            self.tr("Summarise the oldest"),
            lambda: self._choose(Choice.SUMMARISE),
        )
        self._new = self._button(
            row, "new_chat", self.tr("New chat with a summary"), self.newChat.emit
        )
        self._change = self._button(row, "change", self.tr("Choose again"), self._open)
        self._show = self._button(row, "show_summary", self.tr("Show the summary"), self._unfold)
        self._stop = self._button(row, "stop", self.tr("Stop summarising"), self.stopped.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._words)
        layout.addWidget(self._summary)
        layout.addWidget(choices)
        self.show_room(None)

    def show_room(self, room: Room | None) -> None:
        """Show what is kept of the chat; nothing where all of it is."""
        self._room, self._changing = room, False
        self._summary.hide()
        self._follow()

    def set_busy(self, busy: bool) -> None:
        """A summary is being written."""
        self._busy = busy
        self._follow()

    def _follow(self) -> None:
        room = self._room
        said = what_is_kept(room) if room is not None else ""
        if self._busy:
            said = self.tr("The model is summarising the oldest questions of this chat.")
        self.setVisible(bool(said))
        self._words.setText(said)
        condensed = room.condensed if room is not None else None
        asks = bool(said) and room is not None and not self._busy
        open_ = asks and room is not None and (must_choose(room) or self._changing)
        chosen = condensed is not None and condensed.choice is not Choice.OPEN
        begun = condensed is not None and condensed.upto == 0 and bool(condensed.summary)
        self._offer(self._leave, open_ and not begun)
        self._offer(self._summarise, open_ and not begun)
        self._offer(self._new, open_ and not begun)
        self._offer(self._change, asks and not open_ and chosen and not begun)
        self._offer(self._show, asks and condensed is not None and bool(condensed.summary))
        self._offer(self._stop, self._busy)

    def _offer(self, action: QAction, offered: bool) -> None:
        action.setVisible(offered)
        action.setEnabled(offered)

    def _choose(self, choice: Choice) -> None:
        self.chosen.emit(choice)

    def _open(self) -> None:
        self._changing = True
        self._follow()

    def _unfold(self) -> None:
        if self._room is not None:
            self._summary.setPlainText(self._room.condensed.summary)
            self._summary.setVisible(not self._summary.isVisibleTo(self))

    def _button(self, row: Flow, name: str, text: str, act: Callable[[], object]) -> QAction:
        action = self._actions.add(
            f"chat.context.{name}",
            text,
            None,
            act,
            within=self._within,
        )
        button = QPushButton(self)
        button.setObjectName(f"chat.context.{name}")
        bind(button, action)
        row.addWidget(button)
        return action
