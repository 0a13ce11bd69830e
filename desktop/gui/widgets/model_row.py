"""How a model looks in a list: title and mark, a second line, a verdict or a bar at the right.

Paints what the list's model describes; text is drawn as it is, never as markup.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.gui import theme
from desktop.gui.models.rows import Role, Row, Tone
from desktop.gui.widgets.row_ground import paint_ground

EDGE = 2 * theme.GRID
ICON = 24
INDENT = 4 * theme.GRID
BAR = 6
BAR_WIDTH = 20 * theme.GRID
HEADING = 2 * theme.GRID  # what a heading takes beside its line

Index = QModelIndex | QPersistentModelIndex

_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.TextElideMode.ElideRight


class ModelRow(QStyledItemDelegate):
    """Two lines a row, all rows of one height; above the first of a group, what it is called."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        height = 2 * line + 3 * theme.GRID
        if _heading(index):
            height += line + HEADING
        return QSize(30 * theme.GRID, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        if not isinstance(row, Row):
            return
        colours = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heading = _heading(index)
        if heading:
            option = QStyleOptionViewItem(option)
            self._head(painter, option, heading, colours)
        inner = option.rect.adjusted(EDGE + row.depth * INDENT, theme.GRID, -EDGE, -theme.GRID)
        paint_ground(painter, option, colours, across=4, down=2)
        if row.faded:
            painter.setOpacity(0.7)
        ratio = painter.device().devicePixelRatioF()
        drawn = theme.icon(row.icon, colours.muted, ICON).pixmap(QSize(ICON, ICON), ratio)
        painter.drawPixmap(inner.left(), inner.center().y() - ICON // 2, drawn)
        inner.setLeft(inner.left() + ICON + theme.GRID + theme.GRID // 2)
        if row.progress is not None:
            self._bar(painter, inner, row.progress, colours)
            inner.setRight(inner.right() - BAR_WIDTH - EDGE)
        elif row.verdict:
            used = self._verdict(painter, option, inner, row, colours)
            inner.setRight(inner.right() - used - theme.GRID)
        self._lines(painter, option, inner, row, colours)
        painter.restore()

    def _head(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        heading: str,
        colours: theme.Tokens,
    ) -> None:
        """Draw the heading, and leave the rest of the place to the row."""
        line = option.fontMetrics.height()
        place = option.rect.adjusted(EDGE, theme.GRID, -EDGE, 0)
        place.setHeight(line)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        said = option.fontMetrics.elidedText(heading, _RIGHT, place.width())
        painter.drawText(place, _LINE, said)
        option.rect = option.rect.adjusted(0, line + HEADING, 0, 0)

    def _bar(self, painter: QPainter, inner: QRect, share: float, colours: theme.Tokens) -> None:
        place = QRectF(inner.right() - BAR_WIDTH, inner.center().y() - BAR / 2, BAR_WIDTH, BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(place, BAR / 2, BAR / 2)
        place.setWidth(max(BAR, BAR_WIDTH * min(1.0, share)) if share else 0)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(place, BAR / 2, BAR / 2)

    def _verdict(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        row: Row,
        colours: theme.Tokens,
    ) -> int:
        """Draw the verdict in its pill; the width that took."""
        ground, ink = {
            Tone.GOOD: (colours.accent_soft, colours.text),
            Tone.PLAIN: (colours.hover, colours.text),
            Tone.BAD: (colours.danger_soft, colours.danger),
        }[row.tone]
        if option.state & QStyle.StateFlag.State_Selected:
            ground = colours.surface
        metrics = option.fontMetrics
        width = metrics.horizontalAdvance(row.verdict) + 3 * theme.GRID
        height = metrics.height() + theme.GRID // 2
        place = QRectF(inner.right() - width, inner.center().y() - height / 2, width, height)
        painter.setPen(QColor(colours.border))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(option.font)
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, row.verdict)
        return width

    def _lines(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        row: Row,
        colours: theme.Tokens,
    ) -> None:
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        line = QFontMetrics(option.font).height()
        top = inner.center().y() - line - theme.GRID // 4
        first = QRect(inner.left(), top, inner.width(), line)
        second = QRect(inner.left(), top + line + theme.GRID // 2, inner.width(), line)
        metrics = QFontMetrics(strong)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideMiddle, first.width())
        painter.setFont(strong)
        painter.setPen(QColor(colours.text))
        painter.drawText(first, _LINE, title)
        room = first.adjusted(metrics.horizontalAdvance(title) + EDGE, 0, 0, 0)
        painter.setFont(option.font)
        if row.mark and room.width() > 0:
            mark = option.fontMetrics.elidedText(row.mark, _RIGHT, room.width())
            painter.setPen(QColor(colours.accent))
            painter.drawText(room, _LINE, mark)
            room.setLeft(room.left() + option.fontMetrics.horizontalAdvance(mark) + EDGE)
        painter.setPen(QColor(colours.muted))
        beside = option.fontMetrics.elidedText(row.beside, _RIGHT, max(0, room.width()))
        painter.drawText(room, _LINE, beside)
        painter.setPen(QColor(colours.danger if row.trouble else colours.muted))
        said = option.fontMetrics.elidedText(row.line, _RIGHT, second.width())
        painter.drawText(second, _LINE, said)


def _heading(index: Index) -> str:
    """The name of the group that begins with this row, "" for none."""
    row = index.data(Role.ROW)
    if not isinstance(row, Row) or not row.group:
        return ""
    above = index.sibling(index.row() - 1, 0).data(Role.ROW)
    return "" if isinstance(above, Row) and above.group == row.group else row.group
