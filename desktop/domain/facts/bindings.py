"""Values that changed places: "A pays 5 and B pays 7" that became "A pays 7 and B pays 5".

Each value is there on both sides, so nothing is lost; what changed is what it stands with. Two
values are taken to have changed places where the words around each are clearly those that were
around the other. Values that a text mentions twice are left alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from desktop.domain.facts.fact import Fact, FactChange, Kind, Outcome
from desktop.domain.facts.orders import turned_round
from desktop.domain.facts.polarity import content_stem
from desktop.domain.facts.reading import Sentences

_EXCHANGEABLE = (Kind.NUMBER, Kind.AMOUNT, Kind.DURATION, Kind.DATE, Kind.TIME, Kind.NAME)
_WORD = re.compile(r"[^\W\d_]++|[,;:.()–—]|\d++")
# What divides two values that are listed, as a comma does.
_JOINS = frozenset("and und y et while whereas während mientras tandis".split())
# Words that say which way a value went, whatever verb says so.
_WAYS = {
    word: way
    for way, listed in {
        "+": """rise rises rose risen increase increases increased grew grown up more higher gain
            gained stieg steigt gestiegen erhöht mehr höher zunahme zugenommen subió aumentó más
            augmenté hausse plus""",
        "-": """fall falls fell fallen decrease decreases decreased down less lower decline declined
            sank sinkt gesunken weniger niedriger abgenommen rückgang bajó disminuyó menos baisse
            diminué moins""",
    }.items()
    for word in listed.split()
}  # fmt: skip
_WIDE = 90  # characters on either side in which a value's words are looked for
_WORDS = 5  # of them at most so many on each side
_FAR = 3  # sentences between two values that may have changed places
_NEAREST = 4  # values of a kind with which each one is compared
_CLEARLY = 0.5  # by which the words of the other must speak more than its own
_FACTOR = 1.25
_JOINING = 0.5  # weight of the "to" of "9 to 4"

_Around = dict[str, float]


def exchanged(
    olds: Iterable[Fact], news: Iterable[Fact], before: Sentences, after: Sentences
) -> list[FactChange]:
    """The pairs of values that changed places, each value as changed into the other."""
    there = _single(news)
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for key, fact in _single(olds).items():
        if key in there:
            groups[key[0]].append(fact)
    changes: list[FactChange] = []
    for group, facts in groups.items():
        facts.sort(key=lambda fact: fact.start)
        old_stands = [_Stand(fact, before) for fact in facts]
        new_stands = [_Stand(there[group, fact.normal], after) for fact in facts]
        gone: set[str] = set()
        for index, one in enumerate(facts):
            for further in range(index + 1, min(len(facts), index + 1 + _NEAREST)):
                other = facts[further]
                if before.index(other.start) - before.index(one.start) > _FAR:
                    break
                if {one.normal, other.normal} & gone:
                    continue
                new_one, new_other = new_stands[index].fact, new_stands[further].fact
                if turned_round(
                    one,
                    other,
                    before.text,
                    there[group, one.normal],
                    there[group, other.normal],
                    after.text,
                ) or _changed_places(
                    old_stands[index], old_stands[further], new_stands[index], new_stands[further]
                ):
                    gone |= {one.normal, other.normal}
                    changes.append(FactChange(Outcome.CHANGED, one, new_other))
                    changes.append(FactChange(Outcome.CHANGED, other, new_one))
    return changes


def _single(facts: Iterable[Fact]) -> dict[tuple[str, str], Fact]:
    """The values that are mentioned once, by their group and what they state."""
    known = [fact for fact in facts if fact.kind in _EXCHANGEABLE]
    counts = Counter((_group(fact), fact.normal) for fact in known)
    keyed = (((_group(fact), fact.normal), fact) for fact in known if not fact.weak)
    return {key: fact for key, fact in keyed if counts[key] == 1}


def _group(fact: Fact) -> str:
    """What one value may change places with: a sum of money is never a share or a time.

    "A fee of £35 without 24 hours' notice" and "without 24 hours' notice, £35" say the same.
    """
    unit = fact.normal.partition(" ")[2] if fact.kind is Kind.NUMBER else ""
    return f"{fact.kind} {unit}"


class _Stand:
    """What a value stands with: the words on both sides of it within its sentence."""

    def __init__(self, fact: Fact, sentences: Sentences) -> None:
        text = sentences.text
        start, end = sentences.spans[sentences.index(fact.start)]
        self.fact = fact
        self.own = {stem for match in _WORD.finditer(fact.text) if (stem := content_stem(match[0]))}
        left = _WORD.findall(text, max(start, fact.start - _WIDE), fact.start)[::-1]
        right = _WORD.findall(text, fact.end, max(fact.end, min(end, fact.end + _WIDE)))
        self._sides = [("<", _steps(left)), (">", _steps(right))]
        self._joined = {
            side + words[0].lower(): _JOINING
            for side, words in (("<", left), (">", right))
            if words and words[0].isalpha() and not content_stem(words[0])
        }

        self.near = {*self._joined, *(step for _, steps in self._sides for step in steps if step)}

    def around(self, own: set[str]) -> _Around:
        """The stems beside it without `own`, the nearest weighing most."""
        found: _Around = dict(self._joined)
        for _, steps in self._sides:
            rank = 1
            for step in steps:
                if not step:
                    rank += 1
                elif step not in own:
                    found[step] = max(found.get(step, 0.0), 1 / rank)
                    rank += 1
                if rank > _WORDS:
                    break
        return found


def _steps(words: Iterable[str]) -> list[str]:
    """The stems among `words`; an empty one for a mark that divides."""
    steps = []
    for word in words:
        small = word.lower()
        if small in _WAYS:
            steps.append(_WAYS[small])
        elif not word.isalnum() or small in _JOINS:
            steps.append("")
        elif stem := content_stem(word):
            steps.append(stem)
    return steps


def _changed_places(one: _Stand, other: _Stand, new_one: _Stand, new_other: _Stand) -> bool:
    if one.near.isdisjoint(new_other.near) and other.near.isdisjoint(new_one.near):
        return False
    own = one.own | other.own | new_one.own | new_other.own
    a, b, c, d = (stand.around(own) for stand in (one, other, new_one, new_other))
    goes = _alike(a, d) + _alike(b, c)
    return goes >= _CLEARLY and goes >= max(
        (stays := _alike(a, c) + _alike(b, d)) + _CLEARLY, stays * _FACTOR
    )


def _alike(one: _Around, other: _Around) -> float:
    return sum(min(weight, other.get(stem, 0.0)) for stem, weight in one.items())
