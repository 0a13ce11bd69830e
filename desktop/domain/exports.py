"""A conversation as it leaves: its turns in order, each source a note with a number of its own.

Numbers run through the whole, so that a note can stand at the foot of any page. What we say in it
ourselves comes as `Words`. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.domain.chat import (
    AnswerKind,
    Citation,
    Conversation,
    Role,
    SentenceSupport,
    Turn,
)
from desktop.domain.code_fences import fences
from desktop.domain.documents import PageImage
from desktop.domain.export_words import Words

# Marks inside a text that is written out: ⁅12⁆ where note 12 is called, ⁅(⁆ and ⁅)⁆ around what no
# passage supports. Punctuation, so that Markdown beside them is still read as such.
_OPEN, _CLOSE = "⁅", "⁆"
_NO_MARKS = str.maketrans({_OPEN: "[", _CLOSE: "]"})
MARK = re.compile(f"{_OPEN}([0-9]+|[()]){_CLOSE}")


class Form(StrEnum):
    """What a conversation is written as; the value is how the file's name ends."""

    MARKDOWN = "md"
    WORD = "docx"
    PDF = "pdf"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Note:
    """A source, by the number that it has in the whole."""

    number: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Said:
    """One turn. `sentences` lie in `text` and cite notes by their numbers in the whole.

    What is `verbatim` is no Markdown: the user's words, and passages of documents.
    """

    turn: Turn
    text: str
    sentences: tuple[SentenceSupport, ...] = ()
    notes: tuple[Note, ...] = ()
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """What is written. `images` holds the pages that notes are on, by document id and page."""

    conversation: Conversation
    said: tuple[Said, ...]
    words: Words = field(default_factory=Words)
    images: Mapping[tuple[int, int], PageImage] = field(default_factory=dict)

    def notes(self) -> list[Note]:
        return [note for said in self.said for note in said.notes]

    def pages_of(self, said: Said) -> list[tuple[Note, PageImage]]:
        """The page images of a turn, each with the first note on it."""
        found: dict[tuple[int, int], tuple[Note, PageImage]] = {}
        for note in said.notes:
            key = page_of(note.citation)
            if key in self.images:
                found.setdefault(key, (note, self.images[key]))
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Wish:
    """What to write, and how: `answer` is the id of one answer, None for all that is shown.

    `form` None is what the file's name says. With `pages`, the pages that sources are on go along.
    """

    answer: int | None = None
    form: Form | None = None
    pages: bool = False
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of an export. `pages_missing` could not be drawn though that was wished for."""

    turns: int
    notes: int
    pages: int = 0
    pages_missing: int = 0


def laid_out(conversation: Conversation, turns: Sequence[Turn], words: Words) -> Export:
    """These turns of a conversation, their sources numbered through."""
    said = []
    last = 0
    for turn in turns:
        one = _said(turn, last, words)
        last += len(one.notes)
        said.append(one)
    return Export(conversation, tuple(said), words)


def with_images(export: Export, images: Mapping[tuple[int, int], PageImage]) -> Export:
    return replace(export, images=images)


def answer_of(turns: Sequence[Turn], turn_id: int) -> list[Turn]:
    """One answer of a conversation, with the question before it; none if it is not among them."""
    at = next((n for n, turn in enumerate(turns) if turn.id == turn_id), None)
    if at is None:
        return []
    asked = [turn for turn in turns[:at] if turn.role is Role.USER][-1:]
    return [*asked, turns[at]]


def page_of(citation: Citation) -> tuple[int, int]:
    return citation.document_id, citation.page


def spans_of(notes: Sequence[Note]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """The pages that notes are on, each with what is to be lit there."""
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for note in notes:
        citation = note.citation
        if citation.document_id:
            spans.setdefault(page_of(citation), []).append((citation.start, citation.end))
    return spans


def marked(said: Said) -> str:
    """The text with marks where notes are called, and around what no passage supports.

    Fenced code stays without: nothing could be read out of it again.
    """
    text = said.text.translate(_NO_MARKS)
    fenced = [] if said.verbatim else fences(text)
    parts: list[str] = []
    at = 0
    for sentence in said.sentences:
        start, end = sentence.start, sentence.end
        body = text[start:end]
        if start < at or not body.strip() or any(a < end and start < b for a, b in fenced):
            continue
        end -= len(body) - len(body.rstrip())
        parts.append(text[at:start])
        if sentence.citation is not None:
            parts.append(f"{text[start:end]}{_OPEN}{sentence.citation}{_CLOSE}")
        else:
            begin = start + _block_begin(text[start:end])
            parts += [text[start:begin], f"{_OPEN}({_CLOSE}", text[begin:end], f"{_OPEN}){_CLOSE}"]
        at = end
    return "".join([*parts, text[at:]])


def _said(turn: Turn, last: int, words: Words) -> Said:
    if turn.role is Role.USER:
        return Said(turn, turn.text, verbatim=True)
    kind = turn.record.kind if turn.record else AnswerKind.GROUNDED
    text, sentences = words.text_of(turn)
    if kind is AnswerKind.NOT_FOUND:
        return Said(turn, text)  # its citations are places that do not answer
    numbers = {citation.number: last + n for n, citation in enumerate(turn.citations, 1)}
    notes = tuple(Note(numbers[citation.number], citation) for citation in turn.citations)
    renumbered = tuple(
        replace(one, citation=numbers.get(one.citation) if one.citation else None)
        for one in sentences
    )
    if kind is AnswerKind.QUOTED and notes:
        text, renumbered = _quoted(text, renumbered)
        return Said(turn, text, renumbered, notes, verbatim=True)
    return Said(turn, text, renumbered, notes)


def _quoted(
    text: str, sentences: Sequence[SentenceSupport]
) -> tuple[str, tuple[SentenceSupport, ...]]:
    """The passages alone, without the numbers that stood before them."""
    joined, placed = "", []
    for one in sentences:
        joined += "\n\n" if joined else ""
        start = len(joined)
        joined += text[one.start : one.end]
        placed.append(replace(one, start=start, end=len(joined)))
    return joined, tuple(placed)


# What makes a line a heading, an item, a quotation or a row of a table stays first in its line.
_BEGIN = re.compile(r"(?:[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>|\|)(?:[ \t]+|(?<=[>|])))*[ \t]*")


def _block_begin(text: str) -> int:
    match = _BEGIN.match(text)
    return match.end() if match and match.end() < len(text) else 0
