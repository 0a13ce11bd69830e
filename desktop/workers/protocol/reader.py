"""What the reader is asked, and what it answers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from desktop.workers.protocol.bounds import Name, Number, PageTextStr, Pixels, Seconds, Share


class ReadDocument(Struct, tag="read_document", frozen=True):
    """Read a file's text, page by page. Output: one `DocumentOpened`, then a `PageText` a page.

    A page that OCR reads is announced by `ScanBegun`. Done: `DocumentRead`.
    """

    path: str
    password: str | None = None
    first_page: int = 1  # from 1; where to resume
    recognizer: str = ""  # the file that OCR reads with; "" is what is carried along


class DocumentOpened(Struct, tag="document_opened", frozen=True):
    page_count: Annotated[int, Meta(ge=1, le=1_000_000)]
    title: Name = ""
    author: Name = ""
    created: Name = ""
    # (level, title, page), in reading order
    outline: Annotated[list[tuple[Number, Name, Number]], Meta(max_length=10_000)] = []


class ScanBegun(Struct, tag="scan_begun", frozen=True):
    """The next page, of this number, is being read by OCR, which takes its time."""

    number: Number


class PageText(Struct, tag="page_text", frozen=True):
    """`unit` is one of `domain.documents.Unit`. `confidence` and `lines` are OCR's.

    A line is (start, end, left, top, right, bottom): a span of `text` and shares of the image.
    """

    number: Number
    label: Name
    text: PageTextStr
    heading: Name = ""
    unit: Name = "page"
    confidence: Share | None = None
    lines: Annotated[
        list[tuple[Number, Number, Share, Share, Share, Share]], Meta(max_length=10_000)
    ] = []


class DocumentRead(Struct, tag="document_read", frozen=True):
    pages: Number


class RenderPage(Struct, tag="render_page", frozen=True):
    """Draw a page. Done: `PagePixels`. `spans` are (start, end) offsets into that page's text."""

    path: str
    page: int
    width: int  # of the image, in pixels; the height follows from the page
    spans: list[tuple[int, int]] = []
    password: str | None = None


class PagePixels(Struct, tag="page_pixels", frozen=True):
    """`pixels`: height x width x 3 bytes, RGB. `lit`: (left, top, width, height) in pixels."""

    width: Pixels
    height: Pixels
    pixels: bytes
    lit: Annotated[list[tuple[float, float, float, float]], Meta(max_length=10_000)] = []


class ReadChats(Struct, tag="read_chats", frozen=True):
    """Read another program's export of chats. Output: a `ChatBegun` each, its `ChatTurn`s after
    it. Done: `ChatsRead`."""

    path: str


class ChatBegun(Struct, tag="chat_begun", frozen=True):
    """Times are in seconds since the epoch, 0 where they are not known."""

    title: Name
    created: Seconds
    updated: Seconds


class ChatTurn(Struct, tag="chat_turn", frozen=True):
    """`role` is one of `domain.chat.Role`."""

    role: Name
    text: PageTextStr
    created: Seconds


class ChatsRead(Struct, tag="chats_read", frozen=True):
    """How many chats there were that could not be read."""

    left_out: Number


Request = ReadDocument | RenderPage | ReadChats
Body = (
    DocumentOpened
    | ScanBegun
    | PageText
    | DocumentRead
    | PagePixels
    | ChatBegun
    | ChatTurn
    | ChatsRead
)
