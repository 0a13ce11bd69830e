"""A conversation that outgrew the model: what of each prompt is evaluated anew, and how long the
first word takes, when the oldest turns leave one at a time and when they leave several at a time.

The real child with the starter model, at a window of 2,048 tokens; every answer is one token long.
"""

from __future__ import annotations

from statistics import median

from desktop.domain import prompting
from desktop.domain.chat import Generated, Message, Role, Sampling
from desktop.domain.chunking import estimate_tokens
from desktop.domain.context import HISTORY_SHARE, KEPT_SHARE, first_kept
from desktop.domain.jobs import Cancellation
from desktop.domain.models import LoadSettings, ModelFile
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import STARTER

NAME = "context"
WINDOW = 2048
BUDGET = WINDOW - 512
QUESTIONS = 24
OUTGROWN = 6  # from this question on, figures count
ANSWER = (
    "The board approved an increase of the annual fee by 2.5 percent from {n} July {year}. " * 3
)


def measure() -> list[Figure]:
    client = generator_client()
    generator = LlamaGenerator(client)
    model = ModelFile(STARTER.stem, STARTER, "", STARTER.stat().st_size, 8192)
    try:
        list(
            generator.load(
                model, settings=LoadSettings(context_window=WINDOW), cancel=Cancellation()
            )
        )
        one = _asked(generator, 1.0)
        several = _asked(generator, KEPT_SHARE)
    finally:
        client.stop()
    figures = []
    for name, ends in (("one at a time", one), ("several at a time", several)):
        fresh = [e.timings.prompt_tokens - e.timings.cached_tokens for e in ends]
        first = [e.timings.first_token_s for e in ends]
        figures += [
            Figure(NAME, f"{name}: tokens evaluated a question", sum(fresh) / len(fresh), ""),
            Figure(NAME, f"{name}: median of them", median(fresh), ""),
            Figure(NAME, f"{name}: seconds to the first word", sum(first) / len(first), "s"),
        ]
    return figures


def _asked(generator: LlamaGenerator, kept_share: float) -> list[Generated]:
    """A conversation from its first question to its last."""
    pairs = [
        [
            Message(Role.USER, f"What happened in {year}?"),
            Message(Role.ASSISTANT, ANSWER.format(n=year % 28, year=year)),
        ]
        for year in range(1980, 1980 + QUESTIONS)
    ]
    sizes = [
        sum(int(estimate_tokens(m.content) * prompting.ESTIMATE_MARGIN) + 12 for m in pair)
        for pair in pairs
    ]
    ends = []
    for at in range(QUESTIONS):
        first = first_kept(sizes[:at], int(BUDGET * HISTORY_SHARE), kept_share)
        history = [message for pair in pairs[first:at] for message in pair]
        messages = [*prompting.beginning(history), pairs[at][0]]
        writing = generator.generate(
            messages, sampling=Sampling(max_tokens=1), stop=(), cancel=Cancellation()
        )
        try:
            while True:
                next(writing)
        except StopIteration as end:
            ends.append(end.value)
    return ends[OUTGROWN:]


if __name__ == "__main__":
    print(table(measure()))
