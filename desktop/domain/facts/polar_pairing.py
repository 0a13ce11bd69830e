"""Negations and modalities that say the same on both sides, paired: the likeliest pairs first.

A wording finds its partner in a sentence that says the same; of several the one that is said of the
same words. What is left without one is no concern of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop.domain.facts import wordings
from desktop.domain.facts.fact import Fact
from desktop.domain.facts.polarity import OF, OF_NUMBER, PLAIN
from desktop.domain.facts.reading import Sentences

_NEAREST = 4  # points of likeness for standing in the sentence that says the same
_ROOT = 4  # letters of a root that is shorter than a beginning, and yet the same
CANDIDATES = 24  # partners of one wording that are weighed
NEGATIVE = (
    wordings.NOT, wordings.WITHOUT, wordings.MUST_NOT, wordings.CANNOT, wordings.SHOULD_NOT,
    wordings.NEED_NOT,
)  # fmt: skip
DENIES = (*NEGATIVE, wordings.ONLY)
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        (wordings.MUST_NOT, wordings.CANNOT),
        (wordings.CANNOT, wordings.NOT),
        (wordings.NOT, wordings.WITHOUT),
        (wordings.NEED_NOT, wordings.NOT),
        (wordings.NEED_NOT, wordings.WITHOUT),
    )
)

Partners = Sequence[set[int]]


def by_sentence(facts: Iterable[Fact], sentences: Sentences) -> dict[int, list[Fact]]:
    """The facts by the number of their sentence."""
    result: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        result[sentences.index(fact.start)].append(fact)
    return dict(result)


def paired(
    olds: Sequence[Fact],
    there: dict[int, list[Fact]],
    before: Sentences,
    after: Sentences,
    forward: Partners,
) -> list[tuple[Fact, Fact]]:
    """The facts that have a partner and this, the best pairs first."""
    pairs: list[tuple[int, int, Fact, Fact]] = []
    place: defaultdict[int, int] = defaultdict(int)  # of a fact within its sentence
    for order, old in enumerate(olds):
        number = before.index(old.start)
        within = place[number]
        place[number] += 1
        nearest = _nearest(number, before, after, forward)
        for partner in forward[number]:
            nearer = _NEAREST * (partner == nearest)
            candidates = there.get(partner, [])
            first = max(0, min(within - CANDIDATES // 2, len(candidates) - CANDIDATES))
            pairs += [
                (-_likeness(old, new) - nearer, order, old, new)
                for new in candidates[first : first + CANDIDATES]
                if _alike(old, new)
            ]
    pairs.sort(key=lambda pair: pair[:2])
    matched: list[tuple[Fact, Fact]] = []
    matched_old: set[int] = set()
    matched_new: set[int] = set()
    for _, _, old, new in pairs:
        if id(old) not in matched_old and id(new) not in matched_new:
            matched_old.add(id(old))
            matched_new.add(id(new))
            matched.append((old, new))
    return _widened(matched, [(old, new) for _, _, old, new in pairs])


def _widened(
    matched: list[tuple[Fact, Fact]], pairs: Sequence[tuple[Fact, Fact]]
) -> list[tuple[Fact, Fact]]:
    """`matched` with a partner for each certain fact that can have one if others change theirs.

    The best pairs first leaves one out where two are alike: "costs nothing, no money back" is "free
    of charge, no refund", whichever "no" was taken for which.
    """
    mates: defaultdict[int, list[Fact]] = defaultdict(list)
    for old, new in pairs:
        mates[id(old)].append(new)
        mates[id(new)].append(old)
    partner = {id(one): other for pair in matched for one, other in (pair, pair[::-1])}

    def placed(fact: Fact, tried: set[int]) -> bool:
        for mate in mates[id(fact)]:
            if id(mate) in tried:
                continue
            tried.add(id(mate))
            rival = partner.get(id(mate))
            if rival is not None and _is_mere(rival) and not mate.weak:  # that may come and go
                del partner[id(rival)]
                rival = None
            if rival is None or (len(tried) < CANDIDATES and placed(rival, tried)):
                partner[id(fact)], partner[id(mate)] = mate, fact
                return True
        return False

    sides = {id(old): old for old, _ in pairs}, {id(new): new for _, new in pairs}
    for side in sides:
        for fact in side.values():
            if not fact.weak and id(fact) not in partner:
                placed(fact, set())
    return [(old, partner[id(old)]) for old in sides[0].values() if id(old) in partner]


def begins(fact: Fact, stems: Iterable[str]) -> bool:
    """Whether one of `stems` begins as what `fact` says no to."""
    beginnings = tuple(fact.loose.split()[1:])
    return any(
        one.startswith(beginnings)
        or (len(one) >= _ROOT and any(b.startswith(one) for b in beginnings))
        for one in stems
    )


def _nearest(number: int, before: Sentences, after: Sentences, forward: Partners) -> int:
    """Of a sentence's partners the one that says most of it, of several the one in its place."""
    place = number * len(after.spans) / len(before.spans)
    stems = before.stems[number]
    return max(
        forward[number],
        key=lambda one: (len(stems & after.stems[one]), -abs(one - place)),
        default=-1,
    )


def _alike(one: Fact, other: Fact) -> bool:
    if one.loose.startswith(OF) or other.loose.startswith(OF):
        return one.loose == other.loose or _says_no_to(one, other) or _says_no_to(other, one)
    if OF_NUMBER in (one.loose, other.loose) and one.weak and other.weak:
        return one.loose == other.loose
    if one.normal == other.normal or frozenset((one.normal, other.normal)) in _ALIKE:
        return True
    # "Closed" and "avoided" deny whatever "may not", "without" and "need not" do.
    if (_is_mere(one) and other.normal in NEGATIVE) or (_is_mere(other) and one.normal in NEGATIVE):
        return True
    bans = {one.normal, other.normal} in (
        {wordings.MUST_NOT, wordings.NOT},
        {wordings.SHOULD_NOT, wordings.NOT},
    )
    return bans and PLAIN in (one.loose, other.loose)


def _is_mere(fact: Fact) -> bool:
    return fact.weak and fact.normal == wordings.NOT and fact.loose in ("", OF_NUMBER)


def _says_no_to(one: Fact, other: Fact) -> bool:
    """Whether `one`, such as "abroad", is what `other` says: "not in the country"."""
    return one.loose.startswith(OF) and other.normal in NEGATIVE and begins(one, other.scope)


def _likeness(one: Fact, other: Fact) -> int:
    shared = len(set(one.scope) & set(other.scope))
    head = bool(one.scope and other.scope and one.scope[0] == other.scope[0])
    undone = bool(one.loose and one.loose in other.scope) or (
        bool(other.loose) and other.loose in one.scope
    )  # "unused" and "not used"
    undone = undone or one.loose.startswith(OF) or other.loose.startswith(OF)
    if one.weak and other.weak:
        undone = undone or one.text.casefold() == other.text.casefold()
    certain = 6 * undone + (0, 3, 4)[(not one.weak) + (not other.weak)]
    same = one.normal == other.normal
    # Of modal verbs a certain one goes first; a negation rather goes to one as certain as itself.
    alike = one.weak == other.weak and not (one.weak and one.normal not in NEGATIVE)
    return (
        (8 if alike else 3 if one.weak != other.weak else 2) * same
        + certain
        + 2 * head
        + min(3, shared)
    )
