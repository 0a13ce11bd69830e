"""How complete a collection is: what of it cannot be found, and what is in it twice.

A report says of each document what is worth knowing before one relies on an answer. Pure rules over
records; nothing is read here.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.documents import Document, DocumentState, Unit
from desktop.domain.versions import Basis, Same


class DoubtfulPage(NamedTuple):
    """A page without text (`confidence` None), or one that OCR read with little confidence."""

    document_id: int
    number: int
    label: str
    unit: Unit
    confidence: float | None


class FileState(StrEnum):
    """What became of a document's file since it was read."""

    THERE = "there"
    CHANGED = "changed"
    GONE = "gone"


class Finding(StrEnum):
    """What is to be said of a document, the worst first."""

    FAILED = "failed"
    LOCKED = "locked"
    STOPPED = "stopped"
    UNFINISHED = "unfinished"
    WITHOUT_TEXT = "pages without text"
    UNSURE = "hard to read"
    GONE = "file gone"
    CHANGED = "file changed"
    OLDER = "older version"
    ALIKE = "nearly the same"
    DUPLICATE = "duplicate"


# What keeps a document, or a page of it, from being found.
MISSING = (
    Finding.FAILED,
    Finding.LOCKED,
    Finding.STOPPED,
    Finding.UNFINISHED,
    Finding.WITHOUT_TEXT,
)
_OF_STATE = {
    DocumentState.FAILED: Finding.FAILED,
    DocumentState.LOCKED: Finding.LOCKED,
    DocumentState.CANCELLED: Finding.STOPPED,
    DocumentState.QUEUED: Finding.UNFINISHED,
    DocumentState.READING: Finding.UNFINISHED,
    DocumentState.INDEXING: Finding.UNFINISHED,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding. `pages` are those it is about; `other` the newer version, or the document that
    this one repeats, and `basis` what tells which of the two is newer."""

    document: Document
    finding: Finding
    pages: tuple[DoubtfulPage, ...] = ()
    other: Document | None = None
    basis: Basis = Basis.NONE
    agreement: float = 1.0  # of the two texts, 0 to 1


@dataclass(frozen=True, slots=True)
class Report:
    """Of one collection, or ("") of everything. `remarks` are in order of `Finding`, then name."""

    collection: str
    documents: int
    pages: int
    ready: int
    remarks: tuple[Remark, ...]

    @property
    def complete(self) -> bool:
        """Whether every page of every document can be found."""
        return not any(remark.finding in MISSING for remark in self.remarks)

    def of(self, finding: Finding) -> list[Remark]:
        return [remark for remark in self.remarks if remark.finding is finding]


def report(
    collection: str,
    documents: Sequence[Document],
    *,
    doubtful: Iterable[DoubtfulPage],
    files: Mapping[int, FileState],
    same: Sequence[Same],
) -> Report:
    """What there is to say of `documents`; `files` are told by id, `same` are among them."""
    remarks: list[Remark] = []
    empty: defaultdict[int, list[DoubtfulPage]] = defaultdict(list)
    unsure: defaultdict[int, list[DoubtfulPage]] = defaultdict(list)
    for page in doubtful:
        (empty if page.confidence is None else unsure)[page.document_id].append(page)
    for document in documents:
        if document.state in _OF_STATE:
            remarks.append(Remark(document, _OF_STATE[document.state]))
        for finding, pages in ((Finding.WITHOUT_TEXT, empty), (Finding.UNSURE, unsure)):
            if document.id in pages:
                remarks.append(Remark(document, finding, tuple(pages[document.id])))
        match files.get(document.id, FileState.THERE):
            case FileState.GONE:
                remarks.append(Remark(document, Finding.GONE))
            case FileState.CHANGED:
                remarks.append(Remark(document, Finding.CHANGED))
    for group in same:
        remarks += _repeated(group)
    order = list(Finding)
    remarks.sort(key=lambda one: (order.index(one.finding), one.document.name.casefold()))
    return Report(
        collection,
        len(documents),
        sum(document.page_count for document in documents),
        sum(document.state is DocumentState.READY for document in documents),
        tuple(remarks),
    )


def _repeated(group: Same) -> list[Remark]:
    if group.exact:
        finding = Finding.DUPLICATE
    else:
        finding = Finding.ALIKE if group.basis is Basis.NONE else Finding.OLDER
    return [
        Remark(document, finding, (), group.newest, group.basis, group.agreement)
        for document in group.documents[1:]
    ]


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows for a spreadsheet; a cell that it would take for a formula is marked as a text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row])
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
