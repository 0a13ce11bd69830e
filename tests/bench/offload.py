"""A model with every layer on a device beside the processor: the same words, and what it takes.

The child is the real one. Without a device there is nothing to measure, which is said. llama.cpp
passes over a device that is only software; `GGML_VK_VISIBLE_DEVICES=0` in the environment has a
build with Vulkan take it all the same.
"""

from __future__ import annotations

import os
import sys
from itertools import takewhile
from typing import NamedTuple

from desktop.domain.chat import Generated, Message, Sampling, Timings
from desktop.domain.errors import ModelWillNotLoad
from desktop.domain.hardware import Backend, Gpu
from desktop.domain.jobs import Cancellation
from desktop.domain.models import CPU, Loaded, ModelFile
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import LAYERS, STARTER

NAME = "offload"
ANSWER = 64  # tokens
ALL = LAYERS + 1  # as llama.cpp counts them: the output is one more
FEWER = ALL * 3 // 4
# Processor and device round differently: where two tokens are about equally likely, either may be
# chosen. Here the likeliest is ahead of the next by 0.68 at least, in logits, at each of 64 tokens.
# What the processor makes of the starter is off exact arithmetic by 0.12, root mean square.
QUESTION = "Count from 1 to 40."
# In place of a device that is full: with this set, no buffer of the backend for Vulkan may be
# larger. The starter's cache is one buffer, of 90 MiB with all layers and 66 with the fewer.
LARGEST_BUFFER = "GGML_VK_FORCE_MAX_BUFFER_SIZE"
SMALL = 80 * 2**20  # bytes
STALL_S = 600.0  # a device that is software may be silent as long


class Answer(NamedTuple):
    text: str
    timings: Timings


def measure() -> list[Figure]:
    """All figures, of the device with most memory free."""
    client = generator_client()
    try:
        generator = LlamaGenerator(client, stall_s=STALL_S)
        computer = generator.examine(Cancellation())
        if not computer.gpus:
            built = ", ".join(computer.build.backends)
            _say(f"no device here, with a llama.cpp that was built for {built}")
            return [Figure(NAME, "devices", 0, "")]
        gpu = max(computer.gpus, key=lambda gpu: gpu.free)
        _say(f"{gpu.name}, {gpu.description}, by {gpu.backend}")
        figures = [Figure(NAME, "devices", len(computer.gpus), ""), *_against(generator, gpu)]
    finally:
        client.stop()
    return [*figures, *(_too_small(gpu) if gpu.backend is Backend.VULKAN else [])]


def _against(generator: LlamaGenerator, gpu: Gpu) -> list[Figure]:
    """On the processor, on the device, and on the processor again."""
    _load(generator, CPU, 0)
    expected = _ask(generator)
    before = _free(generator, gpu)
    loaded = _load(generator, gpu.name, ALL)
    found = _ask(generator)
    during = _free(generator, gpu)
    _load(generator, CPU, 0)
    after = _free(generator, gpu)
    model, mib = _model(), 2**20
    return [
        Figure(NAME, "memory", gpu.memory / mib, "MiB"),
        Figure(NAME, "free before", before / mib, "MiB"),
        Figure(NAME, "free with the model on it", during / mib, "MiB"),
        Figure(NAME, "free after", after / mib, "MiB"),
        Figure(NAME, "on the device", loaded.on_device.total / mib, "MiB"),
        Figure(
            NAME, "weights there, share of the file", loaded.on_device.weights / model.size, "",
            at_least=0.95,
        ),
        Figure(NAME, "cache elsewhere", loaded.on_computer.cache / mib, "MiB", at_most=0),
        Figure(NAME, "tokens", found.timings.tokens, "", at_least=ANSWER),
        Figure(
            NAME, "share until the words differ from the processor's",
            _same(expected.text, found.text), "", at_least=1,
        ),
        Figure(NAME, "first token, processor", expected.timings.first_token_s, "s"),
        Figure(NAME, "first token, device", found.timings.first_token_s, "s"),
        Figure(NAME, "decode, processor", expected.timings.tokens_per_s, "tokens/s"),
        Figure(NAME, "decode, device", found.timings.tokens_per_s, "tokens/s"),
    ]  # fmt: skip


def _too_small(gpu: Gpu) -> list[Figure]:
    """A device that cannot take all: the refusal names the cause, and the same child goes on."""
    os.environ[LARGEST_BUFFER] = str(SMALL)
    client = generator_client()
    try:
        generator = LlamaGenerator(client, stall_s=STALL_S)
        _load(generator, CPU, 0)
        child, named = client.pid, False
        try:
            _load(generator, gpu.name, ALL)
        except ModelWillNotLoad as error:
            named = error.facts.get("cause") == "memory"
        loaded = _load(generator, gpu.name, FEWER)
        return [
            Figure(NAME, "too small: refused for want of memory", named, "", at_least=1),
            Figure(NAME, "too small: the child lives", client.pid == child, "", at_least=1),
            Figure(
                NAME, f"too small: cache there with {FEWER} of {ALL} layers",
                loaded.on_device.cache / 2**20, "MiB", at_least=1,
            ),
        ]  # fmt: skip
    finally:
        client.stop()
        del os.environ[LARGEST_BUFFER]


def _load(generator: LlamaGenerator, device: str, gpu_layers: int) -> Loaded:
    steps = generator.load(_model(), gpu_layers=gpu_layers, device=device, cancel=Cancellation())
    for _ in steps:
        pass
    loaded = generator.loaded
    if loaded is None:
        raise RuntimeError("nothing was loaded")
    return loaded


def _free(generator: LlamaGenerator, gpu: Gpu) -> int:
    """Bytes free on the device now."""
    computer = generator.examine(Cancellation())
    return next(one.free for one in computer.gpus if one.name == gpu.name)


def _ask(generator: LlamaGenerator) -> Answer:
    """What the model writes when it always takes the likeliest token."""
    steps = generator.generate(
        [Message("user", QUESTION)],
        sampling=Sampling(temperature=0, max_tokens=ANSWER, stop_repeating=False),
        stop=(),
        cancel=Cancellation(),
    )
    text: list[str] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as finished:
            end: Generated = finished.value
            return Answer("".join(text), end.timings)
        if isinstance(step, str):
            text.append(step)


def _same(one: str, other: str) -> float:
    """The share of the longer text up to where the two differ."""
    pairs = zip(one, other, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))) / max(len(one), len(other))


def _model() -> ModelFile:
    return ModelFile(STARTER.stem, STARTER, "", STARTER.stat().st_size, 8192)


def _say(words: str) -> None:
    print(f"{NAME}: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(table(measure()))
