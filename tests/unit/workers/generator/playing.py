"""Jobs of the generator's child, played in the test's own process, step by step."""

from __future__ import annotations

from typing import NamedTuple

from desktop.workers import protocol
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import ChatMessage, Generate

SYSTEM = ChatMessage("system", "You answer in one short sentence.")
QUESTION = [SYSTEM, ChatMessage("user", "Name three colours of a traffic light.")]
LEASE = "The tenant shall keep the garden in good order and pay the rent on the first day. " * 12
LONG_QUESTION = [SYSTEM, ChatMessage("user", LEASE + "When is the rent due?")]


class Played(NamedTuple):
    result: protocol.Body
    text: str
    marks: list[Mark]


def play(worker: LlamaWorker, request: protocol.Request, job: JobContext | None = None) -> Played:
    """Run a job to its end."""
    text: list[str] = []
    marks: list[Mark] = []
    steps = worker.handle(request, job or JobContext())
    while True:
        try:
            said = next(steps)
        except StopIteration as end:
            return Played(end.value, "".join(text), marks)
        if isinstance(said, Mark):
            marks.append(said)
        elif isinstance(said, protocol.TextDelta):
            text.append(said.text)


def written(worker: LlamaWorker, messages: list[ChatMessage], **settings: object) -> Played:
    """An answer, 24 tokens at most unless `settings` (of `Generate`) say otherwise."""
    return play(worker, Generate(messages, **{"max_tokens": 24, **settings}))


def settled(worker: LlamaWorker, messages: list[ChatMessage], **settings: object) -> Played:
    """An answer to a prompt that is all in the cache.

    How a prompt is cut into batches changes the last digits of its logits, so that answers can be
    compared word by word only where the batches are the same.
    """
    written(worker, messages, max_tokens=1)
    return written(worker, messages, **settings)


def generated(played: Played) -> protocol.Generated:
    """The result of a played Generate."""
    assert isinstance(played.result, protocol.Generated)
    return played.result


class LivelyJob(JobContext):
    """A job by whose clock every look takes ten seconds; `shown`: how often it showed life."""

    def __init__(self) -> None:
        self.shown, self.now = 0, 0.0
        super().__init__(show_life=self._count, clock=self._later)

    def _count(self) -> None:
        self.shown += 1

    def _later(self) -> float:
        self.now += 10
        return self.now


class CancelledAtCall(JobContext):
    """A job that is cancelled when it is asked for the `calls`-th time: the same point each run."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.calls = calls

    @property
    def cancelled(self) -> bool:
        self.calls -= 1
        return self.calls < 0
