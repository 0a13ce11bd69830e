"""A PDF as a document: its text, or what OCR reads on a page that has none.

The text is PDFium's (`reader/pdf.py`), what the file says of itself pypdf's (`structure.py`).
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Generator, Sequence
from itertools import takewhile
from operator import itemgetter
from typing import BinaryIO

import numpy as np

from desktop.domain.documents import Unit
from desktop.workers.reader.config import Config
from desktop.workers.reader.drawing import Drawing
from desktop.workers.reader.formats.blocks import ReadPage, heading_path
from desktop.workers.reader.formats.readable import Told
from desktop.workers.reader.formats.recognition import Pixels, scanned
from desktop.workers.reader.pdf import PdfFile
from desktop.workers.reader.structure import OutlineEntries, Structure, read_structure

PAGES_BETWEEN_FORGETTING = 500  # bounds what PDFium keeps of a long document
BEFORE_A_TITLE = 80  # characters: a running head, or the number of a chapter
SCAN_WIDTH = 1_654  # pixels of a page that OCR reads: A4 at 200 dpi


class PdfDocument:
    """An open PDF. It is closed when the last reference to it is gone."""

    def __init__(
        self, path: str, password: str | None, config: Config, file: BinaryIO | None = None
    ) -> None:
        """Open `path`, or `file` by that name. Raises what `PdfFile` raises."""
        self._pdf = PdfFile(path, password, file)
        self._password = password
        self._config = config
        self._structure: Structure | None = None
        self._headings: list[tuple[int, tuple[str, ...]]] | None = None
        self.page_count = self._pdf.page_count

    @property
    def file(self) -> BinaryIO:
        return self._pdf.file

    @property
    def told(self) -> Told:
        told = self._told()
        return Told(told.title, told.author, told.created, told.outline)

    def _told(self) -> Structure:
        """What pypdf says, asked once and only when somebody wants to know: it is slow."""
        if self._structure is None:
            self._structure = read_structure(
                self._pdf.file,
                password=self._password,
                page_count=self.page_count,
                seconds=self._config.structure_s,
            )
        return self._structure

    def read(self, number: int) -> Generator[None, None, ReadPage]:
        """The text of a page, read by OCR if it has none and shows something."""
        labels = self._told().labels
        label = labels[number - 1] if labels else ""
        page = ReadPage(self._pdf.text(number).text, label, Unit.PAGE)
        if not page.text and self._pdf.has_scan(number):
            yield
            found = yield from scanned(self._image(number), self._config.recognizer)
            page = page._replace(text=found.text, confidence=found.confidence, lines=found.lines)
        page = page._replace(heading=self._heading(number, page.text))
        if number % PAGES_BETWEEN_FORGETTING == 0:
            self._pdf.forget()
        return page

    def draw(
        self,
        number: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],
        cancelled: Callable[[], bool],
    ) -> Drawing:
        """A page as PDFium draws it; see `PdfFile.draw`."""
        return self._pdf.draw(number, width=width, spans=spans, cancelled=cancelled)

    def _image(self, number: int) -> Pixels:
        drawing = self._pdf.draw(number, width=SCAN_WIDTH)
        shape = drawing.height, drawing.width, 3
        rgb = np.frombuffer(drawing.pixels, np.uint8).reshape(shape)
        return np.ascontiguousarray(rgb[:, :, ::-1])

    def _heading(self, number: int, text: str) -> str:
        """The headings that all of a page stands under.

        The outline says on which page a section begins, not where on it: one that begins below the
        first line holds for a part of the page alone, and only what it shares with the one before
        is true of the whole.
        """
        if self._headings is None:
            self._headings = _paths(self._told().outline)
        first = bisect.bisect_left(self._headings, number, key=itemgetter(0))
        last = bisect.bisect_right(self._headings, number, key=itemgetter(0))
        above = self._headings[first - 1][1] if first else ()
        here = [path for _, path in self._headings[first:last]]
        within = BEFORE_A_TITLE
        while here and _holds(text[: within + len(here[0][-1])], here[0][-1]):
            above = here.pop(0)  # and then perhaps its first section
            within += len(above[-1])
        levels = zip(above, *here, strict=False)
        shared = takewhile(lambda titles: len(set(titles)) == 1, levels)
        return heading_path([titles[0] for titles in shared])


def _paths(outline: OutlineEntries) -> list[tuple[int, tuple[str, ...]]]:
    """(page, titles from the outermost on) of an outline, by page."""
    path: tuple[str, ...] = ()
    found: list[tuple[int, tuple[str, ...]]] = []
    for level, title, page in outline:
        path = (*path[:level], title)
        found.append((page, path))
    return sorted(found, key=itemgetter(0))


def _holds(text: str, title: str) -> bool:
    """Whether a title stands in a text, however its line is broken."""
    return "".join(title.split()).casefold() in "".join(text.split()).casefold()
