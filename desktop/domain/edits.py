"""Edits: stretches of a text with what takes their place, and the changes that they come to.

Where a text has paragraphs of its own, a change stays within one of them: that is what can be
written into a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Change, changes
from desktop.domain.sentences import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of [start, end)."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """`text`, or [start, end) of it, with the edits, which are in order and do not overlap."""
    parts: list[str] = []
    done = start
    for edit in edits:
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join([*parts, text[done:end]])


def changes_of(text: str, edits: Sequence[Edit], paragraphs: Sequence[Span]) -> list[Change]:
    """The changes between `text` and `text` edited, each within one of the `paragraphs`.

    Every edit lies within a paragraph; both are in order.
    """
    found: list[Change] = []
    at = shift = 0
    for start, end in paragraphs:
        first = at
        while at < len(edits) and edits[at].end <= end:
            at += 1
        if first == at:
            continue
        before, after = text[start:end], edited(text, edits[first:at], start, end)
        found += (
            Change(
                change.start + start,
                change.end + start,
                change.new_start + start + shift,
                change.new_end + start + shift,
                change.old,
                change.new,
            )
            for change in changes(before, after)
        )
        shift += len(after) - len(before)
    return found


def touched(before: str, after: str, fixed: Sequence[Span]) -> list[Span]:
    """Those spans of `before` that are to stay and that `after` has changed something in."""
    if not fixed:
        return []
    made = changes(before, after)
    return [
        (start, end)
        for start, end in fixed
        if any(change.start < end and change.end > start for change in made)
    ]


def within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The spans as far as they lie in [start, end), counted from `start`."""
    return [
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if first < end and last > start
    ]
