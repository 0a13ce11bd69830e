"""What excuses a negation or modality that has no partner: it is neither lost nor added.

It may only repeat another, be a mere wording, or be said on the other side by wordings of another
kind. It pairs nothing.
"""

from __future__ import annotations

import re

from desktop.domain.facts import wordings
from desktop.domain.facts.fact import Fact, Kind
from desktop.domain.facts.polar_pairing import (
    CANDIDATES,
    DENIES,
    NEGATIVE,
    Partners,
    begins,
    by_sentence,
)
from desktop.domain.facts.polarity import OF, is_note, stems_of
from desktop.domain.facts.reading import Sentences

_REPEATED = 1  # stems in common, the nearest ones counted twice, of a mere repetition
_ABOUT = 4  # stems by which a negation is known to be about something
_ROOT = 4  # letters by which a word is known in another form
_CONDITIONS = (wordings.ONLY, wordings.MUST)
_ASKS = (wordings.MUST, wordings.SHOULD, wordings.MAY)
# What follows the "only" of a condition: "only if signed", "only valid with a stamp".
_CONDITION = re.compile(
    r"\W{1,2}(?:\w+\s){0,2}?(?:if|with|when|where|after|upon|by|valid|mit|nach|wenn|bei|gegen|si|con"
    r"|con|tras|avec|après)\b",
    re.IGNORECASE,
)


def without_restrictions(
    olds: list[Fact],
    news: list[Fact],
    before: Sentences,
    after: Sentences,
    forward: Partners,
    backward: Partners,
    everything: tuple[dict[int, list[Fact]], dict[int, list[Fact]]],
) -> tuple[list[Fact], list[Fact]]:
    """ "May only with", "must not without" and "needs", "only if" and "not unless" are one."""
    here, there = everything
    excused_old: set[int] = set()
    excused_new: set[int] = set()
    for own, others, mine, theirs, partners, own_out, other_out, all_mine, others_all in (
        (olds, news, before, after, forward, excused_old, excused_new, here, there),
        (news, olds, after, before, backward, excused_new, excused_old, there, here),
    ):
        rest = by_sentence(own, mine)
        other_rest = by_sentence(others, theirs)
        for number, facts in rest.items():
            said = {fact.normal for fact in all_mine[number]}
            left = {fact.normal for fact in facts}
            if wordings.WITHOUT not in said or not said & (set(NEGATIVE) - {wordings.WITHOUT}):
                continue
            if not left & set(NEGATIVE):
                continue
            mates = [f for partner in partners[number] for f in other_rest.get(partner, [])]
            denied = any(
                f.normal in NEGATIVE for one in partners[number] for f in others_all.get(one, [])
            )
            certain = any(f.normal == wordings.WITHOUT and not f.weak for f in facts)
            needs = certain and len(left & set(NEGATIVE)) > 1 and not denied
            if any(
                f.normal == wordings.ONLY or (needs and f.normal == wordings.MUST) for f in mates
            ):
                own_out |= {id(f) for f in facts if f.normal in NEGATIVE}
                other_out |= {id(f) for f in mates if f.normal in (wordings.MAY, *_CONDITIONS)}
    return (
        [fact for fact in olds if id(fact) not in excused_old],
        [fact for fact in news if id(fact) not in excused_new],
    )


def is_only_noted(
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


def without_conditions(
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


def is_missing(
    fact: Fact,
    other_facts: dict[int, list[Fact]],
    left: dict[int, list[Fact]],
    own: Sentences,
    other: Sentences,
    partners: Partners,
) -> bool:
    """Whether the other side does not say it, once repetitions and mere wordings are aside."""
    mates = partners[own.index(fact.start)]
    said = [one for partner in mates for one in other_facts.get(partner, [])[:CANDIDATES]]
    stems = {one for partner in mates for one in other.stems[partner]}
    if fact.normal not in NEGATIVE:
        return not fact.weak and not any(one.normal == fact.normal and not one.weak for one in said)
    repeats = any(_repeats(fact, one) for one in said)
    if repeats or not fact.weak:
        return not repeats
    if fact.loose.startswith(OF):  # "closed": the other side says "open", and this one does not
        number = own.index(fact.start)
        near = own.stems[max(0, number - 1) : number + 2]
        here = {one for side in near for one in side}.difference(
            stems_of(fact.text, 0, len(fact.text))
        )
        root = fact.text.casefold()[:_ROOT]
        kept = begins(fact, here) or any(one.startswith(root) for one in stems)
        return begins(fact, stems) and not kept
    if fact.loose:  # "unpaid": the other side says "paid"
        return fact.loose in stems
    unsaid = [one for partner in mates for one in left.get(partner, [])]
    excuses = said if fact.normal == wordings.WITHOUT else unsaid
    if any(one.normal in DENIES for one in excuses):
        return False
    nearest = fact.scope[:3]
    return bool(nearest) and sum(one in stems for one in nearest) * 3 >= len(nearest) * 2


def is_about_the_same(
    fact: Fact, own: Sentences, other: Sentences, partners: Partners, rest: dict[int, list[Fact]]
) -> bool:
    """Whether a wording that stands alone touches what the other side says.

    "You may bring dogs" for "dogs are welcome" says the same in other words, and "she had no
    problems" for "it was well tolerated"; "may pay" for "pays" does not.
    """
    mates = partners[own.index(fact.start)]
    if any(rest.get(partner) for partner in mates):
        return True
    nearest = fact.scope[: _ABOUT if fact.normal in NEGATIVE else 1]
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
