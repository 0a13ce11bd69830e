"""The list of documents as Qt shows it, with each document's state in words.

Holds records that the services have given it; calls no service and paints nothing.
"""

from __future__ import annotations

import time
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from desktop.domain.documents import Document, DocumentState
from desktop.gui.models.document_words import Tally, progress, state_in_words
from desktop.gui.models.pace import Pace

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row offers beside Qt's own roles."""

    DOCUMENT = Qt.ItemDataRole.UserRole
    FOLDER = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2  # in words
    PROGRESS = Qt.ItemDataRole.UserRole + 3  # 0 to 1 while at work, else None


class DocumentsModel(QAbstractListModel):
    """Documents by name. What is removed but may come back is hidden (see `hide`)."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[Document] = []
        self._known: dict[int, Document] = {}  # the same ones, by id
        self._hidden: set[int] = set()
        self._paces: dict[int, Pace] = {}
        self.at_work = Tally()

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        offered = _OFFERED.get(role)
        return None if offered is None else offered(self, self._rows[index.row()])

    def state_in_words(self, document: Document) -> str:
        """Where a document stands, with the time left as its pace so far suggests."""
        pace = self._paces.get(document.id)
        return state_in_words(document, pace.seconds_left(_left(document)) if pace else None)

    # -- what the page does

    def reset(self, documents: Iterable[Document]) -> None:
        """Show these documents, less the hidden ones."""
        self.beginResetModel()
        self._rows = sorted((d for d in documents if d.id not in self._hidden), key=_order)
        self._known = {document.id: document for document in self._rows}
        self.at_work = Tally()
        for document in self._rows:
            self.at_work.count(document)
        self.endResetModel()

    def put(self, document: Document) -> None:
        """Show the newest record of a document, in its place."""
        if document.id in self._hidden:
            return
        self._paces.setdefault(document.id, Pace()).mark(time.monotonic(), _done(document))
        row = self.row_of(document.id)
        before = self._known.get(document.id)
        if before is not None:
            self.at_work.count(before, -1)
        self.at_work.count(document)
        if row is not None and before is not None and _order(before) != _order(document):
            self._take_out(row)  # its file was renamed
            row = None
        self._known[document.id] = document
        if row is not None:
            self._rows[row] = document
            here = self.index(row)
            self.dataChanged.emit(here, here)
            return
        row = bisect(self._rows, _order(document), key=_order)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, document)
        self.endInsertRows()

    def hide(self, document_id: int) -> Document | None:
        """Take a document out of sight, whatever news of it still comes; returns its record."""
        self._hidden.add(document_id)
        row = self.row_of(document_id)
        if row is None:
            return None
        document = self._take_out(row)
        del self._known[document_id]
        self.at_work.count(document, -1)
        return document

    def _take_out(self, row: int) -> Document:
        self.beginRemoveRows(QModelIndex(), row, row)
        document = self._rows.pop(row)
        self.endRemoveRows()
        return document

    def show(self, document: Document) -> None:
        """Bring a hidden document back."""
        self._hidden.discard(document.id)
        self.put(document)

    def row_of(self, document_id: int) -> int | None:
        document = self._known.get(document_id)
        return None if document is None else bisect_left(self._rows, _order(document), key=_order)

    def document(self, row: int) -> Document:
        return self._rows[row]

    def between(self, first: int, behind: int) -> list[Document]:
        """Those in the rows from `first` to before `behind`."""
        return self._rows[first:behind]

    def documents(self) -> list[Document]:
        return list(self._rows)


def _order(document: Document) -> tuple[str, int]:
    return document.name.casefold(), document.id


def _done(document: Document) -> int:
    if document.state is DocumentState.INDEXING:
        return document.pages_indexed
    return 0


def _left(document: Document) -> int:
    if document.state is DocumentState.INDEXING:
        return max(0, document.page_count - document.pages_indexed)
    return 0


_OFFERED: dict[int, Callable[[DocumentsModel, Document], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda _, document: document.name,
    Qt.ItemDataRole.AccessibleTextRole: lambda model, document: (
        f"{document.name}, {model.state_in_words(document)}"
    ),
    Role.DOCUMENT: lambda _, document: document,
    Role.FOLDER: lambda _, document: str(document.path.parent),
    Role.STATE: lambda model, document: model.state_in_words(document),
    Role.PROGRESS: lambda _, document: progress(document),
}
