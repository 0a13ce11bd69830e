"""How a collection looks in the list: its name, and how many documents are in it at the right."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.gui import theme
from desktop.gui.models.collections import CollectionsModel

EDGE = theme.GRID + theme.GRID // 2

Index = QModelIndex | QPersistentModelIndex

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft | _LINE, Qt.AlignmentFlag.AlignRight | _LINE


class CollectionRow(QStyledItemDelegate):
    """One line a row. Text is drawn as it is, never as markup."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(16 * theme.GRID, option.fontMetrics.height() + 2 * theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(CollectionsModel.ENTRY)
        if entry is None:
            return
        colours = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, colours)
        inner = option.rect.adjusted(EDGE, 0, -EDGE, 0)
        count = QLocale().toString(entry.count)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        painter.drawText(inner, _RIGHT, count)
        used = option.fontMetrics.horizontalAdvance(count) + theme.GRID
        room = QRect(inner.left(), inner.top(), max(0, inner.width() - used), inner.height())
        name = option.fontMetrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setPen(QColor(colours.text))
        painter.drawText(room, _LEFT, name)
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, colours: theme.Tokens
    ) -> None:
        within = QRectF(option.rect).adjusted(2, 1, -2, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.accent_soft))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.hover))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        painter.setPen(QColor(colours.accent) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(within, 6, 6)
