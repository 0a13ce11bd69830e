"""Images: PNG, JPEG, TIFF and their like, through Pillow; every image of a file is a page."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Sequence

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.domain.documents import Unit
from desktop.domain.errors import DocumentChanged, DocumentDamaged, DocumentTooDemanding
from desktop.workers.reader.drawing import Drawing, image_size
from desktop.workers.reader.formats.blocks import ReadPage
from desktop.workers.reader.formats.readable import Told
from desktop.workers.reader.formats.recognition import LONGEST_SIDE, Pixels, scanned

MOST_PIXELS = 80_000_000  # of an image; 240 MB when unpacked
MOST_IMAGES = 2_000  # of a file
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")

Image.MAX_IMAGE_PIXELS = None  # judged here, by the same measure for every format


class ScanFile:
    """A file of images. Pages count from 1."""

    def __init__(self, content: bytes, name: str, recognizer: str = "") -> None:
        """`recognizer` is the file that OCR reads with, "" what is carried along.

        Raises DocumentDamaged, DocumentTooDemanding."""
        self._name = name
        self._recognizer = recognizer
        try:
            self._image = Image.open(io.BytesIO(content), formats=FORMATS)
            frames = getattr(self._image, "n_frames", 1)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise DocumentDamaged(file=name) from error
        self._measure()
        self.page_count = 1 if self._image.format == "GIF" else max(1, min(frames, MOST_IMAGES))
        self.told = Told()

    def read(self, number: int) -> Generator[None, None, ReadPage]:
        """What OCR reads on an image."""
        image = self._frame(number)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        pixels: Pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
        yield
        found = yield from scanned(pixels, self._recognizer)
        return ReadPage(found.text, unit=Unit.SCAN, confidence=found.confidence, lines=found.lines)

    def draw(
        self,
        number: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],  # noqa: ARG002 - lit by whoever stored the lines
        cancelled: Callable[[], bool],  # noqa: ARG002 - quick
    ) -> Drawing:
        """The image, `width` pixels wide or as wide as the limits allow."""
        if not 1 <= number <= self.page_count:
            raise DocumentChanged(file=self._name)
        image = self._frame(number)
        size = image_size(image.width, image.height, width)
        return Drawing(*size, image.resize(size).tobytes(), [])

    def _frame(self, number: int) -> Image.Image:
        """One image, upright, in RGB on white."""
        try:
            self._image.seek(number - 1)
            self._measure()
            upright = ImageOps.exif_transpose(self._image)
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                upright = upright.convert("RGBA")
                white = Image.new("RGBA", upright.size, "white")
                return Image.alpha_composite(white, upright).convert("RGB")
            return upright.convert("RGB")
        except (OSError, EOFError, ValueError, SyntaxError) as error:
            raise DocumentDamaged(file=self._name) from error

    def _measure(self) -> None:
        if self._image.width * self._image.height > MOST_PIXELS:
            raise DocumentTooDemanding(file=self._name, resource="memory")
