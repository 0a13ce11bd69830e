"""The ledger as a table: every request that left this computer, and those refused before.

Holds what it is given, the newest on top; the text of a cell is plain, whoever wrote it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.domain.hub import Request
from desktop.gui.models import figures

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()
# What a spreadsheet takes for a formula at the beginning of a cell (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")

translate = QCoreApplication.translate


def headings() -> tuple[str, ...]:
    return (
        translate("Ledger", "When"),
        translate("Ledger", "What for"),
        translate("Ledger", "Host"),
        translate("Ledger", "Path"),
        translate("Ledger", "Answer"),
        translate("Ledger", "Bytes"),
    )


def answer(request: Request) -> str:
    """What came of it: the status, or why there was none."""
    if request.status and request.outcome:
        return f"{request.status}, {request.outcome}"
    return str(request.status) if request.status else request.outcome


_CELLS: tuple[Callable[[Request], str], ...] = (
    lambda request: figures.moment(request.at),
    lambda request: request.purpose,
    lambda request: request.host,
    lambda request: f"{request.method} {request.path}",
    answer,
    lambda request: figures.number(request.received),
)


class LedgerModel(QAbstractTableModel):
    """One row a request."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests: list[Request] = []

    def show_requests(self, requests: Sequence[Request]) -> None:
        """Show these, given oldest first."""
        self.beginResetModel()
        self._requests = list(reversed(requests))
        self.endResetModel()

    def requests(self) -> list[Request]:
        return list(self._requests)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._requests)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(_CELLS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _CELLS[index.column()](self._requests[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:  # in full; escaped, or it might be read as markup
            return escape(_CELLS[index.column()](self._requests[index.row()]))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == len(_CELLS) - 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        horizontal = orientation is Qt.Orientation.Horizontal
        if horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(_CELLS):
            return headings()[section]
        return None


def as_csv(requests: Sequence[Request]) -> str:
    """The ledger for a spreadsheet, oldest first; nothing in it is taken for a formula there."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(("when", "what for", "method", "host", "path", "status", "outcome", "bytes"))
    for request in requests:
        cells = (
            figures.moment(request.at),
            request.purpose,
            request.method,
            request.host,
            request.path,
            request.status,
            request.outcome,
            request.received,
        )
        lines.writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
