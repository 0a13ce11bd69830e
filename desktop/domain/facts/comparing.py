"""Facts before and after a rewrite, matched by what they state: what was lost, added or changed.

Saying a thing once instead of twice, elsewhere, in other words or in another form is no change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from desktop.domain.facts.alignment import align
from desktop.domain.facts.bindings import exchanged
from desktop.domain.facts.fact import Fact, FactChange, Kind, Outcome
from desktop.domain.facts.language import language_of
from desktop.domain.facts.name_doubts import nouns_for_names
from desktop.domain.facts.places import OF_PLACES
from desktop.domain.facts.polar_doubts import with_doubts
from desktop.domain.facts.polar_matching import unmatched_polarity
from desktop.domain.facts.reading import Reading, Sentences, read
from desktop.domain.facts.strays import strays

_QUANTITIES = (Kind.NUMBER, Kind.AMOUNT, Kind.DURATION)
_POLAR = (Kind.NEGATION, Kind.MODALITY)
_ANCHORS = (Kind.AMOUNT, Kind.DURATION, Kind.DATE, Kind.TIME, Kind.REFERENCE)
_INFLECTED = ("s", "er", "n", "es", "ers", "en")


def compare(before: str, after: str, language: str | None = None) -> list[FactChange]:
    """The facts of `before` that `after` does not state, and the other way round, in text order."""
    spoken = language if language is not None else language_of(f"{before}\n{after}")
    old, new = read(before, spoken), read(after, spoken)
    anchors = ([fact for fact in side.facts if fact.kind in _ANCHORS] for side in (old, new))
    forward, backward = align(old.sentences, new.sentences, *anchors)
    changes: list[FactChange] = []
    lost: list[Fact] = []
    added: list[Fact] = []
    for kinds, stands_for in _RULES:
        olds, news = old.of(*kinds), new.of(*kinds)
        lost += _missing(olds, news, new, stands_for)
        added += _missing(news, olds, old, stands_for)
    lost, added = _without_bare_hours(lost, added)
    changes += _turned_bounds(old.of(*_QUANTITIES), new.of(*_QUANTITIES))
    changes += _other_forenames(old, new)
    changes += exchanged(old.facts, new.facts, old.sentences, new.sentences)
    gone, come = unmatched_polarity(
        old.of(*_POLAR), new.of(*_POLAR), old.sentences, new.sentences, forward, backward,
        (old.of(*_QUANTITIES), new.of(*_QUANTITIES)),
    )  # fmt: skip
    changes += _paired(lost + gone, added + come, old.sentences, new.sentences, forward)
    changes += strays(old.facts, new.facts, old.sentences, new.sentences, forward, backward)
    changes = with_doubts(
        changes, old.of(*_POLAR), new.of(*_POLAR), old.sentences, new.sentences, forward, backward
    )
    if spoken == "de":
        changes = nouns_for_names(changes, old, new)
    return sorted(changes, key=_place)


class _Index:
    """One side's facts of some kinds, found by their forms."""

    def __init__(self, facts: Iterable[Fact], side: Reading) -> None:
        self.side = side
        self.normals: set[str] = set()
        self.by_loose: defaultdict[str, set[str]] = defaultdict(set)
        self.partial: set[str] = set()
        for fact in facts:
            self.normals.add(fact.normal)
            self.by_loose[fact.loose].add(fact.normal)
            if fact.kind is Kind.DATE:
                self.partial.add(_without_year(fact.normal))


StandsFor = Callable[[Fact, _Index], bool]


def _missing(
    own: Sequence[Fact], other: Sequence[Fact], side: Reading, stands_for: StandsFor
) -> list[Fact]:
    index = _Index(other, side)
    return [
        fact
        for fact in own
        if not fact.weak and fact.normal not in index.normals and not stands_for(fact, index)
    ]


def _same_number(fact: Fact, index: _Index) -> bool:
    """A number whose unit is left out on one side: "aged 67", "67 years"."""
    if not fact.loose:
        return False
    others = index.by_loose.get(fact.loose, set())
    return bool(others) and (fact.normal == fact.loose or fact.loose in others)


def _same_day(fact: Fact, index: _Index) -> bool:
    """A date without its year, if the year is said on both sides somewhere."""
    rest = _without_year(fact.normal)
    if rest not in index.partial:
        return False
    year = fact.normal[:4]
    return not year.isdigit() or (rest in index.normals and year in index.side.years)


def _without_year(normal: str) -> str:
    return re.sub(r"^\d{4}-", "--", normal)


def _is_named(fact: Fact, index: _Index) -> bool:
    """The word of a name that counts stands somewhere on the other side."""
    if fact.loose in OF_PLACES.values() and fact.loose in index.side.words:
        return True
    wanted = [fact.loose, OF_PLACES.get(fact.loose, fact.loose), *(
        fact.loose.removesuffix(ending) for ending in _INFLECTED if len(fact.loose) > 5
    ), *(fact.loose + ending for ending in _INFLECTED)]  # fmt: skip
    return any(one in index.side.words for one in wanted)


