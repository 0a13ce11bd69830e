from __future__ import annotations

import os
from collections.abc import Callable
from statistics import correlation

import pytest

from desktop.domain.errors import Cancelled, ModelMissing, PromptTooLong
from desktop.workers.generator.binding import llama
from desktop.workers.generator.decode import ROOM_FOR_ANSWER, Decoder
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.generator.template import CHATML, ChatTemplate
from desktop.workers.host import JobContext
from desktop.workers.protocol import ChatMessage, Generate, LoadModel, Prefill, Prefilled
from tests.unit.workers.generator.gguf_files import STARTER
from tests.unit.workers.generator.playing import (
    LEASE,
    LONG_QUESTION,
    QUESTION,
    SYSTEM,
    CancelledAtCall,
    generated,
    play,
    settled,
    written,
)

WINDOW = 512  # of the `shared` worker


@pytest.fixture
def worker(shared: LlamaWorker) -> LlamaWorker:
    """The starter model with an empty cache."""
    decoder_of(shared)._drop_from(0)
    return shared


def decoder_of(worker: LlamaWorker) -> Decoder:
    assert worker._decoder is not None
    return worker._decoder


def logits(worker: LlamaWorker) -> list[float]:
    """What the model thinks of every token of its vocabulary as the next one."""
    assert worker._model is not None
    model = worker._model
    return list(llama.llama_get_logits_ith(model.context, -1)[: model.vocabulary.size])


def in_cache(worker: LlamaWorker) -> int:
    """How many positions llama.cpp itself says are in its cache."""
    assert worker._model is not None
    return int(llama.llama_memory_seq_pos_max(worker._model.memory, 0)) + 1


def test_it_answers(worker: LlamaWorker) -> None:
    played = written(worker, QUESTION, max_tokens=40)
    result = generated(played)
    assert "red" in played.text.lower()
    assert result.prompt_tokens > 10
    assert 0 < result.tokens <= 40
    assert result.first_token_s > 0
    assert result.tokens_per_s > 0
    assert played.marks[-1] == (result.prompt_tokens, result.prompt_tokens)


def test_the_first_text_comes_at_once(worker: LlamaWorker) -> None:
    steps = worker.handle(Generate(QUESTION, max_tokens=8), JobContext())
    first = next(said for said in steps if not isinstance(said, tuple))
    held = decoder_of(worker).held
    assert getattr(first, "text", "")
    assert len(held) == generated(written(worker, QUESTION)).prompt_tokens  # and not one more
    steps.close()


def test_a_second_turn_evaluates_only_what_is_new(worker: LlamaWorker) -> None:
    first = written(worker, LONG_QUESTION)
    again = [*LONG_QUESTION, ChatMessage("assistant", first.text), ChatMessage("user", "Sure?")]
    second = generated(written(worker, again))
    assert generated(first).cached_tokens == 0
    assert second.cached_tokens >= generated(first).prompt_tokens
    assert second.prompt_tokens - second.cached_tokens < 40


def test_a_kept_beginning_is_as_good_as_an_evaluated_one(worker: LlamaWorker) -> None:
    other = [SYSTEM, ChatMessage("user", LEASE + "Who keeps the garden?")]
    written(worker, LONG_QUESTION, max_tokens=1)
    fresh = logits(worker)
    written(worker, other, max_tokens=1)
    different = logits(worker)
    assert generated(written(worker, LONG_QUESTION, max_tokens=1)).cached_tokens > 200
    # Not the same to the last digit: the batches end elsewhere, and activations are quantized.
    assert correlation(fresh, logits(worker)) > 0.998 > correlation(fresh, different)


def test_the_same_prompt_again_evaluates_one_token(worker: LlamaWorker) -> None:
    first = written(worker, QUESTION)
    again = written(worker, QUESTION)
    assert generated(again).cached_tokens == generated(again).prompt_tokens - 1
    assert again.text[:10] == first.text[:10]


def test_what_does_not_share_a_beginning_is_dropped(worker: LlamaWorker) -> None:
    written(worker, LONG_QUESTION)
    other = generated(written(worker, [ChatMessage("system", "Sing."), *QUESTION[1:]]))
    assert other.cached_tokens < 5
    assert in_cache(worker) == len(decoder_of(worker).held) < 100


