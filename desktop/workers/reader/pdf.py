"""One PDF through PDFium: how many pages, the text of a page, its image with passages lit.

PDFium is native code and the file is hostile until proven otherwise: this runs in the reader's
child alone. It knows nothing of the protocol. Only PDFium's C interface is used (fpdfview.h,
fpdf_text.h); it is not thread-safe, so one thread calls it.
"""

from __future__ import annotations

import ctypes
import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, BinaryIO

import pypdfium2.raw as pdfium

from desktop.domain.errors import (
    DocumentChanged,
    DocumentDamaged,
    DocumentError,
    DocumentUnreadable,
    NoPages,
    PasswordNeeded,
    PasswordWrong,
)
from desktop.workers.reader.drawing import Drawing, boxes_of, image_size, pixels_of
from desktop.workers.reader.geometry import MAX_RECTANGLES, lines_of
from desktop.workers.reader.source import is_cut_short, open_source
from desktop.workers.reader.structure import count_leaves
from desktop.workers.reader.text import MAX_CHARACTERS, ReadableText, readable

MAX_PAGES = 1_000_000  # as protocol.DocumentOpened allows

_SHAPES_OF_TEXT = 500  # objects on a page; a chart or a form without a word has seldom as many
_NEIGHBOURS = 8  # pages; how long a row of broken ones may be without being taken for the end
_LEAVES_S = 2.0  # for a second opinion on a page count that cannot be true


class PdfFile:
    """An open PDF. Pages count from 1. It is closed when the last reference to it is gone."""

    def __init__(
        self, path: str, password: str | None = None, file: BinaryIO | None = None
    ) -> None:
        """Open `path`, or the `file` that goes by that name.

        Raises DocumentMissing, DocumentUnreadable, NotAPdf, DocumentDamaged, PasswordNeeded,
        PasswordWrong, NoPages.
        """
        self.name = PurePath(path).name
        self.file = open_source(path) if file is None else file
        self._password = password
        self._load()
        self.page_count = self._counted()

    def _load(self) -> None:
        access = _access_to(self.file)
        for secret in dict.fromkeys((self._password or "", "")):  # an owner's file opens with ""
            self._document = pdfium.FPDF_LoadCustomDocument(access, secret.encode() + b"\0")
            if self._document:
                break
        else:
            self.file.close()
            raise _refusal(pdfium.FPDF_GetLastError(), self.name, self._password)
        self._closing = weakref.finalize(self, _close, self._document, access, self.file)

    def forget(self) -> None:
        """Give back the memory of what was parsed: PDFium itself keeps it until the end.

        Raises DocumentDamaged if the file has lost its structure since it was opened.
        """
        if self._closing.detach():
            pdfium.FPDF_CloseDocument(self._document)
        self._load()

    def _counted(self) -> int:
        """How many pages there are, as far as the file can be trusted to say so.

        PDFium believes a /Count of up to a million. One whose last page is not there is checked
        against the page tree; in a file that is cut short, it means that pages are lost.
        """
        claimed: int = min(pdfium.FPDF_GetPageCount(self._document), MAX_PAGES)
        if claimed < 1:
            empty = self._named_pages() == 0
            raise NoPages(file=self.name) if empty else DocumentDamaged(file=self.name)
        cut_short = is_cut_short(self.file)
        if cut_short and not all(map(self._exists, range(1, claimed + 1))):
            raise DocumentDamaged(file=self.name)
        if self._exists(claimed):
            return claimed
        loadable = self._last_loadable(claimed)
        if not loadable:
            raise DocumentDamaged(file=self.name)
        return max(loadable, min(claimed, self._named_pages()))

    def _named_pages(self) -> int:
        """What the page tree says beside its /Count; -1 if it says nothing."""
        return count_leaves(self.file, password=self._password, seconds=_LEAVES_S)

    def _exists(self, number: int) -> bool:
        size = pdfium.FS_SIZEF()
        return bool(pdfium.FPDF_GetPageSizeByIndexF(self._document, number - 1, size))

    def _last_loadable(self, claimed: int) -> int:
        """The last page that can be loaded, by bisection; 0 if there is none."""
        low, high = 0, claimed  # `low` is loadable or 0, nothing from `high` on is
        while high - low > 1:
            middle = (low + high) // 2
            nearby = range(middle, min(middle + _NEIGHBOURS, high))
            found = max((number for number in nearby if self._exists(number)), default=0)
            low, high = (found, high) if found else (low, middle)
        return low

    def text(self, number: int) -> ReadableText:
        """The text of page `number`; none if the page is broken."""
        with self._page(number) as page, _text_page(page) as text_page:
            return _text_of(text_page)

    def has_scan(self, number: int) -> bool:
        """Whether a page shows an image, or so many shapes that they may be letters."""
        with self._page(number) as page:
            if not page:
                return False
            shapes = min(pdfium.FPDFPage_CountObjects(page), _SHAPES_OF_TEXT)
            kinds = (
                pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at))
                for at in range(shapes)
            )
            # What is nested in a form is not looked into: an image is all it is likely to hold.
            return shapes == _SHAPES_OF_TEXT or any(
                kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) for kind in kinds
            )

    def draw(
        self,
        number: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]] = (),
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Drawing:
        """Page `number` on white, `width` pixels wide or as wide as the limits allow.

        `spans` are (start, end) offsets into the text of the page; what lies beyond it lights
        nothing. `cancelled` is asked while PDFium draws. Raises DocumentChanged if there is no
        such page, DocumentDamaged if it cannot be drawn, Cancelled.
        """
        if not 1 <= number <= self.page_count:
            raise DocumentChanged(file=self.name)
        with self._page(number) as page:
            if not page:
                raise DocumentDamaged(file=self.name)
            size = image_size(
                pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page), width
            )
            pixels = pixels_of(page, *size, cancelled)
            if pixels is None:
                raise DocumentDamaged(file=self.name)
            with _text_page(page) as text_page:
                origins = _text_of(text_page).origins if spans else ()
                lit = [
                    line
                    for start, end in spans
                    for line in lines_of(
                        boxes_of(page, text_page, origins[max(start, 0) : max(end, 0)], *size),
                        *size,
                    )
                ]
        return Drawing(*size, pixels, lit[:MAX_RECTANGLES])

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        """PDFium's handle of a page; a null pointer if the page is broken."""
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        try:
            yield page
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)