def _never(_fact: Fact, _index: _Index) -> bool:
    return False


_RULES: tuple[tuple[tuple[Kind, ...], StandsFor], ...] = (
    ((*_QUANTITIES, Kind.REFERENCE), _same_number),
    ((Kind.DATE,), _same_day),
    ((Kind.TIME,), _never),
    ((Kind.NAME,), _is_named),
    ((Kind.EMAIL,), _never),
    ((Kind.WEB_ADDRESS,), _never),
    ((Kind.PHONE,), _never),
    ((Kind.QUOTATION,), _never),
)


def _without_bare_hours(lost: list[Fact], added: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """ "From 9 to 5 p.m.": an hour without a word of its own is a number on one side."""
    excused: set[int] = set()
    for one, other in ((lost, added), (added, lost)):
        hours = {fact.normal: fact for fact in other if fact.kind is Kind.NUMBER}
        for fact in one:
            if fact.kind is Kind.TIME and fact.normal.endswith(":00"):
                hour = int(fact.normal[:2])
                bare = hours.pop(str(hour), None) or hours.pop(str(hour - 12), None)
                if bare is not None:
                    excused |= {id(fact), id(bare)}
    return (
        [fact for fact in lost if id(fact) not in excused],
        [fact for fact in added if id(fact) not in excused],
    )


def _turned_bounds(olds: Sequence[Fact], news: Sequence[Fact]) -> list[FactChange]:
    """Numbers that were the least allowed and are now the most, or the other way round."""
    by_normal: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in news:
        by_normal[fact.normal].append(fact)
    changes = []
    seen: set[str] = set()
    bounds: defaultdict[str, set[str]] = defaultdict(set)
    for fact in olds:
        bounds[fact.normal].add(fact.bound)
    for fact in olds:
        mates = by_normal.get(fact.normal, [])
        if not fact.bound or not mates or fact.normal in seen:
            continue
        seen.add(fact.normal)
        turned = [mate for mate in mates if mate.bound and mate.bound not in bounds[fact.normal]]
        if turned:
            changes.append(FactChange(Outcome.CHANGED, fact, turned[0]))
    return changes


def _other_forenames(old: Reading, new: Reading) -> list[FactChange]:
    """ "Maria Okafor" that became "Marta Okafor": the last word is there, another one is not."""
    by_last: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in new.of(Kind.NAME):
        if any(word not in old.words for word in fact.normal.split()):
            by_last[fact.loose].append(fact)
    changes = []
    for fact in old.of(Kind.NAME):
        mates = by_last.get(fact.loose)
        others = [word for word in fact.normal.split() if word != fact.loose]
        if mates and any(word not in new.words for word in others):
            changes.append(FactChange(Outcome.CHANGED, fact, mates.pop()))
    return changes


def _paired(
    lost: Sequence[Fact],
    added: Sequence[Fact],
    before: Sentences,
    after: Sentences,
    forward: Sequence[set[int]],
) -> list[FactChange]:
    """Lost and added facts of one group, in sentences that say the same, are one changed fact."""
    waiting: defaultdict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in sorted(added, key=lambda one: -one.start):
        waiting[_group(fact), after.index(fact.start)].append(fact)
    changes = []
    for fact in sorted(lost, key=lambda one: one.start):
        mates = next(
            (
                waiting[_group(fact), partner]
                for partner in sorted(forward[before.index(fact.start)])
                if waiting.get((_group(fact), partner))
            ),
            None,
        )
        mate = _mate(fact, mates or ())
        if mates and mate is not None:
            mates.remove(mate)
            changes.append(FactChange(Outcome.CHANGED, fact, mate))
        else:
            changes.append(FactChange(Outcome.LOST, fact, None))
    rest = [fact for facts in waiting.values() for fact in facts]
    return changes + [FactChange(Outcome.ADDED, None, fact) for fact in rest]


def _mate(fact: Fact, mates: Sequence[Fact]) -> Fact | None:
    """Which of `mates` a fact may have become: a wording becomes one that is said of the same."""
    if fact.kind not in _POLAR:
        return mates[-1] if mates else None
    near = [
        (len(set(fact.scope) & set(mate.scope)), at)
        for at, mate in enumerate(mates)
        if not fact.scope or not mate.scope or set(fact.scope) & set(mate.scope)
    ]
    return mates[max(near)[1]] if near else None


def _group(fact: Fact) -> str:
    if fact.kind in _QUANTITIES:
        return "quantity"
    return "polar" if fact.kind in _POLAR else fact.kind.value


def _place(change: FactChange) -> tuple[int, int]:
    return (
        change.before.start if change.before else change.after.start if change.after else 0,
        change.after.start if change.after else 0,
    )
