"""Switching between two models, again and again, and loading against the bare library.

The child is the real one; after each switch it writes a few tokens, so that everything a model
needs has been made. The second model is the first one requantized.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil

from desktop.domain.chat import Message, Sampling
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.workers.client import WorkerClient
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.generator.config import LIMITS
from tests.bench.bare_load import BareLoad
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import STARTER

NAME = "switching"
LARGER = "ESCRITOIRE_BENCH_MODEL"  # path of another GGUF whose loading is measured as well
SWITCHES = 50
SETTLED = 4  # switches after which the memory allocator has what it keeps
LOADS = 11
QUESTION = [Message("user", "Name three colours of a traffic light.")]


def measure() -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder, BareLoad(LIMITS.niceness) as bare:
        first = _file(STARTER)
        second = _file(bare.requantize(STARTER, Path(folder) / "requantized.gguf"))
        client = generator_client()
        try:
            generator = LlamaGenerator(client)
            figures = _memory(client, generator, (first, second))
            for model in _loaded(first, second):
                figures += _against(generator, bare, model, other=second)
            return figures
        finally:
            client.stop()


def _loaded(first: ModelFile, second: ModelFile) -> list[ModelFile]:
    larger = os.environ.get(LARGER)
    return [first, *([_file(Path(larger))] if larger else [])]


def _memory(
    client: WorkerClient, generator: LlamaGenerator, models: tuple[ModelFile, ModelFile]
) -> list[Figure]:
    """The child's resident memory with the first model loaded, at the beginning and at the end."""
    held: list[float] = []
    for switch in range(SWITCHES + SETTLED):
        _load(generator, models[(switch + 1) % 2])
        list(
            generator.generate(
                QUESTION, sampling=Sampling(max_tokens=4), stop=(), cancel=Cancellation()
            )
        )
        if switch % 2 and switch >= SETTLED - 1:
            held.append(psutil.Process(client.pid).memory_info().rss / 2**20)
    growth = 100 * (held[-1] / held[0] - 1)
    return [
        Figure(NAME, "switches", SWITCHES, ""),
        Figure(NAME, "memory at first", held[0], "MiB"),
        Figure(NAME, "memory at most", max(held), "MiB"),
        Figure(NAME, "memory at last", held[-1], "MiB"),
        Figure(NAME, "growth", growth, "%", at_most=5),
    ]


def _against(
    generator: LlamaGenerator, bare: BareLoad, model: ModelFile, *, other: ModelFile
) -> list[Figure]:
    """Seconds until `model` can be asked, by either, in turn; it takes the place of `other`."""
    ours, theirs = [], []
    for _ in range(LOADS + 1):
        _load(generator, other)
        ours.append(_load(generator, model))
        bare.load(other.path)
        theirs.append(bare.load(model.path))
    del ours[0], theirs[0]  # the file had to be read from the disk
    pairs = list(zip(ours, theirs, strict=True))
    ratio = median(our / their.whole for our, their in pairs)
    weights = median(our / their.weights for our, their in pairs)
    size = f"{model.size / 2**20:.0f} MiB"
    return [
        Figure(NAME, f"load {size}", median(ours), "s"),
        Figure(NAME, f"load {size}, bare library", median(it.whole for it in theirs), "s"),
        Figure(NAME, f"load {size}, times the bare library's", ratio, "", at_most=1.1),
        Figure(NAME, f"load {size}, times its reading of the weights alone", weights, ""),
    ]


def _load(generator: LlamaGenerator, model: ModelFile) -> float:
    began = time.perf_counter()
    for _ in generator.load(model, cancel=Cancellation()):
        pass
    return time.perf_counter() - began


def _file(path: Path) -> ModelFile:
    return ModelFile(path.stem, path, "", path.stat().st_size, 8192)


if __name__ == "__main__":
    print(table(measure()))
