"""A rewrite under review: which of its changes are taken, and which of them a fact rests on.

Pure rules over spans; it decides nothing itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Change, apply
from desktop.domain.facts import Fact, FactChange

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Review:
    """The text before, what may become of it, and the positions in `changes` of those taken."""

    text: str
    changes: tuple[Change, ...]
    taken: frozenset[int]

    def current(self) -> str:
        """The text with what is taken."""
        return apply(self.text, self.changes, self.taken)

    def behind(self, facts: Sequence[FactChange]) -> list[tuple[int, ...]]:
        """For each fact that differs between `text` and `current()` the changes it comes from.

        Those taken that touch its words on either side; where none does (a "not" that is said of
        another word now), the nearest one. None only if no change is taken.
        """
        if not facts:
            return []
        numbers, olds, news = self._taken()
        found: list[tuple[int, ...]] = []
        for fact in facts:
            sides = ((olds, fact.before), (news, fact.after))
            near = [place for spans, side in sides if side for place in _near(spans, side)]
            least = min((distance for distance, _ in near), default=0)
            places = {at for distance, at in near if distance == least}
            if least:
                places = set(sorted(places)[:1])
            found.append(tuple(numbers[at] for at in sorted(places)))
        return found

    def _taken(self) -> tuple[list[int], list[_Span], list[_Span]]:
        """The changes taken, with their spans in `text` and in `current()`."""
        numbers: list[int] = []
        olds: list[_Span] = []
        news: list[_Span] = []
        shift = 0
        for number, change in enumerate(self.changes):
            if number in self.taken:
                start = change.start + shift
                numbers.append(number)
                olds.append((change.start, change.end))
                news.append((start, start + len(change.new)))
                shift += len(change.new) - len(change.old)
        return numbers, olds, news


def _near(spans: Sequence[_Span], fact: Fact) -> list[tuple[int, int]]:
    """The spans that touch a fact and the two beside them: how far each is, and its place."""
    first = max(bisect_left(spans, fact.start, key=lambda span: span[1]) - 1, 0)
    last = bisect_left(spans, fact.end, key=lambda span: span[0]) + 1
    return [(_distance(spans[at], fact), at) for at in range(first, min(last, len(spans)))]


def _distance(span: _Span, fact: Fact) -> int:
    """Characters between a change and a fact and one more; 0 if they share one, or if words were
    put into the fact or taken out of it."""
    start, end = span
    inside = start == end and fact.start < start < fact.end
    if inside or (start < fact.end and fact.start < end):
        return 0
    return max(start - fact.end, fact.start - end, 0) + 1
