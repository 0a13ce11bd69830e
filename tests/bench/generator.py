"""The generator's child against a bare `llama_decode` loop, run by run in turn, and alone.

The child is the real one, asked through its adapter: messages in, text out, over the pipe.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from desktop.domain.chat import Generated, Message, Sampling, Timings
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.workers.generator.adapter import CONTEXT_WINDOW, LlamaGenerator, generator_client
from desktop.workers.generator.config import LIMITS, Config
from desktop.workers.generator.model import threads
from desktop.workers.protocol import LoadModel
from tests.bench.bare_loop import BareLoop, Setting
from tests.bench.figures import Figure, table
from tests.unit.workers.generator.gguf_files import STARTER

REPETITIONS = 5
ANSWER = 128  # tokens
CLAUSE = "The tenant shall keep the garden in good order and pay the rent on the first day. "
NAME = "generator"


class Answer(NamedTuple):
    text: str
    timings: Timings

    @property
    def prefill(self) -> float:
        """Prompt tokens evaluated a second, from the request to the first token."""
        return (
            self.timings.prompt_tokens - self.timings.cached_tokens
        ) / self.timings.first_token_s


def measure() -> list[Figure]:
    """All figures of the generator."""
    client = generator_client()
    generator = LlamaGenerator(client)
    model = ModelFile(STARTER.stem, STARTER, "", STARTER.stat().st_size, 8192)
    try:
        list(generator.load(model, cancel=Cancellation()))
        with BareLoop(STARTER, CONTEXT_WINDOW, LIMITS.niceness) as bare:
            return [*_against(generator, bare), *_settings(bare), *_turns(generator)]
    finally:
        client.stop()


def _against(generator: LlamaGenerator, bare: BareLoop) -> list[Figure]:
    """Prefill of 512 tokens, and as many written after it as the answer has, by either, in turn."""
    config = Config()
    setting = Setting(config.batch, *threads(LoadModel(b""), config))
    ours: list[Answer] = []
    theirs = []
    for turn in range(REPETITIONS + 1):
        # The number in front keeps the cache of the run before from being of use.
        story = f"{turn}. Tell a long story of a lease. " + CLAUSE * 26
        ours.append(_ask(generator, [Message("system", story), Message("user", "Begin.")]))
        asked = ours[-1].timings
        theirs.append(bare.run(setting, asked.prompt_tokens, asked.tokens))
    del ours[0], theirs[0]  # both had to wake up
    prefill = median(our.prefill / their.prefill for our, their in zip(ours, theirs, strict=True))
    decode = median(
        our.timings.tokens_per_s / their.decode for our, their in zip(ours, theirs, strict=True)
    )
    rate = "tokens/s"
    return [
        Figure(NAME, "prompt", ours[0].timings.prompt_tokens, "tokens"),
        Figure(NAME, "answer", min(our.timings.tokens for our in ours), "tokens"),
        Figure(NAME, "prefill", median(our.prefill for our in ours), rate),
        Figure(NAME, "prefill, bare loop", median(their.prefill for their in theirs), rate),
        Figure(NAME, "prefill, share of the bare loop", prefill, "", at_least=0.95),
        Figure(NAME, "decode", median(our.timings.tokens_per_s for our in ours), rate),
        Figure(NAME, "decode, bare loop", median(their.decode for their in theirs), rate),
        Figure(NAME, "decode, share of the bare loop", decode, "", at_least=0.95),
    ]


def _settings(bare: BareLoop) -> list[Figure]:
    """What the generator's own settings were chosen from."""
    one, many = threads(LoadModel(b""), Config())
    settings = {
        "as set": Setting(Config().batch, one, many),
        "flash attention off": Setting(Config().batch, one, many, flash_attention=False),
        **{f"batches of {size}": Setting(size, one, many) for size in (32, 64, 256, 512)},
        "one thread": Setting(Config().batch, 1, 1),
        "writing on every core": Setting(Config().batch, many, many),
    }
    speeds = {name: [bare.run(it, 512, 64)] for name, it in settings.items()}
    for name, setting in settings.items():
        speeds[name] += [bare.run(setting, 512, 64) for _ in range(2)]
    return [
        figure
        for name, runs in speeds.items()
        for figure in (
            Figure(NAME, f"{name}: prefill", median(run.prefill for run in runs), "tokens/s"),
            Figure(NAME, f"{name}: decode", median(run.decode for run in runs), "tokens/s"),
        )
    ]


def _turns(generator: LlamaGenerator) -> list[Figure]:
    """The wait for the first token of a prompt of some 1,200 tokens, and of what follows it."""
    chat = [Message("system", "Answer from this lease. " + CLAUSE * 68)]
    chat.append(Message("user", "When is the rent due?"))
    cold = _ask(generator, chat)
    warm = _ask(generator, chat)
    chat += [Message("assistant", cold.text), Message("user", "And who keeps the garden?")]
    second = _ask(generator, chat)
    generator.prefill([Message("system", "Another lease. " + CLAUSE * 68)], cancel=Cancellation())
    ahead = _ask(
        generator,
        [Message("system", "Another lease. " + CLAUSE * 68), Message("user", "Who pays the rent?")],
    )
    new = second.timings.prompt_tokens - second.timings.cached_tokens
    return [
        Figure(NAME, "long prompt", cold.timings.prompt_tokens, "tokens"),
        Figure(NAME, "long prompt: first token", cold.timings.first_token_s, "s"),
        Figure(NAME, "the same again: first token", warm.timings.first_token_s, "s"),
        Figure(NAME, "second turn: prompt", second.timings.prompt_tokens, "tokens"),
        Figure(NAME, "second turn: evaluated", new, "tokens", at_most=ANSWER),
        Figure(NAME, "second turn: first token", second.timings.first_token_s, "s"),
        Figure(NAME, "evaluated ahead: first token", ahead.timings.first_token_s, "s"),
    ]


def _ask(generator: LlamaGenerator, messages: Sequence[Message]) -> Answer:
    steps = generator.generate(
        messages, sampling=Sampling(max_tokens=ANSWER), stop=(), cancel=Cancellation()
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


if __name__ == "__main__":
    print(table(measure()))
