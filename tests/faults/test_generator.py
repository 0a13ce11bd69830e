"""Models made to hurt, and stops at every moment, through the real child.

A bad model ends in one error that names it and its trouble; the child is back for the next one,
and the honest model answers afterwards what it answered before, word for word.
"""

from __future__ import annotations

import itertools
import random
import shutil
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.domain.chat import Generated, Message, Sampling
from desktop.domain.errors import (
    Cancelled,
    ModelWillNotLoad,
    TemplateFailed,
    WorkerError,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import ModelFile
from desktop.workers.client import WorkerClient
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.generator.config import Config
from desktop.workers.lockdown import Limits
from tests.unit.workers.generator.gguf_files import STARTER, Header, number, rewrite, text

QUESTION = [Message("user", "Name three colours of a traffic light.")]
LEASE = "The tenant shall keep the garden in good order and pay the rent on the first day. " * 40
LONG_QUESTION = [Message("user", LEASE + "When is the rent due?")]
STOP_S = 0.5  # from the wish to the end
BACK_S = 3.0  # a child that died, until the next one has loaded a model
SEED = 20_26
LOADS = itertools.count()


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = generator_client(Config(template_s=0.5))
    yield client
    client.stop()


@pytest.fixture(scope="module")
def generator(client: WorkerClient) -> LlamaGenerator:
    return LlamaGenerator(client, context_window=1024)


@pytest.fixture(scope="module")
def expected(generator: LlamaGenerator) -> str:
    """What the honest model answers."""
    load(generator, STARTER)
    return settled(generator)


@pytest.fixture(autouse=True)
def _honest_model_afterwards(generator: LlamaGenerator, expected: str) -> Iterator[None]:
    """Whatever a test did to the child, the next model is there soon and answers as ever."""
    yield
    began = time.monotonic()
    load(generator, STARTER)
    assert time.monotonic() - began < BACK_S
    assert settled(generator) == expected


def load(generator: LlamaGenerator, path: Path, cancel: Cancellation | None = None) -> None:
    # Another hash each time: what is loaded already would not be loaded again.
    sha256 = str(next(LOADS))
    model = ModelFile(name="A model", path=path, sha256=sha256, size=1, context_window=1)
    for _ in generator.load(model, cancel=cancel or Cancellation()):
        pass


def asked(
    generator: LlamaGenerator,
    messages: list[Message],
    cancel: Cancellation | None = None,
    max_tokens: int = 16,
) -> Generator[str | Progress, None, Generated]:
    return generator.generate(
        messages,
        sampling=Sampling(max_tokens=max_tokens),
        stop=(),
        cancel=cancel or Cancellation(),
    )


def settled(generator: LlamaGenerator) -> str:
    """The answer to a prompt that is all in the cache, so that its batches are always the same."""
    list(asked(generator, QUESTION, max_tokens=1))
    return "".join(step for step in asked(generator, QUESTION) if isinstance(step, str))


# -- files that are not the models they seem


@pytest.mark.parametrize("kept", [0, 4096, 49_181_216, 98_264_069])
def test_a_model_that_was_cut(kept: int, generator: LlamaGenerator, tmp_path: Path) -> None:
    path = tmp_path / "cut.gguf"
    with STARTER.open("rb") as whole:
        path.write_bytes(whole.read(kept))
    with pytest.raises(ModelWillNotLoad, match=r"A model cannot be loaded: .*(cut short|empty)"):
        load(generator, path)


def test_a_page_that_was_saved_as_a_model(generator: LlamaGenerator, tmp_path: Path) -> None:
    path = tmp_path / "page.gguf"
    path.write_bytes(b"<!doctype html><title>Sign in to download</title>" * 1000)
    with pytest.raises(ModelWillNotLoad, match="it is a web page"):
        load(generator, path)


def test_a_header_that_aborts_llama_cpp(generator: LlamaGenerator, tmp_path: Path) -> None:
    path = rewrite(tmp_path / "deep.gguf", {"llama.block_count": number(600)})
    with pytest.raises(ModelWillNotLoad, match=r"llama\.cpp stopped while reading it \(.*ABRT"):
        load(generator, path)


def mutated(count: int, seed: int, path: Path) -> Iterator[str]:
    """Changes a copy of the model at `path` in up to four places of its header, `count` times."""
    shutil.copyfile(STARTER, path)
    with STARTER.open("rb") as whole:
        raw = whole.read(8 * 1024 * 1024)
    header = Header(raw)
    vocabulary = header.places["tokenizer.ggml.tokens"]
    parts = [
        range(4, vocabulary),  # the numbers and names that steer the loader
        range(vocabulary, header.end),  # words, their kinds and merges, the template
        range(header.end, header.end_of_tensors),  # what the weights are, and where
    ]
    chance = random.Random(seed)
    for turn in range(count):
        changes = {
            chance.choice(chance.choice(parts)): chance.randrange(256)
            for _ in range(chance.randint(1, 3))
        }
        with path.open("r+b") as file:
            for place, value in changes.items():
                file.seek(place)
                file.write(bytes([value]))
        yield f"{turn}: {changes}"
        with path.open("r+b") as file:
            for place in changes:
                file.seek(place)
                file.write(raw[place : place + 1])


def survive(generator: LlamaGenerator, path: Path, which: str) -> str:
    """What became of a changed model: the name of its error, or "answered"."""
    began = time.monotonic()
    try:
        load(generator, path)
        list(asked(generator, QUESTION, max_tokens=2))
    except (ModelWillNotLoad, TemplateFailed, WorkerError) as error:
        outcome = type(error).__name__
    else:
        outcome = "answered"
    assert time.monotonic() - began < 10, which
    return outcome


def test_headers_changed_at_random(generator: LlamaGenerator, tmp_path: Path) -> None:
    path = tmp_path / "changed.gguf"
    outcomes = [survive(generator, path, which) for which in mutated(30, SEED, path)]
    assert "ModelWillNotLoad" in outcomes
    assert "answered" in outcomes


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_headers_changed_at_random(generator: LlamaGenerator, tmp_path: Path) -> None:
    path = tmp_path / "changed.gguf"
    outcomes = [survive(generator, path, which) for which in mutated(1_000, SEED + 1, path)]
    assert len(outcomes) == 1_000


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (
            "{% for a in range(9**5) %}{% for b in range(9**5) %}{% endfor %}{% endfor %}",
            "more than",
        ),
        ("{{ messages.__class__.__base__.__subclasses__() }}", "may not do"),
        ("{% for a in range(99999) %}{{ 'x' * 90000 }}{% endfor %}", "without end"),
        ("{{ raise_exception('not today') }}", "not today"),
    ],
)
def test_a_hostile_template(
    template: str, reason: str, generator: LlamaGenerator, tmp_path: Path
) -> None:
    path = rewrite(tmp_path / "hostile.gguf", {"tokenizer.chat_template": text(template)})
    load(generator, path)
    with pytest.raises(TemplateFailed, match=rf"A model does not work: .*{reason}"):
        list(asked(generator, QUESTION))


