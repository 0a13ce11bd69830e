"""The list of conversations at the left of the Chat page: open, search, and keep them in order.

What is removed is set aside at once, and gone for good when the notice about it closes or the
application ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.chat import Conversation, Folder
from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.conversations import ConversationsModel
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.chat_search import ChatSearch
from desktop.gui.widgets.conversation_row import ConversationRow
from desktop.gui.widgets.folder_bar import FolderBar
from desktop.services.conversations import Conversations


class ConversationList(QWidget):
    """`chosen` carries the id of a conversation to open, None for a new one; `found` a place to
    open (conversation, turn, words); `removed` the id of one that was taken from view and will be
    gone unless the user takes it back."""

    chosen = Signal(object)
    found = Signal(int, int, str)
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
        self._model = ConversationsModel(self)
        self._model.renamed.connect(
            lambda id_, title: self._do(partial(self._conversations.rename, id_, title))
        )
        self._list = self._make_list()
        self._empty = QLabel(self.tr("Your chats will be listed here."), self)
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._new = QPushButton(self)
        self._new.setObjectName("chat.new")
        new = actions.add("chat.new", self.tr("New chat"), "Ctrl+N", self._begin)
        bind(self._new, new)
        self._new.setIcon(theme.icon("add"))
        self._search = ChatSearch(tasks, conversations, notifier, actions, self)
        self._search.searching.connect(lambda _some: self._follow())
        self._search.opened.connect(self.found)
        self._folders = FolderBar(actions, within, self)
        self._folders.viewed.connect(self._view)
        self._folders.renamed.connect(
            lambda id_, name: self._do(partial(self._conversations.rename_folder, id_, name))
        )
        self._folders.removed.connect(
            lambda id_: self._do(partial(self._conversations.remove_folder, id_))
        )
        self._offer(actions, within)
        self._lay_out()
        self._changed.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        unlisten = conversations.changed.listen(lambda _id: self._changed.emit())
        self.destroyed.connect(unlisten)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the list anew."""

        def work(_: Cancellation) -> tuple[list[Conversation], list[Folder]]:
            return self._conversations.all(), self._conversations.folders()

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
        conversation = self._model.conversation(conversation_id)
        return "" if conversation is None else conversation.title

    def _show(self, fetched: tuple[list[Conversation], list[Folder]]) -> None:
        conversations, folders = fetched
        self._folders.set_folders(folders)
        self._model.set_conversations(conversations)
        self._follow()
        self.select(self._current)

    def _follow(self) -> None:
        searching = bool(self._search.field.text().strip())
        some = self._model.rowCount() > 0
        self._search.setVisible(searching)
        self._list.setVisible(some and not searching)
        self._empty.setVisible(not some and not searching)

    def _view(self, view: int) -> None:
        self._model.show_view(view)
        self._follow()
        self.select(self._current)

    # -- what the user does

    def _begin(self) -> None:
        self.chosen.emit(None)

    def _choose(self, index: QModelIndex) -> None:
        conversation_id = index.data(ConversationsModel.ID)
        if conversation_id not in {None, self._current}:
            self._current = conversation_id
            self.chosen.emit(conversation_id)

    def _edit(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self._list.edit(index)

    def _in_hand(self) -> Conversation | None:
        return self._model.conversation(self._list.currentIndex().data(ConversationsModel.ID))

    def _pin(self) -> None:
        one = self._in_hand()
        if one is not None:
            self._do(partial(self._conversations.pin, one.id, not one.pinned))

    def _archive(self) -> None:
        one = self._in_hand()
        if one is None:
            return
        self._do(partial(self._conversations.archive, one.id, not one.archived))
        if not one.archived:
            self._notifier.say(
                self.tr("The chat “{title}” is in the archive.").format(title=one.title),
                action=self.tr("Undo"),
                act=lambda: self._do(partial(self._conversations.archive, one.id, False)),
            )

    def _duplicate(self) -> None:
        one = self._in_hand()
        if one is None:
            return
        title = self.tr("{title} (copy)").format(title=one.title)

        def work(_: Cancellation) -> int:
            return self._conversations.duplicate(one.id, title).id

        self._tasks.run(work, owner=self, done=self.chosen.emit, failed=self._notifier.trouble)

    def _move(self) -> None:
        """Offer the folders for the chat in hand."""
        one = self._in_hand()
        if one is None:
            return
        menu = QMenu(self)
        menu.setObjectName("chat.move.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for folder_id, name in (
            (0, self.tr("No folder")),
            *((folder.id, folder.name) for folder in self._folders.folders),
        ):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(one.folder_id == folder_id)
            action.triggered.connect(partial(self._file, one.id, name if folder_id else ""))
        menu.addSeparator()
        new = menu.addAction(self.tr("New folder"))
        new.triggered.connect(
            lambda: self._folders.ask_name(
                self.tr("Name of the new folder"), partial(self._file, one.id)
            )
        )
        place = self._list.visualRect(self._list.currentIndex()).bottomLeft()
        menu.popup(self._list.viewport().mapToGlobal(place))

    def _file(self, conversation_id: int, folder: str) -> None:
        self._do(partial(self._conversations.file, conversation_id, folder))

    def _remove(self) -> None:
        one = self._in_hand()
        if one is None:
            return
        self._model.hide(one.id)
        self._follow()
        self.removed.emit(one.id)
        if one.id == self._current:
            self.chosen.emit(None)
        else:
            self.select(self._current)
        self._do(partial(self._conversations.set_aside, one.id))

        def take_back() -> None:
            self._model.bring_back(one.id)
            self._follow()
            self._do(
                partial(self._conversations.take_back, one.id),
                then=lambda: self.chosen.emit(one.id),
            )

        self._notifier.say(
            self.tr("The chat “{title}” was removed.").format(title=one.title),
            action=self.tr("Undo"),
            act=take_back,
            closed=lambda: self._do(partial(self._conversations.remove, one.id)),
        )

    def _do(self, change: Callable[[], object], then: Callable[[], object] = lambda: None) -> None:
        """Carry out a change on a task; the list is fetched again when the service tells of it."""

        def work(_: Cancellation) -> None:
            change()

        self._tasks.run(work, owner=self, done=lambda _: then(), failed=self._notifier.trouble)

    # -- how it is made

    def _make_list(self) -> QListView:
        made = QListView(self)
        made.setObjectName("chat.list")
        made.setAccessibleName(self.tr("Chats"))
        made.setModel(self._model)
        made.setItemDelegate(ConversationRow(made))
        made.setUniformItemSizes(True)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        made.selectionModel().currentChanged.connect(self._choose)
        return made

    def _offer(self, actions: Actions, within: QWidget) -> None:
        """What can be done with the chat in hand, in the order of the menu."""
        for name, text, keys, act in (
            ("rename", self.tr("Rename chat"), "F2", self._edit),
            ("pin", self.tr("Pin chat or unpin it"), "Ctrl+Shift+P", self._pin),
            ("move", self.tr("Move chat to a folder"), "Ctrl+Shift+J", self._move),
            ("duplicate", self.tr("Duplicate chat"), "Ctrl+Shift+D", self._duplicate),
            ("archive", self.tr("Archive chat or bring it back"), "Ctrl+Shift+A", self._archive),
        ):
            self._list.addAction(actions.add(f"chat.{name}", text, keys, act, within=within))
        actions.add("chat.remove", self.tr("Remove chat"), "Del", self._remove, within=self._list)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._new)
        layout.addWidget(self._search.field)
        layout.addWidget(self._folders)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._search, 1)
        layout.addWidget(self._empty, 1)

    def sizeHint(self) -> QSize:
        return QSize(28 * GRID, 60 * GRID)
