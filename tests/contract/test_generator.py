"""The port `Generator`, as the services use it: a real child, the starter model."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.domain.chat import Generated, Message, Sampling
from desktop.domain.errors import (
    Cancelled,
    ModelMissing,
    ModelWillNotLoad,
    PromptTooLong,
    WorkerCrashed,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import ModelFile
from desktop.services import ports
from desktop.workers.client import WorkerClient
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from tests.unit.workers.generator.gguf_files import STARTER

MODEL = ModelFile(
    name="SmolLM2 135M", path=STARTER, sha256="", size=STARTER.stat().st_size, context_window=8192
)
SYSTEM = Message("system", "You answer in one short sentence.")
QUESTION = [SYSTEM, Message("user", "Name three colours of a traffic light.")]
LEASE = "The tenant shall keep the garden in good order and pay the rent on the first day. " * 10
WINDOW = 512


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = generator_client()
    yield client
    client.stop()


@pytest.fixture(scope="module")
def generator(client: WorkerClient) -> ports.Generator:
    return LlamaGenerator(client, context_window=WINDOW)


@pytest.fixture
def loaded(generator: ports.Generator) -> ports.Generator:
    load(generator)
    return generator


def load(generator: ports.Generator, model: ModelFile = MODEL) -> list[Progress]:
    return list(generator.load(model, cancel=Cancellation()))


def answer(
    generator: ports.Generator,
    messages: Sequence[Message] = QUESTION,
    *,
    stop: Sequence[str] = (),
    cancel: Cancellation | None = None,
    **sampling: float,
) -> tuple[str, Generated, list[Progress]]:
    """The text, how it ended, and the progress before it."""
    steps = generator.generate(
        messages,
        sampling=Sampling(**{"max_tokens": 24, **sampling}),
        stop=stop,
        cancel=cancel or Cancellation(),
    )
    text: list[str] = []
    progress: list[Progress] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as finished:
            end: Generated = finished.value
            return "".join(text), end, progress
        if isinstance(step, Progress):
            progress.append(step)
        else:
            text.append(step)


def test_it_loads_with_progress_and_only_once(generator: ports.Generator) -> None:
    progress = load(generator)
    assert progress[-1] == (100, 100)
    assert load(generator) == []


def test_it_answers_with_timings(loaded: ports.Generator) -> None:
    text, end, progress = answer(loaded, max_tokens=60)
    assert "red" in text.lower()
    assert end.reason == "end"
    assert 0 < end.timings.tokens <= 60
    assert end.timings.first_token_s > 0
    assert end.timings.tokens_per_s > 0
    assert progress[-1] == (end.timings.prompt_tokens, end.timings.prompt_tokens)


def test_settings_reach_the_child(loaded: ports.Generator) -> None:
    text, end, _ = answer(loaded, max_tokens=2)
    assert (end.reason, end.timings.tokens) == ("limit", 2)
    text, _, _ = answer(loaded)
    stopped, end, _ = answer(loaded, stop=[text[5:9]])
    assert end.reason == "stop"
    assert text[5:9] not in stopped
    answers = {answer(loaded, temperature=1.5, seed=seed)[0] for seed in (1, 1, 2, 3)}
    assert 1 < len(answers) <= 3


def test_what_was_evaluated_before_is_kept(loaded: ports.Generator) -> None:
    loaded.prefill([SYSTEM, Message("user", LEASE)], cancel=Cancellation())
    _, ahead, _ = answer(loaded, [SYSTEM, Message("user", LEASE + "When is the rent due?")])
    assert ahead.timings.cached_tokens > 150
    assert ahead.timings.prompt_tokens - ahead.timings.cached_tokens < 20


def test_a_question_goes_before_what_is_evaluated_ahead(loaded: ports.Generator) -> None:
    ahead = threading.Thread(
        target=loaded.prefill,
        args=([SYSTEM, Message("user", LEASE * 2)],),
        kwargs={"cancel": Cancellation()},
    )
    ahead.start()
    text, _, _ = answer(loaded)
    ahead.join(60)
    assert not ahead.is_alive()
    assert text


def test_a_prompt_that_is_too_long_says_by_how_much(loaded: ports.Generator) -> None:
    with pytest.raises(PromptTooLong) as refusal:
        answer(loaded, [Message("user", LEASE * 10)])
    assert int(refusal.value.facts["tokens"]) > WINDOW > int(refusal.value.facts["limit"])
    assert refusal.value.facts["model"] == MODEL.name


def test_a_wish_that_came_before_is_heard(loaded: ports.Generator) -> None:
    cancel = Cancellation()
    cancel.cancel()
    with pytest.raises(Cancelled):
        answer(loaded, cancel=cancel)


def test_closing_an_answer_ends_it(loaded: ports.Generator) -> None:
    steps = loaded.generate(
        QUESTION, sampling=Sampling(max_tokens=400), stop=(), cancel=Cancellation()
    )
    next(steps)
    steps.close()
    assert answer(loaded)[0]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_after_the_child_has_died_the_model_is_loaded_again(
    loaded: ports.Generator, client: WorkerClient
) -> None:
    before = client.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    # Whether the death is known yet or not, this answers or says that the child crashed.
    text, _, _ = answer_at_last(loaded)
    assert text
    assert client.pid != before


def answer_at_last(generator: ports.Generator) -> tuple[str, Generated, list[Progress]]:
    try:
        return answer(generator)
    except WorkerCrashed:
        return answer(generator)


def test_errors_name_the_model_as_the_user_knows_it(
    generator: ports.Generator, tmp_path: Path
) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"<!DOCTYPE html>")
    page = ModelFile(name="A model", path=path, sha256="", size=15, context_window=1)
    with pytest.raises(ModelWillNotLoad, match="A model cannot be loaded: it is a web page"):
        load(generator, page)
    path.unlink()
    with pytest.raises(ModelMissing, match="The model A model is not"):
        load(generator, page)
    load(generator)
    assert answer(generator)[0]


def test_without_a_model_there_is_no_answer() -> None:
    client = generator_client()
    try:
        with pytest.raises(ModelMissing):
            answer(LlamaGenerator(client))
    finally:
        client.stop()
