"""Which wordings that have no partner may well be said in words that no list knows.

"You must sign" for "you sign" asks for a look, "you may sign" for a decision: a demand, an advice
or a leave that is gone, or has come, counts where the other side says another one instead, or
denies something. A denial is doubtful where a word of the other side says its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.domain.facts import wordings
from desktop.domain.facts.antonyms import is_denied_by_another, is_told_apart
from desktop.domain.facts.fact import Fact, FactChange, Kind
from desktop.domain.facts.polar_pairing import NEGATIVE, Partners, by_sentence
from desktop.domain.facts.reading import Sentences
from desktop.domain.facts.roots import root
from desktop.domain.words import fold

_WORD = re.compile(r"[^\W\d_]++")
_NEAREST = 2  # roots of what is denied that another word may deny
_DETERMINER = re.compile(r"no|keine?[nmrs]?|ning\w+|aucune?", re.IGNORECASE)
_MERE = {wordings.MAY: wordings.SHOULD, wordings.SHOULD: wordings.MUST}
_BARRED = (wordings.CANNOT, wordings.MUST_NOT, wordings.SHOULD_NOT, wordings.NEED_NOT)
_POLAR = (Kind.NEGATION, Kind.MODALITY)
_DENYING = {wordings.MUST_NOT: wordings.MUST, wordings.SHOULD_NOT: wordings.SHOULD}
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
    here, there = _Side(before, forward, olds), _Side(after, backward, news)
    result = []
    for change in changes:
        old, new = change.before, change.after
        if any(side.kind not in _POLAR for side in (old, new) if side is not None):
            doubtful = False
        elif old is None or new is None:
            doubtful = (old is not None and _is_doubtful(old, here, there)) or (
                new is not None and _is_doubtful(new, there, here)
            )
        else:
            doubtful = _is_otherwise(old, new, here, there) or _is_otherwise(new, old, there, here)
        result.append(replace(change, doubtful=True) if doubtful else change)
    return result


class _Side:
    """One text with its wordings, and what on the other side its sentences are."""

    def __init__(self, sentences: Sentences, partners: Partners, facts: Sequence[Fact]) -> None:
        self.sentences = sentences
        self._partners = partners
        self._facts = by_sentence(facts, sentences)

    def partners(self, fact: Fact) -> set[int]:
        """The sentences on the other side that say what that of `fact` says."""
        return self._partners[self.sentences.index(fact.start)]

    def facts(self, numbers: Iterable[int]) -> list[Fact]:
        return [one for number in numbers for one in self._facts.get(number, [])]

    def around(self, fact: Fact) -> list[Fact]:
        """All wordings of the sentence of `fact`."""
        return self.facts([self.sentences.index(fact.start)])


def _is_otherwise(denial: Fact, modal: Fact, own: _Side, other: _Side) -> bool:
    """Whether "must be dry" says "must not get wet", or "needs consent" "unless he consents"."""
    if denial.normal == wordings.WITHOUT:
        return modal.normal in _GRADES
    if modal.normal == wordings.MAY:  # "only staff may", "who is not staff may not"
        denials = [fact for fact in own.around(denial) if fact.normal in NEGATIVE]
        said = (fact.normal for fact in other.facts(own.partners(denial)))
        return len(denials) > 1 and wordings.ONLY in said
    return _DENYING.get(denial.normal) == modal.normal and _is_said_by_another_word(
        denial, own, other
    )


def _is_doubtful(fact: Fact, own: _Side, other: _Side) -> bool:
    if not own.partners(fact):
        return False
    here, there = _said(own.around(fact), fact), _said(other.facts(own.partners(fact)), fact)
    if fact.normal in _GRADES:
        return _is_alone(fact, here, there)
    if fact.normal not in NEGATIVE:
        return False
    barred = fact.normal in _BARRED
    if barred and wordings.ONLY in there and wordings.ONLY not in here:  # "only within 30 days"
        return True
    if _is_superfluous(fact, own, other, there):
        return True
    able = barred and _times(wordings.MAY, there) > _times(wordings.MAY, here)
    return not fact.weak and not able and _is_said_by_another_word(fact, own, other)


def _times(said: str, among: Sequence[str]) -> int:
    return sum(one == said for one in among)


def _is_alone(fact: Fact, here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether nothing stands on the other side in place of a demand, an advice or a leave."""
    if fact.normal == wordings.MAY and wordings.ONLY in here and wordings.ONLY in there:
        return True
    others = {*_GRADES, *NEGATIVE} - {fact.normal}
    return sum(one in others for one in there) <= sum(one in others for one in here)


def _is_superfluous(fact: Fact, own: _Side, other: _Side, there: Sequence[str]) -> bool:
    """Whether what need not be done is said by naming something else: nothing demands it."""
    if fact.normal != wordings.NEED_NOT or wordings.MUST in there:
        return False
    known = {stem for number in own.partners(fact) for stem in other.sentences.stems[number]}
    return known.isdisjoint(fact.scope[:1]) and not known.isdisjoint(fact.scope)


def _is_said_by_another_word(fact: Fact, own: _Side, other: _Side) -> bool:
    """Whether the other side has a word that denies what `fact` does, and not what it denies."""
    said = _words(other.sentences, own.partners(fact))
    if is_denied_by_another(fact.scope[:1], said):
        return True
    first = int(_DETERMINER.fullmatch(fact.text) is not None)  # "no data was lost": of "lost"
    if not said.isdisjoint(fact.scope[first : first + 1]):
        return False
    if is_denied_by_another(fact.scope[: first + _NEAREST], said):
        return True
    return is_told_apart(_words(own.sentences, [own.sentences.index(fact.start)]), said)


def _words(sentences: Sentences, numbers: Iterable[int]) -> set[str]:
    """Every word of some sentences, folded, and the root of each."""
    return {
        one
        for number in numbers
        for word in _WORD.findall(sentences.text, *sentences.spans[number])
        for one in (fold(word), root(word.lower()))
    }


def _said(facts: Iterable[Fact], of: Fact) -> list[str]:
    """What some wordings say, without what is no other wording for `of`.

    A word that may deny something or not is none, and neither is "please" for "may".
    """
    weak = {*NEGATIVE, _MERE.get(of.normal)}
    return [one.normal for one in facts if not (one.weak and one.normal in weak)]
