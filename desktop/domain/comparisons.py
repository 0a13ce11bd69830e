"""Comparisons: what each of some documents says about a question, side by side.

What a document says stands in a column of its own, borne out by that document alone; where it says
nothing, the column says so. Pure rules; no model, no I/O.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.chat import Citation, Column, SentenceSupport
from desktop.domain.documents import Document, Passage
from desktop.domain.grounding import QUOTED_PASSAGES, Grounded, cite


@dataclass(frozen=True, slots=True)
class Side:
    """One document, what is said of it, and what bears that out; `found` is False if nothing is."""

    document: Document
    text: str
    grounded: Grounded
    found: bool = True


def silent(document: Document) -> Side:
    """The side of a document in which nothing answers."""
    said = f"Nothing in {document.name} answers this."
    return Side(document, said, Grounded((), ()), found=False)


def quoted(document: Document, passages: Sequence[Passage]) -> Side:
    """The side of a document that speaks for itself: its best passages, verbatim."""
    text = ""
    citations, supports = [], []
    for number, passage in enumerate(passages[:QUOTED_PASSAGES], 1):
        text += "\n\n" if text else ""
        citations.append(cite(number, passage, 0, len(passage.text)))
        supports.append(SentenceSupport(len(text), len(text) + len(passage.text), number, 1.0))
        text += passage.text
    return Side(document, text, Grounded(tuple(citations), tuple(supports)))


def heading(document: Document, *, first: bool) -> str:
    """What stands above a document's column where columns are written one below the other."""
    above = "" if first else "\n\n"
    return f"{above}{document.name}:\n\n"


def side_by_side(sides: Sequence[Side]) -> tuple[str, Grounded, tuple[Column, ...]]:
    """The sides as one answer: its text, what bears it out, and where in it the columns are."""
    text = ""
    citations: list[Citation] = []
    supports: list[SentenceSupport] = []
    columns: list[Column] = []
    for side in sides:
        text += heading(side.document, first=not text)
        before, start = len(citations), len(text)
        citations += [replace(one, number=one.number + before) for one in side.grounded.citations]
        supports += [
            SentenceSupport(
                start + one.start,
                start + one.end,
                None if one.citation is None else one.citation + before,
                one.score,
            )
            for one in side.grounded.sentences
        ]
        text += side.text
        columns.append(Column(side.document.id, side.document.name, start, len(text), side.found))
    return text, Grounded(tuple(citations), tuple(supports)), tuple(columns)
