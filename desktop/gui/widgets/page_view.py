"""A page image with its cited passage lit, as wide as there is room, or larger.

Paints what it is given; rendering happens elsewhere. Images are prepared off the main thread by
`prepared`, which touches no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.domain.documents import PageImage, Rect
from desktop.gui.theme import GRID, LIGHT

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)  # times the width of the panel
WIDEST = 3200  # pixels that are rendered; beyond it the image is enlarged


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page image in the form that is painted quickest, and what is lit on it, in its pixels."""

    image: QImage
    lit: tuple[Rect, ...]


def prepared(page: PageImage) -> Prepared:
    """The image of a rendered page. Safe on any thread."""
    shared = QImage(
        page.pixels, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888
    )
    return Prepared(shared.convertToFormat(QImage.Format.Format_RGB32), page.lit)


def painted(page: PageImage) -> QImage:
    """The image of a rendered page with its passages lit, as on the screen. Safe on any thread."""
    ready = prepared(page)
    region = QRegion()
    for rect in page.lit:
        region += QRectF(rect.left, rect.top, rect.width, rect.height).toAlignedRect()
    painter = QPainter(ready.image)
    _light(painter, region)
    painter.end()
    return ready.image


def _light(painter: QPainter, region: QRegion) -> None:
    """Multiplied, as a marker on paper: the words stay as dark as they are."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setClipRegion(region)
    painter.fillRect(region.boundingRect(), QColor(LIGHT.lit))


class PageView(QScrollArea):
    """`resized` tells that there is more or less room than the image was made for."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sources.page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._zoom = ZOOMS.index(1.0)
        self._sheet = _Sheet()
        self.setWidget(self._sheet)

    def show_page(self, page: Prepared, name: str, passage: str) -> None:
        """Show a page; `name` and `passage` are what a screen reader says."""
        self._sheet.setAccessibleName(name)
        self._sheet.setAccessibleDescription(passage)
        self._sheet.show_page(page)
        self._fit()
        self.show_lit()

    def show_lit(self) -> None:
        """Scroll so that what is lit begins in the upper third."""
        lit = self._sheet.lit()
        if not lit.isEmpty():
            self.verticalScrollBar().setValue(lit.top() - self.viewport().height() // 3)
            self.horizontalScrollBar().setValue(lit.left() - 2 * GRID)

    def width_wanted(self) -> int:
        """How wide an image should be, in device pixels."""
        return min(round(self._width() * self.devicePixelRatioF()), WIDEST)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by so many steps; 0 fits the width again."""
        wanted = self._zoom + steps if steps else ZOOMS.index(1.0)
        self._zoom = min(max(wanted, 0), len(ZOOMS) - 1)
        self._fit()
        self.show_lit()

    @property
    def zoom(self) -> float:
        return ZOOMS[self._zoom]

    def lit_region(self) -> QRect:
        """The rectangle around what is lit, in the coordinates of the page's widget."""
        return self._sheet.lit()

    def _width(self) -> int:
        return max(round(self.viewport().width() * self.zoom), 8 * GRID)

    def _fit(self) -> None:
        self._sheet.set_width(self._width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            self.resized.emit()
            event.accept()
            return
        super().wheelEvent(event)


class _Sheet(QWidget):
    """The paper: always light, as printed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._page: Prepared | None = None

    def show_page(self, page: Prepared) -> None:
        self._page = page
        self.update()

    def set_width(self, width: int) -> None:
        if self._page is not None:
            image = self._page.image
            self.setFixedSize(QSize(width, round(width * image.height() / image.width())))

    def lit(self) -> QRect:
        return self._region(self._page.lit).boundingRect() if self._page else QRect()

    def _region(self, lit: Sequence[Rect]) -> QRegion:
        """What is lit, without overlaps, in widget coordinates."""
        region = QRegion()
        if self._page is not None:
            scale = self.width() / self._page.image.width()
            for rect in lit:
                placed = QRectF(rect.left, rect.top, rect.width, rect.height)
                scaled = QRectF(
                    placed.left() * scale,
                    placed.top() * scale,
                    placed.width() * scale,
                    placed.height() * scale,
                )
                region += scaled.toAlignedRect()
        return region

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRegion(event.region())
        painter.drawImage(self.rect(), self._page.image)
        _light(painter, self._region(self._page.lit) & event.region())
        painter.end()
