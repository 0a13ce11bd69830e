"""Joining rankings, telling repeats, and telling an answer from a neighbour."""

from __future__ import annotations

import pytest

from desktop.domain.documents import Passage
from desktop.domain.ranking import is_relevant, join, worth_reading


def passage(text: str, similarity: float | None) -> Passage:
    return Passage(1, 1, "lease.pdf", 1, "1", 0, len(text), 1.0, text, similarity)


def test_reciprocal_ranks_add_up() -> None:
    joined = join([(2.0, ["a", "b"]), (1.0, ["b", "c"])], constant=10)
    assert joined == [
        ("b", pytest.approx(2 / 12 + 1 / 11)),
        ("a", pytest.approx(2 / 11)),
        ("c", pytest.approx(1 / 12)),
    ]


def test_what_both_find_beats_what_one_finds_first() -> None:
    words, meaning = ["w", "x", "both"], ["m", "y", "both"]
    assert join([(1.5, words), (1.0, meaning)])[0][0] in {"w", "both"}
    assert dict(join([(1.0, words), (1.0, meaning)]))["both"] > dict(join([(1.0, words)]))["both"]


def test_equal_scores_keep_the_order_found() -> None:
    assert [item for item, _ in join([(1.0, [3]), (1.0, [1]), (1.0, [2])])] == [3, 1, 2]


def test_nothing_joined_is_nothing() -> None:
    assert join([(1.0, []), (2.0, [])]) == []


TEXT = "The tenant shall pay the rent of £900 on the first working day of each month to the agent."


@pytest.mark.parametrize(
    ("query", "similarity", "relevant"),
    [
        ("When must the tenant pay the rent?", 0.62, True),
        ("When must the tenant pay the rent?", 0.10, True),  # every word is there
        ("Which planet has the most moons in the solar system?", 0.12, False),
        ("Which planet has the most moons in the solar system?", None, False),
        ("When must the tenant pay the rent?", None, True),
        ("What does the agent charge for each reminder letter?", 0.30, False),
        ("Welcher Planet hat die meisten Monde im Sonnensystem?", 0.2, False),
        ("When?", 0.05, True),  # it says too little to refuse
    ],
)
def test_relevance(query: str, similarity: float | None, relevant: bool) -> None:
    assert is_relevant(query, [passage(TEXT, similarity)]) is relevant


def test_one_relevant_passage_is_enough_and_none_is_not() -> None:
    poor = passage("The weather was fine.", 0.1)
    assert is_relevant("When must the tenant pay the rent?", [poor, passage(TEXT, 0.6)])
    assert not is_relevant("When must the tenant pay the rent?", [])
    assert not is_relevant("", [])


def test_what_is_far_behind_the_best_passage_is_not_read() -> None:
    query = "Who signed the lease of the warehouse?"
    near = passage("The lease of the warehouse was signed by Maria Okafor.", similarity=0.7)
    also = passage("The warehouse lease was signed in March.", similarity=0.5)
    filler = passage("Press Ctrl+K for the command palette.", similarity=0.1)
    assert worth_reading(query, [near, filler, also]) == [near, also]
    assert worth_reading("Summarise it", [near, filler]) == [near, filler]
