"""The list of conversations at the left of the Chat page: open, rename, remove and take it back.

Removing hides a conversation at once and removes it for good when the notice about it closes.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.chat import Conversation
from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.conversations import ConversationsModel
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.services.conversations import Conversations


class ConversationList(QWidget):
    """`chosen` carries the id of a conversation to open, None for a new one; `removed` the id of
    one that was taken from view and will be gone unless the user takes it back."""

    chosen = Signal(object)
    removed = Signal(int)
    _changed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        conversations: Conversations,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self.setObjectName("chat.conversations")
        self._tasks = tasks
        self._conversations = conversations
        self._notifier = notifier
        self._current: int | None = None
        self._removing = False
        self._model = ConversationsModel(self)
        self._model.renamed.connect(self._rename)
        self._list = QListView(self)
        self._list.setObjectName("chat.list")
        self._list.setAccessibleName(self.tr("Chats"))
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._empty = QLabel(self.tr("Your chats will be listed here."), self)
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._new = QPushButton(self)
        self._new.setObjectName("chat.new")
        new = actions.add("chat.new", self.tr("New chat"), "Ctrl+N", self._begin)
        bind(self._new, new)
        rename = actions.add("chat.rename", self.tr("Rename chat"), "F2", self._edit, within=within)
        remove = actions.add(
            "chat.remove", self.tr("Remove chat"), "Del", self._remove, within=self._list
        )
        self._list.addActions([rename, remove])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._new)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._empty, 1)
        self._changed.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        unlisten = conversations.changed.listen(lambda _id: self._changed.emit())
        self.destroyed.connect(unlisten)
        self._new.setIcon(theme.icon("add"))
        self.refresh()

    def refresh(self) -> None:
        """Fetch the list anew."""

        def work(_: Cancellation) -> list[Conversation]:
            return self._conversations.all()

        self._tasks.run(work, owner=self, done=self._show, failed=self._notifier.trouble)

    def select(self, conversation_id: int | None) -> None:
        """Mark one as open, without opening it."""
        self._current = conversation_id
        row = self._model.row_of(conversation_id)
        if row is None:
            self._list.selectionModel().clear()
        else:
            self._list.setCurrentIndex(self._model.index(row))

    def offer(self, actions: Sequence[QAction]) -> None:
        """More that can be done with the chat that is open, in the list's menu."""
        self._list.addActions(list(actions))

    def title(self, conversation_id: int | None) -> str:
        """Its title, as far as the list has been fetched."""
        row = self._model.row_of(conversation_id)
        return "" if row is None else str(self._model.index(row).data())

    def _show(self, conversations: list[Conversation]) -> None:
        self._model.set_conversations(conversations)
        self._follow()
        self.select(self._current)

    def _follow(self) -> None:
        some = self._model.rowCount() > 0
        self._list.setVisible(some)
        self._empty.setVisible(not some)

    # -- what the user does

    def _begin(self) -> None:
        self.chosen.emit(None)

    def _choose(self, index: QModelIndex) -> None:
        conversation_id = index.data(ConversationsModel.ID)
        known = conversation_id in {None, self._current}
        if not known and not self._removing:
            self._current = conversation_id
            self.chosen.emit(conversation_id)

    def _edit(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self._list.edit(index)

    def _rename(self, conversation_id: int, title: str) -> None:
        def work(_: Cancellation) -> None:
            self._conversations.rename(conversation_id, title)

        self._tasks.run(work, owner=self, done=lambda _: None, failed=self._notifier.trouble)

    def _remove(self) -> None:
        conversation_id = self._list.currentIndex().data(ConversationsModel.ID)
        if conversation_id is None:
            return
        title = self.title(conversation_id)
        self._removing = True  # the list moves on to a neighbour, which nobody chose
        self._model.hide(conversation_id)
        self._removing = False
        self._follow()
        self.removed.emit(conversation_id)
        if conversation_id == self._current:
            self.chosen.emit(None)
        else:
            self.select(self._current)

        def take_back() -> None:
            self._model.bring_back(conversation_id)
            self._follow()
            self.chosen.emit(conversation_id)

        def remove(_: Cancellation) -> None:
            self._conversations.remove(conversation_id)

        def for_good() -> None:
            self._tasks.run(remove, owner=self, done=lambda _: None, failed=self._notifier.trouble)

        self._notifier.say(
            self.tr("The chat “{title}” was removed.").format(title=title),
            action=self.tr("Undo"),
            act=take_back,
            closed=for_good,
        )

    def sizeHint(self) -> QSize:
        return QSize(28 * GRID, 60 * GRID)
