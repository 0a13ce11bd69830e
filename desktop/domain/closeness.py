"""Close reading: how well a passage answers a question, word by word.

Two things are added up. Nearness is late interaction (Khattab and Zaharia 2020, ColBERT): every
token of the question takes the nearest token of the passage, and their cosines are averaged; the
vectors are those of the ordinary embedding model, so that nothing more has to be installed. And the
share of the question's words that the passage holds as they stand. In both a word counts by its
rarity in the user's documents: what stands everywhere tells nothing apart.

Pure rules over words and counts; the vectors are the retriever's affair.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.words import FUNCTION_WORDS, placed_words, stem, words

# Measured on XQuAD (tests/bench/retrieval.py): from 0.1 to 0.5 it is all one in English, and in
# languages that the embedding model does not know the words are needed.
HELD_WEIGHT = 0.2
# How much the order that words and meaning found (`ranking.join`) still counts.
FOUND_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class WeightedWord:
    """A word of a question, in characters of it, and what it counts for."""

    start: int
    end: int
    word: str  # in lower case
    weight: float


def asked(question: str) -> list[str]:
    """The words whose rarity `weigh` wants to know, each once."""
    return list(dict.fromkeys(words(question)))


def weigh(question: str, holding: Mapping[str, int], passages: int) -> list[WeightedWord]:
    """Each word of `question` with its weight, log(1 + n / (held + 1/2)).

    `holding`: in how many of the `passages` there are (n) each word stands.
    """
    return [
        WeightedWord(start, end, word, math.log1p(max(passages, 1) / (holding.get(word, 0) + 0.5)))
        for start, end, word in placed_words(question)
    ]


def held_share(weighted: Sequence[WeightedWord], text: str) -> float:
    """The share, by weight, of the words that carry meaning which `text` holds; 0 without any."""
    held = {stem(word) for word in words(text)}
    meant = [
        (stem(asked.word), asked.weight) for asked in weighted if asked.word not in FUNCTION_WORDS
    ]
    whole = sum(weight for _, weight in meant)
    return sum(weight for word, weight in meant if word in held) / whole if whole else 0.0


def closeness(nearness: float, held: float) -> float:
    """What a passage is judged by: about 0.3 for one that has nothing to do with the question."""
    return nearness + HELD_WEIGHT * held


def in_order(closenesses: Sequence[float], scores: Sequence[float]) -> list[int]:
    """Positions, best first, of passages found with these scores and read this closely."""
    worth = [close + FOUND_WEIGHT * score for close, score in zip(closenesses, scores, strict=True)]
    return sorted(range(len(worth)), key=lambda at: -worth[at])
