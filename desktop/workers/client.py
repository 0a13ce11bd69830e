"""The parent's side of a child process: jobs asked of it, and the child kept alive behind them.

A child is spawned when it is first needed and again after each death; every job ends exactly once,
whatever becomes of the child. Nothing of what a child sends is unpickled, and it is bounded. Knows
no library and no request: the adapters translate.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Generator
from math import ceil

from desktop.domain.errors import Cancelled, WorkerCrashed, WorkerStalled
from desktop.domain.jobs import Cancellation, Progress
from desktop.workers import protocol
from desktop.workers.child import Child, Witness
from desktop.workers.ending import STOPPED_WITH_ANOTHER
from desktop.workers.job import Deaf, Job, Silent
from desktop.workers.lockdown import Limits

ReportProgress = Callable[[int, int], None]  # done, total


class WorkerClient:
    """Jobs for the child of one kind. Thread-safe: several threads may run jobs at a time.

    `config` is the room's packed `Config`; `grace_s` how many seconds a cancelled job has before
    its child is killed; `max_queued` how many outputs of a job the child may be ahead of whoever
    takes them (0: as many as fit into memory), after which the job rests and others run. `witness`
    hears what jobs tell it, at once.
    """

    def __init__(
        self,
        kind: str,
        config: bytes,
        *,
        limits: Limits,
        grace_s: float = 0.4,
        max_queued: int = 0,
        witness: Witness | None = None,
    ) -> None:
        self._witness = witness
        self._kind = kind
        self._config = config
        self._limits = limits
        self._grace_s = grace_s
        self._max_queued = max_queued
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()  # guards what follows
        self._child: Child | None = None
        self._stopped = False

    def start(self) -> None:
        """Spawn the child without waiting for it; also takes up work again after `stop`."""
        with self._lock:
            self._stopped = False
        self._living()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        child = self._child
        return child.pid if child else None

    def protections(self) -> dict[str, str]:
        """What the system enforces on the child, by name; see `lockdown.PROTECTIONS`.

        Starts the child if there is none. Raises WorkerCrashed if it dies before it can tell.
        """
        child = self._living()
        if not child.await_ready():
            raise self._crashed(child)
        return dict(child.protections)

    def follow(
        self,
        request: protocol.Request,
        *,
        cancel: Cancellation,
        background: bool = False,
        stall_s: float | None = None,
    ) -> Generator[protocol.Body | Progress, None, protocol.Body]:
        """Do `request` in the child: yields its outputs and its progress, returns its result.

        A `background` job gives way to others between its steps. Progress only grows. Closing the
        generator cancels the job. By the time the generator has ended, so has the job.

        Raises what the worker raised if that is a known error, `Cancelled` when `cancel` was wished
        for or the client stopped, WorkerCrashed when the child died, WorkerStalled when it gave no
        sign of life for `stall_s` seconds while this job waited, ValueError for a request that is
        larger than a message may be.
        """
        cancel.raise_if_wished()
        job = Job(next(self._numbers), self._max_queued)
        child = self._begin(job, protocol.Start(job.number, request, background, self._max_queued))

        def give_up() -> None:
            job.cancel()
            child.say(protocol.Cancel(job.number))

        forget = cancel.listen(give_up)
        try:
            while True:
                output, progress, end = job.take(
                    grace_s=self._grace_s, stall_s=stall_s, heard_at=lambda: child.heard
                )
                if progress is not None:
                    yield Progress(*progress)
                elif output is not None:
                    if self._max_queued:
                        child.say(protocol.Taken(job.number))
                    yield output
                elif isinstance(end, Exception):
                    raise end
                elif end is not None:
                    return end
        except Deaf:
            child.kill(STOPPED_WITH_ANOTHER)
            raise Cancelled from None
        except Silent:
            child.kill(STOPPED_WITH_ANOTHER)
            raise WorkerStalled(worker=self._kind, seconds=ceil(stall_s or 0)) from None
        finally:
            forget()
            if not job.ended:
                give_up()
                self._see_off(child, job)

    def run(
        self,
        request: protocol.Request,
        *,
        cancel: Cancellation,
        background: bool = False,
        stall_s: float | None = None,
        on_progress: ReportProgress | None = None,
    ) -> Generator[protocol.Body, None, protocol.Body]:
        """Do `request` in the child, yielding its outputs alone. See `follow`.

        `on_progress` is called on this thread.
        """
        steps = self.follow(request, cancel=cancel, background=background, stall_s=stall_s)
        try:
            while True:
                step = next(steps)
                if not isinstance(step, Progress):
                    yield step
                elif on_progress is not None:
                    on_progress(*step)
        except StopIteration as finished:
            result: protocol.Body = finished.value
            return result
        finally:
            steps.close()

    def call(
        self,
        request: protocol.Request,
        *,
        cancel: Cancellation,
        background: bool = False,
        stall_s: float | None = None,
        on_progress: ReportProgress | None = None,
    ) -> protocol.Body:
        """Do `request` in the child and return its result, for jobs without output. See `run`."""
        steps = self.run(
            request,
            cancel=cancel,
            background=background,
            stall_s=stall_s,
            on_progress=on_progress,
        )
        while True:
            try:
                next(steps)
            except StopIteration as finished:
                result: protocol.Body = finished.value
                return result

    def stop(self, timeout_s: float = 1.0) -> None:
        """End the child: in good order within `timeout_s` seconds, by force after that.

        Running jobs end `Cancelled`, and so does every later one until `start`. When this returns
        there is no process and no thread left. Idempotent.
        """
        with self._lock:
            self._stopped = True
            child, self._child = self._child, None
        if child is None:
            return
        child.cancel_all()
        child.say(protocol.Shutdown())
        if not child.await_end(timeout_s):
            child.kill("stopped")
        child.join()

    def _living(self) -> Child:
        with self._lock:
            if self._stopped:
                raise Cancelled
            if self._child is None or self._child.over:
                self._child = Child(self._kind, self._config, self._limits, self._witness)
            return self._child

    def _begin(self, job: Job, start: protocol.Start) -> Child:
        while True:
            child = self._living()
            if child.begin(job, start):
                return child

    def _see_off(self, child: Child, job: Job) -> None:
        """Wait for the end of a job that nobody wants, and see to it that it comes."""
        try:
            while not job.ended:
                job.take(grace_s=self._grace_s, stall_s=None, heard_at=lambda: child.heard)
        except Deaf:
            child.kill(STOPPED_WITH_ANOTHER)

    def _crashed(self, child: Child) -> WorkerCrashed:
        cause = child.ending.cause if child.ending else "gone"
        return WorkerCrashed(worker=self._kind, cause=cause)
