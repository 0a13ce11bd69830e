"""What a chunk stands in (a heading, the heads of a table), and what a document is called.

A chunk from the middle of a section or a table says little of what it is about. A short line that
does stands in front of the text that is embedded and word-indexed, never of the text that is
stored, shown and cited: its offsets are those of the page. Rules over text alone. What the document
is called is not put there: in the word index it found no page of tests/bench/lookalikes that the
rules of `naming` do not find, and inside a document it says the same of every chunk.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

# What vectors were made of is part of what they are known by: those of another are made again.
SCHEME = 1

HEADS = 140  # characters of a table's caption and heads
HEADING_PATH = 160  # characters of a path of headings, of which what is nearest counts most
HEADING = 90  # characters of a heading that is told by its number

COVER_LINES = 6  # of a first page that may say what the document is
COVER_LINE = 70  # characters; a longer line is running text

_SEPARATORS = re.compile(r"[\W_]+")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")

# "4 Rent", "4.2  Review of the rent", "§ 4 Rent", "IV. Rent": not "12 people were ill." or "12 34".
_NUMBERED = re.compile(
    r"(?:(?:§ ?)?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}[.)]|[A-Z][.)])\s{1,4}[^\W\d_][^\n]{2,80}"
)
_ENDS_A_SENTENCE = re.compile(r"[.;:,]\s*$")
_VALUE = re.compile(r"[-–(£$€]*\d[\d.,:/%)]*|[-–—]|n/a", re.IGNORECASE)


class _Line(NamedTuple):
    start: int
    text: str


class _Table(NamedTuple):
    """Where its first and its last row begin, and its heads: above it, or on the page before."""

    start: int
    last: int
    heads: str
    from_before: str


class Surroundings:
    """What the chunks of one page stand in.

    `path` is the page's path of headings, as far as the file gives one, and `before` the text of
    the page before, from which a section or a table may go on.
    """

    def __init__(self, path: str, text: str, before: str = "") -> None:
        self._path = path[-HEADING_PATH:]
        self._text = text
        self._before = before

    def at(self, start: int, end: int) -> str:
        """The context of the chunk `text[start:end]`: a line for each thing it does not say."""
        chunk = " ".join(self._text[start:end].split())
        return "\n".join(part for part in self._parts(start) if part and part not in chunk)

    def most_at(self, start: int) -> str:
        """The context of a chunk that begins at `start`, if it says nothing of it."""
        return "\n".join(part for part in self._parts(start) if part)

    def _parts(self, start: int) -> tuple[str, str]:
        return self._path or self.heading_above(start), self.heads_above(start)

    def heading_above(self, start: int) -> str:
        """The last numbered heading up to `start`, on this page or the one before, "" for none."""
        at = bisect_right(self._headings, start, key=lambda line: line.start)
        return self._headings[at - 1].text if at else ""

    def heads_above(self, start: int) -> str:
        """Caption and heads of the table that `start` lies in, if they stand above it, else ""."""
        at = bisect_right(self._tables, start, key=lambda table: table.start) - 1
        if at < 0 or start > self._tables[at].last:
            return ""
        table = self._tables[at]
        return table.from_before or (table.heads if table.start < start else "")

    @cached_property
    def _headings(self) -> list[_Line]:
        found = [_Line(-1, line.text) for line in _lines(self._before) if _is_heading(line.text)]
        header = running_header(self._text, self._before)
        for line in _lines(self._text):
            said = line.text if line.start else line.text.removeprefix(header).strip()
            if _is_heading(said):
                found.append(_Line(line.start, said))
        return [
            _Line(line.start, _shortened(" ".join(line.text.split()), HEADING)) for line in found
        ]

    @cached_property
    def _tables(self) -> list[_Table]:
        lines = list(_lines(self._text))
        return [
            _Table(
                lines[first].start,
                lines[last].start,
                _heads(lines, first),
                _heads_at_the_end(self._before) if first <= _ABOVE else "",
            )
            for first, last in _runs_of_rows(lines)
        ]


def spoken_name(name: str) -> str:
    """A file's name as words: "AR19_Castleford.pdf" is "AR 19 Castleford"."""
    return " ".join(_SEPARATORS.sub(" ", apart(_EXTENSION.sub("", name))).split())


def apart(text: str) -> str:
    """The words of `text` with what is written in one word apart: "3M" is "3 M"."""
    return _CAMEL.sub(" ", text)


def cover(opening: str) -> list[str]:
    """The short lines with which a first page begins; none, if it begins with running text."""
    lines: list[str] = []
    for line in opening[: COVER_LINES * 2 * COVER_LINE].splitlines():
        text = line.strip()
        if len(text) > COVER_LINE or len(lines) == COVER_LINES:
            break
        if text:
            lines.append(text)
    return lines


def running_header(text: str, before: str) -> str:
    """What the first lines of two pages have in common, up to the end of a word."""
    here, there = (page.split("\n", 1)[0] for page in (text, before))
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    if same < len(here) and not here[same : same + 1].isspace():
        same = here.rfind(" ", 0, same) + 1
    return here[:same].strip() if same >= _SHORTEST_HEADER else ""


_SHORTEST_HEADER = 5  # characters
_ABOVE, _BELOW = 1, 2  # lines of running headers and footers between two parts of a table
_FEWEST_ROWS = 3


def _heads_at_the_end(text: str) -> str:
    lines = list(_lines(text))
    tables = _runs_of_rows(lines)
    if not tables or len(lines) - 1 - tables[-1][1] > _BELOW:
        return ""
    return _heads(lines, tables[-1][0])


def _heads(lines: Sequence[_Line], first: int) -> str:
    """The lines above a table's first row that are no sentences: its heads, and its caption."""
    above: list[str] = []
    for line in reversed(lines[max(0, first - 2) : first]):
        if _ENDS_A_SENTENCE.search(line.text) or len(line.text) > 110:
            break
        above.insert(0, line.text.strip())
    return _shortened(" | ".join(above), HEADS)


def _runs_of_rows(lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """(first, last) of each run of lines that look like rows."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_row(lines[end].text):
            end += 1
        if end - at >= _FEWEST_ROWS:
            found.append((at, end - 1))
        at = max(end, at + 1)
    return found


def _is_row(text: str) -> bool:
    """A short line that begins with a word and ends in a value."""
    cells = text.split()
    return (
        2 <= len(cells) <= 14
        and len(text) <= 110
        and not _VALUE.fullmatch(cells[0])
        and bool(_VALUE.fullmatch(cells[-1]))
        and not cells[-1].endswith((".", ":"))
    )


def _is_heading(text: str) -> bool:
    text = text.strip()
    return (
        bool(_NUMBERED.fullmatch(text))
        and len(text) <= HEADING
        and not _ENDS_A_SENTENCE.search(text)
        and not _is_row(text)
    )


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield _Line(at, line.strip())
        at += len(line)


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0]
