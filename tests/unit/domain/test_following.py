"""Questions that need the one before them, and what is searched for then."""

from __future__ import annotations

import pytest

from desktop.domain.following import follows, searched
from tests.following import DEVELOP, HELD_OUT, followed

RIGHT = {DEVELOP: 1.0, HELD_OUT: 0.9}  # of the labelled questions, at least


@pytest.mark.parametrize("part", RIGHT)
def test_labelled_questions_are_searched_with_what_they_follow(part: str) -> None:
    asked = followed(part)
    right = sum(one.is_right() for one in asked)
    alone = [one for one in asked if one.alone]
    standing = sum(one.is_right() for one in alone)
    assert right >= RIGHT[part] * len(asked), f"{right} of {len(asked)}"
    assert standing >= RIGHT[part] * len(alone), f"{standing} of {len(alone)} that stand alone"


def test_a_first_question_is_searched_for_as_it_stands() -> None:
    assert follows("And when?")
    assert searched("And when?", []) == "And when?"
    assert searched("", ["Who signed the lease?"]) == ""


def test_what_takes_a_place_makes_room() -> None:
    first = "What was the rent of 14 Harbour Street in 2018/19?"
    assert searched("And in 2020?", [first]) == (
        "What was the rent of 14 Harbour Street in ? And in 2020?"
    )
    assert (
        searched("And of Kiln Yard?", [first]) == "What was the rent in 2018/19? And of Kiln Yard?"
    )


def test_what_is_carried_on_from_question_to_question_is_bounded() -> None:
    asked = searched("And when?", ["Why? " * 500] * 300)
    assert len(asked) < 1_000
