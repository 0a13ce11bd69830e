"""Sentences that one side says and nothing on the other bears out: invented ones, dropped ones.

By shared words and shared facts. A sentence that shares hardly any may still be the other side's in
new words: it is excused by one there that is left over too, in the same place. Salutations,
closings and what is too short to tell are no concern of this.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop.domain.facts.fact import Fact, FactChange, Kind, Outcome
from desktop.domain.facts.reading import Sentences

_LEAST = 3  # stems of a sentence that says enough to be missed
_SHARE = 0.3  # of its stems that its partners have in common with it: it is borne out
_VAGUE = 0.6  # share below which a sentence may stand for one that is borne out by none
_AT_MOST = 10_000  # pairs of stems whose roots are compared: no sentence of a person has more
_ROOT = 4  # letters that words of one root share
_POLITE = re.compile(
    r"""\W*(?:dear|hi|hello|good\s(?:morning|afternoon|evening)|(?:many\s|with\s)?thank(?:s|\syou)
    |(?:kind|best|warm)\s(?:regards|wishes)|yours|sincerely|regards|please\s(?:note|do\snot\shesitate)
    |we\s(?:apologi[sz]e|are\ssorry|regret)|i\shope|apologies|sorry|just\sto
    |sehr\sgeehrte|liebe[r]?|guten\s(?:tag|morgen|abend)|hallo|mit\s(?:freundlichen|besten|herzlichen)
    |(?:freundliche|beste|herzliche|viele|liebe)\sgrüße|vielen\sdank|danke|es\stut\suns\sleid
    |bitte\sbeachten|estimad[oa]|querid[oa]|hola|buenos\sdías|atentamente|saludos|un\ssaludo|gracias
    |cher|chère|bonjour|madame|monsieur|cordialement|merci|veuillez\sagréer)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def strays(
    olds: Iterable[Fact],
    news: Iterable[Fact],
    before: Sentences,
    after: Sentences,
    forward: Sequence[set[int]],
    backward: Sequence[set[int]],
) -> list[FactChange]:
    """The sentences dropped and the sentences invented, as facts of their own."""
    old_facts, new_facts = _stated(olds, before), _stated(news, after)
    gone = _alone(before, after, forward, old_facts, new_facts)
    come = _alone(after, before, backward, new_facts, old_facts)
    if gone:
        vague = _alone(after, before, backward, new_facts, old_facts, _VAGUE)
        gone = _unexcused(gone, forward, len(after.spans), vague)
    if come:
        vague = _alone(before, after, forward, old_facts, new_facts, _VAGUE)
        come = _unexcused(come, backward, len(before.spans), vague)
    lost = [_sentence(before, one) for one in gone if _tells(before, one)]
    added = [_sentence(after, one) for one in come if _tells(after, one)]
    return [
        *(FactChange(Outcome.LOST, one, None) for one in lost),
        *(FactChange(Outcome.ADDED, None, one) for one in added),
    ]


def _stated(facts: Iterable[Fact], sentences: Sentences) -> dict[int, set[str]]:
    """By sentence the values, names and references it states."""
    result: defaultdict[int, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.kind not in (Kind.NEGATION, Kind.MODALITY):
            result[sentences.index(fact.start)].update((fact.normal, fact.loose or fact.normal))
    return result


def _alone(
    own: Sentences,
    other: Sentences,
    partners: Sequence[set[int]],
    stated: dict[int, set[str]],
    there: dict[int, set[str]],
    share: float = _SHARE,
) -> list[int]:
    """The sentences whose partners share neither a fact nor enough words with them."""
    alone = []
    for number, stems in enumerate(own.stems):
        known: set[str] = set()
        facts: set[str] = set()
        for partner in partners[number]:
            known |= other.stems[partner]
            facts |= there.get(partner, set())
        wanted = max(1, int(share * len(stems)))
        if len(stems & known) >= wanted or facts & stated.get(number, set()):
            continue
        if _akin(stems, known) < wanted:
            alone.append(number)
    return alone


def _akin(stems: frozenset[str], known: set[str]) -> int:
    """How many of `stems` are there in another form: "Schriftform" and "schriftlich"."""
    written = " ".join(known)
    few = known if len(known) * len(stems) <= _AT_MOST else ()
    roots = tuple(one[:_ROOT] for one in few if len(one) >= _ROOT)
    return sum(
        one in known
        or (len(one) >= _ROOT and one[:_ROOT] in written)
        or any(root in one for root in roots)
        for one in stems
    )


def _unexcused(
    alone: Sequence[int], partners: Sequence[set[int]], count: int, left_over: Iterable[int]
) -> list[int]:
    """Those of `alone` that no sentence left over on the other side, in their place, may stand for.

    A place is what lies between the partners of the sentences before and after.
    """
    lonely = set(alone)
    left = sorted(left_over)
    result = []
    first = 0
    upto = _next_places(lonely, partners, count)
    for number in range(len(partners)):
        if number not in lonely:
            first = min(partners[number], default=first)
            continue
        place = bisect_left(left, first)
        if place < len(left) and left[place] <= upto[number]:
            del left[place]
        else:
            result.append(number)
    return result


def _next_places(lonely: set[int], partners: Sequence[set[int]], count: int) -> list[int]:
    """For each sentence the last partner of the next one that has a certain partner."""
    upto = [count - 1] * len(partners)
    last = count - 1
    for number in range(len(partners) - 1, -1, -1):
        if number not in lonely:
            last = max(partners[number], default=last)
        upto[number] = last
    return upto


def _tells(sentences: Sentences, number: int) -> bool:
    start, end = sentences.spans[number]
    return len(sentences.stems[number]) >= _LEAST and not _POLITE.match(sentences.text, start, end)


def _sentence(sentences: Sentences, number: int) -> Fact:
    start, end = sentences.spans[number]
    text = sentences.text[start:end]
    return Fact(Kind.SENTENCE, start, end, text, text)
