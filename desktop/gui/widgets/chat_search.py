"""Searching everything that was said: a field, and the places that were found.

Looks on a task, a moment after the last key; what comes of an earlier text is dropped.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions, with_shortcut
from desktop.gui.models.found import FoundModel
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.found_row import FoundRow
from desktop.services.conversations import FOUND, Conversations, Found

PAUSE_MS = 120  # after the last key
LONGEST = 1000  # characters that are looked for


class ChatSearch(QWidget):
    """`opened` carries a conversation's id, a turn's (0 for none) and the words looked for;
    `searching` whether there is anything to look for."""

    opened = Signal(int, int, str)
    searching = Signal(bool)
    shown = Signal()

    def __init__(
        self,
        tasks: Tasks,
        conversations: Conversations,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._conversations = conversations
        self._notifier = notifier
        self.field = QLineEdit(parent)
        self.field.setObjectName("chat.find")
        self.field.setAccessibleName(self.tr("Search all chats"))
        self.field.setPlaceholderText(self.tr("Search all chats"))
        self.field.setClearButtonEnabled(True)
        clear = self.field.findChild(QToolButton)
        if clear is not None:
            clear.setObjectName("chat.find.clear")
            clear.setAccessibleName(self.tr("Clear the search"))
        self.field.setMaxLength(LONGEST)
        self.field.textChanged.connect(self._follow)
        self.field.installEventFilter(self)
        find = actions.add("chat.find", self.tr("Search all chats"), "Ctrl+Shift+F", self.begin)
        self.field.setToolTip(with_shortcut(find.text(), find))
        self._model = FoundModel(self)
        self._list = QListView(self)
        self._list.setObjectName("chat.found")
        self._list.setAccessibleName(self.tr("Places found"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(FoundRow(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.clicked.connect(self._open)
        self._list.activated.connect(self._open)
        self._words = QLabel(self)
        self._words.setObjectName("chat.found.words")
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._words)
        layout.addWidget(self._list, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._looking: Cancellation | None = None

    def begin(self) -> None:
        """Take the keyboard to the field."""
        self.window().activateWindow()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                # Escape is also Stop, which is not what it means here.
                if event.key() == Qt.Key.Key_Escape and self.field.text():
                    event.accept()
                    return True
            elif event.type() is QEvent.Type.KeyPress and self._press(event.key()):
                return True
        return super().eventFilter(watched, event)

    def _press(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            return True
        if key == Qt.Key.Key_Down and self._model.rowCount():
            self._list.setFocus()
            self._list.setCurrentIndex(self._model.index(0))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._model.rowCount():
            self._open(self._model.index(0))
            return True
        return False

    def _follow(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        some = bool(self.field.text().strip())
        self.searching.emit(some)
        if some:
            self._pause.start()
        else:
            self._pause.stop()
            self._model.set_found([])

    def _search(self) -> None:
        query = self.field.text()

        def work(_: Cancellation) -> list[Found]:
            return self._conversations.search(query)

        self._looking = self._tasks.run(
            work, owner=self, done=self._show, failed=self._notifier.trouble
        )

    def _show(self, found: list[Found]) -> None:
        self._model.set_found(found)
        self._list.scrollToTop()
        if not found:
            said = self.tr("Nothing was said with these words.")
        elif len(found) == FOUND:
            said = self.tr("The latest {count} places; more words find fewer.").format(count=FOUND)
        elif len(found) == 1:
            said = self.tr("1 place")
        else:
            said = self.tr("{count} places").format(count=len(found))
        self._words.setText(said)
        self.shown.emit()

    def _open(self, index: QModelIndex) -> None:
        found = index.data(FoundModel.FOUND)
        if isinstance(found, Found):
            mention = found.mention
            self.opened.emit(mention.conversation_id, mention.turn_id, self.field.text())
