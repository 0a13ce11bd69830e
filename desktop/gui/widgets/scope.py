"""Where a question looks: everywhere, in some collections, or in documents that were chosen.

The button says it in words; the list of documents is fetched on a task when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.documents import Collection, Document
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions, with_shortcut
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.services.answering import Scope
from desktop.services.library import Library

NAME_WIDTH = 28 * GRID


class ScopeButton(QToolButton):
    """Opens the choice. `changed` carries the scope."""

    changed = Signal(object)

    def __init__(self, tasks: Tasks, library: Library, actions: Actions, within: QWidget) -> None:
        super().__init__(within)
        self.setObjectName("chat.scope")
        self.scope = Scope()
        self._tasks = tasks
        self._library = library
        self._menu = QMenu(self)
        self._picker = Picker(
            "chat.picker", self.tr("Ask only these documents"), self.tr("Find a document"), self
        )
        self._picker.picked.connect(self._pick)
        self._collections = Picker(
            "chat.collections",
            self.tr("Ask only these collections"),
            self.tr("Find a collection"),
            self,
        )
        self._collections.picked.connect(lambda names: self.choose(Scope(names)))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        action = actions.add(
            "chat.scope",
            self.tr("Choose which documents to ask"),
            "Ctrl+L",
            self._open,
            within=within,
        )
        self.setToolTip(with_shortcut(action.text(), action))
        self.clicked.connect(self._open)
        self._say()

    def _open(self) -> None:
        def work(_: Cancellation) -> tuple[list[Collection], list[Document]]:
            return self._library.collections(), self._library.documents()

        self._tasks.run(work, owner=self, done=self._offer)

    def _offer(self, found: tuple[list[Collection], list[Document]]) -> None:
        collections, documents = found
        self._menu.clear()
        group = QActionGroup(self._menu)
        self._choice(group, self.tr("All documents"), Scope())
        if len(collections) > 1:
            for collection in collections:
                self._choice(group, collection.name.replace("&", "&&"), Scope((collection.name,)))
        self._menu.addSeparator()
        if len(collections) > 1:
            several = self._menu.addAction(self.tr("Several collections"))
            several.setObjectName("chat.scope.several")
            several.triggered.connect(lambda: self._choose_collections(collections))
        choose = self._menu.addAction(self.tr("Chosen documents"))
        choose.setObjectName("chat.scope.choose")
        choose.setEnabled(bool(documents))
        choose.triggered.connect(lambda: self._choose(documents))
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choice(self, group: QActionGroup, text: str, scope: Scope) -> QAction:
        action = self._menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(scope == self.scope)
        action.triggered.connect(lambda: self.choose(scope))
        group.addAction(action)
        return action

    def _choose(self, documents: list[Document]) -> None:
        named = [(document.name, document.id) for document in documents]
        self._open_below(self._picker, named, set(self.scope.document_ids or ()))

    def _choose_collections(self, collections: list[Collection]) -> None:
        named = [(collection.name, collection.name) for collection in collections]
        self._open_below(self._collections, named, set(self.scope.collections))

    def _open_below(
        self, picker: Picker, items: Sequence[tuple[str, object]], ticked: Set[object]
    ) -> None:
        picker.offer(items, ticked)
        picker.move(self.mapToGlobal(self.rect().bottomLeft()))
        picker.show()

    def _pick(self, document_ids: tuple[int, ...]) -> None:
        self.choose(Scope(document_ids=document_ids) if document_ids else Scope())

    def choose(self, scope: Scope) -> None:
        """Let questions look there from now on."""
        self.scope = scope
        self._say()
        self.changed.emit(scope)

    def _say(self) -> None:
        if self.scope.document_ids is not None:
            if len(self.scope.document_ids) == 1:
                text = self.tr("1 chosen document")
            else:
                text = self.tr("{count} chosen documents").format(
                    count=len(self.scope.document_ids)
                )
        elif self.scope.collections:
            text = self.fontMetrics().elidedText(
                ", ".join(self.scope.collections), Qt.TextElideMode.ElideRight, NAME_WIDTH
            )
        else:
            text = self.tr("All documents")
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(self.tr("Documents to ask: {which}").format(which=text))


class Picker(QFrame):
    """A list of names to tick. `picked` carries the keys of the ticked ones at every tick."""

    picked = Signal(object)

    def __init__(self, name: str, title: str, search: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._items = QStandardItemModel(self)
        self._items.itemChanged.connect(self._tell)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._items)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        self._filter = QLineEdit(self)
        self._filter.setObjectName(f"{name}.filter")
        self._filter.setPlaceholderText(search)
        self._filter.setAccessibleName(self._filter.placeholderText())
        self._filter.textChanged.connect(self._found.setFilterFixedString)
        self._list = QListView(self)
        self._list.setObjectName(f"{name}.list")
        self._list.setAccessibleName(heading.text())
        self._list.setModel(self._found)
        self._list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (heading, self._filter, self._list):
            layout.addWidget(widget)
        self.resize(48 * GRID, 44 * GRID)

    def offer(self, items: Sequence[tuple[str, object]], ticked: Set[object]) -> None:
        """List these names with their keys, some of them ticked."""
        self._items.blockSignals(True)
        self._items.clear()
        for name, key in items:
            item = QStandardItem(name)
            item.setEditable(False)
            item.setCheckable(True)
            on = key in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(key)
            self._items.appendRow(item)
        self._items.blockSignals(False)
        self._found.invalidate()
        self._filter.clear()
        self._filter.setFocus()

    def _tell(self) -> None:
        items = (self._items.item(row) for row in range(self._items.rowCount()))
        keys = [item.data() for item in items if item.checkState() is Qt.CheckState.Checked]
        self.picked.emit(tuple(keys))
