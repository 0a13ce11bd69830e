"""The child's side of the pipe: lock down, build the worker, run its jobs.

A job is a plain generator; the main thread steps one of them at a time, because the libraries
behind it are not thread-safe. Which one is looked at afresh before every step: interactive jobs in
the order they came, then background ones. A second thread listens to the pipe, so that a
cancellation is heard while native code runs, and the child ends at once when its parent is gone.

Must not import a third-party library other than msgspec: the worker does, after the lockdown.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from multiprocessing.connection import Connection
from typing import NamedTuple, NoReturn, Protocol, cast

import msgspec

from desktop.domain.errors import Cancelled, EscritoireError, Fact
from desktop.domain.words import whole
from desktop.workers import protocol
from desktop.workers.lockdown import Limits, lock_down

# Exit codes the parent knows how to explain.
EXIT_ORPHANED = 70
EXIT_OUT_OF_MEMORY = 71
EXIT_MISUNDERSTOOD = 72

DEBUG_SWITCH = "ESCRITOIRE_DEBUG"  # set: the children keep the terminal's stderr
LIFE_EVERY_S = 5.0
LONGEST_FACT = 2_000  # characters, as the protocol bounds them


class Mark(NamedTuple):
    """How far a job has come: `done` of `total`, in whatever the job counts."""

    done: int
    total: int


class JobContext:
    """What a running job may ask about itself. Thread-safe and cheap: made for abort callbacks.

    `testify` is for the thread that steps the job alone. `show_life` tells the parent that the
    child lives, `clock` the seconds.
    """

    def __init__(
        self,
        say: Callable[[protocol.Body], None] = lambda _: None,
        show_life: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cancelled = threading.Event()
        self._say = say
        self._show_life = show_life
        self._clock = clock
        self._shown = -LIFE_EVERY_S  # when it was last shown
        self._heard = threading.Condition()  # guards what follows
        self._unheard = 0

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise `Cancelled` if the job is no longer wanted."""
        if self.cancelled:
            raise Cancelled

    def cancel(self) -> None:
        """The job is no longer wanted."""
        self._cancelled.set()
        with self._heard:
            self._heard.notify_all()

    def at_work(self) -> None:
        """The step that is under way gets on: it is slow, and not stuck.

        For whatever native code calls in the middle of its work. The parent hears of it now and
        then.
        """
        now = self._clock()
        if now - self._shown >= LIFE_EVERY_S:
            self._shown = now
            self._show_life()

    def testify(self, body: protocol.Body, *, wait: bool) -> None:
        """Tell the parent's witness (see `child.Witness`), in the middle of a step.

        With `wait`, the step goes on only when the witness has heard this and all before it. Raises
        Cancelled if the job is no longer wanted before that.
        """
        with self._heard:
            self._unheard += 1
        self._say(body)
        with self._heard:
            while wait and self._unheard:
                self.raise_if_cancelled()
                self._heard.wait()

    def heard(self) -> None:
        """The witness has heard one more."""
        with self._heard:
            self._unheard -= 1
            self._heard.notify_all()


Steps = Generator[protocol.Body | Mark, None, protocol.Body]


class Worker(Protocol):
    """What a room's `worker.build(config)` returns."""

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The job's steps: `yield body` is output, `yield Mark(...)` progress, `return` the result.

        Raising an `EscritoireError` fails the job; any other exception fails it as a crash.
        """
        ...

    def close(self) -> None:
        """Let go of everything, in good order."""
        ...


def serve(connection: Connection, kind: str, config: bytes, limits: Limits) -> NoReturn:
    """The child's life, from its first instruction to its exit."""
    _cut_ties(connection)
    protections = lock_down(limits)
    host = Host(connection, kind, config)
    host.send(protocol.Ready(protections))
    threading.Thread(target=host.listen, name="pipe", daemon=True).start()
    try:
        host.work()
    except MemoryError:
        os._exit(EXIT_OUT_OF_MEMORY)
    # Native libraries keep threads whose own goodbyes can hang or crash: skip them.
    os._exit(0)


