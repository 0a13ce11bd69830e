"""Tables in an answer: their looks, and long ones, that go on in a further table right below.

Qt lays a table out as a whole. In one that grows, each row would cost as much as all before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from desktop.gui.theme import GRID, Tokens


def join_rows(
    document: QTextDocument, start: int, shares: Sequence[float], colours: Tokens
) -> None:
    """Let the table behind `start` go on from the one before."""
    widths = [QTextLength(QTextLength.Type.PercentageLength, share) for share in shares]
    between = document.findBlock(start)
    QTextCursor(between).setBlockFormat(nothing())
    _join(QTextCursor(between.previous()).currentTable(), widths, colours, above=False)
    table = QTextCursor(between.next()).currentTable()
    if table is not None:
        table.removeRows(0, 1)
        _join(table, widths, colours, above=True)


def nothing() -> QTextBlockFormat:
    """Of a block between tables, that has to be there."""
    form = QTextBlockFormat()
    form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return form


def _join(
    table: QTextTable | None, widths: list[QTextLength], colours: Tokens, *, above: bool
) -> None:
    """Let a table be as wide as it can, with nothing between it and one above or below it."""
    if table is None:
        return
    _space_table(table, colours)
    form = table.format()
    form.setColumnWidthConstraints(widths)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if above:
        form.setTopMargin(0)
    else:
        form.setBottomMargin(0)
    table.setFormat(form)


def space_tables(document: QTextDocument, start: int, colours: Tokens) -> None:
    block = document.findBlock(start)
    while block.isValid():
        cursor = QTextCursor(block)
        table: QTextTable | None = cursor.currentTable()
        if table is not None:
            _space_table(table, colours)
            block = document.findBlock(table.lastPosition())
        block = block.next()


def _space_table(table: QTextTable, colours: Tokens) -> None:
    form = table.format()
    if form.borderBrush().color() == QColor(colours.border):
        return
    form.setCellPadding(GRID // 2)
    form.setCellSpacing(0)
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QColor(colours.border))
    form.setTopMargin(GRID // 2)
    form.setBottomMargin(GRID)
    table.setFormat(form)
