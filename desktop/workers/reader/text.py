"""A page's text as a person reads it, and where each character of it came from.

The one place where PDFium's characters become stored text: reading a document and lighting a
passage both go through `readable`, so an offset can never mean two things. Pure Python: it sees
numbers, never a PDF.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

MAX_CHARACTERS = 1_000_000  # of one page; well under protocol.PageTextStr
_LONGEST_WORD = 200  # how far back a cut may move to fall between two words

_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})  # how PDFium marks a hyphen that ends a line
_UNSEEN = (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFF)
_HALVES = range(0xD800, 0xE000)  # of a surrogate pair, alone; pairs are joined before
_READ_AS = (
    dict.fromkeys((*_UNSEEN, *_HALVES), "")
    | dict.fromkeys((0x09, 0x0B, 0xA0, 0x2007, 0x202F), " ")
    | dict.fromkeys((0x0A, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
)


class ReadableText(NamedTuple):
    """`text`, and for each of its characters the index of the PDFium character behind it."""

    text: str
    origins: array[int]


def readable(codes: Sequence[int]) -> ReadableText:
    """The text of PDFium's characters `codes` (FPDFText_GetUnicode, by index).

    Line ends become LF, kinds of space a space; what cannot be seen is dropped. A word divided at
    the end of a line is joined again, unless capitals or digits say that its hyphen is its own.
    """
    characters: list[str] = []
    origins = array("L")
    count = min(len(codes), MAX_CHARACTERS)
    for index in range(count):
        code = codes[index]
        if 0x20 <= code < 0x7F:
            character = chr(code)
        else:
            after = codes[index + 1] if index + 1 < count else 0
            before = characters[-1] if characters else ""
            character = _read_as(code, before, after)
        if character:
            characters.append(character)
            origins.append(index)
    text = "".join(characters)
    if count < len(codes):
        end = _between_words(text)
        return ReadableText(text[:end], origins[:end])
    if not text.strip():  # layout without a letter in it is a page without text
        return ReadableText("", array("L"))
    return ReadableText(text, origins)


def _read_as(code: int, before: str, after: int) -> str:
    """What `code` reads as between the character `before` and the code `after`; "" for nothing."""
    if code in _LINE_END_HYPHENS:
        return "" if before.islower() and _character(after).islower() else "-"
    if code == 0x0D and after == 0x0A:
        return ""
    if 0xD800 <= code < 0xDC00 and 0xDC00 <= after < 0xE000:
        return chr(0x10000 + ((code - 0xD800) << 10) + (after - 0xDC00))
    read_as = _READ_AS.get(code)
    return _character(code) if read_as is None else read_as


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else ""


def _between_words(text: str) -> int:
    """Where to cut `text` so that its last word is whole, if it is a word at all."""
    for end in range(len(text), max(0, len(text) - _LONGEST_WORD), -1):
        if text[end - 1].isspace():
            return end
    return len(text)
