"""Lists of models, offers and downloads as Qt shows them: records, and how a row puts each.

Holds records that it is given and the one function that describes them; calls no service.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()


class Tone(IntEnum):
    """How a verdict is coloured; it is always said in words as well."""

    GOOD = 0
    PLAIN = 1
    BAD = 2


class Role(IntEnum):
    """What a row offers beside Qt's own roles."""

    RECORD = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1  # a `Row`


@dataclass(frozen=True, slots=True)
class Row:
    """One record in words. Text is plain, whoever wrote it.

    `mark` is a word in the accent colour beside the title, `verdict` one at the right edge;
    `progress` is 0 to 1 while something is under way. A row of depth 1 belongs to the one above.
    `group` is a heading over all that follow each other with the same one.
    """

    title: str
    beside: str = ""
    line: str = ""
    mark: str = ""
    verdict: str = ""
    tone: Tone = Tone.PLAIN
    progress: float | None = None
    icon: str = "models"
    depth: int = 0
    trouble: bool = False
    faded: bool = False
    group: str = ""

    def spoken(self) -> str:
        """All of it, for somebody who hears it."""
        said = (self.group, self.title, self.mark, self.beside, self.line, self.verdict)
        return ", ".join(part for part in said if part)


class RowsModel(QAbstractListModel):
    """Records in the order they were given; `key` tells one from another."""

    def __init__(
        self,
        key: Callable[[Any], Hashable],
        describe: Callable[[Any], Row],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._describe = describe
        self._records: list[Any] = []
        self._places: dict[Hashable, int] = {}

    # -- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._records):
            return None
        record = self._records[index.row()]
        if role == Role.RECORD:
            return record
        if role == Role.ROW:
            return self._describe(record)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._describe(record).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._describe(record).spoken()
        return None

    # -- what a view does

    def show_records(self, records: Sequence[Any]) -> None:
        """Show these; where they are the same ones as before, only anew."""
        keys = [self._key(record) for record in records]
        if keys == list(self._places):
            self._records = list(records)
            if keys:
                self.dataChanged.emit(self.index(0), self.index(len(keys) - 1))
            return
        self.beginResetModel()
        self._records = list(records)
        self._places = {key: row for row, key in enumerate(keys)}
        self.endResetModel()

    def put(self, record: Any) -> None:
        """Show the newest state of a record that is shown; others are left alone."""
        row = self.row_of(self._key(record))
        if row is not None:
            self._records[row] = record
            self.dataChanged.emit(self.index(row), self.index(row))

    def insert(self, row: int, records: Sequence[Any]) -> None:
        """Show these, too, from `row` on."""
        if not records:
            return
        self.beginInsertRows(NOWHERE, row, row + len(records) - 1)
        self._records[row:row] = records
        self._count()
        self.endInsertRows()

    def remove(self, row: int, count: int) -> None:
        """Show `count` fewer, from `row` on."""
        if count <= 0:
            return
        self.beginRemoveRows(NOWHERE, row, row + count - 1)
        del self._records[row : row + count]
        self._count()
        self.endRemoveRows()

    def row_of(self, key: Hashable) -> int | None:
        return self._places.get(key)

    def record(self, row: int) -> Any:
        return self._records[row]

    def records(self) -> list[Any]:
        return list(self._records)

    def _count(self) -> None:
        self._places = {self._key(record): row for row, record in enumerate(self._records)}
