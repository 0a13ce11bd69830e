"""How one document looks in the list: name and folder, its state, and a bar while it is worked on.

Paints what the model offers; the text is drawn as it is, never as markup.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.documents import DocumentState
from desktop.gui import theme
from desktop.gui.models.documents import Role
from desktop.gui.widgets.row_ground import paint_ground

EDGE = 2 * theme.GRID
ICON = 24
BAR = 6
BAR_WIDTH = 20 * theme.GRID

Index = QModelIndex | QPersistentModelIndex


class DocumentRow(QStyledItemDelegate):
    """Two lines a document; its second line is the state, in words."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(30 * theme.GRID, 2 * line + 3 * theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        document = index.data(Role.DOCUMENT)
        if document is None:
            return
        colours = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, colours, across=4, down=2)
        inner = option.rect.adjusted(EDGE, theme.GRID, -EDGE, -theme.GRID)
        name = "lock" if document.state is DocumentState.LOCKED else "documents"
        ratio = painter.device().devicePixelRatioF()
        drawn = theme.icon(name, colours.muted, ICON).pixmap(QSize(ICON, ICON), ratio)
        painter.drawPixmap(inner.left(), inner.center().y() - ICON // 2, drawn)
        inner.setLeft(inner.left() + ICON + theme.GRID + theme.GRID // 2)
        share = index.data(Role.PROGRESS)
        if share is not None:
            self._bar(painter, inner, share, colours)
            inner.setRight(inner.right() - BAR_WIDTH - EDGE)
        self._lines(painter, option, inner, index, colours)
        painter.restore()

    def _bar(self, painter: QPainter, inner: QRect, share: float, colours: theme.Tokens) -> None:
        place = QRectF(inner.right() - BAR_WIDTH, inner.center().y() - BAR / 2, BAR_WIDTH, BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(place, BAR / 2, BAR / 2)
        place.setWidth(max(BAR, BAR_WIDTH * min(1.0, share)) if share else 0)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(place, BAR / 2, BAR / 2)

    def _lines(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        index: Index,
        colours: theme.Tokens,
    ) -> None:
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        line = QFontMetrics(option.font).height()
        top = inner.center().y() - line - theme.GRID // 4
        first = QRect(inner.left(), top, inner.width(), line)
        second = QRect(inner.left(), top + line + theme.GRID // 2, inner.width(), line)
        metrics = QFontMetrics(strong)
        name = metrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)),
            Qt.TextElideMode.ElideMiddle,
            first.width(),
        )
        painter.setFont(strong)
        painter.setPen(QColor(colours.text))
        painter.drawText(first, _LINE, name)
        used = metrics.horizontalAdvance(name) + EDGE
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        room = first.adjusted(used, 0, 0, 0)
        folder = option.fontMetrics.elidedText(
            str(index.data(Role.FOLDER)), Qt.TextElideMode.ElideMiddle, max(0, room.width())
        )
        painter.drawText(room, _LINE, folder)
        if index.data(Role.DOCUMENT).state in (DocumentState.FAILED, DocumentState.LOCKED):
            painter.setPen(QColor(colours.danger))
        state = option.fontMetrics.elidedText(
            str(index.data(Role.STATE)), Qt.TextElideMode.ElideRight, second.width()
        )
        painter.drawText(second, _LINE, state)


_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
