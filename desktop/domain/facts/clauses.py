"""Whether what one side denies is affirmed by the other, clause by clause.

Words that two clauses share say that they speak of one matter; then either both deny it or a
denial was lost. It knows no grammar: of clauses that share little it says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from desktop.domain.facts.fact import Fact
from desktop.domain.facts.polarity import stems_of
from desktop.domain.facts.reading import Sentences

_CUT = re.compile(
    r"""[,;:()\n–—]|(?<!\w)(?:but|however|aber|sondern|jedoch|pero|mais|and|und|y|et|or|oder|ou
    |because|although|if|unless|weil|obwohl|wenn|falls|si|car)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_ENOUGH = 2  # stems by which two clauses are known to speak of one matter
_SHARE = 0.75  # of the stems of the shorter one
_MOST = 12  # clauses of a sentence that are looked at; what those behind them deny is counted


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    stems: frozenset[str]
    denies: bool


class Clauses:
    """A text's clauses, cut when they are first asked for."""

    def __init__(self, text: str, sentences: Sentences, denials: Iterable[Fact]) -> None:
        """`denials` are all wordings that may deny something, the weak ones as well."""
        self._text = text
        self._sentences = sentences
        self._denials = sorted(denials, key=lambda fact: fact.start)
        self._starts = [fact.start for fact in self._denials]
        self._counts = Counter(sentences.index(start) for start in self._starts)
        self._cut: dict[int, list[_Clause]] = {}
        self._denying: dict[int, int] = {}
        self._spread: Counter[str] = Counter()

    def of(self, number: int) -> list[_Clause]:
        """The first clauses of a sentence, by its number."""
        if number not in self._cut:
            found = self._clauses(*self._sentences.spans[number])
            self._cut[number] = found[:_MOST]
            self._denying[number] = sum(clause.denies for clause in found)
        return self._cut[number]

    def number(self, fact: Fact) -> int:
        """The number of the sentence that a fact stands in."""
        return self._sentences.index(fact.start)

    def wordings(self, number: int) -> int:
        """How many wordings of a sentence may deny something: no fewer than its clauses do."""
        return self._counts[number]

    def denials(self, number: int) -> int:
        """How many clauses of a sentence deny something."""
        self.of(number)
        return self._denying[number]

    def sentences_with(self, stem: str) -> int:
        """In how many sentences a stem stands."""
        if not self._spread:
            self._spread.update(one for stems in self._sentences.stems for one in stems)
        return self._spread[stem]

    def around(self, fact: Fact) -> _Clause | None:
        """The clause that a fact stands in, None if it is not looked at."""
        found = self.of(self.number(fact))
        at = bisect_right([clause.start for clause in found], fact.start) - 1
        return found[at] if at >= 0 and fact.start < found[at].end else None

    def _clauses(self, start: int, end: int) -> list[_Clause]:
        cuts = [
            start,
            *(
                m.start() if m[0].isalpha() else m.end()
                for m in _CUT.finditer(self._text, start, end)
            ),
            end,
        ]
        result: list[_Clause] = []
        for first, last in pairwise(cuts):
            inside = range(bisect_left(self._starts, first), bisect_left(self._starts, last))
            denials = [self._denials[at] for at in inside]
            stems: set[str] = set()
            at = first
            for fact in denials:
                stems.update(stems_of(self._text, at, max(at, fact.start)))
                if fact.loose.isalpha():
                    stems.add(fact.loose)
                at = max(at, fact.end)
            stems.update(stems_of(self._text, at, max(at, last)))
            if stems or denials:
                result.append(_Clause(first, last, frozenset(stems), bool(denials)))
        return result


def _rare(mine: _Clause, theirs: _Clause, own: Clauses, other: Clauses) -> bool:
    """Whether the stems that two short clauses share stand in no other sentence of either text."""
    return all(
        side.sentences_with(one) == 1 for one in mine.stems & theirs.stems for side in (own, other)
    )


def affirmed(fact: Fact, own: Clauses, other: Clauses, partners: Iterable[int]) -> bool:
    """Whether the clause of the other side that speaks of the same as `fact` denies nothing, in a
    sentence that denies less than its own."""
    numbers = list(partners)
    if own.wordings(own.number(fact)) == 1 and all(other.wordings(one) for one in numbers):
        return False
    mine = own.around(fact)
    if mine is None or not mine.stems:
        return False
    best, where, most = None, 0, (0, 0.0)
    for partner in numbers:
        for clause in other.of(partner):
            shared = len(mine.stems & clause.stems)
            shorter = min(len(mine.stems), len(clause.stems))
            if shared and (shared, shared / shorter) > most:
                best, where, most = clause, partner, (shared, shared / shorter)
    if (
        best is None
        or most[1] < _SHARE
        or (most[0] < _ENOUGH and not _rare(mine, best, own, other))
    ):
        return False
    return not best.denies and other.denials(where) < own.denials(own.number(fact))
