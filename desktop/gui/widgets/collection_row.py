"""How a collection looks in the list: its name, and how many documents are in it at the right."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.gui import theme
from desktop.gui.models.collections import CollectionsModel
from desktop.gui.widgets.row_ground import paint_ground

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
        paint_ground(painter, option, colours, across=2, down=1)
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
