"""The list of collections at the left of the Documents page: choose, make, rename, remove.

Files dropped on a collection are added to it, documents dragged there are put into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.documents import Collection, Document
from desktop.domain.errors import CollectionKnown
from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.collections import CollectionsModel, Entry, Kind
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.collection_row import CollectionRow
from desktop.services.collections import Collections, Gone
from desktop.services.library import Library

Seen = tuple[list[Collection], Mapping[int, frozenset[int]], list[Document]]

_NONE: frozenset[int] = frozenset()


class CollectionList(QWidget):
    """`chosen` says that another entry is chosen, or that another set of documents is in it;
    `looked` that what there is was seen anew. Collections are looked at whenever they change."""

    chosen = Signal()
    looked = Signal()
    filesDropped = Signal(list, str)
    _changed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        collections: Collections,
        library: Library,
        notifier: Notifier,
        actions: Actions,
        known: Callable[[], Set[int]],
        within: QWidget,
    ) -> None:
        """`known` are the ids of the documents that the page knows, less removed ones."""
        super().__init__(within)
        self.setObjectName("documents.collections")
        self._known = known
        self._all: list[Collection] = []
        self._tasks = tasks
        self._looks = self._last_shown = 0  # begun, and the latest of them that came back
        self._collections = collections
        self._library = library
        self._notifier = notifier
        self._current: tuple[Kind, int] = (Kind.ALL, 0)
        self._wished: str | None = None  # a collection to choose, and to name, when it has come
        self._members: Mapping[int, frozenset[int]] = {}
        self.removed: list[Document] = []
        self._model = CollectionsModel(self)
        self._model.renamed.connect(self._rename)
        self._model.filesDropped.connect(self.filesDropped)
        self._model.documentsDropped.connect(self.put)
        self.list = self._make_list()
        self._register(actions)
        self._lay_out()
        self._changed.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        unlisten = collections.changed.listen(lambda _name: self._changed.emit())
        self.destroyed.connect(unlisten)

    # -- what the page asks of it

    @property
    def entry(self) -> Entry:
        """What is chosen."""
        row = self._model.row_of(self._current)
        return Entry(Kind.ALL) if row is None else self._model.entries()[row]

    @property
    def name(self) -> str:
        """The chosen collection's name, "" where none is."""
        return self.entry.name

    def inside(self) -> frozenset[int] | None:
        """The documents in the chosen collection; None where none is chosen."""
        kind, number = self._current
        return self._members.get(number, _NONE) if kind is Kind.COLLECTION else None

    def others(self) -> list[str]:
        """The names of all collections but the chosen one."""
        entries = self._model.entries()
        return [e.name for e in entries if e.kind is Kind.COLLECTION and e.key != self._current]

    def refresh(self) -> None:
        """Look at what there is."""

        def work(_: Cancellation) -> Seen:
            return (
                self._collections.all(),
                self._collections.members(),
                self._library.removed(),
            )

        self._looks += 1
        look = self._looks

        def show(seen: Seen) -> None:
            # One that was begun earlier may come later, and would show what was.
            if look > self._last_shown:
                self._last_shown = look
                self._show(seen)

        self._tasks.run(work, owner=self, done=show, failed=self._notifier.trouble)

    def put(self, document_ids: list[int], name: str) -> None:
        """Have documents in a collection as well."""
        self._do(lambda _: self._collections.put(name, document_ids))

    def take(self, document_ids: list[int]) -> None:
        """Have documents no longer in the chosen collection; can be undone."""
        name = self.name

        def say(_: object) -> None:
            if len(document_ids) == 1:
                text = self.tr("1 document was taken out of “{name}”. It stays in the library.")
            else:
                text = self.tr("{count} documents were taken out of “{name}”. They stay in the "
                               "library.")  # fmt: skip
            self._notifier.say(
                text.format(name=name, count=len(document_ids)),
                action=self.tr("Undo"),
                act=lambda: self.put(document_ids, name),
            )

        if name:
            self._tasks.run(
                lambda _: self._collections.take(name, document_ids),
                owner=self,
                done=say,
                failed=self._notifier.trouble,
            )

    # -- what is shown

    def _show(self, seen: Seen) -> None:
        self._all, self._members, self.removed = seen
        self.looked.emit()  # the page knows what was removed, before it is counted
        new = next((one for one in self._all if one.name == self._wished), None)
        if new is not None:
            self._wished, self._current = None, (Kind.COLLECTION, new.id)
        self.count()
        if self._model.row_of(self._current) is None:
            self._current = (Kind.ALL, 0)
        self._mark()
        self.chosen.emit()
        if new is not None:
            self.list.setFocus()
            self.list.edit(self.list.currentIndex())

    def count(self) -> None:
        """Count the documents in each anew."""
        known = self._known()
        entries = [Entry(Kind.ALL, len(known))]
        entries += [
            Entry(Kind.COLLECTION, len(self._members.get(one.id, _NONE) & known), one.name, one.id)
            for one in self._all
        ]
        if self.removed:
            entries.append(Entry(Kind.REMOVED, len(self.removed)))
        self._model.show_entries(entries)

    def _mark(self) -> None:
        row = self._model.row_of(self._current)
        if row is not None and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self._model.index(row))
        is_one = self._current[0] is Kind.COLLECTION
        self._rename_action.setEnabled(is_one)
        self._remove_action.setEnabled(is_one)

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(CollectionsModel.ENTRY)
        if entry is not None and entry.key != self._current:
            self._current = entry.key
            self._mark()
            self.chosen.emit()

    # -- what the user does

    def _do(self, work: Callable[[Cancellation], object]) -> None:
        self._tasks.run(
            work,
            owner=self,
            done=lambda _: None,
            failed=self._notifier.trouble,
        )

    def _add(self) -> None:
        """A new collection, whose name is asked for in its place."""
        taken = {entry.name for entry in self._model.entries()}
        proposed = self.tr("New collection")
        number = 1
        name = proposed
        while name in taken:
            number += 1
            name = f"{proposed} {number}"
        self._wished = name
        self._do(lambda _: self._collections.add(name))

    def _edit(self) -> None:
        if self._current[0] is Kind.COLLECTION:
            self.list.edit(self.list.currentIndex())

    def _rename(self, name: str, to: str) -> None:
        def failed(error: Exception) -> None:
            self._notifier.trouble(error)
            if isinstance(error, CollectionKnown):
                self._edit()  # the name may be typed anew at once

        self._tasks.run(
            lambda _: self._collections.rename(name, to),
            owner=self,
            done=lambda _: None,
            failed=failed,
        )

    def _remove(self) -> None:
        name = self.name

        def say(gone: Gone) -> None:
            self._notifier.say(
                self.tr("The collection “{name}” was removed. Its documents stay.").format(
                    name=gone.name
                ),
                action=self.tr("Undo"),
                act=lambda: self._do(lambda _: self._collections.put_back(gone)),
            )

        if name:
            self._tasks.run(
                lambda _: self._collections.remove(name),
                owner=self,
                done=say,
                failed=self._notifier.trouble,
            )

    # -- how it is made

    def _make_list(self) -> QListView:
        made = QListView(self)
        made.setObjectName("documents.collections.list")
        made.setProperty("role", "rows")
        made.setAccessibleName(self.tr("Collections"))
        made.setModel(self._model)
        made.setItemDelegate(CollectionRow(made))
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        made.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        made.setDefaultDropAction(Qt.DropAction.CopyAction)
        made.selectionModel().currentChanged.connect(self._choose)
        return made

    def _register(self, actions: Actions) -> None:
        add = actions.add
        self._add_action = add(
            "documents.collection.add", self.tr("New collection"), "Ctrl+Shift+N", self._add
        )
        self._rename_action = add(
            "documents.collection.rename",
            self.tr("Rename collection"),
            "F2",
            self._edit,
            within=self.list,
        )
        self._remove_action = add(
            "documents.collection.remove",
            self.tr("Remove collection"),
            "Del",
            self._remove,
            within=self.list,
            in_full=self.tr("Remove the collection; the documents in it stay"),
        )
        self.list.addActions([self._add_action, self._rename_action, self._remove_action])

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Collections"), self)
        heading.setProperty("role", "heading")
        new = QPushButton(self)
        new.setObjectName("documents.collection.add")
        bind(new, self._add_action)
        new.setIcon(theme.icon("add"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, GRID, 3 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        layout.addWidget(new)

    def sizeHint(self) -> QSize:
        return QSize(max(28 * GRID, self.minimumSizeHint().width()), 60 * GRID)
