"""One life of a child process, from its spawn to its end, and the two threads that talk with it.

One thread writes to the pipe and one reads from it, so that nobody who asks for a job, cancels it
or quits ever waits for a child that does not listen. The reading thread is also the one that learns
of the end, gathers the process and ends every job that is left.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import queue
import signal
import threading
import time
import weakref
from collections.abc import Iterator
from multiprocessing import resource_tracker
from typing import Final, Protocol

import msgspec

from desktop.domain.errors import Cancelled, EscritoireError, Fact, WorkerCrashed, error_from
from desktop.workers import host, protocol
from desktop.workers.ending import SPOKE_OUT_OF_TURN, Ending
from desktop.workers.job import LOOK_UP_S, Breach, End, Job
from desktop.workers.lockdown import Limits

TERM_S: Final = 0.1  # how long a terminated child may take before it is killed
EXIT_S: Final = 1.0  # how long a child that hung up may take to be gone
LOOK_AGAIN_S: Final = 0.002


class Witness(Protocol):
    """Hears certain outputs of jobs at once, on the thread that reads from the child, whether or
    not anybody takes the job's outputs; the child may wait until it has."""

    def heard(self, job: int, body: protocol.Body) -> bool:
        """Whether `body` was meant for the witness, and so not for whoever asked for the job.

        Raises an EscritoireError to end the job with.
        """
        ...

    def over(self, job: int) -> None:
        """The job has ended, however it did."""
        ...


_alive: weakref.WeakSet[Child] = weakref.WeakSet()