def _access_to(file: BinaryIO) -> Any:
    """An FPDF_FILEACCESS that reads from `file`; a block it cannot have in full is an error."""

    def get_block(_: object, position: int, buffer: Any, size: int) -> int:
        try:
            file.seek(position)
            block = file.read(size)
        except (OSError, ValueError):
            return 0
        if len(block) != size:
            return 0
        ctypes.memmove(buffer, block, size)
        return 1

    access = pdfium.FPDF_FILEACCESS()
    access.m_FileLen = file.seek(0, os.SEEK_END)
    access.m_GetBlock = type(access.m_GetBlock)(get_block)
    access.m_Param = None
    return access


def _close(document: Any, _access: Any, file: BinaryIO) -> None:
    """Close PDFium's document while what it reads from is still there."""
    pdfium.FPDF_CloseDocument(document)
    file.close()


def _refusal(code: int, name: str, password: str | None) -> DocumentError:
    """Why PDFium did not open a file (FPDF_GetLastError), as an error of ours."""
    if code == pdfium.FPDF_ERR_PASSWORD:
        return PasswordWrong(file=name) if password else PasswordNeeded(file=name)
    if code == pdfium.FPDF_ERR_SECURITY:
        reason = "it is encrypted in a way that this program does not know"
        return DocumentUnreadable(file=name, reason=reason)
    return DocumentDamaged(file=name)


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    """PDFium's handle of the text of a page; a null pointer if there is none to be had."""
    text_page = pdfium.FPDFText_LoadPage(page) if page else None
    try:
        yield text_page
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)


def _text_of(text_page: Any) -> ReadableText:
    count = pdfium.FPDFText_CountChars(text_page) if text_page else 0
    code = pdfium.FPDFText_GetUnicode
    # One more than is kept, so that `readable` sees that it has to cut.
    return readable([code(text_page, index) for index in range(min(count, MAX_CHARACTERS + 1))])
