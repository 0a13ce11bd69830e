"""Negations and modalities matched across a rewrite, where their words may all be different.

What has no partner is lost or added, unless something excuses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.domain.facts import wordings
from desktop.domain.facts.bounds import says_a_bound
from desktop.domain.facts.clauses import Clauses, affirmed
from desktop.domain.facts.fact import Fact
from desktop.domain.facts.polar_excuses import (
    is_about_the_same,
    is_missing,
    is_only_noted,
    without_conditions,
    without_restrictions,
)
from desktop.domain.facts.polar_pairing import DENIES, NEGATIVE, Partners, by_sentence, paired
from desktop.domain.facts.reading import Sentences

_DENIED = frozenset(NEGATIVE) - {wordings.WITHOUT}
_OF_BOUNDS = _DENIED | {wordings.MAY}  # "at most 5 are allowed"


def unmatched_polarity(
    olds: Sequence[Fact],
    news: Sequence[Fact],
    before: Sentences,
    after: Sentences,
    forward: Partners,
    backward: Partners,
    quantities: tuple[Sequence[Fact], Sequence[Fact]] = ((), ()),
) -> tuple[list[Fact], list[Fact]]:
    """The facts of either side that the other does not say; `quantities` are those of each."""
    there = by_sentence(news, after)
    here = by_sentence(olds, before)
    pairs = paired(olds, there, before, after, forward)
    matched_old, matched_new = ({id(pair[side]) for pair in pairs} for side in (0, 1))
    rest_old = [fact for fact in olds if id(fact) not in matched_old]
    rest_new = [fact for fact in news if id(fact) not in matched_new]
    left = rest_old, rest_new
    rest_old, rest_new = without_restrictions(
        rest_old, rest_new, before, after, forward, backward, (here, there)
    )
    restricted = {id(fact) for side in left for fact in side}
    restricted -= {id(fact) for side in (rest_old, rest_new) for fact in side}
    gone, come = by_sentence(rest_old, before), by_sentence(rest_new, after)
    lost = [f for f in rest_old if is_missing(f, there, come, before, after, forward)]
    added = [f for f in rest_new if is_missing(f, here, gone, after, before, backward)]
    lost, added = (
        [
            f
            for f in lost
            if f.normal not in (wordings.MAY, wordings.SHOULD)
            or is_about_the_same(f, before, after, forward, come)
        ],
        [f for f in added if is_about_the_same(f, after, before, backward, gone)],
    )
    lost = [f for f in lost if not is_only_noted(f, before, after, forward, there)]
    added = [f for f in added if not is_only_noted(f, after, before, backward, here)]
    lost += _able_after_all(pairs, come, gone, before, forward)
    added += _able_after_all([(b, a) for a, b in pairs], gone, come, after, backward)
    lost, added = without_conditions(lost, added, gone, come, before, after, forward, backward)
    amounts = by_sentence(quantities[0], before), by_sentence(quantities[1], after)
    own, other = (
        Clauses(side.text, side, (f for f in facts if f.normal in DENIES))
        for side, facts in ((before, olds), (after, news))
    )
    sayable_old, sayable_new = (
        [fact for fact in side if id(fact) not in restricted] for side in (olds, news)
    )
    lost = _by_clause(sayable_old, lost, own, other, before, forward)
    added = _by_clause(sayable_new, added, other, own, after, backward)
    return (
        _beyond_bounds(lost, added, amounts, before, after, forward, backward),
        _beyond_bounds(added, lost, amounts[::-1], after, before, backward, forward),
    )


def _beyond_bounds(
    facts: list[Fact],
    others: list[Fact],
    quantities: tuple[dict[int, list[Fact]], dict[int, list[Fact]]],
    own: Sentences,
    other: Sentences,
    partners: Partners,
    back: Partners,
) -> list[Fact]:
    """The facts that say more than that a number is the most or the least that may be.

    "Must stay below 5" and "must not be above 5" are one.
    """
    denied = any(
        fact.normal in _DENIED and _bounds(fact, quantities[::-1], other, own, back)
        for fact in others
    )
    return [
        fact
        for fact in facts
        if not (fact.normal in _OF_BOUNDS or (denied and fact.normal == wordings.MUST))
        or not _bounds(fact, quantities, own, other, partners)
    ]


def _bounds(
    fact: Fact,
    quantities: tuple[dict[int, list[Fact]], dict[int, list[Fact]]],
    own: Sentences,
    other: Sentences,
    partners: Partners,
) -> bool:
    number = own.index(fact.start)
    mates = [one for partner in partners[number] for one in quantities[1].get(partner, [])]
    return says_a_bound(fact, quantities[0].get(number, []), mates, own.text, other.text)


def _by_clause(
    facts: Sequence[Fact],
    missing: Sequence[Fact],
    own: Clauses,
    other: Clauses,
    sentences: Sentences,
    partners: Partners,
) -> list[Fact]:
    """What is missing, and the denials whose clause stands on the other side without one."""
    known = {id(fact) for fact in missing}
    return [
        fact
        for fact in facts
        if id(fact) in known
        or (
            fact.normal in _DENIED
            and not fact.weak
            and affirmed(fact, own, other, partners[sentences.index(fact.start)])
        )
    ]


def _able_after_all(
    pairs: Iterable[tuple[Fact, Fact]],
    there: dict[int, list[Fact]],
    here: dict[int, list[Fact]],
    own: Sentences,
    partners: Partners,
) -> list[Fact]:
    """What could not be and, beside a new "can", has but a "not" of something else for partner."""
    return [
        fact
        for fact, mate in pairs
        if fact.normal == wordings.CANNOT
        and mate.normal != wordings.CANNOT
        and not set(fact.scope) & set(mate.scope)
        and _can(there, partners[own.index(fact.start)]) > _can(here, [own.index(fact.start)])
    ]


def _can(facts: dict[int, list[Fact]], numbers: Iterable[int]) -> int:
    """How many wordings in some sentences say that something can be."""
    return sum(one.normal == wordings.MAY for number in numbers for one in facts.get(number, []))
