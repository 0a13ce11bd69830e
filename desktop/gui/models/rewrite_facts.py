"""The facts that differ in a rewrite, and below them what was kept, as a list for Qt.

Holds what it is given; what is confirmed it asks of the decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop.domain.facts import FactChange
from desktop.domain.rewrites import Kept
from desktop.gui.models.decisions import Decisions
from desktop.gui.models.rewrite_words import fact_in_words, kept_in_words
from desktop.gui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RewriteFactsModel(QAbstractListModel):
    """Facts first, in the order given; what was kept comes last."""

    def __init__(self, decisions: Decisions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decisions = decisions
        self._facts: list[FactChange] = []
        self._kept: list[Kept] = []
        decisions.confirmedChanged.connect(self._confirmed)

    def show(self, facts: Sequence[FactChange], kept: Sequence[Kept]) -> None:
        """Show these instead of those before."""
        if list(facts) == self._facts and list(kept) == self._kept:
            return
        self.beginResetModel()
        self._facts, self._kept = list(facts), list(kept)
        self.endResetModel()

    def fact(self, row: int) -> FactChange | None:
        """The fact in that row; None for what was kept."""
        return self._facts[row] if 0 <= row < len(self._facts) else None

    def kept(self) -> int:
        return len(self._kept)

    def unconfirmed(self) -> list[int]:
        """The rows of the facts that differ for certain and that nobody has confirmed."""
        return [row for row, fact in enumerate(self._facts) if self._waits(fact)]

    def doubtful(self) -> int:
        """How many may differ, and keep nothing waiting."""
        return sum(fact.doubtful for fact in self._facts)

    # -- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._facts) + len(self._kept)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._words(index.row())
        if role == Qt.ItemDataRole.ForegroundRole:
            fact = self.fact(index.row())
            to_do = fact is not None and self._waits(fact)
            return QColor(tokens().danger if to_do else tokens().muted)
        return None

    def _waits(self, fact: FactChange) -> bool:
        return not fact.doubtful and not self._decisions.is_confirmed(fact)

    def _words(self, row: int) -> str:
        fact = self.fact(row)
        if fact is None:
            return kept_in_words(self._kept[row - len(self._facts)])
        if self._decisions.is_confirmed(fact):
            return self.tr("Confirmed. {fact}").format(fact=fact_in_words(fact))
        return fact_in_words(fact)

    def _confirmed(self) -> None:
        if self._facts:
            self.dataChanged.emit(self.index(0), self.index(len(self._facts) - 1))
