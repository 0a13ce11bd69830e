"""The list of documents as Qt shows it, with each document's state in words.

Holds records that the services have given it; calls no service and paints nothing.
"""

from __future__ import annotations

import time
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Sequence, Set
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from desktop.domain.documents import Document, DocumentState
from desktop.gui.models.collections import DOCUMENTS, dragged
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
        self._only: frozenset[int] | None = None  # a collection's documents; None for all
        self._gone = False  # what is shown are the hidden ones
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
        """Know these documents, and show them less the hidden ones."""
        hidden = {number: self._known[number] for number in self._hidden & self._known.keys()}
        self._known = hidden | {document.id: document for document in documents}
        self._show_rows()

    def narrow(self, only: frozenset[int] | None, *, removed: bool = False) -> None:
        """Show the documents with these ids (None: all of them), or else what was removed."""
        if (self._only, self._gone) != (only, removed):
            self._only, self._gone = only, removed
            self._show_rows()

    def set_removed(self, removed: Iterable[Document], leaving: Set[int]) -> None:
        """Hide what was removed; what is hidden and neither that nor `leaving` is gone for good."""
        there = {document.id: document for document in removed}
        gone = self._hidden - there.keys() - leaving
        if there.keys() <= self._hidden and not gone:
            return
        self._hidden = (self._hidden - gone) | there.keys()
        self._known = {n: d for n, d in (self._known | there).items() if n not in gone}
        self._show_rows()

    def put(self, document: Document) -> None:
        """Show the newest record of a document, in its place."""
        if document.id in self._hidden or not self._is_shown(document.id):
            self._know(document)
            return
        self._paces.setdefault(document.id, Pace()).mark(time.monotonic(), _done(document))
        row = self.row_of(document.id)
        if row is not None and _order(self._rows[row]) != _order(document):  # it was renamed
            self._take_row(row)
            row = None
        self._know(document)
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
        document = self._known.get(document_id)
        row = self.row_of(document_id)
        self._count(document_id, -1)
        self._hidden.add(document_id)
        if row is not None and not self._is_shown(document_id):
            self._take_row(row)
        return document

    def hide_all(self, document_ids: Set[int]) -> list[Document]:
        """Take many out of sight at once; returns their records."""
        self._hidden |= document_ids
        self._show_rows()
        return [self._known[number] for number in document_ids & self._known.keys()]

    def show(self, document: Document) -> None:
        """Bring a hidden document back."""
        row = self.row_of(document.id)
        if document.id in self._hidden:
            self._hidden.discard(document.id)
            self._count(document.id)
        if row is not None and not self._is_shown(document.id):  # of what was removed
            self._take_row(row)
        self.put(document)

    def row_of(self, document_id: int) -> int | None:
        """Where a document stands; None if it is not shown."""
        document = self._known.get(document_id)
        if document is None:
            return None
        row = bisect_left(self._rows, _order(document), key=_order)
        return row if row < len(self._rows) and self._rows[row].id == document_id else None

    def document(self, row: int) -> Document:
        return self._rows[row]

    def between(self, first: int, behind: int) -> list[Document]:
        """Those in the rows from `first` to before `behind`."""
        return self._rows[first:behind]

    def documents(self) -> list[Document]:
        """All that are known and not hidden, shown or not."""
        return [document for number, document in self._known.items() if number not in self._hidden]

    def ids(self) -> Set[int]:
        """The ids of `documents`."""
        return self._known.keys() - self._hidden

    def knows(self, document_id: int) -> bool:
        return document_id in self._known

    def hides(self, document_id: int) -> bool:
        return document_id in self._hidden

    def _know(self, document: Document) -> None:
        self._count(document.id, -1)
        self._known[document.id] = document
        self._count(document.id)

    def _count(self, document_id: int, by: int = 1) -> None:
        if document_id in self._known and document_id not in self._hidden:
            self.at_work.count(self._known[document_id], by)

    def _is_shown(self, document_id: int) -> bool:
        if self._gone or document_id in self._hidden:
            return self._gone and document_id in self._hidden
        return self._only is None or document_id in self._only

    def _take_row(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()

    def _show_rows(self) -> None:
        self.at_work = Tally()
        for document_id in self._known:
            self._count(document_id)
        self.beginResetModel()
        self._rows = sorted((d for n, d in self._known.items() if self._is_shown(n)), key=_order)
        self.endResetModel()

    # -- dragging to a collection

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return dragged([self._rows[index.row()].id for index in indexes])


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
