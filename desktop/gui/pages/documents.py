"""The Documents page: what is in the library, how far each document is, what can be done with it.

Every call of the library goes through `tasks`; news of its work comes through the bridge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import DocumentError
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.folders_bridge import FoldersBridge
from desktop.gui.library_bridge import LibraryBridge
from desktop.gui.models.document_words import UNFINISHED, in_total, name_filters
from desktop.gui.models.documents import DocumentsModel, Role
from desktop.gui.notify import Notice, Notifier, words
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.document_card import DocumentCard
from desktop.gui.widgets.document_row import DocumentRow
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.folders_card import FoldersCard
from desktop.gui.widgets.reading_pause import ReadingPause
from desktop.services.document_folders import DocumentFolders
from desktop.services.library import Added, Library

AGAIN = (DocumentState.FAILED, DocumentState.CANCELLED)


class DocumentsPage(QWidget):
    """`workChanged` says in one line what is being done and how far it is (0 to 1; -1: nothing)."""

    workChanged = Signal(str, float)

    def __init__(
        self,
        *,
        tasks: Tasks,
        library: Library,
        bridge: LibraryBridge,
        folders: DocumentFolders,
        folders_bridge: FoldersBridge,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        super().__init__()
        self.setObjectName("documents")
        self._tasks = tasks
        self._library = library
        self._notifier = notifier
        self._removals: dict[int, Notice] = {}
        self._refresh_soon = QTimer(self, singleShot=True, interval=0)  # once for a bundle of news
        self._refresh_soon.timeout.connect(self._refresh)
        self.model = DocumentsModel(self)
        self.list = self._make_list()
        self._register(actions)
        self.folders = FoldersCard(
            tasks=tasks,
            folders=folders,
            bridge=folders_bridge,
            notifier=notifier,
            actions=actions,
            within=self,
        )
        self.pause = ReadingPause(
            tasks=tasks,
            library=library,
            bridge=bridge,
            notifier=notifier,
            actions=actions,
            within=self,
        )
        self._lay_out()
        self.folders.removeWanted.connect(self._put_away)
        self.pause.changed.connect(lambda _paused: self._refresh())
        bridge.documentChanged.connect(self._hear)
        bridge.failed.connect(notifier.trouble)
        self.list.selectionModel().selectionChanged.connect(self._show_selection)
        self._refresh()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self.list.setFocus()

    # -- what the window asks of it

    def load(self) -> None:
        """Show what the library holds."""
        self._tasks.run(lambda _: self._library.documents(), owner=self, done=self._show_all)
        self.folders.load()
        self.pause.load()

    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders; says which ones were refused, and why."""
        if paths:
            chosen = list(paths)
            self._tasks.run(
                lambda _: self._library.add(chosen),
                owner=self,
                done=lambda added: self._added(added, chosen),
            )

    def unsettled_removals(self) -> list[int]:
        """Documents out of sight that the library still holds; asked when the window closes."""
        return list(self._removals)

    # -- adding and removing

    def choose_files(self) -> None:
        """Ask for files, beside the window, which stays usable."""
        dialogue = self._dialogue(QFileDialog.FileMode.ExistingFiles, self.tr("Add files"))
        dialogue.setNameFilters(name_filters())
        dialogue.open()

    def choose_folder(self) -> None:
        """Ask for a folder; the documents in it and below are added."""
        self._dialogue(QFileDialog.FileMode.Directory, self.tr("Add a folder")).open()

    def _dialogue(self, mode: QFileDialog.FileMode, title: str) -> QFileDialog:
        dialogue = QFileDialog(self.window(), title)
        dialogue.setObjectName("documents.choose")
        dialogue.setFileMode(mode)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        return dialogue

    def _added(self, added: Added, chosen: Sequence[Path]) -> None:
        for document in added.documents:
            pending = self._removals.pop(document.id, None)
            if pending is not None:
                self._notifier.withdraw(pending)
            self.model.show(document)
        if added.refused:
            self._notifier.trouble(self._refusal(added.refused))
        self.folders.offer(chosen, added.documents)
        self._refresh()

    def _refusal(self, refused: Sequence[DocumentError]) -> str:
        more = len(refused) - 1
        first = words(refused[0])
        if more == 0:
            return first
        if more == 1:
            return self.tr("{first} One more file was not added.").format(first=first)
        return self.tr("{first} {more} more files were not added.").format(first=first, more=more)

    def _remove_selected(self) -> None:
        for document in self.selected():
            self._remove(document)

    def _remove(self, document: Document) -> None:
        self.model.hide(document.id)
        self._removals[document.id] = self._notifier.say(
            self.tr("{name} was removed. Its file is untouched.").format(name=document.name),
            action=self.tr("Undo"),
            act=lambda: self._bring_back(document),
            closed=lambda: self._remove_for_good(document.id),
        )
        self._refresh()

    def _bring_back(self, document: Document) -> None:
        if self._removals.pop(document.id, None) is not None:
            self.model.show(document)
            self._refresh()

    def _remove_for_good(self, document_id: int) -> None:
        if document_id not in self._removals:
            return
        self._tasks.run(
            lambda _: self._library.remove(document_id),
            owner=self,
            done=lambda _: self._removals.pop(document_id, None),
        )

    def _put_away(
        self, document_ids: Sequence[int], sentence: str, for_good: Callable[[], object]
    ) -> None:
        """Take documents out of sight together, and out of the library unless that is undone."""
        hidden = [found for each in document_ids if (found := self.model.hide(each))]

        def bring_back() -> None:
            for document in hidden:
                if self._removals.pop(document.id, None) is not None:
                    self.model.show(document)
            self._refresh()

        def remove() -> None:
            if any(document.id in self._removals for document in hidden):
                self._tasks.run(lambda _: for_good(), owner=self, done=lambda _: settled())

        def settled() -> None:
            for document in hidden:
                self._removals.pop(document.id, None)

        notice = self._notifier.say(sentence, action=self.tr("Undo"), act=bring_back, closed=remove)
        self._removals.update((document.id, notice) for document in hidden)
        self._refresh()

    # -- what is done with the selected documents

    def selected(self) -> list[Document]:
        # Ranges are few where indexes are thousands. They are a list, which Qt's stubs do not say.
        ranges: Any = self.list.selectionModel().selection()
        spans = sorted((part.top(), part.bottom() + 1) for part in ranges)
        return [document for span in spans for document in self.model.between(*span)]

    def _each(self, states: Sequence[DocumentState], do: Callable[[int], None]) -> None:
        for document in self.selected():
            if document.state in states:
                self._call(do, document.id)

    def _call(self, do: Callable[[int], None], document_id: int) -> None:
        self._tasks.run(lambda _: do(document_id), owner=self, done=lambda _: None)

    def _unlock(self, document_id: int, password: str) -> None:
        self._tasks.run(
            lambda _: self._library.unlock(document_id, password),
            owner=self,
            done=lambda _: None,
        )

    def _ask_password(self) -> None:
        self._card.password.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what is shown

    def _show_all(self, documents: Sequence[Document]) -> None:
        self.model.reset(documents)
        self._refresh()

    def _hear(self, document: Document) -> None:
        self.model.put(document)
        self._refresh_soon.start()

    def _refresh(self) -> None:
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        at_work = self.model.at_work
        self.pause.show_work(at_work.documents > 0)
        self.workChanged.emit(*in_total([] if self.pause.paused else at_work))
        self._show_selection()

    def _show_selection(self) -> None:
        chosen = self.selected()
        states = {document.state for document in chosen}
        self._cancel.setEnabled(bool(states & set(UNFINISHED)))
        self._again.setEnabled(bool(states & set(AGAIN)))
        self._again.setVisible(not states or bool(states & set(AGAIN)))
        self._cancel.setVisible(not states or bool(states & set(UNFINISHED)))
        self._password.setEnabled(states == {DocumentState.LOCKED} and len(chosen) == 1)
        self._remove_action.setEnabled(bool(chosen))
        if len(chosen) == 1:
            row = self.model.row_of(chosen[0].id)
            state = "" if row is None else str(self.model.index(row).data(Role.STATE))
        else:
            state = in_total(chosen)[0]
        self._card.show_selection(chosen, state)

    def _menu(self, at: QPoint) -> None:
        if not self.selected():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (self._cancel, self._again, self._password, self._remove_action):
            if action.isEnabled():
                menu.addAction(action)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # -- how it is made

    def _make_list(self) -> QListView:
        made = QListView(self)
        made.setObjectName("documents.list")
        made.setProperty("role", "rows")
        made.setAccessibleName(self.tr("Documents"))
        made.setModel(self.model)
        made.setItemDelegate(DocumentRow(made))
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._menu)
        return made

    def _register(self, actions: Actions) -> None:
        add = actions.add
        self._add = add("documents.add", self.tr("Add files"), "Ctrl+O", self.choose_files)
        self._add_folder = add(
            "documents.add_folder", self.tr("Add a folder"), "Ctrl+Shift+O", self.choose_folder
        )
        self._cancel = add(
            "documents.cancel",
            self.tr("Cancel"),
            "Ctrl+.",
            lambda: self._each(UNFINISHED, self._library.stop),
            within=self,
            in_full=self.tr("Stop reading the selected documents"),
        )
        self._again = add(
            "documents.again",
            self.tr("Try again"),
            "F5",
            lambda: self._each(AGAIN, self._library.again),
            within=self,
            in_full=self.tr("Read the selected documents again"),
        )
        self._password = add(
            "documents.ask_password",
            self.tr("Enter the password"),
            "F2",
            self._ask_password,
            within=self,
            in_full=self.tr("Enter the password of the selected document"),
        )
        self._remove_action = add(
            "documents.remove",
            self.tr("Remove"),
            "Del",
            self._remove_selected,
            within=self,
            in_full=self.tr("Remove the selected documents"),
        )

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Documents"), self)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(title, 1)
        head.addWidget(self._button(self.folders.watch_action, "documents.watch_folder"))
        head.addWidget(self._button(self._add_folder, "documents.add_folder"))
        head.addWidget(self._button(self._add, "documents.add", primary=True))
        empty = EmptyState(
            "documents",
            self.tr("No documents yet"),
            self.tr(
                "Drop files or folders anywhere on this window, or add them here: PDF, Word, "
                "Excel, PowerPoint, OpenDocument, mail, web pages, scans and exports of wikis. "
                "They are read on this computer and stay where they are."
            ),
            self,
        )
        empty.setObjectName("documents.empty")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        self._card = DocumentCard((self._cancel, self._again, self._remove_action), self)
        self._card.passwordGiven.connect(self._unlock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        layout.addLayout(head)
        layout.addWidget(self.folders)
        layout.addWidget(self.pause)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._card)

    def _button(self, action: QAction, name: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        if primary:
            button.setProperty("kind", "primary")
        bind(button, action)
        return button

    def select(self, document_id: int) -> None:
        """Select one document and bring it into view."""
        row = self.model.row_of(document_id)
        if row is not None:
            here = self.model.index(row)
            self.list.selectionModel().setCurrentIndex(
                here, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
