"""Plain text in whatever encoding it is in, cut into sections at its blank lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from desktop.workers.reader.formats.blocks import Block, Paragraph

FEW = 10  # letters beyond ASCII tell too little: they are taken for Western European ones
SAMPLE = 65_536  # bytes by which an encoding is told

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")


def decoded(content: bytes, declared: str = "") -> str:
    """The text of `content`: by its byte order mark, as declared, as UTF-8, or as it looks."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in (declared, "utf-8"):
        try:
            return content.decode(encoding) if encoding else content.decode("utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    sample = content[:SAMPLE]
    best = None if sum(byte > 0x7F for byte in sample) < FEW else from_bytes(sample).best()
    return content.decode(best.encoding if best else "cp1252", errors="replace")


def text_blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a plain text; its lines stay as they are."""
    for paragraph in _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        if paragraph.strip():
            yield Paragraph(paragraph.strip("\n"))