def _cut_ties(connection: Connection) -> None:
    """Keep nothing of the parent's but the pipe (and stderr, where it is asked for)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    debug = bool(os.environ.get(DEBUG_SWITCH))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1) if debug else (0, 1, 2):
        with contextlib.suppress(OSError):
            os.dup2(nowhere, stream)
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        pipe = connection.fileno()
        os.closerange(3, pipe)
        os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))


class _Job:
    def __init__(
        self,
        start: protocol.Start,
        say: Callable[[_Job, protocol.Body], None],
        show_life: Callable[[], None],
    ) -> None:
        self.number = start.job
        self.request = start.request
        self.background = start.background
        self.max_ahead = start.max_ahead
        self.context = JobContext(lambda body: say(self, body), show_life)
        self.steps: Steps | None = None
        self.ahead = 0  # outputs sent that the other side has not taken
        self.done = -1
        self.ended = False

    @property
    def may_run(self) -> bool:
        return self.context.cancelled or not self.max_ahead or self.ahead < self.max_ahead


class Host:
    """Jobs and the pipe. `listen` runs on its own thread, `work` on the main one."""

    def __init__(self, connection: Connection, kind: str, config: bytes) -> None:
        self._connection = connection
        self._kind = kind
        self._config = config
        self._worker: Worker | None = None
        self._sending = threading.Lock()
        self._changed = threading.Condition()  # guards what follows
        self._jobs: dict[int, _Job] = {}
        self._running: _Job | None = None
        self._shutdown = False

    def send(self, message: protocol.FromChild) -> None:
        """Say `message` to the parent; without a parent there is nothing left to live for."""
        raw = protocol.encode(message)
        try:
            with self._sending:
                self._connection.send_bytes(raw)
        except OSError:
            os._exit(EXIT_ORPHANED)

    def _show_life(self) -> None:
        self.send(protocol.AtWork())

    # -- the listening thread

    def listen(self) -> NoReturn:
        """Hear the parent until it is gone, then end the process, whatever it is doing."""
        try:
            while True:
                self._heard(
                    protocol.decode_to_child(self._connection.recv_bytes(protocol.MAX_TO_CHILD))
                )
        except (EOFError, OSError):
            os._exit(EXIT_ORPHANED)
        except MemoryError:
            os._exit(EXIT_OUT_OF_MEMORY)
        except BaseException:  # noqa: BLE001 - whatever it was, a deaf child must not live on
            os._exit(EXIT_MISUNDERSTOOD)

    def _heard(self, message: protocol.ToChild) -> None:
        with self._changed:
            match message:
                case protocol.Start():
                    self._jobs[message.job] = _Job(message, self._said, self._show_life)
                case protocol.Taken():
                    if job := self._jobs.get(message.job):
                        job.ahead -= 1
                case protocol.Heard():
                    if job := self._jobs.get(message.job):
                        job.context.heard()
                case protocol.Cancel():
                    if job := self._jobs.get(message.job):
                        job.context.cancel()
                        waiting = job is not self._running
                        if waiting and (job.steps is None or self._running is not None):
                            # Not begun, or resting behind another: it need not wait its turn.
                            self._end(job, protocol.Cancelled(job.number))
                case protocol.Shutdown():
                    self._shutdown = True
                    for job in self._jobs.values():
                        job.context.cancel()
            self._changed.notify_all()

    # -- the main thread

    def work(self) -> None:
        """Run jobs until told to shut down."""
        with contextlib.suppress(Exception):  # the first job meets the same error and reports it
            self._built()
        while self._turn():
            pass
        if self._worker is not None:
            with contextlib.suppress(Exception):
                self._worker.close()

    def _turn(self) -> bool:
        """One step of one job, waited for; False when it is time to go."""
        job = self._next()
        if job is None:
            return False
        self._step(job)
        with self._changed:
            self._running = None
            if job.ended:
                del self._jobs[job.number]
        return True

    def _built(self) -> Worker:
        if self._worker is None:
            room = importlib.import_module(f"desktop.workers.{self._kind}.worker")
            self._worker = cast(Worker, room.build(self._config))
        return self._worker

    def _next(self) -> _Job | None:
        """The job to step next, waited for; None when it is time to go."""
        with self._changed:
            while True:
                ready = [job for job in self._jobs.values() if job.may_run]
                if ready:
                    self._running = min(
                        ready,
                        key=lambda job: (not job.context.cancelled, job.background, job.number),
                    )
                    return self._running
                if self._shutdown:
                    return None
                self._changed.wait()

    def _step(self, job: _Job) -> None:
        try:
            if job.context.cancelled and job.steps is not None:
                job.steps.close()
            job.context.raise_if_cancelled()
            if job.steps is None:
                job.steps = self._built().handle(job.request, job.context)
            self._said(job, next(job.steps))
        except StopIteration as finished:
            if isinstance(finished.value, msgspec.Struct):
                body = cast(protocol.Body, finished.value)
                self._end(job, protocol.Done(job.number, body))
            else:
                self._end(job, self._crashed(job, "no result"))
        except Cancelled:
            self._end(job, protocol.Cancelled(job.number))
        except EscritoireError as error:
            self._end(job, protocol.Failed(job.number, error.code, _bounded(error.facts)))
        except MemoryError:
            raise  # the libraries behind the worker are in no state to go on
        except Exception as bug:  # noqa: BLE001 - the child outlives its worker's bugs
            if job.context.cancelled:
                self._end(job, protocol.Cancelled(job.number))
            else:
                self._end(job, self._crashed(job, type(bug).__name__))

    def _said(self, job: _Job, said: protocol.Body | Mark) -> None:
        if job.ended:  # it was resting when it was cancelled, and now tidies up
            return
        if not isinstance(said, Mark):
            with self._changed:
                job.ahead += 1
            self.send(protocol.Output(job.number, said))
        elif said.done > job.done:
            job.done = said.done
            self.send(protocol.Progress(job.number, said.done, max(said.done, said.total)))

    def _end(self, job: _Job, message: protocol.FromChild) -> None:
        with self._changed:
            if job.ended:
                return
            job.ended = True
        self.send(message)

    def _crashed(self, job: _Job, cause: str) -> protocol.Failed:
        facts: dict[str, Fact] = {"worker": self._kind, "cause": cause}
        return protocol.Failed(job.number, "worker_crashed", facts)


def _bounded(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts, made what the protocol lets through."""
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: Fact) -> Fact:
    if isinstance(value, int) and 0 <= value <= 2**53:
        return value
    return whole(str(value))[:LONGEST_FACT]
