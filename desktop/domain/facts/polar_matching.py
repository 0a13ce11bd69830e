"""Negations and modalities matched across a rewrite, where their words may all be different.

A wording finds its partner in a sentence that says the same; of several the one that is said of the
same words. What has none is lost or added, unless it only repeated another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop.domain.facts import wordings
from desktop.domain.facts.clauses import Clauses, affirmed
from desktop.domain.facts.fact import Fact, Kind
from desktop.domain.facts.polarity import OF, OF_NUMBER, PLAIN, is_note
from desktop.domain.facts.reading import Sentences

_REPEATED = 1  # stems in common, the nearest ones counted twice, of a mere repetition
_ABOUT = 4  # stems by which a negation is known to be about something
_NEAREST = 4  # points of likeness for standing in the sentence that says the same
_ROOT = 4  # letters by which a word is known in another form
_CANDIDATES = 24  # partners of one wording that are weighed
_NEGATIVE = (
    wordings.NOT, wordings.WITHOUT, wordings.MUST_NOT, wordings.CANNOT, wordings.SHOULD_NOT,
    wordings.NEED_NOT,
)  # fmt: skip
_ASKS = (wordings.MUST, wordings.SHOULD, wordings.MAY)
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
# What follows the "only" of a condition: "only if signed", "only valid with a stamp".
_CONDITION = re.compile(
    r"\W{1,2}(?:\w+\s){0,2}?(?:if|with|when|where|after|upon|by|valid|mit|nach|wenn|bei|gegen|si|con"
    r"|con|tras|avec|après)\b",
    re.IGNORECASE,
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
    pairs = _match(olds, there, before, after, forward)
    matched_old, matched_new = ({id(pair[side]) for pair in pairs} for side in (0, 1))
    rest_old = [fact for fact in olds if id(fact) not in matched_old]
    rest_new = [fact for fact in news if id(fact) not in matched_new]
    rest_old, rest_new = _without_restrictions(
        rest_old, rest_new, before, after, forward, backward, (here, there)
    )
    gone, come = _by_sentence(rest_old, before), _by_sentence(rest_new, after)
    lost = [f for f in rest_old if _is_missing(f, there, come, before, after, forward)]
    added = [f for f in rest_new if _is_missing(f, here, gone, after, before, backward)]
    lost, added = (
        [
            f
            for f in lost
            if f.normal not in (wordings.MAY, wordings.SHOULD)
            or _is_about_the_same(f, before, after, forward, come)
        ],
        [f for f in added if _is_about_the_same(f, after, before, backward, gone)],
    )
    lost = [f for f in lost if not _is_only_noted(f, before, after, forward, there)]
    added = [f for f in added if not _is_only_noted(f, after, before, backward, here)]
    lost += _able_after_all(pairs, come, gone, before, forward)
    added += _able_after_all([(b, a) for a, b in pairs], gone, come, after, backward)
    lost, added = _without_conditions(lost, added, gone, come, before, after, forward, backward)
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
            first = max(0, min(within - _CANDIDATES // 2, len(candidates) - _CANDIDATES))
            pairs += [
                (-_likeness(old, new) - nearer, order, old, new)
                for new in candidates[first : first + _CANDIDATES]
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
    return matched


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
    bans = {one.normal, other.normal} in (
        {wordings.MUST_NOT, wordings.NOT},
        {wordings.SHOULD_NOT, wordings.NOT},
    )
    return bans and PLAIN in (one.loose, other.loose)


def _says_no_to(one: Fact, other: Fact) -> bool:
    """Whether `one`, such as "abroad", is what `other` says: "not in the country"."""
    return one.loose.startswith(OF) and other.normal in _NEGATIVE and _begins(one, other.scope)


def _begins(fact: Fact, stems: Iterable[str]) -> bool:
    """Whether one of `stems` begins as what `fact` says no to."""
    beginnings = tuple(fact.loose.split()[1:])
    return any(one.startswith(beginnings) for one in stems)


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


def _is_only_noted(
    fact: Fact, own: Sentences, other: Sentences, partners: Partners, there: dict[int, list[Fact]]
) -> bool:
    """Whether the other side says it as a note: "Driving after 2 weeks" for "he may drive"."""
    if fact.normal not in _ASKS:
        return False
    mates = partners[own.index(fact.start)]
    return bool(mates) and all(
        is_note(other.text, other.spans[one])
        and not any(mate.kind is Kind.MODALITY for mate in there.get(one, []))
        for one in mates
    )


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


def _without_conditions(
    lost: list[Fact],
    added: list[Fact],
    gone: dict[int, list[Fact]],
    come: dict[int, list[Fact]],
    before: Sentences,
    after: Sentences,
    forward: Partners,
    backward: Partners,
) -> tuple[list[Fact], list[Fact]]:
    """ "Is only valid if signed" and "must be signed", "may only with" and "needs" say the same."""
    excused: set[int] = set()
    for own, others, mine, theirs, partners, rest in (
        (lost, added, before, after, forward, come),
        (added, lost, after, before, backward, gone),
    ):
        for fact in own:
            mates = partners[mine.index(fact.start)]
            left = [one for partner in mates for one in rest.get(partner, [])]
            conditions = (
                id(one)
                for one in left
                if one.normal == wordings.ONLY and _CONDITION.match(theirs.text, one.end)
            )
            condition = next((one for one in conditions if one not in excused), None)
            if fact.normal == wordings.MUST and condition is not None:
                excused |= {id(fact), condition}
                said = {id(one) for one in left if one.normal == wordings.MAY}
                excused |= {id(one) for one in others if id(one) in said}
    return (
        [fact for fact in lost if id(fact) not in excused],
        [fact for fact in added if id(fact) not in excused],
    )


def _is_missing(
    fact: Fact,
    other_facts: dict[int, list[Fact]],
    left: dict[int, list[Fact]],
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
    repeats = any(_repeats(fact, one) for one in said)
    if repeats or not fact.weak:
        return not repeats
    if fact.loose.startswith(OF):  # "closed": the other side says "open", and this one does not
        here = own.stems[own.index(fact.start)]
        root = fact.text.casefold()[:_ROOT]
        kept = _begins(fact, here) or any(one.startswith(root) for one in stems)
        return _begins(fact, stems) and not kept
    if fact.loose:  # "unpaid": the other side says "paid"
        return fact.loose in stems
    unsaid = [one for partner in mates for one in left.get(partner, [])]
    excuses = said if fact.normal == wordings.WITHOUT else unsaid
    if any(one.normal in _DENIES for one in excuses):
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
    return (heads == 2 or one.scope[0] == other.scope[0]) and (shared + heads > _REPEATED)
