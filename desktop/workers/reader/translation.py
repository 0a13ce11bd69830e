"""What crosses the pipe to the reader's child and back, as the domain's nouns.

Believes nothing that does not fit: sizes and offsets are handed to the store and to native code.
"""

from __future__ import annotations

from desktop.domain.documents import (
    DocumentFacts,
    OutlineEntry,
    Page,
    PageImage,
    Rect,
    ScanLine,
    Unit,
)
from desktop.domain.errors import DocumentQuarantined
from desktop.workers import protocol

UNITS = frozenset(Unit)


def facts_of(opened: protocol.DocumentOpened) -> DocumentFacts:
    return DocumentFacts(
        page_count=opened.page_count,
        title=opened.title,
        author=opened.author,
        created=opened.created,
        outline=tuple(
            OutlineEntry(level, title, page)
            for level, title, page in opened.outline
            if 1 <= page <= opened.page_count
        ),
    )


def page_of(body: protocol.PageText, name: str) -> Page:
    """The page, if what is said of it fits its text: offsets into it are stored and shown."""
    if body.unit not in UNITS or any(
        not line[0] <= line[1] <= len(body.text) for line in body.lines
    ):
        raise DocumentQuarantined(file=name)
    return Page(
        number=body.number,
        label=body.label,
        text=body.text,
        heading=body.heading,
        unit=Unit(body.unit),
        confidence=body.confidence,
        lines=tuple(ScanLine(*line) for line in body.lines),
    )


def image_of(body: protocol.Body, name: str) -> PageImage:
    """The image, if its bytes are as many as it says: the window will hand them to native code."""
    if not isinstance(body, protocol.PagePixels) or (
        len(body.pixels) != body.width * body.height * 3
    ):
        raise DocumentQuarantined(file=name)
    return PageImage(body.width, body.height, body.pixels, tuple(Rect(*box) for box in body.lit))