# -- ahead of the question


def test_what_was_evaluated_ahead_is_not_evaluated_again(worker: LlamaWorker) -> None:
    ahead = play(worker, Prefill([SYSTEM, ChatMessage("user", LEASE)])).result
    assert isinstance(ahead, Prefilled)
    asked = generated(written(worker, LONG_QUESTION))
    assert ahead.cached_tokens == 0
    assert asked.cached_tokens >= ahead.prompt_tokens - 2  # a word may grow at the border
    assert asked.prompt_tokens - asked.cached_tokens < 20


def test_evaluating_ahead_gives_way_and_does_not_undo_what_came_between(
    worker: LlamaWorker,
) -> None:
    expected = written(worker, QUESTION).text
    decoder_of(worker)._drop_from(0)
    ahead = worker.handle(Prefill(LONG_QUESTION), JobContext())
    next(ahead)
    between = written(worker, QUESTION)
    assert between.text == expected
    held = list(decoder_of(worker).held)
    assert list(ahead) == []  # over at the next step
    assert decoder_of(worker).held == held


def test_an_answer_that_was_interrupted_goes_on_as_if_it_had_not_been(worker: LlamaWorker) -> None:
    expected = settled(worker, QUESTION).text
    text = ""
    interruptions = iter([ChatMessage("user", "Hello"), ChatMessage("user", "Thanks")])
    for said in worker.handle(Generate(QUESTION, max_tokens=24), JobContext()):
        if not isinstance(said, tuple):
            text += getattr(said, "text", "")
            if other := next(interruptions, None):
                written(worker, [other], max_tokens=2)
    assert text == expected


def test_evaluating_ahead_more_than_fits_is_no_error(worker: LlamaWorker) -> None:
    ahead = play(worker, Prefill([ChatMessage("user", LEASE * 5)])).result
    assert isinstance(ahead, Prefilled)
    assert ahead.prompt_tokens == WINDOW - ROOM_FOR_ANSWER
    assert in_cache(worker) == WINDOW - ROOM_FOR_ANSWER


# -- ends


def test_a_stop_string_ends_the_answer_and_is_not_in_it(worker: LlamaWorker) -> None:
    whole = settled(worker, QUESTION).text
    stop = whole[8:14]
    stopped = written(worker, QUESTION, stop=["never to be seen", stop])
    assert generated(stopped).reason == "stop"
    assert stopped.text == whole[: whole.index(stop)]


def test_the_model_ends_its_answer(worker: LlamaWorker) -> None:
    played = written(worker, QUESTION, max_tokens=200)
    assert generated(played).reason == "end"
    assert "<|im_end|>" not in played.text


def test_the_limit_of_tokens_ends_the_answer(worker: LlamaWorker) -> None:
    result = generated(written(worker, QUESTION, max_tokens=3))
    assert (result.reason, result.tokens) == ("limit", 3)


