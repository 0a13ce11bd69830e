"""Page images as files: PNG, with what is lit marked as with a marker on paper."""

from __future__ import annotations

import io

from desktop.domain.documents import PageImage

LIT = (255, 224, 138)  # as in the window
COLOURS = 256  # more would make a scan several times as large


def png(image: PageImage) -> bytes:
    """The page with its passages lit."""
    from PIL import Image, ImageChops, ImageDraw

    page = Image.frombytes("RGB", (image.width, image.height), image.pixels)
    if image.lit:
        marker = Image.new("RGB", page.size, "white")
        draw = ImageDraw.Draw(marker)
        for lit in image.lit:
            right, bottom = lit.left + lit.width, lit.top + lit.height
            draw.rectangle((lit.left, lit.top, right, bottom), fill=LIT)
        page = ImageChops.multiply(page, marker)  # the words stay as dark as they are
    packed = io.BytesIO()
    page.quantize(COLOURS).save(packed, "PNG", optimize=True)
    return packed.getvalue()
