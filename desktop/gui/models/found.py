"""What a search of everything said has found, as Qt shows it. Holds what it is given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.services.conversations import Found

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()


class FoundModel(QAbstractListModel):
    """Places, the newest first."""

    FOUND = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[Found] = []

    def set_found(self, found: Sequence[Found]) -> None:
        """Show these in place of what there was."""
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        found = self._found[index.row()]
        if role == self.FOUND:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.mention.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{title}, {day}: {text}").format(
                title=found.mention.title, day=day_of(found), text=found.excerpt
            )
        return None


def day_of(found: Found) -> str:
    """When that was said, in short."""
    moment = QDateTime.fromSecsSinceEpoch(int(found.mention.created))
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