def test_reasoning_that_the_template_opens_is_told_and_has_room_of_its_own(
    worker: LlamaWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CHATML.replace("assistant\\n'", "assistant\\n<think>\\n'")
    assert worker._model is not None
    template = ChatTemplate(source, model="a model that reasons")
    assert template.reasons
    assert not worker._model.template.reasons
    monkeypatch.setattr(worker._model, "template", template)
    slow = {"temperature": 1e6, "top_k": 0, "top_p": 1.0, "min_p": 0.0}  # it never closes the tag
    played = written(worker, QUESTION, max_tokens=5, reasoning_tokens=30, **slow)
    assert played.text.startswith("<think>\n")
    assert 5 < generated(played).tokens <= 35
    assert generated(written(worker, QUESTION, max_tokens=5, **slow)).tokens == 5


def test_the_window_ends_the_answer(worker: LlamaWorker) -> None:
    prompt = [ChatMessage("user", LEASE + LEASE[: len(LEASE) * 3 // 4])]
    anything = {"temperature": 1e6, "top_k": 0, "top_p": 1.0, "min_p": 0.0}  # but an end, likely
    result = generated(written(worker, prompt, max_tokens=10_000, **anything))
    assert result.reason == "limit"
    # The last token that was chosen need not fit: nothing is chosen after it.
    assert result.prompt_tokens + result.tokens == WINDOW + 1


def test_a_prompt_that_leaves_no_room_is_refused_with_its_numbers(worker: LlamaWorker) -> None:
    with pytest.raises(PromptTooLong) as refusal:
        written(worker, [ChatMessage("user", LEASE * 5)])
    assert refusal.value.facts["limit"] == WINDOW - ROOM_FOR_ANSWER
    assert int(refusal.value.facts["tokens"]) > WINDOW
    assert written(worker, QUESTION).text


def test_without_a_model_there_is_no_answer(fresh: Callable[[], LlamaWorker]) -> None:
    for request in (Generate(QUESTION), Prefill(QUESTION)):
        with pytest.raises(ModelMissing):
            play(fresh(), request)


# -- sampling


def test_the_same_seed_gives_the_same_text(worker: LlamaWorker) -> None:
    once, again, other = (
        settled(worker, QUESTION, temperature=1.2, seed=seed).text for seed in (5, 5, 6)
    )
    assert once == again
    assert once != other


def test_every_seed_is_a_seed(worker: LlamaWorker) -> None:
    for seed in (2**32 - 1, 2**53, -1):  # llama.cpp would draw its own for the first
        once, again = (settled(worker, QUESTION, temperature=1.5, seed=seed) for _ in range(2))
        assert once.text == again.text


def test_a_top_k_of_one_is_greedy(worker: LlamaWorker) -> None:
    assert (
        written(worker, QUESTION, temperature=2.0, top_k=1).text == written(worker, QUESTION).text
    )


def test_a_repeat_penalty_changes_a_greedy_answer(worker: LlamaWorker) -> None:
    plain = written(worker, QUESTION, max_tokens=60)
    penalised = written(worker, QUESTION, max_tokens=60, repeat_penalty=1.8)
    assert penalised.text != plain.text
    words = penalised.text.lower().split()
    assert len(set(words)) / len(words) > 0.8


# -- cancelling


@pytest.mark.parametrize("calls", [1, 500])
def test_a_prompt_that_was_cancelled_half_way_leaves_a_true_cache(
    worker: LlamaWorker, calls: int
) -> None:
    expected = written(worker, LONG_QUESTION).text
    decoder_of(worker)._drop_from(0)
    with pytest.raises(Cancelled):
        play(worker, Generate(LONG_QUESTION, max_tokens=24), CancelledAtCall(calls))
    assert in_cache(worker) == len(decoder_of(worker).held)
    assert len(decoder_of(worker).held) < 230
    assert written(worker, LONG_QUESTION).text == expected


def test_an_answer_that_was_cancelled_leaves_a_true_cache(worker: LlamaWorker) -> None:
    expected = settled(worker, QUESTION).text
    steps = worker.handle(Generate(QUESTION, max_tokens=24), job := JobContext())
    for said in steps:
        if not isinstance(said, tuple):
            job.cancel()
            break
    with pytest.raises(Cancelled):
        next(steps)
    assert in_cache(worker) == len(decoder_of(worker).held)
    assert settled(worker, QUESTION).text == expected


def test_closing_an_answer_half_way_leaves_a_true_cache(worker: LlamaWorker) -> None:
    expected = settled(worker, QUESTION).text
    steps = worker.handle(Generate(QUESTION, max_tokens=24), JobContext())
    next(steps)
    next(steps)
    steps.close()
    assert settled(worker, QUESTION).text == expected


# -- two models, one after the other


def test_an_interrupted_prefill_survives_the_end_of_its_model(
    fresh: Callable[[], LlamaWorker],
) -> None:
    worker = fresh()
    play(worker, LoadModel(os.fsencode(STARTER), context_window=512))
    ahead = worker.handle(Prefill(LONG_QUESTION), JobContext())
    next(ahead)
    play(worker, LoadModel(os.fsencode(STARTER), context_window=256))
    assert list(ahead) == []
    assert written(worker, QUESTION).text
