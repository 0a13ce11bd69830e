"""What every child promises about its jobs, the dummy and the real ones alike.

A `Room` is a child with a job that ends at once and one that goes on until it is stopped. The
retriever, which takes seconds to come back, is held to the same in `test_retriever.py`.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil
import pytest

from desktop.domain.errors import Cancelled, WorkerCrashed, WorkerStalled
from desktop.domain.jobs import Cancellation
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.dummy.config import Config
from desktop.workers.lockdown import ENFORCED, Limits
from desktop.workers.protocol import Rehearse, Rehearsed
from tests.rehearsal import PATIENCE_S, is_ours
from tests.samples import write_report

MODELS = Path(__file__).parents[2] / "resources" / "models"
CANCELLED_WITHIN_S = 1.5  # grace, terminate and kill together, on a busy computer


@dataclass(frozen=True)
class Room:
    """A child and jobs for it. `prepare` is what a fresh child must be asked before any job."""

    kind: str
    client: WorkerClient
    short: protocol.Request
    long: protocol.Request
    prepare: protocol.Request | None = None

    def do(self, request: protocol.Request) -> protocol.Body:
        return self.client.call(request, cancel=Cancellation(), stall_s=60)

    def do_prepare(self) -> None:
        if self.prepare is not None:
            self.do(self.prepare)


def dummy(folder: Path) -> Room:
    packed = msgspec.msgpack.encode(Config())
    client = WorkerClient("dummy", packed, limits=Limits(), max_queued=4)
    return Room("dummy", client, Rehearse("count", 3), Rehearse("count", 1_000_000))


def reader(folder: Path) -> Room:
    from desktop.workers.reader.adapter import reader_client

    short = write_report(folder / "short.pdf", 1)
    long = write_report(folder / "long.pdf", 80)
    return Room(
        "reader",
        reader_client(),
        protocol.ReadDocument(str(short)),
        protocol.ReadDocument(str(long)),
    )


def generator(folder: Path) -> Room:
    from desktop.workers.generator.adapter import generator_client

    found = sorted(MODELS.glob("SmolLM2*/*.gguf"))
    if not found:
        pytest.skip("the starter models are not installed")
    tale = [protocol.ChatMessage("user", "Tell me a long story about a river, with many chapters.")]
    return Room(
        "generator",
        generator_client(),
        protocol.Generate(tale, max_tokens=2),
        protocol.Generate(tale, max_tokens=1_500),
        protocol.LoadModel(os.fsencode(found[0]), context_window=2048),
    )


ROOMS: dict[str, Callable[[Path], Room]] = {
    "dummy": dummy,
    "reader": reader,
    "generator": generator,
}


@pytest.fixture(scope="module", params=ROOMS)
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    name = str(request.param)
    if importlib.util.find_spec(f"desktop.workers.{name}.worker") is None:
        pytest.skip("this child is not part of this installation")
    made = ROOMS[name](tmp_path_factory.mktemp(name))
    yield made
    made.client.stop()


def test_a_job_ends_with_its_result_and_the_next_one_follows(room: Room) -> None:
    room.do_prepare()
    first, second = room.do(room.short), room.do(room.short)

    assert type(first) is type(second)
    assert isinstance(first, Rehearsed | protocol.DocumentRead | protocol.Generated)


def test_progress_only_grows_and_never_passes_its_total(room: Room) -> None:
    room.do_prepare()
    seen: list[tuple[int, int]] = []
    room.client.call(
        room.prepare or room.short,
        cancel=Cancellation(),
        on_progress=lambda done, total: seen.append((done, total)),
    )

    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert all(0 <= done <= total for done, total in seen)


def test_a_running_job_is_cancelled_soon_and_once_and_the_next_one_runs(room: Room) -> None:
    room.do_prepare()
    cancel = Cancellation()
    job = room.client.run(room.long, cancel=cancel)
    next(job)
    began = time.monotonic()
    cancel.cancel()

    with pytest.raises(Cancelled):
        list(job)
    assert time.monotonic() - began < CANCELLED_WITHIN_S
    assert list(job) == []
    room.do_prepare()
    room.do(room.short)


def test_a_waiting_thread_hears_of_the_cancellation(room: Room) -> None:
    room.do_prepare()
    cancel = Cancellation()
    under_way = threading.Event()

    def work() -> float:
        try:
            for _ in room.client.run(room.long, cancel=cancel):
                under_way.set()
        except Cancelled:
            return time.monotonic()
        raise AssertionError("the job came to its own end")

    with ThreadPoolExecutor(1) as pool:
        end = pool.submit(work)
        assert under_way.wait(PATIENCE_S)
        began = time.monotonic()
        cancel.cancel()
        assert end.result(PATIENCE_S) - began < CANCELLED_WITHIN_S


def test_closing_the_generator_ends_the_job(room: Room) -> None:
    room.do_prepare()
    job = room.client.run(room.long, cancel=Cancellation())
    next(job)
    began = time.monotonic()
    job.close()

    assert time.monotonic() - began < CANCELLED_WITHIN_S
    room.do_prepare()
    room.do(room.short)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_child_is_one_clear_error_and_the_next_job_runs(room: Room) -> None:
    room.do_prepare()
    job = room.client.run(room.long, cancel=Cancellation())
    next(job)
    pid = room.client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    with pytest.raises(WorkerCrashed) as crash:
        list(job)
    assert "SIGKILL" in str(crash.value.facts["cause"])
    assert crash.value.facts["worker"] == room.kind
    room.do_prepare()
    room.do(room.short)
    assert room.client.pid not in (None, pid)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_child_without_a_sign_of_life_is_stopped(room: Room) -> None:
    room.do_prepare()
    pid = room.client.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    with pytest.raises(WorkerStalled) as stall:
        room.client.call(room.long, cancel=Cancellation(), stall_s=0.3)
    assert stall.value.facts["worker"] == room.kind
    assert not psutil.pid_exists(pid)
    room.do_prepare()
    room.do(room.short)


def test_the_network_and_other_programs_are_refused(room: Room) -> None:
    protections = room.client.protections()

    if sys.platform == "linux":
        assert protections["network"] == ENFORCED
        assert protections["new programs"] == ENFORCED
        assert protections["other processes"] == ENFORCED
        assert protections["core dumps"] == ENFORCED


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux enforces")
def test_the_retriever_is_locked_down_before_it_loads_a_library(tmp_path: Path) -> None:
    from desktop.workers.retriever.adapter import retriever_client

    client = retriever_client(tmp_path)
    protections = client.protections()
    client.stop(timeout_s=0.1)

    assert protections["network"] == ENFORCED
    assert protections["new programs"] == ENFORCED
    assert protections["other processes"] == ENFORCED


def test_stopping_in_the_middle_leaves_no_process_and_no_thread(room: Room) -> None:
    room.client.stop()
    others = set(threading.enumerate())  # such as those of a desk that other tests share
    room.client.start()
    room.do_prepare()
    job = room.client.run(room.long, cancel=Cancellation())
    next(job)
    pid = room.client.pid
    assert pid is not None
    room.client.stop()

    assert not psutil.pid_exists(pid)
    assert not [
        thread.name
        for thread in set(threading.enumerate()) - others
        if is_ours(thread) and thread.name.startswith(room.kind)
    ]
    with pytest.raises(Cancelled):
        list(job)
    with pytest.raises(Cancelled):
        room.client.call(room.short, cancel=Cancellation())
    room.client.start()
