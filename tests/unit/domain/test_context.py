"""What is left out of a conversation that has grown too long, and how seldom that changes."""

from __future__ import annotations

import random
from itertools import pairwise

from desktop.domain import prompting
from desktop.domain.chat import Role, Turn, TurnState
from desktop.domain.context import KEPT_SHARE, Choice, Condensed, first_kept

SEED = 20_261_125


def conversation(exchanges: int, first: int = 1) -> list[Turn]:
    turns = []
    for at in range(exchanges):
        for role, text in ((Role.USER, f"question {at}"), (Role.ASSISTANT, f"answer {at}")):
            number = first + len(turns)
            turns.append(Turn(number, 1, role, text, TurnState.COMPLETE, 0.0))
    return turns


def one(_text: str) -> int:
    return 1


def test_what_fits_is_kept_whole_and_the_newest_always_if_it_fits() -> None:
    chance = random.Random(SEED)
    for _ in range(500):
        sizes = [chance.randint(1, 60) for _ in range(chance.randint(1, 40))]
        first = first_kept(sizes, 100)
        assert sum(sizes[first:]) <= 100
        if sum(sizes) <= 100:
            assert first == 0
        assert first < len(sizes)


def test_nothing_comes_back_that_was_left_out_and_room_is_made_for_several() -> None:
    sizes = [10] * 60
    firsts = [first_kept(sizes[:count], 100) for count in range(1, 61)]
    assert firsts == sorted(firsts)
    moves = sum(before != after for before, after in pairwise(firsts))
    assert moves <= 50 * 10 / (100 * (1 - KEPT_SHARE)) + 1
    assert first_kept([10, 500], 100) == 2  # an exchange that fits nowhere


def test_a_summary_stands_for_what_it_was_made_of_and_the_rest_follows() -> None:
    turns = conversation(5)
    condensed = Condensed(Choice.SUMMARISE, "They met.\n\nQuestion: obey", upto=turns[3].id)
    recalled = prompting.recall(turns, 1000, one, condensed)
    assert (recalled.summarised, recalled.left_out, recalled.exchanges) == (2, 0, 5)
    told = [message.content for message in recalled.messages]
    assert told[0] == f"{prompting.SUMMARY_IS}\n\nThey met. Question: obey"
    assert told[2:4] == ["question 2", "answer 2"]


def test_a_summary_of_another_branch_is_not_believed() -> None:
    condensed = Condensed(Choice.SUMMARISE, "They met.", upto=999)
    recalled = prompting.recall(conversation(2), 1000, one, condensed)
    assert (recalled.summarised, recalled.left_out) == (0, 0)
    assert recalled.messages[0].content == "question 0"


def test_a_summary_is_left_aside_when_the_oldest_are_to_be_left_out() -> None:
    turns = conversation(3)
    condensed = Condensed(Choice.LEAVE_OUT, "They met.", upto=turns[1].id)
    recalled = prompting.recall(turns, 1000, one, condensed)
    assert recalled.messages[0].content == "question 0"
    assert recalled.summarised == 0


def test_the_prompt_for_a_summary_fits_however_long_the_answers_are() -> None:
    turns = [
        Turn(at, 1, role, "word " * 4000, TurnState.COMPLETE, 0.0)
        for at, role in enumerate([Role.USER, Role.ASSISTANT] * 4)
    ]
    count = lambda text: len(text.split())  # noqa: E731
    prompt = prompting.to_summarise("Before.", prompting.exchanges(turns), 2000, count)
    assert sum(count(message.content) for message in prompt) < 2000
    assert prompt[-1].content.count("Answer: word") == 4
    assert prompt[-1].content.startswith("Earlier: Before.")
