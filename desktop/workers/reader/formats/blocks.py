"""What a document without pages is made of, and how that becomes pages of bounded size.

A page is a section: the text under one heading path, in parts where it is long. A row of a table is
a line in which every value stands behind the head of its column, so that the row can be found and
cited by itself. Pure Python: it sees text, never a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop.domain.documents import BETWEEN_HEADINGS, ScanLine, Unit
from desktop.domain.sentences import BETWEEN_CELLS

MOST_CHARACTERS = 4_000  # of a section, about one printed page and a half
MAX_NAME = 2_000  # characters, as protocol.Name allows
DEEPEST = 9  # levels of headings


class Heading(NamedTuple):
    """`level` counts from 1."""

    level: int
    text: str


class Paragraph(NamedTuple):
    text: str


class Table(NamedTuple):
    """Rows of cells; the first row holds the heads of the columns if `headed`."""

    rows: Sequence[Sequence[str]]
    headed: bool = True


Block = Heading | Paragraph | Table


class ReadPage(NamedTuple):
    """A page as it was read; its number follows from its place.

    `heading` is its path, outermost first. `confidence` (0 to 1) and `lines` are OCR's.
    """

    text: str
    label: str = ""
    unit: Unit = Unit.SECTION
    heading: str = ""
    confidence: float | None = None
    lines: tuple[ScanLine, ...] = ()


def paged(blocks: Iterable[Block], above: Sequence[str] = ()) -> Iterator[ReadPage]:
    """The sections of `blocks`; `above` are headings that they all stand under."""
    path: list[tuple[int, str]] = []
    lines: list[str] = []
    size, empty = 0, True  # `empty`: nothing but headings so far

    def taken() -> ReadPage:
        heading = heading_path([*above, *(text for _, text in path)])
        page = ReadPage("\n\n".join(lines), heading=heading)
        lines.clear()
        return page

    for block in blocks:
        if isinstance(block, Heading):
            text = " ".join(clean(block.text).split()).rstrip(" ¶")[:MAX_NAME]
            if not text:
                continue
            if not empty:
                yield taken()
                size, empty = 0, True
            level = min(max(block.level, 1), DEEPEST)
            path = [*((depth, name) for depth, name in path if depth < level), (level, text)]
            lines.append(text)
            size += len(text)
            continue
        for piece in _pieces(block):
            if not empty and size + len(piece) > MOST_CHARACTERS:
                yield taken()
                size = 0
            lines.append(piece)
            size += len(piece)
            empty = False
    if lines:
        yield taken()


def heading_path(headings: Sequence[str]) -> str:
    """Headings as one line, outermost first; what is too long loses its beginning.

    What repeats the heading above it is said once.
    """
    path: list[str] = []
    for heading in headings:
        above = path[-1].split(BETWEEN_HEADINGS) if path else [""]
        first, _, rest = heading.partition(BETWEEN_HEADINGS)
        path += [part for part in ((rest,) if first == above[-1] else (heading,)) if part]
    return BETWEEN_HEADINGS.join(path)[-MAX_NAME:]


def row_line(heads: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a table as a line of "head: value"; empty cells are left out."""
    told = []
    for at, cell in enumerate(cells):
        value = " ".join(cell.split())
        if value:
            head = " ".join(heads[at].split()) if at < len(heads) else ""
            told.append(f"{head}: {value}" if head and head != value else value)
    return BETWEEN_CELLS.join(told)


def clean(text: str) -> str:
    """Text without control characters and halves of surrogate pairs; kinds of line end are one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in text
        if c in "\n\t" or not (c < " " or "\x7f" <= c < "\xa0" or "\ud800" <= c < "\ue000")
    )


def _pieces(block: Paragraph | Table) -> Iterator[str]:
    """The block as texts that each fit a section."""
    if isinstance(block, Paragraph):
        text = clean(block.text).strip()
        yield from _cut(text)
        return
    rows = [[clean(cell) for cell in row] for row in block.rows]
    headed = block.headed and len(rows) > 1
    heads: Sequence[str] = rows[0] if headed else ()
    written: list[str] = []
    size = 0
    for row in rows[1:] if headed else rows:
        line = row_line(heads, row)
        if not line:
            continue
        if written and size + len(line) > MOST_CHARACTERS // 2:
            yield "\n".join(written)
            written, size = [], 0
        for part in _cut(line):
            written.append(part)
            size += len(part)
    if written:
        yield "\n".join(written)


def _cut(text: str) -> Iterator[str]:
    """The text in parts of at most MOST_CHARACTERS, cut at a line's end or between words."""
    while len(text) > MOST_CHARACTERS:
        at = max(
            text.rfind("\n", MOST_CHARACTERS // 2, MOST_CHARACTERS),
            text.rfind(". ", MOST_CHARACTERS // 2, MOST_CHARACTERS) + 1,
        )
        if at <= 0:
            at = text.rfind(" ", MOST_CHARACTERS // 2, MOST_CHARACTERS)
        if at <= 0:
            at = MOST_CHARACTERS
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    if text:
        yield text
