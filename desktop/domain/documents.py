"""Documents as the application knows them: pages of text, chunks of pages, passages found.

Offsets count characters (Unicode code points) of the stored text of one page, from 0, end
exclusive; page numbers count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page. `label` is the printed page number ("iv"), or the number itself."""

    number: int
    label: str
    text: str


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
    reranked: float | None = None  # what the reranker gave it; None where none was asked


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
    error_code: str = ""
    error_facts: dict[str, str | int] = field(default_factory=dict)


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


class Reembedded(NamedTuple):
    """How far an embedder's vectors are: documents and passages in the store, passages done."""

    documents: int
    passages: int
    done: int

    @property
    def left(self) -> int:
        return max(0, self.passages - self.done)
