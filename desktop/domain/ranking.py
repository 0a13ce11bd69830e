"""Ranking: joining what words found with what meaning found, and telling whether it answers.

Pure rules over ids, words and numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from desktop.domain.chunking import looks_english
from desktop.domain.documents import Passage
from desktop.domain.words import content_words, words

# Measured on XQuAD (240 paragraphs, 1,190 questions a language), see tests/bench/retrieval.py. With
# the usual constant of 60 the embedding model, which knows English, spoils German and Spanish.
RANK_CONSTANT = 1
WORDS_WEIGHT = 1.5
MEANING_WEIGHT = 1.0

# What a passage must have to be taken for an answer: its cosine with the question plus the share
# of the question's content words that it holds. On XQuAD, with the right page taken away, English
# refuses 68 % of the questions, German 36 % and Spanish 12 %; with it there, 4, 5 and 2 %.
RELEVANT = 0.85
RELEVANT_ELSEWHERE = 0.62  # in languages that the embedding model does not know, and inflect more
RELEVANT_BY_WORDS = 0.4  # where meaning was not searched: the share of words alone
# Words about the asking rather than about the matter: "Summarise the document", "What happens if".
ABOUT_ASKING = frozenset(
    content_words(
        "summarise summarize summary overview document file pdf page text content contents passage "
        "tell say says explain describe list show give find main key points mean means happen "
        "happens question answer "
        "zusammenfassen zusammenfassung überblick dokument datei seite inhalt erkläre beschreibe "
        "nenne zeige worum geht sagt steht bedeutet passiert frage "
        "resumen resume resumir documento archivo página texto contenido explica describe dice "
        "muestra significa pasa pregunta"
    )
)
FEW_WORDS = 2  # content words; with fewer, a question says too little to be held against a passage

FAR_BEHIND = 0.5  # of the best passage's relevance: what has less is not read at all

# Two passages that share this many of their words, in runs of three, say the same.
NEARLY_ALL = 0.9

Item = TypeVar("Item", bound=Hashable)


def join(
    rankings: Iterable[tuple[float, Sequence[Item]]], constant: int = RANK_CONSTANT
) -> list[tuple[Item, float]]:
    """(item, score), best first, of (weight, items best first) pairs.

    Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009): a ranking gives its n-th item
    `weight / (constant + n)`. Scores of different kinds need not be comparable; ranks are.
    """
    scores: defaultdict[Item, float] = defaultdict(float)
    for weight, items in rankings:
        for rank, item in enumerate(items, 1):
            scores[item] += weight / (constant + rank)
    return sorted(scores.items(), key=lambda scored: -scored[1])


def is_relevant(query: str, passages: Sequence[Passage]) -> bool:
    """Whether any of `passages` may answer `query`; if not, the answer is "not in your documents".

    Errs towards answering: the sentences of the answer are checked one by one later on.
    """
    wanted = set(content_words(query)) - ABOUT_ASKING
    if len(wanted) < FEW_WORDS:
        return bool(passages)
    if all(passage.similarity is None for passage in passages):
        enough = RELEVANT_BY_WORDS
    else:
        enough = RELEVANT if looks_english(query) else RELEVANT_ELSEWHERE
    return any(_relevance(wanted, passage) >= enough for passage in passages)


def worth_reading(query: str, passages: Sequence[Passage]) -> list[Passage]:
    """Those of `passages`, in order, that are not far behind the most relevant of them.

    What only fills up the number of passages costs time before the first word, and small models
    mistake it for the answer.
    """
    wanted = set(content_words(query)) - ABOUT_ASKING
    if len(wanted) < FEW_WORDS:
        return list(passages)
    relevances = [_relevance(wanted, passage) for passage in passages]
    least = max(relevances, default=0.0) * FAR_BEHIND
    return [
        passage
        for passage, relevance in zip(passages, relevances, strict=True)
        if relevance >= least
    ]


def _relevance(wanted: set[str], passage: Passage) -> float:
    """Cosine with the question plus the share of the words `wanted` that the passage holds."""
    held = len(wanted & set(content_words(passage.text))) / len(wanted)
    return (passage.similarity or 0.0) + held


def says_the_same(runs: set[tuple[str, ...]], others: set[tuple[str, ...]]) -> bool:
    """Whether two texts, as their `runs_of_words`, say nearly the same."""
    return len(runs & others) >= NEARLY_ALL * max(len(runs), len(others))


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    """Runs of three words, so that the order counts; white space and signs do not."""
    found = words(text) or text.split()
    return {tuple(found[at : at + 3]) for at in range(max(1, len(found) - 2))}
