"""Which sentences of a rewrite say what which ones of the original said, by their rarer words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import itemgetter

from desktop.domain.facts.reading import Sentences

_COMMON = 30  # sentences in which a stem may stand and still tell one from another
_PARTNERS = 4  # sentences that one may have been merged into or split into
_CERTAIN = 2  # votes below which the place in the text counts as well
_NEAR = 0.4  # share of the best partner's votes that makes another one a partner


def align(before: Sentences, after: Sentences) -> tuple[list[set[int]], list[set[int]]]:
    """For each sentence of either side the numbers of its partners on the other."""
    forward = _partners(before.stems, after.stems)
    backward = _partners(after.stems, before.stems)
    for one, partners in enumerate(backward):
        for partner in partners:
            forward[partner].add(one)
    for one, partners in enumerate(forward):
        for partner in partners:
            backward[partner].add(one)
    return forward, backward


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
