"""How a place that was found looks: the chat's title, the text with the words lit, and the day.

The text is laid out as plain text with formats over it; nothing of it is ever markup.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.gui import theme
from desktop.gui.models.found import FoundModel, day_of
from desktop.gui.widgets.utf16 import Places
from desktop.services.conversations import Found

Index = QModelIndex | QPersistentModelIndex

LINES = 2  # of the text
EDGE = theme.GRID

_ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class FoundRow(QStyledItemDelegate):
    """Every row is as high as the highest: a line for title and day, two for the text."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(20 * theme.GRID, (LINES + 2) * line + 3 * theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(FoundModel.FOUND)
        if not isinstance(found, Found):
            return
        colours = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, colours)
        inner = option.rect.adjusted(EDGE, theme.GRID, -EDGE, -theme.GRID)
        line = option.fontMetrics.lineSpacing()
        self._title(painter, option, QRect(inner.left(), inner.top(), inner.width(), line), found)
        painter.setPen(QColor(colours.text))
        top = inner.top() + line + theme.GRID // 4
        self._text(painter, option, QPointF(inner.left(), top), inner.width(), found)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        foot = QRect(inner.left(), inner.bottom() - line, inner.width(), line)
        painter.drawText(foot, _ONE_LINE | Qt.AlignmentFlag.AlignLeft, day_of(found))
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, colours: theme.Tokens
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.accent_soft))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.hover))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        painter.setPen(QColor(colours.accent) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6)

    def _title(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, found: Found
    ) -> None:
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        title = QFontMetrics(strong).elidedText(
            found.mention.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setFont(strong)
        painter.setPen(QColor(theme.tokens().text))
        painter.drawText(room, _ONE_LINE | Qt.AlignmentFlag.AlignLeft, title)

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        at: QPointF,
        width: int,
        found: Found,
    ) -> None:
        layout = QTextLayout(found.excerpt, option.font)
        wrapped = QTextOption()
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(wrapped)
        places = Places(found.excerpt)
        lit = QTextCharFormat()
        lit.setBackground(QColor(theme.tokens().lit))
        formats = []
        for start, end in found.places:
            one = QTextLayout.FormatRange()
            one.start, one.length = places.of(start), places.of(end) - places.of(start)
            one.format = lit
            formats.append(one)
        layout.setFormats(formats)
        layout.beginLayout()
        height = 0.0
        for _ in range(LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        layout.draw(painter, at)
