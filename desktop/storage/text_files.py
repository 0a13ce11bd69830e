"""Text that comes in as bytes: a file or standard input, in the encodings that offices have.

UTF-8; UTF-16 and UTF-32 by their byte order mark; and Windows-1252, which older programs save. The
text is not changed: line ends stay as they are. The file is only ever read.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from desktop.domain.errors import FileUnreadable, TextFormatUnknown, TextTooLong

LARGEST = 16 * 1024 * 1024  # bytes; more is no text that somebody wrote

# Longest first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = {
    ".docx": "a Word document", ".doc": "an old Word document", ".odt": "an OpenDocument text",
    ".rtf": "Rich Text", ".pdf": "a PDF", ".eml": "a saved mail", ".msg": "an Outlook mail",
    ".html": "a web page", ".htm": "a web page", ".xlsx": "a spreadsheet", ".pptx": "slides",
    ".epub": "a book",
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "Rich Text"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_FEW_CONTROLS = 0.01  # of a text; more of them are data


def read_text(path: Path) -> str:
    """The text of a file. Raises FileUnreadable, TextFormatUnknown, TextTooLong."""
    if path.suffix.lower() in _FORMATS:
        raise TextFormatUnknown(file=str(path), reason=f"it is {_FORMATS[path.suffix.lower()]}")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise FileUnreadable(file=str(path), reason=reason) from error
    return decoded(raw, str(path))


def decoded(raw: bytes, name: str) -> str:
    """Bytes as text; `name` is what errors call them. Raises TextFormatUnknown, TextTooLong."""
    if len(raw) > LARGEST:
        raise TextTooLong(characters=f"over {LARGEST}", limit=LARGEST)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                reason = f"it begins as {encoding.upper()} and breaks off"
                raise TextFormatUnknown(file=name, reason=reason) from error
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise TextFormatUnknown(file=name, reason=f"it is {what}")
    controls = sum(raw.count(byte) for byte in (*range(9), *range(14, 32)))
    if controls > max(8, len(raw) * _FEW_CONTROLS):
        raise TextFormatUnknown(file=name, reason="it holds bytes that are no text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # Every byte is a character in it, five apart, which become replacement characters.
        return raw.decode("cp1252", "replace")
