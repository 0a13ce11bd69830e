"""An answer's Markdown in blocks: what can be laid out by itself, and stays as it is once it ended.

Pure rules over text. A block ends where the next one begins, so together they are the whole text;
the last one may still grow. The same text gives the same blocks, streamed or whole.
https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 800  # characters from which on the next item of a list, or row, begins a block
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_INSIDE = re.compile(r"[ \t]{2,}\S")  # goes on with what stands above, over a blank line


class Block(NamedTuple):
    """From `start` to `end` of a text. `fence` is what opened it, where it is code at the margin;
    `closed` says whether that was closed. Rows that go on from an earlier block know where the
    `table` began."""

    start: int
    end: int
    fence: str = ""
    closed: bool = True
    table: int = -1


def blocks(text: str, start: int = 0, table: int = -1) -> list[Block]:
    """The blocks of `text` from `start`, which is 0 or where an earlier block, of that `table`,
    began."""
    return _Cutting(text, start, table).blocks()


class _Cutting:
    """A text being cut into blocks, line by line."""

    def __init__(self, text: str, start: int, table: int) -> None:
        self._text = text
        self._found: list[Block] = []
        self._begun = self._at = start
        self._table = table  # where it began, whose rows the block in hand has
        self._goes_on = table >= 0  # with rows of an earlier block
        self._fence = ""  # that is open at the margin
        self._inner = ""  # and within a list
        self._blank = self._listed = False
        self._above = ""

    def blocks(self) -> list[Block]:
        for line in self._text[self._begun :].splitlines(keepends=True):
            bare = line.strip()
            if self._fence:
                self._at += len(line)
                if _closes(bare, self._fence):
                    self._end(self._fence)
                    self._fence = ""
                continue
            if self._inner:
                self._inner = "" if _closes(bare, self._inner) else self._inner
            elif not bare:
                self._blank = True
            else:
                self._take(line, bare)
            self._above = bare
            self._at += len(line)
        if self._begun < self._at:
            table = self._table if self._goes_on else -1
            last = Block(self._begun, self._at, self._fence, not self._fence, table)
            self._found.append(last)
        return self._found

    def _take(self, line: str, bare: str) -> None:
        """A line that says something, outside of code."""
        opened = _FENCE.match(bare)
        if opened is not None and not line.startswith((" ", "\t")):
            self._end()
            self._fence = opened[1]
            return
        item = _ITEM.match(line) is not None
        long = self._at - self._begun >= LONGEST
        if self._blank and not _INSIDE.match(line):
            self._end()
        elif long and self._table >= 0 and "|" in bare:
            table = self._table
            self._end()
            self._table, self._goes_on = table, True
        elif long and item and self._listed:
            self._end()
        elif self._table < 0 and "|" in self._above and _DELIMITERS.fullmatch(bare):
            above = self._text.rfind("\n", 0, self._at - 1) + 1
            self._table = above if not self._text[self._begun : above].strip() else -1
        self._listed = self._listed or item
        self._blank = False
        self._inner = opened[1] if opened is not None else ""

    def _end(self, fence: str = "") -> None:
        """The block in hand ends here, if it says anything."""
        if self._text[self._begun : self._at].strip():
            table = self._table if self._goes_on else -1
            self._found.append(Block(self._begun, self._at, fence, table=table))
            self._begun = self._at
        self._table, self._goes_on = -1, False
        self._blank = self._listed = False
        self._above = ""


def code_of(text: str, block: Block) -> tuple[str, str]:
    """The language that the fence of a block of code names, and the code without its fences."""
    first, _, rest = text[block.start : block.end].lstrip().partition("\n")
    named = _FENCE.match(first.strip())
    language = named[2].split()[0].strip("{}.") if named and named[2].split() else ""
    if block.closed:
        return language, rest.rstrip("\r\n").rpartition("\n")[0]
    last = rest.rpartition("\n")[2].strip()
    if last and set(last) <= {block.fence[0]}:  # the closing fence has begun to come
        rest = rest.rpartition("\n")[0]
    return language, rest.removesuffix("\n")


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and set(line) == {fence[0]}


def head_of(text: str, block: Block) -> str:
    """The head of the table whose rows the block goes on with, and the line below it."""
    return "".join(text[block.table : block.start].splitlines(keepends=True)[:2])


def shares_of(text: str, block: Block) -> list[float]:
    """How wide its columns are, in per cent: after the texts with which the table begins."""
    begun = text[block.table : min(block.start, block.table + 2 * LONGEST)]
    rows = [line.strip().strip("|").split("|") for line in begun.splitlines() if "|" in line]
    columns = len(rows[0])
    widest = [
        max(min(max(len(row[at].strip()) for row in rows if at < len(row)), 40), 6)
        for at in range(columns)
    ]
    return [100 * width / sum(widest) for width in widest]
