"""A file that is to be rewritten, as a text with paragraphs, and what of it must stay in place.

The text is what is shown and rewritten; where its paragraphs stand says what may be changed in the
file. Pure rules over spans: nothing is read or written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.domain.paragraphs import HEADING_WORDS, Block, BlockKind, blocks, ends_sentence
from desktop.domain.sentences import Span, trimmed

PARAGRAPH_END = "\n\n"  # between two paragraphs of a document, in its text
PROPOSED = "-rewritten"  # goes behind a file's name


class OriginalKind(StrEnum):
    TEXT = "text"
    DOCX = "docx"
    MAIL = "mail"


class Place(StrEnum):
    """Where a paragraph stands in its document."""

    BODY = "body"
    TITLE = "title"  # a heading, caption or the like: by its style it is no prose
    CELL = "cell"  # of a table
    NOTE = "note"  # at the foot or the end
    CLOSED = "closed"  # its markup is not one that can be edited safely


class Closed(StrEnum):
    """Why a paragraph stands as it is."""

    FIELD = "a field goes over several paragraphs"
    FORMULA = "it holds a formula"
    LOCKED = "a content control is locked"
    FILLED_IN = "a content control fills it in"
    ROW = "its row is a tracked change"


@dataclass(frozen=True, slots=True)
class OriginalParagraph:
    """A paragraph at [start, end) of the text; `fixed` are the spans of links, fields and the like,
    in characters of the whole text, that stay as they are."""

    start: int
    end: int
    place: Place = Place.BODY
    fixed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """What was read from `path`. A text or a mail's body has no `paragraphs` of its own.

    `sha256` is that of the file's bytes; `encoding` that of a plain text. `closed` counts the
    paragraphs that stand as they are, by the reason. A mail with an `other_version` says the same
    in HTML, which a rewritten mail leaves out.
    """

    path: Path
    kind: OriginalKind
    text: str
    sha256: str
    encoding: str = ""
    paragraphs: tuple[OriginalParagraph, ...] = ()
    closed: tuple[tuple[Closed, int], ...] = ()
    other_version: bool = False

    @property
    def has_paragraphs(self) -> bool:
        """Whether changes must each stay within a paragraph, and the text is not to be typed in."""
        return self.kind is OriginalKind.DOCX

    @property
    def spans(self) -> list[Span]:
        return [(paragraph.start, paragraph.end) for paragraph in self.paragraphs]

    @property
    def fixed(self) -> list[Span]:
        return [span for paragraph in self.paragraphs for span in paragraph.fixed]


@dataclass(frozen=True, slots=True)
class Saved:
    """A rewritten file. `refused` paragraphs could not be edited and are as they were; `encoding`
    is that of a text, "" for anything else."""

    path: Path
    refused: int = 0
    encoding: str = ""


def blocks_of(original: Original) -> list[Block]:
    """What of a document is prose: by its text, as in plain text, and by where it stands."""
    found: list[Block] = []
    for paragraph in original.paragraphs:
        text = original.text[paragraph.start : paragraph.end]
        if paragraph.place in (Place.TITLE, Place.CLOSED):
            start, end = trimmed(original.text, paragraph.start, paragraph.end)
            kind = BlockKind.HEADING if paragraph.place is Place.TITLE else BlockKind.LAYOUT
            if start < end:
                found.append(Block(start, end, kind))
            continue
        for block in blocks(text, goes_on=True):
            kind = block.kind
            if paragraph.place is Place.CELL and _is_label(text[block.start : block.end]):
                kind = BlockKind.TABLE
            start, end = block.start + paragraph.start, block.end + paragraph.start
            found.append(Block(start, end, kind))
    return found


def proposed(original: Original, number: int = 1) -> Path:
    """The name under which a rewritten file is to lie beside its original; never the original's.

    The `number`-th proposal, for where the ones before are taken.
    """
    path = original.path
    counted = PROPOSED if number == 1 else f"{PROPOSED}-{number}"
    return path.with_name(f"{path.stem}{counted}{path.suffix}")


def _is_label(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS and not ends_sentence(text)
