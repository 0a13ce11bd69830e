"""Presentations: every page is a slide, with its tables and the speaker's notes.

PPTX goes through python-pptx, ODP through odfpy, PPT through kreuzberg.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pptx
from odf import draw, table, teletype, text
from odf.opendocument import load as load_odf

from desktop.domain.documents import Unit
from desktop.workers.reader.formats.blocks import (
    Block,
    Heading,
    Paragraph,
    ReadPage,
    Table,
    clean,
    paged,
)
from desktop.workers.reader.formats.kinds import Kind
from desktop.workers.reader.formats.office import extracted

MOST_NESTED = 8  # groups of shapes within groups


class Slides(NamedTuple):
    pages: list[ReadPage]
    title: str = ""
    author: str = ""
    created: str = ""


def pptx_slides(content: bytes) -> Slides:
    """The slides of a PPTX file."""
    shown = pptx.Presentation(io.BytesIO(content))
    pages = []
    for number, slide in enumerate(shown.slides, start=1):
        heading = slide.shapes.title
        title = heading.text_frame.text if heading is not None else ""
        blocks = list(_shapes(slide.shapes, heading))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = slide.notes_slide.notes_text_frame.text.strip()
            blocks += [Paragraph(notes)] if notes else []
        pages.append(slide_page(number, title, blocks))
    told = shown.core_properties
    created = told.created.isoformat() if told.created else ""
    return Slides(pages, told.title or "", told.author or "", created)


def _shapes(shapes: Any, heading: Any, depth: int = 0) -> Iterator[Block]:
    for shape in shapes:
        if heading is not None and shape.shape_id == heading.shape_id:
            continue
        if hasattr(shape, "shapes"):
            if depth < MOST_NESTED:
                yield from _shapes(shape.shapes, heading, depth + 1)
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield Table([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif shape.has_text_frame and shape.text_frame.text.strip():
            yield Paragraph(shape.text_frame.text.replace("\v", "\n"))


def odp_slides(content: bytes) -> Slides:
    """The slides of an ODP file."""
    shown = load_odf(io.BytesIO(content))
    pages = []
    for number, page in enumerate(shown.getElementsByType(draw.Page), start=1):
        title = ""
        blocks: list[Block] = []
        for frame in page.getElementsByType(draw.Frame):
            blocks_of_frame = list(_frame(frame))
            if not title and frame.getAttribute("class") == "title":
                title = " ".join(b.text for b in blocks_of_frame if isinstance(b, Paragraph))
            else:
                blocks += blocks_of_frame
        pages.append(slide_page(number, title, blocks))
    told = {
        element.qname[1]: teletype.extractText(element)
        for element in shown.meta.childNodes
        if element.qname[1] in ("title", "creator", "initial-creator", "creation-date")
    }
    author = told.get("initial-creator") or told.get("creator", "")
    return Slides(pages, told.get("title", ""), author, told.get("creation-date", ""))


def _frame(frame: Any) -> Iterator[Block]:
    tables = frame.getElementsByType(table.Table)
    for found in tables:
        yield Table(
            [
                [teletype.extractText(cell) for cell in row.getElementsByType(table.TableCell)]
                for row in found.getElementsByType(table.TableRow)
            ]
        )
    if not tables:
        lines = [teletype.extractText(line) for line in frame.getElementsByType(text.P)]
        words = "\n".join(line for line in lines if line.strip())
        if words:
            yield Paragraph(words)


def ppt_slides(content: bytes) -> Slides:
    """The slides of a PPT file: kreuzberg's headings are the slides."""
    found = extracted(content, Kind.PPT)
    pages: list[ReadPage] = []
    title = ""
    blocks: list[Block] = []

    def take() -> None:
        if title or blocks:
            pages.append(slide_page(len(pages) + 1, title, blocks))

    for block in found.blocks:
        if isinstance(block, Heading):
            take()
            title, blocks = block.text, []
        else:
            blocks.append(block)
    take()
    return Slides(pages, found.title, found.author, found.created)


def slide_page(number: int, title: str, blocks: list[Block]) -> ReadPage:
    """One slide as a page, however long it is."""
    title = " ".join(clean(title).split())
    whole = [Heading(1, title), *blocks] if title else blocks
    texts = [page.text for page in paged(whole)]
    return ReadPage("\n\n".join(texts), str(number), Unit.SLIDE, title[:2_000])


READERS: Final = {Kind.PPTX: pptx_slides, Kind.ODP: odp_slides, Kind.PPT: ppt_slides}
