"""Which wordings that have no partner may well be said in words that no list knows.

"You must sign" for "you sign" asks for a look, "you may sign" for a decision: a demand, an advice
or a leave that is gone, or has come, counts where the other side says another one instead, or
denies something. A denial is doubtful where a word of the other side says its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from desktop.domain.facts import wordings
from desktop.domain.facts.antonyms import is_denied_by_another, is_told_apart
from desktop.domain.facts.fact import Fact, FactChange, Outcome
from desktop.domain.facts.polar_pairing import NEGATIVE, Partners, by_sentence
from desktop.domain.facts.reading import Sentences
from desktop.domain.facts.roots import root
from desktop.domain.words import fold

_WORD = re.compile(r"[^\W\d_]++")
_NEAREST = 2  # roots of what is denied that another word may deny
_DETERMINER = re.compile(r"no|keine?[nmrs]?|ning\w+|aucune?", re.IGNORECASE)
_MERE = {wordings.MAY: wordings.SHOULD, wordings.SHOULD: wordings.MUST}
_BARRED = (wordings.CANNOT, wordings.MUST_NOT, wordings.SHOULD_NOT, wordings.NEED_NOT)
_GRADES = (wordings.MUST, wordings.SHOULD, wordings.MAY)


def with_doubts(
    changes: Iterable[FactChange],
    olds: Sequence[Fact],
    news: Sequence[Fact],
    before: Sentences,
    after: Sentences,
    forward: Partners,
    backward: Partners,
) -> list[FactChange]:
    """The changes, those of a lone wording marked where it may be said in other words."""
    here, there = by_sentence(olds, before), by_sentence(news, after)
    result = []
    for change in changes:
        doubtful = False
        if change.outcome is Outcome.LOST and change.before:
            partners = forward[before.index(change.before.start)]
            doubtful = _is_doubtful(change.before, before, after, partners, here, there)
        elif change.outcome is Outcome.ADDED and change.after:
            partners = backward[after.index(change.after.start)]
            doubtful = _is_doubtful(change.after, after, before, partners, there, here)
        result.append(replace(change, doubtful=True) if doubtful else change)
    return result


def _is_doubtful(
    fact: Fact,
    own: Sentences,
    other: Sentences,
    partners: Collection[int],
    mine: dict[int, list[Fact]],
    theirs: dict[int, list[Fact]],
) -> bool:
    if not partners:
        return False
    here = _said(mine, [own.index(fact.start)], fact)
    there = _said(theirs, partners, fact)
    if fact.normal in _GRADES:
        return _is_alone(fact, here, there)
    if fact.normal not in NEGATIVE:
        return False
    barred = fact.normal in _BARRED
    if barred and wordings.ONLY in there and wordings.ONLY not in here:  # "only within 30 days"
        return True
    if _is_superfluous(fact, other, partners, there):
        return True
    able = barred and _times(wordings.MAY, there) > _times(wordings.MAY, here)
    return not fact.weak and not able and _is_said_by_another_word(fact, own, other, partners)


def _times(said: str, among: Sequence[str]) -> int:
    return sum(one == said for one in among)


def _is_alone(fact: Fact, here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether nothing stands on the other side in place of a demand, an advice or a leave."""
    if fact.normal == wordings.MAY and wordings.ONLY in here and wordings.ONLY in there:
        return True
    others = {*_GRADES, *NEGATIVE} - {fact.normal}
    return sum(one in others for one in there) <= sum(one in others for one in here)


def _is_superfluous(
    fact: Fact, other: Sentences, partners: Iterable[int], there: Sequence[str]
) -> bool:
    """Whether what need not be done is said by naming something else: nothing demands it."""
    if fact.normal != wordings.NEED_NOT or wordings.MUST in there:
        return False
    known = {stem for number in partners for stem in other.stems[number]}
    return known.isdisjoint(fact.scope[:1]) and not known.isdisjoint(fact.scope)


def _is_said_by_another_word(
    fact: Fact, own: Sentences, other: Sentences, partners: Iterable[int]
) -> bool:
    """Whether the other side has a word that denies what `fact` does, and not what it denies."""
    said = _words(other, partners)
    if is_denied_by_another(fact.scope[:1], said):
        return True
    first = int(_DETERMINER.fullmatch(fact.text) is not None)  # "no data was lost": of "lost"
    if not said.isdisjoint(fact.scope[first : first + 1]):
        return False
    return is_denied_by_another(fact.scope[: first + _NEAREST], said) or is_told_apart(
        _words(own, [own.index(fact.start)]), said
    )


def _words(sentences: Sentences, numbers: Iterable[int]) -> set[str]:
    """Every word of some sentences, folded, and the root of each."""
    return {
        one
        for number in numbers
        for word in _WORD.findall(sentences.text, *sentences.spans[number])
        for one in (fold(word), root(word.lower()))
    }


def _said(facts: dict[int, list[Fact]], numbers: Iterable[int], of: Fact) -> list[str]:
    """What some sentences say, without what is no other wording for `of`.

    A word that may deny something or not is none, and neither is "please" for "may".
    """
    found = (one for number in numbers for one in facts.get(number, []))
    weak = {*NEGATIVE, _MERE.get(of.normal)}
    return [one.normal for one in found if not (one.weak and one.normal in weak)]