def test_a_model_that_is_deleted_while_it_runs(
    generator: LlamaGenerator, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "model.gguf"
    shutil.copyfile(STARTER, path)
    load(generator, path)
    path.unlink()
    assert settled(generator) == expected


def test_too_little_memory_is_named_as_the_cause(expected: str) -> None:
    limits = Limits(memory_bytes=450 * 1024 * 1024)  # the libraries fit, weights and cache do not
    client = WorkerClient("generator", msgspec.msgpack.encode(Config()), limits=limits)
    try:
        if client.protections()["memory"] != "enforced":
            pytest.skip("this system does not limit memory")
        with pytest.raises(ModelWillNotLoad, match="not enough free memory") as refusal:
            load(LlamaGenerator(client, context_window=8192), STARTER)
        assert refusal.value.facts["cause"] == "memory"
    finally:
        client.stop()


# -- stops


def ends_soon(steps: Iterator[object], cancel: Cancellation) -> None:
    began = time.monotonic()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(steps)  # what was on its way may still come
    assert time.monotonic() - began < STOP_S


def test_stop_while_loading(generator: LlamaGenerator, tmp_path: Path) -> None:
    copy = tmp_path / "model.gguf"
    shutil.copyfile(STARTER, copy)
    cancel = Cancellation()
    model = ModelFile(name="A model", path=copy, sha256="", size=1, context_window=1)
    steps = generator.load(model, cancel=cancel)
    next(steps)
    ends_soon(steps, cancel)


def test_stop_while_a_prompt_is_evaluated(generator: LlamaGenerator) -> None:
    cancel = Cancellation()
    steps = asked(generator, LONG_QUESTION, cancel)
    done, total = next(step for step in steps if isinstance(step, Progress))
    assert done < total
    ends_soon(steps, cancel)


def test_stop_while_writing(generator: LlamaGenerator) -> None:
    cancel = Cancellation()
    steps = asked(generator, QUESTION, cancel, max_tokens=500)
    assert next(step for step in steps if isinstance(step, str))
    ends_soon(steps, cancel)
