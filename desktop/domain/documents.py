"""Documents as the application knows them: pages of text, chunks of pages, passages found.

Offsets count characters (Unicode code points) of the stored text of one page, from 0, end
exclusive; page numbers count from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol


class DocumentState(StrEnum):
    """Where a document stands. Questions are answered from everything that is stored so far."""

    QUEUED = "queued"
    READING = "reading"  # pages are taken from the file; they can be found by word at once
    INDEXING = "indexing"  # pages are embedded; they can be found by meaning from then on
    READY = "ready"
    LOCKED = "locked"  # encrypted: waits for a password
    FAILED = "failed"
    CANCELLED = "cancelled"  # the user stopped it; what was read stays usable


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: its depth (from 0), title and page number."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a file says about itself, as read when it was opened."""

    page_count: int
    title: str = ""
    author: str = ""
    created: str = ""  # ISO 8601, as far as the file gives it
    outline: tuple[OutlineEntry, ...] = ()


class Unit(StrEnum):
    """What a page of a document is. A file without pages is read in sections of bounded size."""

    PAGE = "page"
    SLIDE = "slide"
    CELLS = "cells"  # of a spreadsheet
    SECTION = "section"
    MESSAGE = "message"
    SCAN = "scan"  # an image, or one of several in a file


class ScanLine(NamedTuple):
    """A line of text that OCR found: its span of the page's text, and where it lies on the image.

    `left` to `bottom` are shares of the image's width and height, from its upper left corner.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


BETWEEN_HEADINGS = " › "  # in a heading path
# Of the least sure line of a page that OCR read. Clean prints at 100 to 200 dpi stay above 0.97,
# a faint one at 50 dpi with two words wrong has 0.87.
LOW_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page. `label` is the printed page number ("iv"), or the number itself.

    `heading` is the path of headings that the text stands under, outermost first. A page that OCR
    read has a `confidence` (0 to 1) and its `lines`.
    """

    number: int
    label: str
    text: str
    heading: str = ""
    unit: Unit = Unit.PAGE
    confidence: float | None = None
    lines: tuple[ScanLine, ...] = ()

    @property
    def is_unsure(self) -> bool:
        """Whether OCR read it with little confidence."""
        return self.confidence is not None and self.confidence < LOW_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is stored, embedded and found: a span of one page."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with the id the store gave it."""

    id: int
    document_id: int
    page: int
    start: int
    end: int
    text: str
    context: str = ""  # what it stands in (see `contexts`)

    @property
    def in_context(self) -> str:
        """The text with its context in front: what is embedded and word-indexed."""
        return in_context(self.context, self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found for a query. `score` grows with relevance (joined reciprocal rank)."""

    chunk_id: int
    document_id: int
    document: str
    page: int
    page_label: str
    start: int
    end: int
    score: float
    text: str
    similarity: float | None = None  # cosine between query and chunk; None if only words found it
    heading: str = ""  # the path of headings it stands under
    unit: Unit = Unit.PAGE
    reranked: float | None = None  # what the reranker gave it; None where none was asked
    title: str = ""  # of its document, as that names itself
    best: tuple[int, int] | None = None  # of several joined, the one found: its start and end


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the user's, as recorded. The file itself is never copied."""

    id: int
    path: Path
    name: str
    state: DocumentState
    title: str = ""
    sha256: str = ""
    size: int = 0  # bytes
    page_count: int = 0
    pages_read: int = 0
    pages_indexed: int = 0
    pages_without_text: int = 0
    pages_unsure: int = 0  # that OCR read with little confidence
    error_code: str = ""
    error_facts: dict[str, str | int] = field(default_factory=dict)
    gone: bool = False  # its file is no longer in the watched folder; what was read stays


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of documents (a matter). A document can be in several."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page image, in pixels from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: `height` rows of `width` RGB triples, 8 bits each, no padding.

    `lit` are the rectangles of the characters that were asked for.
    """

    width: int
    height: int
    pixels: bytes
    lit: tuple[Rect, ...] = ()


class Located(Protocol):
    """What a passage and a citation say of where they are."""

    @property
    def page_label(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def unit(self) -> Unit: ...


class Similar(NamedTuple):
    """A hit of the vector index: the cosine between query and chunk, -1 to 1."""

    chunk_id: int
    similarity: float


class WordHit(NamedTuple):
    """A hit of the word index: BM25, larger is better."""

    chunk_id: int
    rank: float


class IndexHealth(NamedTuple):
    """What one real query said of the vector index."""

    healthy: bool
    rows: int
    reason: str


def in_context(context: str, text: str) -> str:
    """A chunk's text with its context in front."""
    return f"{context}\n{text}" if context else text


def lit(lines: Sequence[ScanLine], spans: Sequence[tuple[int, int]], image: PageImage) -> PageImage:
    """A scan with the part of each of its lines lit that lies in one of `spans` of its text.

    Letters are taken to be equally wide: where one ends on the image is not known.
    """
    found = []
    for start, end in spans:
        for line in lines:
            first, last = max(start, line.start), min(end, line.end)
            if first < last:
                letter = (line.right - line.left) / (line.end - line.start)
                found.append(
                    Rect(
                        left=(line.left + (first - line.start) * letter) * image.width,
                        top=line.top * image.height,
                        width=(last - first) * letter * image.width,
                        height=(line.bottom - line.top) * image.height,
                    )
                )
    return replace(image, lit=tuple(found))


def place_of(unit: Unit, label: str) -> str:
    """Where in a document, in English: "page iv", "slide 3", "arts!A5:F15"."""
    return label if unit is Unit.CELLS else f"{unit} {label}"


def whereabouts(found: Located) -> str:
    """A place with the headings it stands under, in English."""
    place = place_of(found.unit, found.page_label)
    shown = "" if found.unit is Unit.CELLS else found.heading  # a range of cells names its sheet
    return f"{place}, {shown}" if shown else place


class Reembedded(NamedTuple):
    """How far an embedder's vectors are: documents and passages in the store, passages done."""

    documents: int
    passages: int
    done: int

    @property
    def left(self) -> int:
        return max(0, self.passages - self.done)
