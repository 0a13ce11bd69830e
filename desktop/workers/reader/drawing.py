"""A page of PDFium's on an image: its size, its pixels, and where its characters lie on it.

Works on handles that pdf.py owns (fpdfview.h, fpdf_text.h, fpdf_progressive.h); opens nothing.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from desktop.domain.errors import Cancelled
from desktop.workers.reader.geometry import Box, box_of_corners

MAX_WIDTH = 4_000  # pixels
MAX_HEIGHT = 10_000  # pixels, as protocol.Pixels allows
MAX_AREA = 16_000_000  # pixels; times 3 bytes stays under protocol.MAX_FROM_CHILD

_SUBPIXELS = 16  # FPDF_PageToDevice answers in whole pixels, so it is asked about a finer image
_WHITE = 0xFFFFFFFF


class Drawing(NamedTuple):
    """`pixels`: height x width x 3 bytes, RGB, no padding. `lit`: boxes in pixels."""

    width: int
    height: int
    pixels: bytes
    lit: list[Box]


def image_size(page_width: float, page_height: float, width: int) -> tuple[int, int]:
    """Width and height in pixels for a page of that many points, within the limits.

    The image keeps the shape of the page as far as whole pixels allow.
    """
    if not (0 < page_width < math.inf and 0 < page_height < math.inf):
        page_width, page_height = 612.0, 792.0  # PDFium's own answer to a page without a size
    shape = page_height / page_width
    widest = min(float(MAX_WIDTH), MAX_HEIGHT / shape, (MAX_AREA / shape) ** 0.5)
    wide = max(1, int(min(width, widest)))
    return wide, min(MAX_HEIGHT, max(1, round(wide * shape)))


def pixels_of(page: Any, width: int, height: int, cancelled: Callable[[], bool]) -> bytes | None:
    """The page drawn as rows of RGB, or None if PDFium cannot. Raises Cancelled."""
    buffer = (ctypes.c_ubyte * (width * height * 3))()
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    if not bitmap:
        return None
    pause = pdfium.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: cancelled())
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        status = pdfium.FPDF_RenderPageBitmap_Start(
            bitmap, page, 0, 0, width, height, 0, flags, pause
        )
        pdfium.FPDF_RenderPage_Close(page)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    if status == pdfium.FPDF_RENDER_TOBECONTINUED:
        raise Cancelled
    return bytes(buffer) if status == pdfium.FPDF_RENDER_DONE else None


def boxes_of(
    page: Any, text_page: Any, origins: Sequence[int], width: int, height: int
) -> Iterator[Box]:
    """Where the characters `origins` lie on an image of `width` x `height` pixels."""
    for index in origins:
        corners = _corners(text_page, index)
        if corners is None:
            continue
        left, bottom, right, top = corners
        first = _to_image(page, left, bottom, width, height)
        box = box_of_corners(*first, *_to_image(page, right, top, width, height))
        if box is not None:
            yield box


def _corners(text_page: Any, index: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of a character in points: as high as its font, if that is known."""
    loose = pdfium.FS_RECTF()
    if pdfium.FPDFText_GetLooseCharBox(text_page, index, loose) and (
        loose.left != loose.right and loose.bottom != loose.top
    ):
        return loose.left, loose.bottom, loose.right, loose.top
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return left.value, bottom.value, right.value, top.value
    return None


def _to_image(page: Any, x: float, y: float, width: int, height: int) -> tuple[float, float]:
    """A point of the page, in pixels from the upper left: rotation and crop box are PDFium's."""
    across, down = ctypes.c_int(), ctypes.c_int()
    finer = width * _SUBPIXELS, height * _SUBPIXELS
    pdfium.FPDF_PageToDevice(page, 0, 0, *finer, 0, x, y, across, down)
    return across.value / _SUBPIXELS, down.value / _SUBPIXELS
