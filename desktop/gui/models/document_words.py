"""Where a document stands, in words and as a share of the work. Pure functions of its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.domain.documents import Document, DocumentState
from desktop.domain.formats import SUFFIXES
from desktop.gui.notify import words_for_record

UNFINISHED = (DocumentState.QUEUED, DocumentState.READING, DocumentState.INDEXING)
_AT_WORK = frozenset(UNFINISHED)

translate = QCoreApplication.translate


def state_in_words(document: Document, seconds_left: float | None = None) -> str:
    """Where a document stands, as one line; `seconds_left` is said while it is worked on."""
    match document.state:
        case DocumentState.QUEUED:
            line = translate("Documents", "Waiting")
        case DocumentState.READING | DocumentState.INDEXING:
            line = _at_work(document, seconds_left)
        case DocumentState.READY:
            line = _ready(document)
        case DocumentState.LOCKED if document.error_code == "password_wrong":
            line = translate("Documents", "That password does not open it")
        case DocumentState.LOCKED:
            line = translate("Documents", "Needs its password")
        case DocumentState.CANCELLED:
            line = translate(
                "Documents", "Stopped, {done} of {pages} pages can be searched"
            ).format(done=document.pages_read, pages=document.page_count)
        case DocumentState.FAILED:
            line = translate("Documents", "Failed: {why}").format(
                why=words_for_record(document.error_code, document.error_facts)
            )
    if document.gone:
        line = translate("Documents", "{line}. Its file is gone, what was read stays").format(
            line=line.removesuffix(".")
        )
    return line


def _at_work(document: Document, seconds_left: float | None) -> str:
    pages = document.page_count
    if not pages:
        return translate("Documents", "Opening")
    if document.state is DocumentState.READING:
        template, done = (
            translate("Documents", "Reading, {done} of {pages} pages"),
            document.pages_read,
        )
    else:
        template = translate("Documents", "Indexing, {done} of {pages} pages")
        done = document.pages_indexed
    line = template.format(done=done, pages=pages)
    return line if seconds_left is None else f"{line}, {time_in_words(seconds_left)}"


def time_in_words(seconds: float) -> str:
    """A duration ahead, as coarse as it is certain."""
    if seconds < 20:
        return translate("Documents", "a few seconds left")
    if seconds < 90:
        return translate("Documents", "about 1 min left")
    if seconds < 90 * 60:
        return translate("Documents", "about {minutes} min left").format(
            minutes=round(seconds / 60)
        )
    return translate("Documents", "about {hours} h left").format(hours=round(seconds / 3600))


def progress(document: Document) -> float | None:
    """How far the work on a document is, 0 to 1; None when nothing is being done.

    Reading takes a tenth of the time that indexing takes (measured), and of the bar.
    """
    if document.state not in _AT_WORK:
        return None
    if not document.page_count:
        return 0.0
    return (document.pages_read * 0.1 + document.pages_indexed * 0.9) / document.page_count


def _ready(document: Document) -> str:
    pages = document.page_count
    line = (
        translate("Documents", "Ready, 1 page")
        if pages == 1
        else translate("Documents", "Ready, {pages} pages").format(pages=pages)
    )
    without = document.pages_without_text
    if document.pages_unsure:
        line = translate("Documents", "{line}, {unsure} hard to read").format(
            line=line, unsure=document.pages_unsure
        )
    if without == 0:
        return line
    if without == pages:
        return translate("Documents", "No text found: {pages} pages").format(pages=pages)
    return translate("Documents", "{line}, {without} without text").format(
        line=line, without=without
    )


def name_filters() -> list[str]:
    """What a dialogue for files offers: all formats that can be read, each of them, anything."""
    groups = {
        translate("Documents", "PDF documents"): "PDF",
        translate("Documents", "Word documents"): "Word",
        translate("Documents", "Spreadsheets"): "Excel",
        translate("Documents", "Presentations"): "PowerPoint",
        translate("Documents", "OpenDocument files"): "OpenDocument",
        translate("Documents", "Texts"): "Text",
        translate("Documents", "Web pages"): "Web",
        translate("Documents", "E-books"): "E-book",
        translate("Documents", "Mail"): "Mail",
        translate("Documents", "Scans"): "Scan",
        translate("Documents", "Exports of wikis"): "Archive",
    }
    everything = " ".join(f"*{suffix}" for suffixes in SUFFIXES.values() for suffix in suffixes)
    return [
        f"{translate('Documents', 'Documents')} ({everything})",
        *(
            f"{name} ({' '.join(f'*{suffix}' for suffix in SUFFIXES[group])})"
            for name, group in groups.items()
        ),
        translate("Documents", "All files (*)"),
    ]


@dataclass(slots=True)
class Tally:
    """The documents being worked on, counted: ten thousand are not gone through at every change."""

    documents: int = 0
    pages: int = 0
    indexed: int = 0  # pages
    shares: float = 0.0  # the sum of their progress

    def count(self, document: Document, by: int = 1) -> None:
        """Count a document, or (-1) count it no longer, as it was then."""
        share = progress(document)
        if share is not None:
            self.documents += by
            self.pages += by * document.page_count
            self.indexed += by * document.pages_indexed
            self.shares = self.shares + by * share if self.documents else 0.0


def in_total(at_work: Sequence[Document] | Tally) -> tuple[str, float]:
    """One line on the documents being worked on, and their progress (0 to 1; -1: none)."""
    tally = at_work if isinstance(at_work, Tally) else _counted(at_work)
    if not tally.documents:
        return "", -1.0
    share = min(1.0, max(0.0, tally.shares / tally.documents))
    if not tally.pages:
        return translate("Documents", "Opening documents"), share
    line = translate("Documents", "Indexing, {done} of {pages} pages")
    line = line.format(done=tally.indexed, pages=tally.pages)
    if tally.documents > 1:
        several = translate("Documents", "{line} in {count} documents")
        line = several.format(line=line, count=tally.documents)
    return line, share


def _counted(documents: Sequence[Document]) -> Tally:
    tally = Tally()
    for document in documents:
        tally.count(document)
    return tally
