"""Proposals out of the prompt, and that they change nothing but how soon a text comes."""

from __future__ import annotations

import pytest

from desktop.workers.generator.binding import llama
from desktop.workers.generator.decode import Decoder
from desktop.workers.generator.drafting import FIRST, LONGEST, SHORTEST, PromptLookup
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.protocol import ChatMessage
from tests.unit.workers.generator.playing import QUESTION, generated, written

PROMPT = [*range(100, 160)]
CLAUSES = (
    "The tenant shall keep the garden in good order. The rent of 1,250 pounds is due on the first "
    "day of each month. Notices are sent by recorded post. The landlord insures the building."
)
COPY = [ChatMessage("user", f"Repeat this text exactly, word for word:\n\n{CLAUSES}")]


def test_what_follows_the_last_tokens_in_the_prompt_is_proposed() -> None:
    lookup = PromptLookup(PROMPT)

    assert lookup.propose([7, 110, 111, 112], 99) == PROMPT[13 : 13 + FIRST]
    assert lookup.propose([110, 111, 112], 2) == [113, 114]
    assert lookup.propose([110, 112, 111], 99) == []
    assert lookup.propose([111, 112], 99) == []
    assert lookup.propose([157, 158, 159], 99) == []
    assert lookup.propose([110, 111, 112], 0) == []


def test_the_nearest_place_further_on_is_taken() -> None:
    lookup = PromptLookup([1, 2, 3, 10, 1, 2, 3, 20, 1, 2, 3, 30])
    assert lookup.propose([1, 2, 3], 1) == [10]
    lookup.learn(1, 1)
    assert lookup.propose([1, 2, 3], 1) == [20]
    lookup.learn(1, 1)
    assert lookup.propose([1, 2, 3], 1) == [30]
    lookup.learn(1, 1)
    assert lookup.propose([1, 2, 3], 1) == [30]


def test_proposals_grow_while_they_are_right_and_shrink_when_they_are_not() -> None:
    lookup = PromptLookup(PROMPT)
    lengths = []
    for right in (FIRST, 2 * FIRST, LONGEST, 3, 0):
        proposed = lookup.propose([100, 101, 102], 99)
        lengths.append(len(proposed))
        lookup.learn(len(proposed), right)
        lookup._at = 0

    assert lengths == [FIRST, 2 * FIRST, LONGEST, LONGEST, 5]
    lookup._rest = 0
    assert len(lookup.propose([100, 101, 102], 99)) == SHORTEST


def test_wrong_proposals_are_made_less_and_less_often() -> None:
    lookup = PromptLookup(PROMPT)
    made = 0
    for _ in range(400):
        proposed = lookup.propose([100, 101, 102], 99)
        if proposed:
            made += 1
            lookup.learn(len(proposed), 0)

    assert 4 < made < 25


@pytest.mark.parametrize("messages", [COPY, QUESTION], ids=["copied", "free"])
def test_the_text_is_the_same_to_the_letter(
    shared: LlamaWorker, messages: list[ChatMessage]
) -> None:
    def write(*, draft: bool) -> tuple[str, int]:
        played = written(shared, messages, max_tokens=60, draft_from_prompt=draft)
        return played.text, generated(played).tokens

    assert write(draft=True) == write(draft=False)


def test_a_copied_text_takes_far_fewer_evaluations(
    shared: LlamaWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    run = Decoder._run

    def counted(decoder: Decoder, count: int, job: object) -> None:
        sizes.append(count)
        run(decoder, count, job)  # type: ignore[arg-type]

    monkeypatch.setattr(Decoder, "_run", counted)
    plain = written(shared, COPY, max_tokens=60)
    evaluations = len(sizes)
    sizes.clear()
    drafted = written(shared, COPY, max_tokens=60, draft_from_prompt=True)

    assert drafted.text == plain.text
    assert len(sizes) * 2.5 < evaluations
    assert max(sizes[1:]) <= LONGEST + 1


def test_the_cache_holds_nothing_that_was_not_written(shared: LlamaWorker) -> None:
    first = written(shared, COPY, max_tokens=40, draft_from_prompt=True)
    again = [*COPY, ChatMessage("assistant", first.text), ChatMessage("user", "Go on.")]
    second = written(shared, again, max_tokens=8, draft_from_prompt=True)
    assert shared._model is not None
    assert shared._decoder is not None
    held = int(llama.llama_memory_seq_pos_max(shared._model.memory, 0)) + 1

    assert held == len(shared._decoder.held)
    shared._decoder._drop_from(0)
    assert written(shared, again, max_tokens=8).text == second.text


def test_nothing_is_drafted_where_the_next_token_is_drawn(
    shared: LlamaWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[int] = []
    monkeypatch.setattr(PromptLookup, "propose", lambda *_: proposed.append(1) or [])
    for temperature in (0.7, 0.0):
        written(shared, COPY, max_tokens=5, temperature=temperature, draft_from_prompt=True)
        assert bool(proposed) is (temperature == 0.0)


def test_the_window_and_the_number_of_tokens_are_kept(shared: LlamaWorker) -> None:
    played = written(shared, COPY, max_tokens=11, draft_from_prompt=True)
    assert generated(played).tokens == 11
    assert generated(played).reason == "limit"
