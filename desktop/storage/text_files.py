"""Text that comes in as bytes: a file or standard input, in the encodings that offices have.

UTF-8; UTF-16 and UTF-32 by their byte order mark; and Windows-1252, which older programs save. The
text is not changed: line ends stay as they are. The file is only ever read; what is written goes
out in the encoding that came in.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from desktop.domain.errors import FileUnreadable, TextFormatUnknown, TextTooLong
from desktop.domain.originals import Original, OriginalKind

LARGEST = 16 * 1024 * 1024  # bytes; more is no text that somebody wrote

UTF_8 = "UTF-8"
WINDOWS = "windows-1252"
# Encoding -> codec, byte order mark. Longest mark first: UTF-32's begins with UTF-16's.
_ENCODINGS = {
    "UTF-32LE": ("utf-32-le", codecs.BOM_UTF32_LE),
    "UTF-32BE": ("utf-32-be", codecs.BOM_UTF32_BE),
    "UTF-8 with a byte order mark": ("utf-8", codecs.BOM_UTF8),
    "UTF-16LE": ("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16BE": ("utf-16-be", codecs.BOM_UTF16_BE),
    UTF_8: ("utf-8", b""),
    WINDOWS: ("cp1252", b""),
}
_FORMATS = {
    ".docx": "a Word document", ".docm": "a Word document with macros",
    ".dotx": "a Word template", ".dotm": "a Word template",
    ".doc": "an old Word document", ".odt": "an OpenDocument text",
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
    return read_original(path).text


def read_original(path: Path) -> Original:
    """A text with what it takes to write another like it. Raises as `read_text` does."""
    if path.suffix.lower() in _FORMATS:
        raise TextFormatUnknown(file=str(path), reason=f"it is {_FORMATS[path.suffix.lower()]}")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise FileUnreadable(file=str(path), reason=reason) from error
    text, encoding = _told(raw, str(path))
    return Original(path, OriginalKind.TEXT, text, hashlib.sha256(raw).hexdigest(), encoding)


def decoded(raw: bytes, name: str) -> str:
    """Bytes as text; `name` is what errors call them. Raises TextFormatUnknown, TextTooLong."""
    return _told(raw, name)[0]


def encoded(text: str, encoding: str) -> tuple[bytes, str]:
    """A text in an encoding that `read_original` names, or in UTF-8 if it has other characters;
    and which it became."""
    codec, mark = _ENCODINGS.get(encoding, _ENCODINGS[UTF_8])
    try:
        return mark + text.encode(codec), encoding if encoding in _ENCODINGS else UTF_8
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace"), UTF_8


def _told(raw: bytes, name: str) -> tuple[str, str]:
    """Bytes as text, and the encoding they are in."""
    if len(raw) > LARGEST:
        raise TextTooLong(characters=f"over {LARGEST}", limit=LARGEST)
    for encoding, (codec, mark) in _ENCODINGS.items():
        if mark and raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(codec), encoding
            except UnicodeDecodeError as error:
                reason = f"it begins as {encoding} and breaks off"
                raise TextFormatUnknown(file=name, reason=reason) from error
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise TextFormatUnknown(file=name, reason=f"it is {what}")
    controls = sum(raw.count(byte) for byte in (*range(9), *range(14, 32)))
    if controls > max(8, len(raw) * _FEW_CONTROLS):
        raise TextFormatUnknown(file=name, reason="it holds bytes that are no text")
    try:
        return raw.decode("utf-8"), UTF_8
    except UnicodeDecodeError:
        # Every byte is a character in it, five apart, which become replacement characters.
        return raw.decode("cp1252", "replace"), WINDOWS
