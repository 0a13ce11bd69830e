"""How headings and conversations look in the list of chats. Draws plain text alone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.gui import theme
from desktop.gui.models.conversations import ConversationsModel

Index = QModelIndex | QPersistentModelIndex

_AT_FOOT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine


class ConversationRow(QStyledItemDelegate):
    """A heading stands muted at the foot of its row; a conversation looks as the style has it."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(20 * theme.GRID, option.fontMetrics.height() + 2 * theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(ConversationsModel.ID) is not None:
            super().paint(painter, option, index)
            return
        painter.save()
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().muted))
        room = option.rect.adjusted(theme.GRID, 0, -theme.GRID, -theme.GRID // 2)
        painter.drawText(room, _AT_FOOT, str(index.data()))
        painter.restore()
