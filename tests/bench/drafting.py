"""Writing with drafts from the prompt, and without, in turn: the same text, how much sooner?

Proofreading gives back most of its prompt; a free text gives back nothing. The model is the starter
or, as it is too small to do as it is told, the one that ESCRITOIRE_BENCH_MODEL names.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

from desktop.domain.chat import Generated, Message, Sampling, Timings
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import STARTER

NAME = "drafting"
ROUNDS = 3
LONGEST = 220  # tokens
MISSPELT = (
    "The tenant shall keep the garden in good order and pay the rent of 1,250 pounds on the "
    "first day of each month. If the rent is not paid within seven days, the landlord may "
    "charge intrest at four per cent above the base rate. The tenant must not sublet any part "
    "of the premises without the written consent of the landlord, which shall not be "
    "unreasonably witheld. At the end of the term the tenant shall return all keys and leave "
    "the premises clean and in the condition in which they was found, fair wear and tear "
    "excepted. Notices under this agreement shall be sent by recorded post to the adress "
    "given above."
)
TASKS = {
    "proofreading": [
        Message("system", "You correct spelling and change nothing else."),
        Message("user", f"Correct the spelling, word for word otherwise:\n\n{MISSPELT}"),
    ],
    "free writing": [
        Message("user", "Write a long friendly letter about spring to the tenants of a house.")
    ],
}
WANTED = {"proofreading": 2.5, "free writing": 0.95}


def measure() -> list[Figure]:
    """How many times as fast, and what share of the texts are the same to the letter."""
    path = Path(os.environ.get("ESCRITOIRE_BENCH_MODEL", STARTER))
    client = generator_client()
    generator = LlamaGenerator(client)
    try:
        model = ModelFile(path.stem, path, "", path.stat().st_size, 8192)
        list(generator.load(model, cancel=Cancellation()))
        return [figure for task in TASKS for figure in _compared(generator, task)]
    finally:
        client.stop()


def _compared(generator: LlamaGenerator, task: str) -> list[Figure]:
    _write(generator, task, draft=False)  # has the prompt read
    plain: list[Timings] = []
    drafted: list[Timings] = []
    same = 0
    for _ in range(ROUNDS):
        one, timings = _write(generator, task, draft=False)
        plain.append(timings)
        other, timings = _write(generator, task, draft=True)
        drafted.append(timings)
        same += one == other
    times = median(d.tokens_per_s / p.tokens_per_s for p, d in zip(plain, drafted, strict=True))
    rate = median(timings.tokens_per_s for timings in plain)
    return [
        Figure(NAME, f"{task}: without", rate, "tokens/s"),
        Figure(NAME, f"{task}: with, times as fast", times, "", at_least=WANTED[task]),
        Figure(NAME, f"{task}: the same text", same / ROUNDS, "", at_least=1.0),
    ]


def _write(generator: LlamaGenerator, task: str, *, draft: bool) -> tuple[str, Timings]:
    sampling = Sampling(max_tokens=LONGEST, stop_repeating=False, draft_from_prompt=draft)
    steps = generator.generate(TASKS[task], sampling=sampling, stop=(), cancel=Cancellation())
    text: list[str] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as finished:
            end: Generated = finished.value
            return "".join(text), end.timings
        if isinstance(step, str):
            text.append(step)


if __name__ == "__main__":
    print(table(measure()))