class Child:
    """A child of `kind`, spawned at once. Thread-safe."""

    def __init__(
        self, kind: str, config: bytes, limits: Limits, witness: Witness | None = None
    ) -> None:
        self.kind = kind
        self._witness = witness
        self.heard = time.monotonic()
        self.protections: dict[str, str] = {}
        self.ending: Ending | None = None
        self._ready = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()  # guards what follows
        self._jobs: dict[int, Job] = {}
        self._closed = False
        self._killed_for = ""

        spawn = multiprocessing.get_context("spawn")
        self._connection, theirs = spawn.Pipe(duplex=True)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = spawn.Process(
            target=host.serve, args=(theirs, kind, config, limits), name=kind, daemon=True
        )
        try:
            with _deaf_to_interrupts():
                self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()  # or the pipe would never end with the child
        self._writer = threading.Thread(target=self._write, name=f"{kind}: to", daemon=True)
        self._reader = threading.Thread(target=self._read, name=f"{kind}: from", daemon=True)
        self._writer.start()
        self._reader.start()
        _alive.add(self)

    @property
    def pid(self) -> int | None:
        return None if self.over else self._process.pid

    @property
    def over(self) -> bool:
        """It has died, or is about to: it takes no more jobs."""
        return self._closed

    def begin(self, job: Job, start: protocol.Start) -> bool:
        """Give the child a job. False, and nothing done, if the child is over.

        Raises ValueError if the request is larger than a message may be.
        """
        raw = protocol.encode(start)
        if len(raw) > protocol.MAX_TO_CHILD:
            raise ValueError(f"a request of {len(raw)} bytes is over {protocol.MAX_TO_CHILD}")
        with self._lock:
            if self._closed:
                return False
            self._jobs[job.number] = job
            self._outbox.put(raw)
        return True

    def say(self, message: protocol.ToChild) -> None:
        """Queue `message`; one that comes too late is lost, as it may be."""
        self._outbox.put(protocol.encode(message))

    def cancel_all(self) -> None:
        """Let no further job begin, and let those that run end as cancelled."""
        with self._lock:
            self._closed = True
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()
            self.say(protocol.Cancel(job.number))

    def await_ready(self) -> bool:
        """Wait until the child is locked down. False if it died before."""
        while not self._ready.wait(LOOK_UP_S):
            pass
        return bool(self.protections)

    def await_end(self, timeout_s: float | None) -> bool:
        """Wait until the process is gone and every job has ended."""
        return self._over.wait(timeout_s)

    def kill(self, why: str) -> None:
        """End the process, gently for `TERM_S` and then by force; returns when it is gone."""
        with self._lock:
            self._closed = True
            self._killed_for = self._killed_for or why
        self._process.terminate()
        if not self._over.wait(TERM_S):
            self._process.kill()
            self._over.wait()

    def join(self) -> None:
        """Wait for both threads of a child whose end has come."""
        self._reader.join()
        self._writer.join()

    # -- the writing thread

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # the reading thread sees the end and tells
            while (raw := self._outbox.get()) is not None:
                self._connection.send_bytes(raw)

    # -- the reading thread

    def _read(self) -> None:
        try:
            while True:
                raw = self._connection.recv_bytes(protocol.MAX_FROM_CHILD)
                self.heard = time.monotonic()
                self._heard(protocol.decode_from_child(raw), len(raw))
        except (EOFError, ConnectionError):
            pass
        except (Breach, OSError, msgspec.MsgspecError, MemoryError):
            # OSError: a message over the limit, which closes our end of the pipe.
            with self._lock:
                self._killed_for = self._killed_for or SPOKE_OUT_OF_TURN
            self._process.kill()
        finally:
            self._bury()

    def _heard(self, message: protocol.FromChild, size: int) -> None:
        if isinstance(message, protocol.Ready):
            if self._ready.is_set():
                raise Breach
            self.protections = dict(message.protections)
            self._ready.set()
            return
        if isinstance(message, protocol.AtWork):
            return  # that it was heard is all there is to it
        job = self._jobs.get(message.job)
        if job is None:
            raise Breach
        match message:
            case protocol.Output():
                if not self._witnessed(job, message.body):
                    job.put(message.body, size)
            case protocol.Progress():
                job.progress(message.done, message.total)
            case protocol.Done():
                self._end(job, message.body)
            case protocol.Failed():
                self._end(job, self._error(message))
            case protocol.Cancelled():
                self._end(job, Cancelled())

    def _witnessed(self, job: Job, body: protocol.Body) -> bool:
        if self._witness is None:
            return False
        try:
            meant = self._witness.heard(job.number, body)
        except EscritoireError as error:
            job.end(error)
            self.say(protocol.Cancel(job.number))
            return True
        if meant:
            self.say(protocol.Heard(job.number))
        return meant

    def _tell_end(self, job: Job) -> None:
        if self._witness is not None:
            with contextlib.suppress(EscritoireError):  # what it could not write, it said before
                self._witness.over(job.number)

    def _error(self, message: protocol.Failed) -> EscritoireError:
        facts: dict[str, Fact] = dict(message.facts)
        return error_from(message.code, facts)

    def _end(self, job: Job, end: End) -> None:
        with self._lock:
            del self._jobs[job.number]
        self._tell_end(job)
        job.end(end)

    def _bury(self) -> None:
        with self._lock:
            self._closed = True
        self._outbox.put(None)
        exit_code = self._exit_code()
        self._writer.join()
        self._connection.close()
        with self._lock:
            self.ending = Ending(exit_code, self._killed_for)
            left = list(self._jobs.values())
            self._jobs.clear()
        for job in left:
            self._tell_end(job)
            job.end(WorkerCrashed(worker=self.kind, cause=self.ending.cause))
        self._ready.set()
        self._over.set()

    def _exit_code(self) -> int | None:
        """Gather the process, by force if it hung up and lives on.

        `Process.join` cannot be asked to wait a while: its sign of the end is a file descriptor
        that the child has closed. None if somebody else has gathered the process.
        """
        patience = time.monotonic() + EXIT_S
        while (exit_code := self._process.exitcode) is None and time.monotonic() < patience:
            self._over.wait(LOOK_AGAIN_S)  # nobody sets it but this thread: a pause
        if exit_code is None:
            self._killed_for = self._killed_for or SPOKE_OUT_OF_TURN
            self._process.kill()
            self._process.join()
            exit_code = self._process.exitcode
        return exit_code


@atexit.register
def _leave_nobody_behind() -> None:
    """End the children of a program that ends without having stopped them.

    Otherwise multiprocessing would ask them to end, once, and wait for one that is deaf for ever.
    What is registered later runs earlier, and multiprocessing registered when it was imported.
    """
    for child in list(_alive):
        child.kill("the program ended")


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process that is started here be born without an ear for Ctrl+C.

    The terminal sends it to every process of ours at once. A child ignores it as soon as it can
    (`host`), but a tenth of a second before that it would end with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started with the first child otherwise, and it ends with SIGINT let through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
