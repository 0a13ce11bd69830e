"""The conversations as a list model: in groups under headings, renamed in place, some hidden.

Holds what it is given; the store is changed by whoever listens to `renamed`. What is shown is
everything that is not archived, the archive, or one folder (`view`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.chat import Conversation
from desktop.gui.models.conversation_groups import Row, in_groups

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()
EVERYTHING, ARCHIVE = 0, -1  # views; any other one is the id of a folder


class ConversationsModel(QAbstractListModel):
    """`renamed` carries a conversation's id and its new title, as the user typed it.

    A heading has no ID and can neither be selected nor changed.
    """

    renamed = Signal(int, str)

    ID = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = EVERYTHING
        self._all: list[Conversation] = []
        self._rows: list[Row] = []
        self._row_of: dict[int, int] = {}
        self._hidden: set[int] = set()

    def set_conversations(self, conversations: Sequence[Conversation]) -> None:
        """Take over the whole list as it is stored."""
        self._all = list(conversations)
        self._arrange()

    def show_view(self, view: int) -> None:
        """Show EVERYTHING, the ARCHIVE, or the folder of that id."""
        self.view = view
        self._arrange()

    def hide(self, conversation_id: int) -> None:
        """Leave one out, though it is still stored."""
        self._hidden.add(conversation_id)
        self._arrange()

    def bring_back(self, conversation_id: int) -> None:
        """Show again what was hidden."""
        self._hidden.discard(conversation_id)
        self._arrange()

    def row_of(self, conversation_id: int | None) -> int | None:
        """Where a conversation stands; None if it is not shown."""
        return None if conversation_id is None else self._row_of.get(conversation_id)

    def conversation(self, conversation_id: int | None) -> Conversation | None:
        """That conversation, whatever is shown, as far as it was given."""
        return next((one for one in self._all if one.id == conversation_id), None)

    def _arrange(self) -> None:
        today = date.today()  # noqa: DTZ011 (the user's day)
        rows = in_groups((one for one in self._all if self._belongs(one)), today)
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._row_of = {row.id: at for at, row in enumerate(rows) if isinstance(row, Conversation)}
        self.endResetModel()

    def _belongs(self, conversation: Conversation) -> bool:
        if conversation.id in self._hidden:
            return False
        if conversation.archived or self.view == ARCHIVE:
            return conversation.archived and self.view == ARCHIVE
        return self.view in (EVERYTHING, conversation.folder_id)

    # -- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return row if shown else None
        said = {
            Qt.ItemDataRole.DisplayRole: row.title or self.tr("Chat without a title"),
            Qt.ItemDataRole.EditRole: row.title,
            Qt.ItemDataRole.ToolTipRole: row.title,
            Qt.ItemDataRole.AccessibleTextRole: self.tr("Chat: {title}").format(title=row.title),
            self.ID: row.id,
        }
        return said.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return super().flags(index)
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not title:
            return False
        old = self._rows[index.row()]
        if isinstance(old, str):
            return False
        if title != old.title:
            renamed = replace(old, title=title)
            self._rows[index.row()] = renamed
            self._all = [renamed if found.id == old.id else found for found in self._all]
            self.dataChanged.emit(index, index)
            self.renamed.emit(old.id, title)
        return True


def _key(row: Row) -> str | int:
    return row if isinstance(row, str) else row.id
