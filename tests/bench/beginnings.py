"""The first token of the second rewrite after a restart: with what was saved, and without, in turn.

The model is the starter or the one that ESCRITOIRE_BENCH_MODEL names.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from desktop.domain import tone
from desktop.domain.chat import Generated, Sampling
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.tone import Manner, Strength
from desktop.services.beginnings import Beginnings, Ready
from desktop.storage.paths import Paths, installation_tones
from desktop.storage.states import States
from desktop.storage.tones import ToneFiles
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import STARTER

NAME = "beginnings"
ROUNDS = 3
TEXT = "Please be advised that the keys must be returned to our office by 12 May at the latest."


def measure() -> list[Figure]:
    """How much sooner the first token comes, and whether the text is the same to the letter."""
    path = Path(os.environ.get("ESCRITOIRE_BENCH_MODEL", STARTER))
    model = ModelFile(path.stem, path, "0" * 64, path.stat().st_size, 8192)
    asked = ToneFiles((installation_tones(),)).tone("plain")
    manner = tone.manner_of(asked, Strength.MEDIUM, keep_length=False, instruction="")
    with tempfile.TemporaryDirectory() as folder:
        _first_token(model, manner, Path(folder), kept=True)  # keeps it
        size = sum(file.stat().st_size for file in Path(folder).glob("beginnings.db*"))
        rounds = [
            (
                _first_token(model, manner, Path(folder), kept=False),
                _first_token(model, manner, Path(folder), kept=True),
            )
            for _ in range(ROUNDS)
        ]
    times = median(bare.seconds / ours.seconds for bare, ours in rounds)
    same = sum(bare.text == ours.text for bare, ours in rounds) / ROUNDS
    return [
        Figure(NAME, "first token without", median(b.seconds for b, _ in rounds), "s"),
        Figure(NAME, "first token with", median(o.seconds for _, o in rounds), "s"),
        Figure(NAME, "times as soon", times, "", at_least=2.0),
        Figure(NAME, "tokens evaluated without", rounds[0][0].evaluated, ""),
        Figure(NAME, "tokens evaluated with", rounds[0][1].evaluated, ""),
        Figure(NAME, "kept on disk", size / 1e6, "MB"),
        Figure(NAME, "the same text", same, "", at_least=1.0),
    ]


class _Written:
    def __init__(self, text: str, seconds: float, evaluated: int) -> None:
        self.text, self.seconds, self.evaluated = text, seconds, evaluated


def _first_token(model: ModelFile, manner: Manner, folder: Path, *, kept: bool) -> _Written:
    """A rewrite in a new child. What is not `kept` is looked for in an empty folder."""
    with tempfile.TemporaryDirectory() as empty:
        states = States(Paths(folder if kept else Path(empty)), bytes(32))
        client = generator_client()
        generator = LlamaGenerator(client)
        try:
            list(generator.load(model, cancel=Cancellation()))
            began = time.perf_counter()
            ready = _ready(Beginnings(generator, states), manner, keep=kept)
            messages = tone.layout(TEXT, manner, language="English")
            steps = generator.generate(
                messages, sampling=Sampling(max_tokens=60), stop=(), cancel=Cancellation()
            )
            text, first = "", 0.0
            while True:
                try:
                    step = next(steps)
                except StopIteration as end:
                    done: Generated = end.value
                    break
                if isinstance(step, str):
                    first = first or time.perf_counter() - began
                    text += step
        finally:
            client.stop()
            states.close()
    new = done.timings.prompt_tokens - done.timings.cached_tokens
    return _Written(text, first, new + ready.evaluated)


def _ready(beginnings: Beginnings, manner: Manner, *, keep: bool) -> Ready:
    steps = beginnings.ready(tone.beginning(manner), owner="", keep=keep, cancel=Cancellation())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            ready: Ready = end.value
            return ready


if __name__ == "__main__":
    print(table(measure()))
