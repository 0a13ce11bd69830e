"""Which documents a question names, by the words that tell documents apart.

Among documents of one form, every page of each is as near to a question as the same page of all
others. What the question says of a document (a party, a town, a year) stands on its cover, in its
title or in its file's name, and once the document is known it says nothing more: inside it, the
rest of the question finds the page. Pure rules over words and ids.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.words import FUNCTION_WORDS, word_spans

# Measured in tests/bench/lookalikes (66 documents of four forms, 133 questions to develop with).
COMMON = 0.5  # of all documents: a word that more of them are called by tells none apart
AS_NAMED = 0.9  # of the best document's score: named as much as that one
ALSO_NAMED = 0.6  # of the best score, by words that the best are not called by: named beside them
NAMED_WEIGHT = 5.0  # of what is found in the documents named, against what is found in all
EACH_ALONE = 4  # so many named documents are searched one by one, so that each has its say

FEWEST_LEFT = 2  # words of a question beside the names; with fewer, it is asked in full
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
    Sparck Jones 1972). Documents named by other words than the best are a second group.
    """
    groups: list[Named] = []
    left = {
        term.folded: frozenset(called.get(term.folded, ()))
        for term in terms
        if 0 < len(called.get(term.folded, ())) <= COMMON * total
    }
    least = 0.0
    for _ in range(2):
        scores: defaultdict[int, float] = defaultdict(float)
        for documents in left.values():
            for document in documents:
                scores[document] += math.log(total / len(documents))
        best = max(scores.values(), default=0.0)
        if best <= least:
            break
        chosen = frozenset(d for d, score in scores.items() if score >= AS_NAMED * best)
        used = {word for word, documents in left.items() if documents & chosen}
        groups.append(Named(tuple(sorted(chosen)), _without(question, terms, used)))
        left = {word: documents for word, documents in left.items() if word not in used}
        least = ALSO_NAMED * best
    return groups


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
