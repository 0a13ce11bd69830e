"""The ground of a row in a list: selected, under the pointer, with the keyboard's focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.gui.theme import Tokens

ROUND = 6  # pixels


def paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, colours: Tokens, *, across: int, down: int
) -> None:
    """Paint it, `across` and `down` pixels within the row. Leaves pen and brush as it used them."""
    within = QRectF(option.rect).adjusted(across, down, -across, -down)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(colours.accent_soft))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(colours.hover))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    focused = option.state & QStyle.StateFlag.State_HasFocus
    painter.setPen(QColor(colours.accent) if focused else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(within, ROUND, ROUND)
