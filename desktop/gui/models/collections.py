"""The collections as a list model: everything, each collection, and what was removed.

Renamed in place; files and documents can be dropped on a row. Holds what it is given; whoever
listens carries out what is wished.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.shards import is_gguf

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()
DOCUMENTS = "application/x-escritoire-documents"  # ids that are dragged within the window
FILES = "text/uri-list"


class Kind(IntEnum):
    ALL = 0
    COLLECTION = 1
    REMOVED = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it stands for, and how many documents are in it. `name` is a collection's."""

    kind: Kind
    count: int = 0
    name: str = ""
    id: int = 0

    @property
    def key(self) -> tuple[Kind, int]:
        return self.kind, self.id


class CollectionsModel(QAbstractListModel):
    """`renamed` carries a collection's name and the one that was typed. What is dropped comes with
    the collection's name, "" for everything: `filesDropped` paths, `documentsDropped` ids."""

    renamed = Signal(str, str)
    filesDropped = Signal(list, str)
    documentsDropped = Signal(list, str)

    ENTRY = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; where they are the same ones as before, only anew."""
        same = [entry.key for entry in entries] == [entry.key for entry in self._entries]
        if same and entries:
            self._entries = list(entries)
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entries(self) -> list[Entry]:
        return list(self._entries)

    def row_of(self, key: tuple[Kind, int]) -> int | None:
        rows = (row for row, entry in enumerate(self._entries) if entry.key == key)
        return next(rows, None)

    # -- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        entry = self._entries[index.row()]
        if role == self.ENTRY:
            return entry
        if role == Qt.ItemDataRole.EditRole:
            return entry.name
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._title(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{name}, documents: {count}").format(
                name=self._title(entry), count=entry.count
            )
        return None

    def _title(self, entry: Entry) -> str:
        if entry.kind is Kind.ALL:
            return self.tr("All documents")
        return self.tr("Removed") if entry.kind is Kind.REMOVED else entry.name

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        kind = self._entries[index.row()].kind
        if kind is Kind.COLLECTION:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags if kind is Kind.REMOVED else flags | Qt.ItemFlag.ItemIsDropEnabled

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not name:
            return False
        entry = self._entries[index.row()]
        if name != entry.name:
            self.renamed.emit(entry.name, name)  # shown when it is so
        return True

    # -- what is dropped

    def mimeTypes(self) -> list[str]:
        return [FILES, DOCUMENTS]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def canDropMimeData(
        self, mime: QMimeData, _action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        entry = self._aimed_at(row, parent)
        if entry is None or column > 0:
            return False
        if mime.hasFormat(DOCUMENTS):
            return entry.kind is Kind.COLLECTION
        return bool(files_of(mime))

    def dropMimeData(
        self, mime: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        entry = self._aimed_at(row, parent)
        if entry is None or not self.canDropMimeData(mime, action, row, column, parent):
            return False
        if mime.hasFormat(DOCUMENTS):
            self.documentsDropped.emit(documents_of(mime), entry.name)
        else:
            self.filesDropped.emit(files_of(mime), entry.name)
        return True

    def _aimed_at(self, row: int, parent: Index) -> Entry | None:
        """The entry below the pointer; None between two, and where nothing may be dropped."""
        if row >= 0 or not parent.isValid():
            return None
        entry = self._entries[parent.row()]
        return None if entry.kind is Kind.REMOVED else entry


def files_of(mime: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged, less models."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if not is_gguf(path)]


def documents_of(mime: QMimeData) -> list[int]:
    """The documents that are dragged. What another program calls so is not believed."""
    try:
        ids = json.loads(bytes(mime.data(DOCUMENTS).data()))
    except (ValueError, RecursionError):
        return []
    wanted = ids if isinstance(ids, list) else []
    return [each for each in wanted if isinstance(each, int) and not isinstance(each, bool)]


def dragged(document_ids: Sequence[int]) -> QMimeData:
    """Documents, to be dragged within the window."""
    mime = QMimeData()
    mime.setData(DOCUMENTS, json.dumps(list(document_ids)).encode())
    return mime
