"""Which job a child takes its next step in, and how each of them ends.

The host runs here without its process: messages are handed to it as its listening thread would.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

import msgspec
import pytest

from desktop.workers import protocol
from desktop.workers.dummy.config import Config
from desktop.workers.host import LIFE_EVERY_S, Host, JobContext
from desktop.workers.protocol import Rehearse, Rehearsed, Start


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        yield ours, theirs


class Stage:
    """A host, and what it said: (job, "done" | "cancelled" | "failed" | the step of an output)."""

    def __init__(self, ends: tuple[Connection, Connection]) -> None:
        self._ours, theirs = ends
        self.host = Host(theirs, "dummy", msgspec.msgpack.encode(Config()))

    def tell(self, *messages: protocol.ToChild) -> None:
        for message in messages:
            self.host._heard(message)

    def play(self, steps: int) -> list[tuple[int, str]]:
        """Let the host take this many steps; what it said on the way, without progress."""
        for _ in range(steps):
            self.host._turn()
        said: list[tuple[int, str]] = []
        while self._ours.poll():
            match protocol.decode_from_child(self._ours.recv_bytes()):
                case protocol.Output(job, Rehearsed(step)):
                    said.append((job, str(step)))
                case protocol.Progress():
                    pass
                case protocol.AtWork():
                    said.append((0, "at work"))
                case protocol.Done(job) | protocol.Cancelled(job) | protocol.Failed(job) as end:
                    said.append((job, type(end).__name__.lower()))
        return said


@pytest.fixture
def stage(ends: tuple[Connection, Connection]) -> Stage:
    return Stage(ends)


def count(job: int, steps: int, *, background: bool = False, max_ahead: int = 0) -> Start:
    return Start(job, Rehearse("count", steps), background, max_ahead)


def test_interactive_jobs_run_in_the_order_they_came_and_before_background_ones(
    stage: Stage,
) -> None:
    stage.tell(count(1, 1, background=True), count(2, 1), count(3, 1), count(4, 1, background=True))

    assert stage.play(12) == [
        (2, "0"),
        (2, "done"),
        (3, "0"),
        (3, "done"),
        (1, "0"),
        (1, "done"),
        (4, "0"),
        (4, "done"),
    ]


def test_a_background_job_is_interrupted_between_its_steps_and_then_goes_on(stage: Stage) -> None:
    stage.tell(count(1, 2, background=True))
    assert stage.play(2) == [(1, "0")]
    stage.tell(count(2, 1))

    assert stage.play(3) == [(2, "0"), (2, "done")]
    assert stage.play(3) == [(1, "1"), (1, "done")]


def test_an_interactive_job_is_not_interrupted(stage: Stage) -> None:
    stage.tell(count(1, 2))
    stage.play(2)
    stage.tell(count(2, 0))

    assert stage.play(4) == [(1, "1"), (1, "done"), (2, "done")]


def test_a_job_rests_while_its_outputs_are_not_taken(stage: Stage) -> None:
    stage.tell(count(1, 3, max_ahead=1), count(2, 0))
    assert stage.play(3) == [(1, "0"), (2, "done")]
    stage.tell(protocol.Taken(1))
    assert stage.play(2) == [(1, "1")]
    stage.tell(protocol.Cancel(1))

    assert stage.play(1) == [(1, "cancelled")]


def test_cancelling_twice_or_too_late_ends_nothing_twice(stage: Stage) -> None:
    stage.tell(count(1, 5), protocol.Cancel(1), protocol.Cancel(1))
    assert stage.play(1) == [(1, "cancelled")]
    stage.tell(protocol.Cancel(1), protocol.Cancel(99), protocol.Taken(1), count(2, 0))

    assert stage.play(1) == [(2, "done")]


def test_shutting_down_cancels_what_is_left_and_then_ends(stage: Stage) -> None:
    stage.tell(count(1, 5), count(2, 5, background=True))
    stage.play(2)
    stage.tell(protocol.Shutdown())

    assert sorted(stage.play(2)) == [(1, "cancelled"), (2, "cancelled")]
    assert not stage.host._turn()


def test_a_request_for_another_room_fails_and_the_next_one_runs(stage: Stage) -> None:
    stage.tell(Start(1, protocol.WarmUp()), Start(2, Rehearse("no such act")), count(3, 0))

    assert stage.play(3) == [(1, "failed"), (2, "failed"), (3, "done")]


def test_a_long_step_that_gets_on_shows_life_now_and_then(stage: Stage) -> None:
    stage.tell(Start(1, Rehearse("toil", 0)))
    assert stage.play(2) == [(1, "0"), (0, "at work"), (1, "done")]

    shown: list[float] = []
    now = 1_000.0
    context = JobContext(show_life=lambda: shown.append(now), clock=lambda: now)
    for _ in range(100):
        context.at_work()
        now += LIFE_EVERY_S / 4
    assert shown == [1_000.0 + LIFE_EVERY_S * turn for turn in range(25)]
