"""A real model in a real child, and states in a real sealed file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain import tone
from desktop.domain.chat import Generated, Message, Sampling
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.tone import Manner, Pair
from desktop.services.beginnings import Beginnings, Ready
from desktop.storage.paths import Paths
from desktop.storage.states import States
from desktop.workers.client import WorkerClient
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from tests.unit.workers.generator.gguf_files import STARTER

KEY = bytes(32)
MODEL = ModelFile("starter", STARTER, "5" * 64, STARTER.stat().st_size, 8192)
MANNER = Manner(
    ("Write short sentences.", "Use plain words."),
    (Pair("We wish to inform you that it is closed.", "It is closed."),),
)
TEXT = "Please be advised that the keys must be returned by 12 May at the very latest."


class Run:
    """The program from one start to its end: a child, a file, what was evaluated."""

    def __init__(self, folder: Path) -> None:
        self.states = States(Paths(folder), KEY)
        self.client: WorkerClient = generator_client()
        self.generator = LlamaGenerator(self.client, context_window=1024)
        self.beginnings = Beginnings(self.generator, self.states)
        list(self.generator.load(MODEL, cancel=Cancellation()))

    def ready(self, manner: Manner = MANNER, *, owner: str = "", keep: bool = True) -> Ready:
        steps = self.beginnings.ready(
            tone.beginning(manner), owner=owner, keep=keep, cancel=Cancellation()
        )
        try:
            while True:
                next(steps)
        except StopIteration as end:
            ready: Ready = end.value
            return ready

    def write(self, messages: list[Message]) -> tuple[str, Generated]:
        sampling = Sampling(max_tokens=40, draft_from_prompt=True)
        steps = self.generator.generate(messages, sampling=sampling, stop=(), cancel=Cancellation())
        text = ""
        try:
            while True:
                step = next(steps)
                text += step if isinstance(step, str) else ""
        except StopIteration as end:
            return text, end.value

    def close(self) -> None:
        self.client.stop()
        self.states.close()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[type[Run]]:
    made: list[Run] = []

    class Kept(Run):
        def __init__(self) -> None:
            super().__init__(tmp_path)
            made.append(self)

    yield Kept  # type: ignore[misc]
    for run in made:
        run.close()


def test_after_a_restart_and_another_conversation_only_the_new_text_is_evaluated(
    runs: type[Run],
) -> None:
    prompt = tone.layout(TEXT, MANNER, language="English")
    one = runs()  # type: ignore[call-arg]
    first = one.ready()
    assert (first.evaluated > 150, first.restored) == (True, False)
    text, ended = one.write(prompt)
    assert one.ready() == Ready(0, pytest.approx(0, abs=60), restored=False)  # in the cache
    one.close()

    two = runs()  # type: ignore[call-arg]
    second = two.ready()
    assert (second.evaluated, second.restored) == (0, True)
    again, timings = two.write(prompt)
    assert again == text
    new = timings.timings.prompt_tokens - timings.timings.cached_tokens
    own = ended.timings.prompt_tokens - first.evaluated
    assert new <= own + 2

    two.write([Message("user", "Name a colour.")])  # a conversation takes the cache
    third = two.ready()
    assert (third.evaluated, third.restored) == (0, True)
    assert two.write(prompt)[0] == text


def test_another_beginning_gets_only_what_is_the_same(runs: type[Run]) -> None:
    run = runs()  # type: ignore[call-arg]
    run.ready(owner="ours")
    run.write([Message("user", "Name a colour.")])
    others = Manner(MANNER.rules, (Pair("Kindly take note that it rains.", "It rains."),))
    other = run.ready(others, owner="ours")
    assert other.restored
    assert 0 < other.evaluated < 80  # its own example

    run.states.forget("ours")
    run.write([Message("user", "Name a colour.")])
    assert not run.ready(owner="ours").restored
    run.write([Message("user", "Name a colour.")])
    run.states.forget()
    assert not run.ready(keep=False).restored
    run.write([Message("user", "Name a colour.")])
    assert not run.ready().restored  # nothing was kept


def test_bytes_that_are_no_state_cost_nothing_but_time(runs: type[Run]) -> None:
    run = runs()  # type: ignore[call-arg]
    run.ready()
    way = run.generator.way
    messages = tone.beginning(MANNER)
    from desktop.services.beginnings import _keys

    run.states.keep(way, _keys(messages), b"not what was saved" * 1_000, "")
    run.write([Message("user", "Name a colour.")])
    ready = run.ready()
    assert (ready.restored, ready.evaluated > 150) == (False, True)
    run.write([Message("user", "Name a colour.")])
    assert run.ready().restored  # made again
