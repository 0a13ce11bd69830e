from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.workers import protocol
from desktop.workers.generator.binding import llama
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.generator.states import Kept
from desktop.workers.host import JobContext
from desktop.workers.protocol import (
    Begin,
    Begun,
    ChatMessage,
    LoadModel,
    RestoreState,
    SaveState,
    StatePiece,
    StateSaved,
    TakeState,
)
from tests.unit.workers.generator.gguf_files import STARTER
from tests.unit.workers.generator.playing import LEASE, generated, play, written

SYSTEM = ChatMessage("system", f"You rewrite text. {LEASE[:800]}")
BEGINNING = [SYSTEM, ChatMessage("user", "Rewrite this text")]
PROMPT = [SYSTEM, ChatMessage("user", "Rewrite this text:\n\nThe keys is on the table.")]


def saved(worker: LlamaWorker, messages: list[ChatMessage]) -> bytes:
    state = b""
    steps = worker.handle(SaveState(messages), JobContext())
    try:
        while True:
            piece = next(steps)
            assert isinstance(piece, StatePiece)
            state += piece.content
    except StopIteration as end:
        result = end.value
    assert result == StateSaved(len(state))
    return state


def restored(worker: LlamaWorker, state: bytes, messages: list[ChatMessage]) -> Begun:
    for at in range(0, len(state), protocol.MAX_PIECE):
        play(worker, TakeState(at, state[at : at + protocol.MAX_PIECE]))
    result = play(worker, RestoreState(messages)).result
    assert isinstance(result, Begun)
    return result


def begun(worker: LlamaWorker, *, look: bool = False) -> Begun:
    result = play(worker, Begin(BEGINNING, look)).result
    assert isinstance(result, Begun)
    return result


def logits(worker: LlamaWorker) -> list[float]:
    model = worker._model
    assert model is not None
    return list(llama.llama_get_logits_ith(model.context, -1)[: model.vocabulary.size])


@pytest.fixture
def worker(shared: LlamaWorker) -> LlamaWorker:
    """The starter model with an empty cache."""
    assert shared._decoder is not None
    shared._decoder._drop_from(0)
    return shared


def test_another_process_goes_on_from_a_saved_state_as_if_it_had_evaluated_it(
    worker: LlamaWorker, fresh: Callable[[], LlamaWorker]
) -> None:
    one, other = worker, fresh()
    play(other, LoadModel(str(STARTER), context_window=512))
    first = begun(one)
    assert (first.tokens > 150, first.cached) == (True, 0)
    state = saved(one, BEGINNING)
    whole = written(one, PROMPT, max_tokens=1)
    thought = logits(one)
    text = written(one, PROMPT, max_tokens=30).text

    assert restored(other, state, BEGINNING) == Begun(first.tokens, first.tokens)
    again = written(other, PROMPT, max_tokens=1)
    assert logits(other) == thought  # to the bit
    new = generated(again).prompt_tokens - generated(again).cached_tokens
    assert generated(again).cached_tokens >= first.tokens - 2
    assert new < 20 < generated(whole).prompt_tokens / 8
    assert written(other, PROMPT, max_tokens=30).text == text


def test_what_differs_from_the_state_is_not_used(worker: LlamaWorker) -> None:
    begun(worker)
    state = saved(worker, BEGINNING)
    other = [ChatMessage("system", "You rewrite text. Briefly."), BEGINNING[1]]
    result = restored(worker, state, other)
    assert result.cached < 20  # the words that both begin with
    assert begun(worker, look=True).cached < 20


def test_a_damaged_state_is_let_go(worker: LlamaWorker) -> None:
    begun(worker)
    state = saved(worker, BEGINNING)
    for place in (0, 2, 40, len(state) // 2, -1):
        damaged = bytearray(state)
        damaged[place] ^= 0x55
        assert restored(worker, bytes(damaged), BEGINNING).cached == 0
    assert restored(worker, state[: len(state) // 2], BEGINNING).cached == 0
    assert restored(worker, b"", BEGINNING).cached == 0
    assert restored(worker, state, BEGINNING).cached > 150


def test_a_state_that_is_not_there_is_not_saved(worker: LlamaWorker) -> None:
    assert saved(worker, BEGINNING) == b""


def test_pieces_follow_on_and_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.workers.generator.states.MAX_STATE", 10)
    kept = Kept()
    assert kept.add(0, b"12345") == 5
    assert kept.add(5, b"67890") == 10
    assert kept.add(10, b"1") == 0  # too much
    assert kept.add(0, b"123") == 3
    assert kept.add(7, b"4") == 0  # does not follow on
    assert kept.add(0, b"ab") == 2
    assert kept.take() == b"ab"
    assert kept.take() == b""
