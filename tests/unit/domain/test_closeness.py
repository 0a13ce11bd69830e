"""What a question's words count for, and the order they give."""

from __future__ import annotations

import math

import pytest

from desktop.domain.closeness import asked, held_share, in_order, weigh

QUESTION = "What rent does Anna Müller pay in 2019?"
HOLDING = {"what": 80, "rent": 40, "does": 60, "anna": 3, "pay": 50, "in": 100, "2019": 7}


def test_each_word_is_asked_for_once_in_lower_case() -> None:
    assert asked("Rent, rent and RENT of 1,200") == ["rent", "and", "of", "1,200"]


def test_a_word_counts_by_its_rarity_and_keeps_its_place() -> None:
    weighted = {word.word: word for word in weigh(QUESTION, HOLDING, 100)}
    assert weighted["rent"].weight == pytest.approx(math.log(1 + 100 / 40.5))
    assert weighted["müller"].weight > weighted["anna"].weight > weighted["rent"].weight
    assert weighted["rent"].weight > weighted["in"].weight
    place = weighted["müller"]
    assert QUESTION[place.start : place.end] == "Müller"


def test_without_any_passages_every_word_still_has_a_weight() -> None:
    assert all(word.weight > 0 for word in weigh(QUESTION, {}, 0))


def test_the_share_held_goes_by_rarity_and_meets_inflections() -> None:
    weighted = weigh("Who signs the rents?", {"signs": 10, "rents": 1}, 100)
    rent = held_share(weighted, "The rent is due.")
    sign = held_share(weighted, "They sign it.")
    assert 0 < sign < 0.5 < rent < 1
    assert rent + sign == pytest.approx(1)
    assert held_share(weighted, "Nothing of the kind.") == 0


def test_function_words_alone_hold_nothing() -> None:
    assert held_share(weigh("Who is it?", {}, 10), "Who is it?") == 0


def test_the_closest_comes_first_and_equals_go_by_the_order_found() -> None:
    assert in_order([0.4, 0.7, 0.5], [1.25, 0.8, 0.6]) == [1, 2, 0]
    assert in_order([0.5, 0.5, 0.5], [1.25, 0.8, 0.6]) == [0, 1, 2]
