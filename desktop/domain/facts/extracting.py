"""Facts of a text: each kind is looked for in turn, and what one has claimed is no other's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from desktop.domain.facts.dates import dates, times
from desktop.domain.facts.fact import Fact
from desktop.domain.facts.figures import figures
from desktop.domain.facts.language import stretches
from desktop.domain.facts.names import names
from desktop.domain.facts.polarity import lowered, polarity
from desktop.domain.facts.quotations import quotations
from desktop.domain.facts.references import addresses, phones, references
from desktop.domain.sentences import Span


def found_in(text: str, spans: Sequence[Span], language: str) -> list[Fact]:
    """The facts of `text`, whose sentences are `spans`, in their order.

    A paragraph that is clearly in another language than `language` is read as such. Time is linear
    in the length of the text.
    """
    found = _Found(text)
    found.quote(quotations(text))
    small = lowered(text)
    starts = [start for start, _ in spans]
    for start, end, spoken in stretches(text, language):
        found.claim(addresses(text, start, end))
        found.claim(references(text, start, end, found.is_free))
        found.claim(dates(text, small, start, end, spoken))
        found.claim(times(text, start, end))
        found.claim(phones(text, start, end))
        found.claim(figures(text, start, end, spoken, found.is_free))
        found.claim(names(text, start, end, spoken, found.is_free))
        first = bisect_right(starts, start - 1)
        for at in range(first, bisect_right(starts, end - 1)):
            found.add(polarity(text, small, spans[at], spoken, found.is_sayable))
    return sorted(found.facts, key=lambda fact: (fact.start, fact.end))


class _Found:
    """What has been found so far, and which characters are spoken for."""

    def __init__(self, text: str) -> None:
        self.facts: list[Fact] = []
        self._claimed = bytearray(len(text))
        self._quoted = bytearray(len(text))

    def quote(self, facts: Iterable[Fact]) -> None:
        """Quotations: other facts are found inside them, but what they deny is not the author's."""
        for fact in facts:
            self.facts.append(fact)
            self._quoted[fact.start : fact.end] = b"\1" * (fact.end - fact.start)

    def claim(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            if self.is_free(fact.start, fact.end):
                self.facts.append(fact)
                self._claimed[fact.start : fact.end] = b"\1" * (fact.end - fact.start)

    def add(self, facts: Iterable[Fact]) -> None:
        self.facts.extend(facts)

    def is_free(self, start: int, end: int) -> bool:
        return self._claimed.find(1, start, end) < 0

    def is_sayable(self, start: int, end: int) -> bool:
        """Whether a negation or modality here would be the author's own and no part of a name."""
        ends = self.is_free(start, start + 1) and self.is_free(end - 1, end)
        return ends and self._quoted.find(1, start, end) < 0
