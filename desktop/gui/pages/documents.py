"""The Documents page: what is in the library, how far each document is, what can be done with it.

Every call of the library goes through `tasks`; news of its work comes through the bridge.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.documents import Document
from desktop.domain.errors import DocumentError
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.folders_bridge import FoldersBridge
from desktop.gui.library_bridge import LibraryBridge
from desktop.gui.models.collections import Kind
from desktop.gui.models.document_words import in_total, name_filters
from desktop.gui.models.documents import DocumentsModel, Role
from desktop.gui.notify import Notifier, words
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.collection_list import CollectionList
from desktop.gui.widgets.document_actions import DocumentActions
from desktop.gui.widgets.document_asking import DocumentAsking
from desktop.gui.widgets.document_card import DocumentCard
from desktop.gui.widgets.document_row import DocumentRow
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.folders_card import FoldersCard
from desktop.gui.widgets.reading_pause import ReadingPause
from desktop.gui.widgets.report_view import ReportView
from desktop.services.collections import Collections
from desktop.services.completeness import Completeness
from desktop.services.library import DEFAULT_COLLECTION, Added, Library

LOOK_MS = 300  # collections are looked at once for a bundle of new documents


class DocumentsPage(QWidget):
    """`workChanged` says in one line what is being done and how far it is (0 to 1; -1: nothing)."""

    workChanged = Signal(str, float)

    def __init__(
        self,
        *,
        tasks: Tasks,
        library: Library,
        collections: Collections,
        completeness: Completeness,
        bridge: LibraryBridge,
        folders: FoldersBridge,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        super().__init__()
        self.setObjectName("documents")
        self._tasks = tasks
        self._library = library
        self._notifier = notifier
        self._refresh_soon = QTimer(self, singleShot=True, interval=0)  # once for a bundle of news
        self._refresh_soon.timeout.connect(self._refresh)
        self.model = DocumentsModel(self)
        self._pane = QWidget(self)
        self.list = self._make_list()
        self.collections = CollectionList(
            tasks, collections, library, notifier, actions, self.model.ids, self
        )
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_soon.timeout.connect(self.collections.refresh)
        self._perhaps_back: set[int] = set()  # hidden ones that there is news of
        self.doing = DocumentActions(
            tasks, library, notifier, self.model, self.collections, self.selected, self
        )
        self._register(actions)
        self.report = ReportView(tasks, completeness, notifier, actions, self)
        self.report.closed.connect(lambda: self._show_pane(self._pane))
        self.report.documentWished.connect(self._look_at)
        self.folders = FoldersCard(
            tasks=tasks,
            folders=folders.service,
            bridge=folders,
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
        self.asking = DocumentAsking(actions, self)
        self._lay_out()
        self.doing.moved.connect(self._refresh)
        self.collections.looked.connect(self._take_removed)
        self.collections.chosen.connect(self._narrow)
        self.collections.list.selectionModel().currentChanged.connect(self._leave_report)
        self.collections.filesDropped.connect(self.add)
        self.folders.removeWanted.connect(self.doing.put_away)
        self.pause.changed.connect(lambda _paused: self._refresh())
        bridge.documentChanged.connect(self._hear)
        bridge.documentsRemoved.connect(self._look_soon.start)
        bridge.failed.connect(notifier.trouble)
        self.list.selectionModel().selectionChanged.connect(self._show_selection)
        self._narrow()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self.list.setFocus()

    # -- what the window asks of it

    def load(self) -> None:
        """Show what the library holds."""
        self._tasks.run(lambda _: self._library.documents(), owner=self, done=self._show_all)
        self.folders.load()
        self.pause.load()

    def add(self, paths: Sequence[Path], collection: str = "") -> None:
        """Add files and folders; says which ones were refused, and why.

        To that collection, else to the one that is in view.
        """
        if paths:
            chosen = list(paths)
            into = collection or (self.collections.name if self.isVisible() else "")
            into = into or DEFAULT_COLLECTION
            self._tasks.run(
                lambda _: self._library.add(chosen, into),
                owner=self,
                done=lambda added: self._added(added, chosen),
            )

    def make_report(self) -> None:
        """Say how complete the chosen collection is, in place of the list."""
        self._show_pane(self.report)
        self.report.make(self.collections.name)

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
            self.model.show(document)
        if added.refused:
            self._notifier.trouble(self._refusal(added.refused))
        self.collections.refresh()
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

    # -- what is done with the selected documents

    def selected(self) -> list[Document]:
        # Ranges are few where indexes are thousands. They are a list, which Qt's stubs do not say.
        ranges: Any = self.list.selectionModel().selection()
        spans = sorted((part.top(), part.bottom() + 1) for part in ranges)
        return [document for span in spans for document in self.model.between(*span)]

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
        self.collections.refresh()
        self._refresh()

    def _take_removed(self) -> None:
        removed = self.collections.removed
        self.model.set_removed(removed, self.doing.leaving)
        back = self._perhaps_back - {document.id for document in removed}
        self._perhaps_back.clear()
        if back:
            self._tasks.run(
                lambda _: [one for one in self._library.documents() if one.id in back],
                owner=self,
                done=self._show_back,
            )

    def _show_back(self, documents: Sequence[Document]) -> None:
        """Those that were removed and are not, without anybody here having put them back."""
        for document in documents:
            if document.id not in self.doing.leaving:
                self.model.show(document)
        self._refresh()

    def _hear(self, document: Document) -> None:
        if self.model.hides(document.id):
            self._perhaps_back.add(document.id)  # or it was told of before it was removed
            self._look_soon.start()
        if not self.model.knows(document.id):
            self._look_soon.start()  # it may have come into a collection
        self.model.put(document)
        self._refresh_soon.start()

    def _refresh(self) -> None:
        shown = self.model.rowCount() > 0
        in_one = self.collections.entry.kind is Kind.COLLECTION
        self._stack.setCurrentIndex(1 if shown else 2 if in_one else 0)
        self.collections.count()
        at_work = self.model.at_work
        self.pause.show_work(at_work.documents > 0)
        self.workChanged.emit(*in_total([] if self.pause.paused else at_work))
        self._show_selection()

    def _show_selection(self) -> None:
        chosen = self.selected()
        self.doing.follow()
        gone = self.collections.entry.kind is Kind.REMOVED
        self.asking.follow([] if gone else chosen)
        if len(chosen) == 1:
            row = self.model.row_of(chosen[0].id)
            state = "" if row is None else str(self.model.index(row).data(Role.STATE))
        else:
            state = in_total(chosen)[0]
        self._card.show_selection(chosen, state)

    def _narrow(self) -> None:
        """Show what is in the chosen collection."""
        entry = self.collections.entry
        self._report_action.setEnabled(entry.kind is not Kind.REMOVED)
        self._report_action.setVisible(entry.kind is not Kind.REMOVED)
        self.model.narrow(self.collections.inside(), removed=entry.kind is Kind.REMOVED)
        texts = {Kind.ALL: self.tr("Documents"), Kind.REMOVED: self.tr("Removed")}
        self._title.show_text(texts.get(entry.kind, entry.name))
        self._gone_hint.setVisible(entry.kind is Kind.REMOVED)
        self._refresh()

    def _show_pane(self, pane: QWidget) -> None:
        self._panes.setCurrentWidget(pane)
        (self.list if pane is self._pane else pane).setFocus()

    def _leave_report(self) -> None:
        if self._panes.currentWidget() is self.report:
            self.report.close_report()
            self.collections.list.setFocus()

    def _look_at(self, document_id: int) -> None:
        self._show_pane(self._pane)
        self.select(document_id)

    def _menu(self, at: QPoint) -> None:
        self.doing.menu(self.list.viewport().mapToGlobal(at), self.asking)

    # -- how it is made

    def _make_list(self) -> QListView:
        made = QListView(self._pane)
        made.setObjectName("documents.list")
        made.setProperty("role", "rows")
        made.setAccessibleName(self.tr("Documents"))
        made.setModel(self.model)
        made.setItemDelegate(DocumentRow(made))
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._menu)
        return made

    def _register(self, actions: Actions) -> None:
        add = actions.add
        self._add = add("documents.add", self.tr("Add files"), "Ctrl+O", self.choose_files)
        self._add_folder = add(
            "documents.add_folder", self.tr("Add a folder"), "Ctrl+Shift+O", self.choose_folder
        )
        self._report_action = add(
            "documents.report",
            self.tr("Report"),
            "Ctrl+R",
            self.make_report,
            within=self,
            in_full=self.tr("Report what cannot be found here, what is here twice, what is older"),
        )
        self.doing.register(actions, self._pane)
        self.doing.passwordWished.connect(self._ask_password)

    def _lay_out(self) -> None:
        self._title = ElidedLabel("documents.title", "title", self)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self._button(self._report_action, "documents.report.make"))
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
        self._stack.addWidget(self._empty_collection())
        buttons = (self.asking.compare_action, *self.doing.buttons())
        self._card = DocumentCard(buttons, self.asking.button, self)
        self._card.passwordGiven.connect(self._unlock)
        self._gone_hint = QLabel(
            self.tr(
                "What was removed can be put back until the program closes, or until it is removed "
                "for good. Files are left alone; backups keep it until they are replaced."
            ),
            self,
        )
        self._gone_hint.setObjectName("documents.removed.hint")
        self._gone_hint.setProperty("role", "muted")
        self._gone_hint.setWordWrap(True)
        layout = QVBoxLayout(self._pane)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        layout.addLayout(head)
        layout.addWidget(self._gone_hint)
        layout.addWidget(self.folders)
        layout.addWidget(self.pause)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._card)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._panes = QStackedWidget(self)
        self._panes.addWidget(self._pane)
        self._panes.addWidget(self.report)
        for at, widget in enumerate((self.collections, self._panes)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(at, at)
        across = QVBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self._splitter)

    def _empty_collection(self) -> EmptyState:
        empty = EmptyState(
            "documents",
            self.tr("Nothing in this collection"),
            self.tr(
                "Drop files on it, add them here, or drag documents to it from the list of all "
                "documents. A document can be in several collections."
            ),
            self,
        )
        empty.setObjectName("documents.collection.empty")
        return empty

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
