"""Which format a file has: by its content first, by its name where content does not tell.

Looks at bytes alone. What is no format of ours comes out as None.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

HEAD = 4096  # bytes that are looked at


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PPTX = "pptx"
    PPT = "ppt"
    ODP = "odp"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    EPUB = "epub"
    EML = "eml"
    MSG = "msg"
    IMAGE = "image"
    ZIP = "zip"


_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"BM",
    b"GIF8",
)
_NAMED = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".eml": Kind.EML,
}
_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to):\s",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PACKAGES = (
    ("word/", Kind.DOCX),
    ("xl/workbook.bin", Kind.XLSB),
    ("xl/", Kind.XLSX),
    ("ppt/", Kind.PPTX),
)
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/vnd.oasis.opendocument.text-template": Kind.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template": Kind.ODS,
    "application/vnd.oasis.opendocument.presentation": Kind.ODP,
    "application/vnd.oasis.opendocument.presentation-template": Kind.ODP,
    "application/epub+zip": Kind.EPUB,
}
_STREAMS = (
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", Kind.PPT),
    ("__properties_version1.0", Kind.MSG),
)
ENCRYPTED = "EncryptedPackage"  # the stream that holds an Office file under a password


def is_archive(head: bytes) -> bool:
    """Whether the content is a ZIP: look into it with `kind_of_archive`."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_compound(head: bytes) -> bool:
    """Whether the content is an OLE compound file: look into it with `kind_of_compound`."""
    return head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def kind_of_archive(names: list[str], mimetype: str) -> Kind:
    """The kind of a ZIP with entries of these names; `mimetype` is what the entry so named says."""
    if mimetype in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[mimetype]
    if "[Content_Types].xml" in names:
        for start, kind in _PACKAGES:
            if any(name.startswith(start) for name in names):
                return kind
    return Kind.ZIP


def kind_of_compound(streams: list[str]) -> Kind | None:
    """The kind of a compound file with top-level streams of these names."""
    return next((kind for name, kind in _STREAMS if name in streams), None)


def kind_of_text(head: bytes, name: str) -> Kind | None:
    """The kind of what is neither archive nor compound file, by its first bytes and its name."""
    named = _NAMED.get(PurePath(name).suffix.lower())
    if b"%PDF-" in head[:1024]:
        kind = Kind.PDF
    elif head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        kind = Kind.IMAGE
    elif head.startswith(b"{\\rtf"):
        kind = Kind.RTF
    elif named is not None:
        kind = named
    elif len(_HEADER.findall(head.replace(b"\r\n", b"\n").partition(b"\n\n")[0])) > 2:
        kind = Kind.EML
    elif _MARKUP.match(head):
        kind = Kind.HTML
    else:
        return None if _is_binary(head) else Kind.TEXT
    return kind


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: UTF-16 and UTF-32 have NULs and a pattern."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    nuls = head.count(0)
    if not nuls:
        controls = sum(
            head.count(bytes([c])) for c in (*range(1, 9), *range(14, 27), *range(28, 32))
        )
        return controls * 20 > len(head)
    even, odd = head[::2].count(0), head[1::2].count(0)
    return not (max(even, odd) * 4 > len(head) // 2 and min(even, odd) * 20 < max(even, odd))
