"""What is shown over the window while files are dragged across it. Takes no event itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.gui import theme

INSET = 2 * theme.GRID
ICON = 48


class DropOverlay(QWidget):
    """A calm veil with one sentence, as large as its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("drop.overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sentence = ""
        self.spared: QWidget | None = None  # at the left; takes drops of its own
        self.hide()

    def cover(self, *, models: bool = False) -> None:
        """Show over the whole parent, saying what comes of the files: models, or documents.

        Documents may be dropped on what is `spared`: that is left free.
        """
        if models:
            self._sentence = self.tr("Drop to add to your models")
        else:
            self._sentence = self.tr("Drop to add to your documents")
        self.setAccessibleName(self._sentence)
        place = self._window.rect()
        spared = self.spared
        if spared is not None and spared.isVisible() and not models:
            place.setLeft(spared.mapTo(self._window, spared.rect().topRight()).x() + 1)
        self.setGeometry(place)
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colours.window)
        ground.setAlphaF(0.92)
        painter.fillRect(self.rect(), ground)
        frame = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        pen = QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, theme.GRID, theme.GRID)
        middle = self.rect().center()
        size = QSize(ICON, ICON)
        drop = theme.icon("drop", colours.accent, ICON).pixmap(size, self.devicePixelRatioF())
        painter.drawPixmap(middle.x() - ICON // 2, middle.y() - ICON, drop)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        words = QRectF(0, middle.y() + theme.GRID, self.width(), 4 * theme.GRID)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._sentence)
