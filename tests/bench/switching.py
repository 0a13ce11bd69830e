"""Switching between two models, again and again: whether the child's memory grows.

The child is the real one; after each switch it writes a few tokens, so that everything a model
needs has been made. The second model is the first one requantized.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

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
SWITCHES = 50
SETTLED = 4  # switches after which the memory allocator has what it keeps
QUESTION = [Message("user", "Name three colours of a traffic light.")]


def measure() -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder, BareLoad(LIMITS.niceness) as bare:
        second = bare.requantize(STARTER, Path(folder) / "requantized.gguf")
        client = generator_client()
        try:
            return _memory(client, LlamaGenerator(client), (_file(STARTER), _file(second)))
        finally:
            client.stop()


def _memory(
    client: WorkerClient, generator: LlamaGenerator, models: tuple[ModelFile, ModelFile]
) -> list[Figure]:
    """The child's resident memory with the first model loaded, at the beginning and at the end."""
    held: list[float] = []
    for switch in range(SWITCHES + SETTLED):
        list(generator.load(models[(switch + 1) % 2], cancel=Cancellation()))
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


def _file(path: Path) -> ModelFile:
    return ModelFile(path.stem, path, "", path.stat().st_size, 8192)


if __name__ == "__main__":
    print(table(measure()))
