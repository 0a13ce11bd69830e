"""Long paragraphs in pieces that a model takes in at once; wrapped lines as one, and back again."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

from desktop.domain.sentences import Span, sentences, trimmed

WRAPPED_WIDTH = 45  # characters; a paragraph with shorter lines was not wrapped, but laid out
WIDEST = 120


def pieces(text: str, start: int, end: int, limit: int, count: Callable[[str], int]) -> list[Span]:
    """The span cut between sentences, so that no piece has more than about `limit` tokens."""
    spans: list[Span] = []
    size = 0
    for first, last in _sentences_within(text, start, end, limit, count):
        tokens = count(text[first:last])
        if spans and size + tokens <= limit:
            spans[-1] = (spans[-1][0], last)
            size += tokens
        else:
            spans.append((first, last))
            size = tokens
    return spans


def joined(paragraph: str) -> str:
    """A paragraph that was wrapped, as the one line it is meant as; any other as it stands."""
    return " ".join(paragraph.split()) if _wrapping(paragraph) else paragraph


def wrapped_like(paragraph: str, text: str) -> str:
    """`text` wrapped as `paragraph` was: as wide, with its line ends and its indentation."""
    width = _wrapping(paragraph)
    if not width:
        return text
    _, first_end, rest = re.split(r"(\r\n|\r|\n)", paragraph, maxsplit=1)
    indent = rest[: len(rest) - len(rest.lstrip(" \t"))]
    lines = textwrap.wrap(
        text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return first_end.join(lines)


def _wrapping(paragraph: str) -> int:
    """The width a paragraph is wrapped at, in characters; 0 if it is not."""
    lines = paragraph.splitlines()
    widths = [len(line) for line in lines]
    if len(lines) < 2 or min(widths[:-1]) < WRAPPED_WIDTH or max(widths) > WIDEST:
        return 0
    return max(widths)


def _sentences_within(
    text: str, start: int, end: int, limit: int, count: Callable[[str], int]
) -> Iterator[Span]:
    """Sentences, and parts of those that alone are over the limit."""
    for first, last in sentences(text[start:end]):
        first, last = first + start, last + start  # noqa: PLW2901 (offsets of the whole text)
        tokens = count(text[first:last])
        if tokens <= limit:
            yield first, last
            continue
        step = max(1, (last - first) * limit // tokens)
        while first < last:
            stop = min(first + step, last)
            space = text.rfind(" ", first + 1, stop) if stop < last else -1
            stop = space if space > first else stop
            begin, finish = trimmed(text, first, stop)
            if begin < finish:
                yield begin, finish
            first = stop  # noqa: PLW2901 (the rest of a sentence without end)
