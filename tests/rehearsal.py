"""Dummy children for tests: real processes under the real lockdown, all gone when the test is.

Used by tests of the plumbing; a room's own tests use the room's child.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

import msgspec
import psutil

from desktop.domain.jobs import Cancellation
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.dummy.config import Config
from desktop.workers.lockdown import Limits
from desktop.workers.protocol import Rehearse, Rehearsed

PATIENCE_S = 20.0  # the longest wait for what a busy computer is still to do

MakeClient = Callable[..., WorkerClient]


@contextmanager
def dummies() -> Iterator[MakeClient]:
    """How to make clients of dummy children; on leaving, none has left a process or a thread."""
    before = set(threading.enumerate())
    clients: list[WorkerClient] = []

    def make(
        *,
        limits: Limits | None = None,
        grace_s: float = 0.4,
        max_queued: int = 0,
        build_fails: str = "",
    ) -> WorkerClient:
        client = WorkerClient(
            "dummy",
            msgspec.msgpack.encode(Config(build_fails)),
            limits=limits or Limits(),
            grace_s=grace_s,
            max_queued=max_queued,
        )
        clients.append(client)
        return client

    yield make
    pids = [client.pid for client in clients]
    for client in clients:
        client.stop()
    assert not [pid for pid in pids if pid is not None and psutil.pid_exists(pid)]
    left = [thread for thread in set(threading.enumerate()) - before if is_ours(thread)]
    for thread in left:
        thread.join(PATIENCE_S)  # of children that died in the test; they are on their way
    assert not [thread.name for thread in left if thread.is_alive()]


def is_ours(thread: threading.Thread) -> bool:
    """Whether `thread` talks with a child."""
    return thread.name.endswith((": to", ": from"))


def play(
    client: WorkerClient, act: str, steps: int = 0, text: str = "", *, background: bool = False
) -> Rehearsed:
    """One act to its end, and its result."""
    result = client.call(
        Rehearse(act, steps, text), cancel=Cancellation(), background=background, stall_s=PATIENCE_S
    )
    assert isinstance(result, Rehearsed)
    return result


def begin(
    client: WorkerClient,
    act: str,
    steps: int = 0,
    *,
    cancel: Cancellation | None = None,
    background: bool = False,
    stall_s: float | None = PATIENCE_S,
) -> Generator[protocol.Body, None, protocol.Body]:
    """A job whose first output has come: it is under way."""
    job = client.run(
        Rehearse(act, steps),
        cancel=cancel or Cancellation(),
        background=background,
        stall_s=stall_s,
    )
    next(job)
    return job


def gone(pid: int) -> bool:
    """Whether the process ends within the patience of a test, gathered by its parent or not."""
    patience = time.monotonic() + PATIENCE_S
    pause = threading.Event()
    while time.monotonic() < patience:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        pause.wait(0.01)
    return False
