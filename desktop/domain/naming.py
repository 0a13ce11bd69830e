"""Which documents a question names, by the words that tell documents apart.

Among documents of one form, every page of each is as near to a question as the same page of all
others. What the question says of a document (a party, a town, a year) stands on its cover, in its
title or in its file's name, and once the document is known it says nothing more: inside it, the
rest of the question finds the page. Pure rules over words and ids.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.domain.words import FUNCTION_WORDS, word_spans

# Measured in tests/bench/lookalikes (66 documents of four forms, 133 questions to develop with).
COMMON = 0.5  # of all documents: a word that more of them are called by tells none apart
AS_NAMED = 0.9  # of the best document's score: named as much as that one
ALSO_NAMED = 0.6  # of the best score, by words that the best are not called by: named beside them
# Of what words and meaning find in the documents named, against what is found in all. The names are
# not asked for there, and without them words know no more than meaning does.
NAMED_WEIGHT = 10.0
EACH_ALONE = 4  # so many named documents are searched one by one, so that each has its say

# Words and signs that set one document against another.
_AGAINST = re.compile(
    r"[,:;]\s|\b(?:or|and|versus|vs|against|than|compared|oder|und|sowie|gegen|gegenüber|als|"
    r"verglichen|o|y|e|frente|contra|que|comparado|comparada)\b",
    re.IGNORECASE,
)

FEWEST_LEFT = 1  # words of a question beside the names; with fewer, it is asked in full
MOST_TERMS = 32  # of a question; a pasted paragraph is not looked up word by word


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question that may name a document. `folded` is how it is looked up."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Named:
    """Documents that a question names, and what it asks of them beside their names."""

    document_ids: tuple[int, ...]
    question: str


def terms_of(question: str) -> list[Term]:
    """The words of a question that may name something, in order."""
    found: list[Term] = []
    for start, end in word_spans(question):
        word = question[start:end]
        folded = word.casefold().replace("’", "'").removesuffix("'s")
        if folded not in FUNCTION_WORDS:
            found.append(Term(start, end, folded))
    return found[:MOST_TERMS]


def named(
    question: str, terms: Sequence[Term], called: Mapping[str, Collection[int]], total: int
) -> list[Named]:
    """The documents that `question` names, the best first; none, if it names none.

    `called` has the documents that are called by each of the words, `total` counts all documents.
    A word counts the more, the fewer documents are called by it (inverse document frequency,
    Sparck Jones 1972). "The first or the second": what stands on the two sides of such a word is
    told apart, where it names different documents. Else, documents named by other words than the
    best are a second group.
    """
    telling = {
        term.folded: frozenset(called.get(term.folded, ()))
        for term in terms
        if 0 < len(called.get(term.folded, ())) <= COMMON * total
    }
    parts = [_best(part, telling, total) for part in _parts(question, terms)]
    sides = _narrowed([side for side in parts if side.document_ids], terms, telling)
    if len(sides) > 1 and _disjoint(sides):
        used = {word for side in sides for word in side.used}
        left = _without(question, terms, used)
        return [Named(tuple(sorted(side.document_ids)), left) for side in sides]
    groups: list[Named] = []
    least = 0.0
    for _ in range(2):
        side = _best([term for term in terms if term.folded in telling], telling, total)
        if side.score <= least:
            break
        left = _without(question, terms, side.used)
        groups.append(Named(tuple(sorted(side.document_ids)), left))
        telling = {word: found for word, found in telling.items() if word not in side.used}
        least = ALSO_NAMED * side.score
    return groups


class _Side(NamedTuple):
    """Documents that are named best by some words of a question, and which of these they are."""

    document_ids: frozenset[int]
    used: frozenset[str]
    score: float


def _best(terms: Sequence[Term], telling: Mapping[str, frozenset[int]], total: int) -> _Side:
    scores: defaultdict[int, float] = defaultdict(float)
    words = {term.folded for term in terms if term.folded in telling}
    for word in words:
        for document in telling[word]:
            scores[document] += math.log(total / len(telling[word]))
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return _Side(frozenset(), frozenset(), 0.0)
    chosen = frozenset(d for d, score in scores.items() if score >= AS_NAMED * best)
    return _Side(chosen, frozenset(word for word in words if telling[word] & chosen), best)


def _parts(question: str, terms: Sequence[Term]) -> list[list[Term]]:
    """The words between those that set one thing against another."""
    marks = [match.start() for match in _AGAINST.finditer(question)]
    parts: list[list[Term]] = [[] for _ in range(len(marks) + 1)]
    for term in terms:
        parts[bisect_right(marks, term.start)].append(term)
    return parts


def _narrowed(
    sides: Sequence[_Side], terms: Sequence[Term], telling: Mapping[str, frozenset[int]]
) -> list[_Side]:
    """The sides, those without a number (a year) of their own held to the ones beside them.

    "Castleford or Brackwater in 2020": both are meant in that year.
    """
    numbers = {term.folded for term in terms if term.folded.isdigit() and term.folded in telling}
    found: list[_Side] = []
    for side in sides:
        if side.used <= numbers:
            continue  # a year alone names no side
        held = frozenset(
            document
            for document in side.document_ids
            if any(document in telling[number] for number in numbers)
        )
        alone = held and not side.used & numbers
        found.append(_Side(held, side.used | numbers, side.score) if alone else side)
    least = ALSO_NAMED * max((side.score for side in found), default=0.0)
    return [side for side in found if side.score >= least]


def _disjoint(sides: Sequence[_Side]) -> bool:
    return len(frozenset[int]().union(*(side.document_ids for side in sides))) == sum(
        len(side.document_ids) for side in sides
    )


def _without(question: str, terms: Sequence[Term], used: Collection[str]) -> str:
    """The question without the words that `used` holds; as it is, if little else is in it."""
    if sum(term.folded not in used for term in terms) < FEWEST_LEFT:
        return question
    parts: list[str] = []
    end = 0
    for term in terms:
        if term.folded in used:
            parts.append(question[end : term.start])
            end = term.end
    return " ".join("".join([*parts, question[end:]]).split())
