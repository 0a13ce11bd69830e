"""The port `Generator`, as the services use it: a real child, the starter model."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from desktop.domain.chat import Generated, Message, Sampling
from desktop.domain.errors import (
    AdapterMismatch,
    Cancelled,
    ContextTooLong,
    DeviceUnknown,
    ModelMissing,
    ModelWillNotLoad,
    PromptTooLong,
    WorkerCrashed,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import (
    PROGRAM_CHOOSES,
    Adapter,
    CacheType,
    LoadSettings,
    ModelFile,
    Speed,
)
from desktop.services import ports
from desktop.workers.client import WorkerClient
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.generator.config import Config
from tests.unit.workers.generator.gguf_files import STARTER, write_lora

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
def generator(client: WorkerClient) -> LlamaGenerator:
    return LlamaGenerator(client, context_window=WINDOW)


@pytest.fixture
def loaded(generator: LlamaGenerator) -> LlamaGenerator:
    load(generator)
    return generator


def load(
    generator: ports.Generator, model: ModelFile = MODEL, settings: LoadSettings = PROGRAM_CHOOSES
) -> list[Progress]:
    return list(generator.load(model, settings=settings, cancel=Cancellation()))


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


def settled(generator: ports.Generator) -> tuple[str, Generated, list[Progress]]:
    """An answer to a prompt that is all in the cache: its batches are always the same."""
    answer(generator, max_tokens=1)
    return answer(generator)


def test_it_loads_with_progress_and_only_once(generator: ports.Generator) -> None:
    progress = load(generator)
    assert progress[-1] == (100, 100)
    assert load(generator) == []
    assert list(generator.load(MODEL, cancel=Cancellation())) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are text")
def test_a_model_whose_path_is_no_text_is_loaded(
    generator: ports.Generator, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"h\xe9ron.gguf")
    path.symlink_to(STARTER)
    assert load(generator, replace(MODEL, path=path))[-1] == (100, 100)
    path.unlink()
    with pytest.raises(ModelMissing) as missing:
        load(generator, replace(MODEL, path=path, name="heron"))
    assert missing.value.facts == {"model": "heron"}


def test_what_loading_took_is_told(loaded: LlamaGenerator) -> None:
    took = loaded.loaded
    assert took is not None
    assert took.context_window == loaded.context_window == WINDOW
    assert took.on_computer.weights == pytest.approx(MODEL.size, rel=0.05)
    assert took.on_computer.total > took.on_computer.weights + took.on_computer.cache > MODEL.size
    assert took.on_device.total == 0
    assert took.seconds > 0
    assert not took.locked


@pytest.mark.parametrize(
    "settings",
    [
        LoadSettings(context_window=1024),
        LoadSettings(cache_type=CacheType.Q8_0),
        LoadSettings(cache_type=CacheType.Q4_0, batch=32),
        LoadSettings(threads=1, batch_threads=2, batch=256),
        LoadSettings(memory_map=True),
        LoadSettings(memory_lock=True),
        LoadSettings(memory_map=True, memory_lock=True),
    ],
    ids=str,
)
def test_a_model_is_loaded_as_told_and_answers(
    settings: LoadSettings, loaded: LlamaGenerator
) -> None:
    plain = loaded.loaded
    assert plain is not None
    assert load(loaded, settings=settings)[-1] == (100, 100)
    assert load(loaded, settings=settings) == []
    took = loaded.loaded
    assert took is not None
    assert took.context_window == (settings.context_window or WINDOW)
    per_token = plain.on_computer.cache / WINDOW
    share = {CacheType.F16: 1, CacheType.Q8_0: 34 / 64, CacheType.Q4_0: 18 / 64}
    expected = per_token * took.context_window * share[settings.cache_type]
    assert took.on_computer.cache == pytest.approx(expected, rel=0.01)
    assert "red" in answer(loaded)[0].lower()


def test_a_window_larger_than_the_model_s_is_refused_not_cut(loaded: LlamaGenerator) -> None:
    with pytest.raises(ContextTooLong, match="SmolLM2 135M was made for 8192 tokens") as refusal:
        load(loaded, settings=LoadSettings(context_window=8193))
    assert refusal.value.facts["tokens"] == 8193
    load(loaded)
    assert answer(loaded)[0]


def test_a_quantized_cache_without_flash_attention_is_refused() -> None:
    client = generator_client(Config(flash_attention=False))
    try:
        generator = LlamaGenerator(client, context_window=WINDOW)
        with pytest.raises(ModelWillNotLoad, match="q8_0 needs flash attention, which is off"):
            load(generator, settings=LoadSettings(cache_type=CacheType.Q8_0))
        assert load(generator)
    finally:
        client.stop()


def test_a_device_that_is_not_there_is_named(loaded: LlamaGenerator) -> None:
    with pytest.raises(DeviceUnknown, match="no device named CUDA7"):
        list(loaded.load(MODEL, gpu_layers=9, device="CUDA7", cancel=Cancellation()))


def test_an_adapter_is_attached_or_refused(loaded: LlamaGenerator, tmp_path: Path) -> None:
    plain, _, _ = settled(loaded)
    noise = write_lora(tmp_path / "noise.gguf", noise=0.3)
    load(loaded, settings=LoadSettings(adapters=(Adapter(noise),)))
    assert settled(loaded)[0] != plain
    load(loaded, settings=LoadSettings(adapters=(Adapter(noise, strength=0.0),)))
    assert settled(loaded)[0] == plain
    other = write_lora(tmp_path / "other.gguf", width=640)
    mismatch = (
        r"The adapter other\.gguf was not made for SmolLM2 135M: its weights have other sizes"
    )
    with pytest.raises(AdapterMismatch, match=mismatch):
        load(loaded, settings=LoadSettings(adapters=(Adapter(other),)))
    with pytest.raises(ModelMissing, match=r"The model gone\.gguf is not"):
        load(loaded, settings=LoadSettings(adapters=(Adapter(tmp_path / "gone.gguf"),)))


def test_this_computer_is_examined_behind_the_lockdown(loaded: LlamaGenerator) -> None:
    found = loaded.examine(Cancellation())
    assert found.processor.name
    assert 1 <= found.processor.performance_cores <= found.processor.cores
    assert found.memory == psutil.virtual_memory().total
    assert 0 < found.free_memory <= found.memory
    assert "CPU" in found.build.backends
    assert found.build.gpu_offload or not found.gpus


def test_a_model_is_measured(loaded: LlamaGenerator) -> None:
    steps = loaded.measure(MODEL, cancel=Cancellation())
    progress: list[Progress] = []
    while True:
        try:
            progress.append(next(steps))
        except StopIteration as finished:
            speed: Speed = finished.value
            break
    assert [done for done, _ in progress] == sorted({done for done, _ in progress})
    assert progress[-1] == (200, 200)
    assert speed.prefill > 0
    assert speed.decode > 0
    assert 1 <= speed.threads <= (os.cpu_count() or 1)
    assert speed.load_s > 0
    assert speed.memory > MODEL.size
    assert speed.measured > 0
    assert load(loaded) == []
    assert answer(loaded)[0]


def test_measuring_that_is_not_wanted_any_more_ends(loaded: LlamaGenerator) -> None:
    cancel = Cancellation()
    steps = loaded.measure(MODEL, cancel=cancel)
    for done, _ in steps:
        if done > 100:
            break
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(steps)
    assert answer(loaded)[0]


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


def test_a_prompt_is_counted_as_it_will_be_read(loaded: ports.Generator) -> None:
    asked = [SYSTEM, Message("user", "Name three colours of a traffic light.")]
    _, end, _ = answer(loaded, asked, max_tokens=1)
    assert loaded.count(asked, cancel=Cancellation()) == end.timings.prompt_tokens


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
