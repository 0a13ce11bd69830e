"""Negations and modalities matched across a rewrite, where their words may all be different.

A wording finds its partner in a sentence that says the same; of several the one that is said of the
same words. What has none is lost or added, unless it only repeated another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop.domain.facts import wordings
from desktop.domain.facts.clauses import Clauses, affirmed
from desktop.domain.facts.fact import Fact
from desktop.domain.facts.polarity import OF_NUMBER, PLAIN
from desktop.domain.facts.reading import Sentences

_REPEATED = 1  # stems in common, the nearest ones counted twice, of a mere repetition
_ABOUT = 4  # stems by which a negation is known to be about something
_CANDIDATES = 24  # partners of one wording that are weighed
_NEGATIVE = (
    wordings.NOT, wordings.WITHOUT, wordings.MUST_NOT, wordings.CANNOT, wordings.SHOULD_NOT,
    wordings.NEED_NOT,
)  # fmt: skip
_DENIES = (*_NEGATIVE, wordings.ONLY)
_DENIED = frozenset(_NEGATIVE) - {wordings.WITHOUT}
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


def unmatched_polarity(
    olds: Sequence[Fact],
    news: Sequence[Fact],
    before: Sentences,
    after: Sentences,
    forward: Partners,
    backward: Partners,
) -> tuple[list[Fact], list[Fact]]:
    """The facts of either side that the other does not say."""
    there = _by_sentence(news, after)
    here = _by_sentence(olds, before)
    matched_old, matched_new = _match(olds, there, before, forward)
    rest_old = [fact for fact in olds if id(fact) not in matched_old]
    rest_new = [fact for fact in news if id(fact) not in matched_new]
    rest_old, rest_new = _without_restrictions(
        rest_old, rest_new, before, after, forward, backward, (here, there)
    )
    lost = [f for f in rest_old if _is_missing(f, there, before, after, forward)]
    added = [f for f in rest_new if _is_missing(f, here, after, before, backward)]
    gone, come = _by_sentence(rest_old, before), _by_sentence(rest_new, after)
    lost, added = (
        [
            f
            for f in lost
            if f.normal not in (wordings.MAY, wordings.SHOULD)
            or _is_about_the_same(f, before, after, forward, come)
        ],
        [f for f in added if _is_about_the_same(f, after, before, backward, gone)],
    )
    own, other = (
        Clauses(side.text, side, (f for f in facts if f.normal in _DENIES))
        for side, facts in ((before, olds), (after, news))
    )
    return (
        _by_clause(olds, lost, own, other, before, forward),
        _by_clause(news, added, other, own, after, backward),
    )


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


def _by_sentence(facts: Iterable[Fact], sentences: Sentences) -> dict[int, list[Fact]]:
    result: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        result[sentences.index(fact.start)].append(fact)
    return dict(result)


def _match(
    olds: Sequence[Fact], there: dict[int, list[Fact]], before: Sentences, forward: Partners
) -> tuple[set[int], set[int]]:
    """The identities of the facts that have a partner, the best pairs first."""
    pairs: list[tuple[int, int, Fact, Fact]] = []
    place: defaultdict[int, int] = defaultdict(int)  # of a fact within its sentence
    for order, old in enumerate(olds):
        number = before.index(old.start)
        within = place[number]
        place[number] += 1
        for partner in forward[number]:
            candidates = there.get(partner, [])
            first = max(0, min(within - _CANDIDATES // 2, len(candidates) - _CANDIDATES))
            pairs += [
                (-_likeness(old, new), order, old, new)
                for new in candidates[first : first + _CANDIDATES]
                if _alike(old, new)
            ]
    pairs.sort(key=lambda pair: pair[:2])
    matched_old: set[int] = set()
    matched_new: set[int] = set()
    for _, _, old, new in pairs:
        if id(old) not in matched_old and id(new) not in matched_new:
            matched_old.add(id(old))
            matched_new.add(id(new))
    return matched_old, matched_new


def _alike(one: Fact, other: Fact) -> bool:
    if OF_NUMBER in (one.loose, other.loose) and one.weak and other.weak:
        return one.loose == other.loose
    if one.normal == other.normal or frozenset((one.normal, other.normal)) in _ALIKE:
        return True
    bans = {one.normal, other.normal} == {wordings.MUST_NOT, wordings.NOT}
    return bans and PLAIN in (one.loose, other.loose)


def _likeness(one: Fact, other: Fact) -> int:
    shared = len(set(one.scope) & set(other.scope))
    head = bool(one.scope and other.scope and one.scope[0] == other.scope[0])
    undone = bool(one.loose and one.loose in other.scope) or (
        bool(other.loose) and other.loose in one.scope
    )  # "unused" and "not used"
    if one.weak and other.weak:
        undone = undone or one.text.casefold() == other.text.casefold()
    certain = 6 * undone + (0, 3, 4)[(not one.weak) + (not other.weak)]
    same = one.normal == other.normal
    # Of modal verbs a certain one goes first; a negation rather goes to one as certain as itself.
    alike = one.weak == other.weak and not (one.weak and one.normal not in _NEGATIVE)
    return (
        (8 if alike else 3 if one.weak != other.weak else 2) * same
        + certain
        + 2 * head
        + min(3, shared)
    )


def _without_restrictions(
    olds: list[Fact],
    news: list[Fact],
    before: Sentences,
    after: Sentences,
    forward: Partners,
    backward: Partners,
    everything: tuple[dict[int, list[Fact]], dict[int, list[Fact]]],
) -> tuple[list[Fact], list[Fact]]:
    """ "May only with" and "must not without", "only if" and "not unless" say the same."""
    here, there = everything
    excused_old: set[int] = set()
    excused_new: set[int] = set()
    for own, others, mine, theirs, partners, own_out, other_out, all_mine in (
        (olds, news, before, after, forward, excused_old, excused_new, here),
        (news, olds, after, before, backward, excused_new, excused_old, there),
    ):
        rest = _by_sentence(own, mine)
        other_rest = _by_sentence(others, theirs)
        for number, facts in rest.items():
            said = {fact.normal for fact in all_mine[number]}
            left = {fact.normal for fact in facts}
            if wordings.WITHOUT not in said or not said & (set(_NEGATIVE) - {wordings.WITHOUT}):
                continue
            if not left & set(_NEGATIVE):
                continue
            mates = [f for partner in partners[number] for f in other_rest.get(partner, [])]
            if any(fact.normal == wordings.ONLY for fact in mates):
                own_out |= {id(f) for f in facts if f.normal in _NEGATIVE}
                other_out |= {id(f) for f in mates if f.normal in (wordings.MAY, wordings.ONLY)}
    return (
        [fact for fact in olds if id(fact) not in excused_old],
        [fact for fact in news if id(fact) not in excused_new],
    )


def _is_missing(
    fact: Fact,
    other_facts: dict[int, list[Fact]],
    own: Sentences,
    other: Sentences,
    partners: Partners,
) -> bool:
    """Whether the other side does not say it, once repetitions and mere wordings are aside."""
    mates = partners[own.index(fact.start)]
    said = [one for partner in mates for one in other_facts.get(partner, [])[:_CANDIDATES]]
    stems = {one for partner in mates for one in other.stems[partner]}
    if fact.normal not in _NEGATIVE:
        return not fact.weak and not any(one.normal == fact.normal and not one.weak for one in said)
    if any(_repeats(fact, one) for one in said):
        return False
    if not fact.weak:
        return True
    if fact.loose:  # "unpaid": the other side says "paid"
        return fact.loose in stems
    if any(one.normal in _NEGATIVE for one in said):
        return False
    nearest = fact.scope[:3]
    return bool(nearest) and sum(one in stems for one in nearest) * 3 >= len(nearest) * 2


def _is_about_the_same(
    fact: Fact, own: Sentences, other: Sentences, partners: Partners, rest: dict[int, list[Fact]]
) -> bool:
    """Whether a wording that stands alone touches what the other side says.

    "You may bring dogs" for "dogs are welcome" says the same in other words, and "she had no
    problems" for "it was well tolerated"; "may pay" for "pays" does not.
    """
    mates = partners[own.index(fact.start)]
    if any(rest.get(partner) for partner in mates):
        return True
    nearest = fact.scope[: _ABOUT if fact.normal in _NEGATIVE else 1]
    return any(one in other.stems[partner] for partner in mates for one in nearest)


def _repeats(one: Fact, other: Fact) -> bool:
    """Whether it says again, of the same matter, what the other says."""
    said = {one.normal, other.normal}
    same = len(said) == 1 or said == {wordings.MUST_NOT, wordings.CANNOT}
    same = same or (wordings.NOT in said and wordings.WITHOUT not in said)
    if not (same and one.scope and other.scope) or (other.weak and not one.weak):
        return False
    shared = len(set(one.scope) & set(other.scope))
    heads = (one.scope[0] in other.scope) + (other.scope[0] in one.scope)
    return heads > 0 and (shared + heads > _REPEATED)
