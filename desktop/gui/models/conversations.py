"""The conversations as a list model: newest use first, renamed in place, some hidden for a while.

Holds what it is given; the store is changed by whoever listens to `renamed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.chat import Conversation

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()


class ConversationsModel(QAbstractListModel):
    """`renamed` carries a conversation's id and its new title, as the user typed it."""

    renamed = Signal(int, str)

    ID = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Conversation] = []
        self._shown: list[Conversation] = []
        self._hidden: set[int] = set()

    def set_conversations(self, conversations: Sequence[Conversation]) -> None:
        """Take over the whole list as it is stored."""
        self._all = list(conversations)
        wanted = [found for found in self._all if found.id not in self._hidden]
        if [found.id for found in wanted] == [found.id for found in self._shown]:
            self._shown = wanted
            if wanted:
                self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))
            return
        self.beginResetModel()
        self._shown = wanted
        self.endResetModel()

    def hide(self, conversation_id: int) -> None:
        """Leave one out, though it is still stored."""
        self._hidden.add(conversation_id)
        row = self.row_of(conversation_id)
        if row is not None:
            self.beginRemoveRows(NOWHERE, row, row)
            del self._shown[row]
            self.endRemoveRows()

    def bring_back(self, conversation_id: int) -> None:
        """Show again what was hidden."""
        self._hidden.discard(conversation_id)
        self.set_conversations(self._all)

    def row_of(self, conversation_id: int | None) -> int | None:
        """Where a conversation stands; None if it is not shown."""
        for row, conversation in enumerate(self._shown):
            if conversation.id == conversation_id:
                return row
        return None

    # -- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        conversation = self._shown[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return conversation.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Chat: {title}").format(title=conversation.title)
        return conversation.id if role == self.ID else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not title:
            return False
        old = self._shown[index.row()]
        if title != old.title:
            renamed = replace(old, title=title)
            self._shown[index.row()] = renamed
            self._all = [renamed if found.id == old.id else found for found in self._all]
            self.dataChanged.emit(index, index)
            self.renamed.emit(old.id, title)
        return True
