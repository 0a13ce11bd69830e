"""Which sentences of a rewrite say what which ones of the original said, by their rarer words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

from desktop.domain.facts.fact import Fact
from desktop.domain.facts.reading import Sentences

_COMMON = 30  # sentences in which a stem may stand and still tell one from another
_PARTNERS = 4  # sentences that one may have been merged into or split into
_CERTAIN = 2  # votes below which the place in the text counts as well
_PART, _LONGEST = 6, 20  # letters of a word within a compound
_NEAR = 0.4  # share of the best partner's votes that makes another one a partner


def align(
    before: Sentences, after: Sentences, olds: Iterable[Fact] = (), news: Iterable[Fact] = ()
) -> tuple[list[set[int]], list[set[int]]]:
    """For each sentence of either side the numbers of its partners on the other.

    `olds` and `news` are values and names, which tell one sentence from another as words do.
    """
    old = _with_facts(_with_parts(before.stems, after.stems), olds, before)
    new = _with_facts(_with_parts(after.stems, before.stems), news, after)
    forward = _partners(old, new)
    backward = _partners(new, old)
    for one, partners in enumerate(backward):
        for partner in partners:
            forward[partner].add(one)
    for one, partners in enumerate(forward):
        for partner in partners:
            backward[partner].add(one)
    return forward, backward


def _with_facts(
    stems: list[frozenset[str]], facts: Iterable[Fact], sentences: Sentences
) -> list[frozenset[str]]:
    stated: defaultdict[int, set[str]] = defaultdict(set)
    for fact in facts:
        stated[sentences.index(fact.start)].add(f"={fact.normal}")
    return [one | stated[number] if number in stated else one for number, one in enumerate(stems)]


def _with_parts(
    own: Sequence[frozenset[str]], other: Sequence[frozenset[str]]
) -> list[frozenset[str]]:
    """The stems, and of a compound the words that stand alone on the other side.

    "Dachsanierung" is the "Sanierung" of the "Dach".
    """
    alone = {one for stems in other for one in stems if _PART <= len(one) <= _LONGEST}
    parts: dict[str, list[str]] = {}
    for stems in own:
        for one in stems:
            if len(one) >= 2 * _PART and one not in parts:
                cuts = range(_PART, len(one) - _PART + 1)
                halves = (half for at in cuts for half in (one[:at], one[at:]))
                parts[one] = [half for half in halves if half in alone]
    return [
        stems.union(*(parts[one] for one in stems if parts.get(one))) if parts else stems
        for stems in own
    ]


def _partners(own: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> list[set[int]]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for number, stems in enumerate(other):
        for one in stems:
            where[one].append(number)
    partners: list[set[int]] = []
    for number, stems in enumerate(own):
        votes: Counter[int] = Counter()
        for one in stems:
            if len(where.get(one, ())) <= _COMMON:
                votes.update(where.get(one, ()))
        best = sorted(votes.items(), key=itemgetter(1), reverse=True)[:_PARTNERS]
        chosen = {partner for partner, count in best if count >= best[0][1] * _NEAR}
        if other and (not best or best[0][1] < _CERTAIN):
            chosen.add(min(len(other) - 1, number * len(other) // len(own)))
        partners.append(chosen)
    return partners
