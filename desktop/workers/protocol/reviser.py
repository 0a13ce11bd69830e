"""What the reviser is asked, and what it answers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from desktop.workers.protocol.bounds import Name, Number, PageTextStr


class ReadOriginal(Struct, tag="read_original", frozen=True):
    """Read the paragraphs of a .docx, or the body of a saved mail as the only one. Output:
    `ParagraphsRead`, in order. Done: `OriginalRead`."""

    path: str


class ParagraphEntry(Struct, frozen=True, array_like=True):
    """`place` is one of `domain.originals.Place`; `fixed` spans are counted in `text`."""

    text: PageTextStr
    place: Name
    fixed: Annotated[list[tuple[Number, Number]], Meta(max_length=100_000)] = []


class ParagraphsRead(Struct, tag="paragraphs_read", frozen=True):
    paragraphs: Annotated[list[ParagraphEntry], Meta(max_length=1_000)]


class OriginalRead(Struct, tag="original_read", frozen=True):
    """`closed`: why paragraphs stand as they are -> how many. `other_version`: a mail says the same
    in HTML as well."""

    sha256: Name
    closed: Annotated[dict[Name, Number], Meta(max_length=20)] = {}
    other_version: bool = False


class ParagraphEdit(Struct, frozen=True, array_like=True):
    """`text` in place of [start, end) of the paragraph numbered `paragraph` (from 0)."""

    paragraph: int
    start: int
    end: int
    text: str


class ReviseOriginal(Struct, tag="revise_original", frozen=True):
    """Make the file at `path`, if it has that hash still, with the edits as tracked changes of
    `author`. Edits are in order. Output: `FileBytes`. Done: `OriginalRevised`."""

    path: str
    sha256: str
    edits: list[ParagraphEdit]
    author: str
    date: str  # as XML Schema's dateTime


class ReplaceBody(Struct, tag="replace_body", frozen=True):
    """Make the mail at `path`, if it has that hash still, with another body.

    Output: `FileBytes`. Done: `OriginalRevised`."""

    path: str
    sha256: str
    body: str


class FileBytes(Struct, tag="file_bytes", frozen=True):
    """The next piece of the new file."""

    content: Annotated[bytes, Meta(max_length=4 * 1024 * 1024)]


class OriginalRevised(Struct, tag="original_revised", frozen=True):
    """How large the new file is; which paragraphs could not be edited safely after all."""

    size: Number
    refused: Annotated[list[Number], Meta(max_length=100_000)] = []


Request = ReadOriginal | ReviseOriginal | ReplaceBody
Body = ParagraphsRead | OriginalRead | FileBytes | OriginalRevised
