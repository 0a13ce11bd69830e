"""Two texts as one that shows their changes: what stands where, for a view to mark.

Made beside the main thread, because it reads the whole of both texts; it knows no colour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Change
from desktop.gui.widgets.utf16 import Places


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end), in Qt's count, is one side of change `number`: what is new, or what was."""

    start: int
    end: int
    number: int
    new: bool


@dataclass(frozen=True, slots=True)
class Marking:
    """A text for a plain text view, and the spans in it, in order and without overlap."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def between(self, first: int, last: int) -> Sequence[Span]:
        """The spans that reach into [first, last]."""
        begin = bisect_left(self.spans, first, key=lambda span: span.end)
        end = bisect_left(self.spans, last + 1, key=lambda span: span.start)
        return self.spans[begin:end]

    def of(self, number: int) -> Sequence[Span]:
        """The sides of a change that are in this text: one, two or none."""
        begin = bisect_left(self.spans, number, key=lambda span: span.number)
        return [span for span in self.spans[begin : begin + 2] if span.number == number]


@dataclass(frozen=True, slots=True)
class Markings:
    """The changes in one text with both sides, and in the text before and the one after."""

    inline: Marking
    before: Marking
    after: Marking


def markings(before: str, after: str, changes: Sequence[Change]) -> Markings:
    """`changes` are those that make `after` of `before`."""
    parts: list[str] = []
    both: list[tuple[int, int, int, bool]] = []
    done = at = 0
    for number, change in enumerate(changes):
        parts += (before[done : change.start], change.old, change.new)
        at += change.start - done
        if change.old:
            both.append((at, at + len(change.old), number, False))
            at += len(change.old)
        if change.new:
            both.append((at, at + len(change.new), number, True))
            at += len(change.new)
        done = change.end
    parts.append(before[done:])
    olds = [(c.start, c.end, number, False) for number, c in enumerate(changes) if c.old]
    news = [(c.new_start, c.new_end, number, True) for number, c in enumerate(changes) if c.new]
    return Markings(
        _marking("".join(parts), both), _marking(before, olds), _marking(after, news)
    )  # fmt: skip


def _marking(text: str, spans: Sequence[tuple[int, int, int, bool]]) -> Marking:
    # Qt makes one line end of two characters: keep every offset what it is.
    places = Places(text.replace("\r", " "))
    return Marking(
        places.text,
        tuple(
            Span(places.of(start), places.of(end), number, new) for start, end, number, new in spans
        ),
    )
