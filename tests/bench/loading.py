"""Loading a model against the bare library: seconds until it can be asked.

Either does the same with the same settings: the model before is freed, the weights are read and not
mapped, all of it on the processor, and a context is made of the same size. Ours is the real child,
asked through its adapter. They take turns, and whoever was first in one round is second in the
next, so what else the computer does falls on both.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.generator.config import LIMITS
from tests.bench.bare_load import BareLoad, Load
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import STARTER

NAME = "loading"
LARGER = "ESCRITOIRE_BENCH_MODEL"  # path of another GGUF whose loading is measured as well
ROUNDS = 15


def measure() -> list[Figure]:
    """Figures for the starter model, and for the one that LARGER names."""
    with tempfile.TemporaryDirectory() as folder, BareLoad(LIMITS.niceness) as bare:
        other = bare.requantize(STARTER, Path(folder) / "requantized.gguf")
        client = generator_client()
        try:
            generator = LlamaGenerator(client)
            larger = os.environ.get(LARGER)
            return [
                figure
                for model in [STARTER, *([Path(larger)] if larger else [])]
                for figure in _against(generator, bare, model, other)
            ]
        finally:
            client.stop()


def _against(generator: LlamaGenerator, bare: BareLoad, model: Path, other: Path) -> list[Figure]:
    """Seconds until `model` can be asked, by either, in turn; it takes the place of `other`."""
    ours: list[float] = []
    theirs: list[Load] = []

    def our_turn() -> None:
        _load(generator, other)
        ours.append(_load(generator, model))

    def their_turn() -> None:
        bare.load(other)
        theirs.append(bare.load(model))

    for number in range(ROUNDS + 1):
        for turn in (our_turn, their_turn)[:: -1 if number % 2 else 1]:
            turn()
    del ours[0], theirs[0]  # the file had to be read from the disk
    pairs = list(zip(ours, theirs, strict=True))
    ratio = median(our / their.whole for our, their in pairs)
    weights = median(our / their.weights for our, their in pairs)
    size = f"{model.stat().st_size / 2**20:.0f} MiB"
    return [
        Figure(NAME, f"{size}", median(ours), "s"),
        Figure(NAME, f"{size}, bare library", median(it.whole for it in theirs), "s"),
        Figure(NAME, f"{size}, times the bare library's", ratio, "", at_most=1.1),
        Figure(NAME, f"{size}, times its reading of the weights alone", weights, ""),
        Figure(NAME, f"{size}, best", min(ours) / min(it.whole for it in theirs), "times"),
        Figure(NAME, f"{size}, load average", os.getloadavg()[0], ""),
    ]


def _load(generator: LlamaGenerator, path: Path) -> float:
    model = ModelFile(path.stem, path, "", path.stat().st_size, 8192)
    began = time.perf_counter()
    for _ in generator.load(model, cancel=Cancellation()):
        pass
    return time.perf_counter() - began


if __name__ == "__main__":
    print(table(measure()))
