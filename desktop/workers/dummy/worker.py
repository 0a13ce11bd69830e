# ruff: noqa: ARG001 - every act is called alike
"""The dummy child: does what a test needs a child to do, good and bad.

It is a real process under the real lockdown, so that a test of the plumbing tests the plumbing. It
touches no file and loads no library.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import msgspec

from desktop.domain.errors import error_from
from desktop.workers import protocol
from desktop.workers.dummy.config import Config
from desktop.workers.host import JobContext, Mark, Worker
from desktop.workers.protocol import Rehearsed

Steps = Generator[protocol.Body | Mark, None, protocol.Body]

BLOCK_OF_MEMORY = 16 * 1024 * 1024  # bytes; eaten at a time


class Gibberish(msgspec.Struct, tag="gibberish", frozen=True):
    """No message of ours."""


def build(config: bytes) -> Worker:
    """The worker that `config` (a packed `Config`) describes."""
    settings = msgspec.msgpack.decode(config, type=Config)
    if settings.build_fails:
        raise error_from(settings.build_fails, {"model": "dummy", "reason": "it was told to"})
    return Dummy()


class Dummy:
    """Acts of `protocol.Rehearse`, one method each."""

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """Play `request`, which must be a `Rehearse`."""
        if not isinstance(request, protocol.Rehearse):
            raise TypeError(type(request).__name__)
        acts: dict[str, Callable[[protocol.Rehearse, JobContext], Steps]] = {
            "count": _count,
            "block": _block,
            "wait": _wait,
            "toil": _toil,
            "abort": _abort,
            "exit": _exit,
            "eat": _eat,
            "connect": _connect,
            "write": _write,
            "run": _run,
            "signal": _signal,
            "fail": _fail,
            "trip": _trip,
            "break": _break,
            "flood": _flood,
            "garble": _garble,
            "hang_up": _hang_up,
        }
        return acts[request.act](request, job)

    def close(self) -> None:
        """There is nothing to let go of."""


def _count(request: protocol.Rehearse, job: JobContext) -> Steps:
    for step in range(request.steps):
        yield Mark(step + 1, request.steps)
        yield Rehearsed(step, request.text)
    return Rehearsed(request.steps, request.text)


def _block(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Deaf to everything but force, wherever it is when it is cancelled."""
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        yield Rehearsed(0, "deaf from now on")
    finally:
        threading.Event().wait()
    return Rehearsed(0)


def _wait(request: protocol.Rehearse, job: JobContext) -> Steps:
    """One long step that asks for the cancellation itself, as an abort callback does."""
    yield Rehearsed(0, "waiting")
    pause = threading.Event()
    while not job.cancelled:
        pause.wait(0.005)
    job.raise_if_cancelled()
    return Rehearsed(0)


def _toil(request: protocol.Rehearse, job: JobContext) -> Steps:
    """One long step that shows life, as native code does that calls back."""
    yield Rehearsed(0, "toiling")
    job.at_work()
    return Rehearsed(1)


def _abort(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Rehearsed(0, "about to abort")
    os.abort()


def _exit(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Rehearsed(0, "about to exit")
    os._exit(request.steps)


def _eat(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Fill memory to the limit (or `steps` MiB, where nothing stops it before)."""
    eaten: list[bytearray] = []
    while len(eaten) * BLOCK_OF_MEMORY < request.steps * 1024 * 1024:
        eaten.append(bytearray(BLOCK_OF_MEMORY))
        yield Mark(len(eaten), len(eaten) + 1)
    return Rehearsed(len(eaten), "nothing stopped it")


def _connect(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Ask Python and then the C library for sockets of each kind; say what came of each."""
    yield Mark(0, 1)
    outcomes = {
        "python tcp": _outcome(lambda: socket.socket(socket.AF_INET).close()),
        "listen": _outcome(lambda: socket.create_server(("127.0.0.1", 0)).close()),
        "python udp6": _outcome(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()),
    }
    if sys.platform != "win32":
        libc = ctypes.CDLL(None, use_errno=True)
        outcomes["libc tcp"] = _outcome(
            lambda: _check(libc.socket(int(socket.AF_INET), int(socket.SOCK_STREAM), 0))
        )
        outcomes["local"] = _outcome(lambda: socket.socket(socket.AF_UNIX).close())
        outcomes["pair"] = _outcome(socket.socketpair)
    return Rehearsed(0, msgspec.json.encode(outcomes).decode())


def _write(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Try to write to the file `text` names, to empty it, rename it and remove it."""
    yield Mark(0, 1)
    path = Path(request.text)
    outcomes = {
        "write": _outcome(lambda: path.write_bytes(b"changed")),
        "append": _outcome(lambda: path.open("ab").close()),
        "truncate": _outcome(lambda: os.truncate(path, 0)),
        "rename": _outcome(lambda: path.rename(path.with_suffix(".moved"))),
        "remove": _outcome(path.unlink),
        "folder": _outcome(path.with_suffix(".folder").mkdir),
    }
    return Rehearsed(0, msgspec.json.encode(outcomes).decode())


def _run(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Try to start another program and to fork."""
    yield Mark(0, 1)
    outcomes = {"run": _outcome(lambda: subprocess.run([sys.executable, "-V"], check=True))}
    if sys.platform != "win32":
        outcomes["fork"] = _outcome(_fork)
    return Rehearsed(0, msgspec.json.encode(outcomes).decode())


def _signal(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Try to reach the parent process (signal 0 harms nobody) and this one."""
    yield Mark(0, 1)
    outcomes = {
        "parent": _outcome(lambda: os.kill(os.getppid(), 0)),
        "itself": _outcome(lambda: os.kill(os.getpid(), 0)),
    }
    return Rehearsed(0, msgspec.json.encode(outcomes).decode())


def _fail(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Mark(0, 1)
    raise error_from(request.text, {"file": "a.pdf", "tokens": 7})


def _trip(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Mark(0, 1)
    error = error_from("not_a_pdf", {})
    error.facts = {"self": "a.pdf", "file": "a.pdf"}
    raise error


def _break(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Mark(0, 1)
    raise ZeroDivisionError


def _flood(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Rehearsed(0, "x" * protocol.MAX_FROM_CHILD)
    return Rehearsed(0)


def _garble(request: protocol.Rehearse, job: JobContext) -> Steps:
    yield Gibberish()  # type: ignore[misc]
    return Rehearsed(0)


def _hang_up(request: protocol.Rehearse, job: JobContext) -> Steps:
    """Go on living with nothing more to say, as code from a document might, found in the dark."""
    yield Rehearsed(0, "goodbye")
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                socket.socket(fileno=os.dup(descriptor)).shutdown(socket.SHUT_WR)
    threading.Event().wait()
    return Rehearsed(0)


def _fork() -> None:
    if sys.platform != "win32":
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)


def _check(descriptor: int) -> None:
    if descriptor < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    os.close(descriptor)


def _outcome(attempt: Callable[[], object]) -> str:
    """ "done", or the name of the error the system answered with."""
    try:
        attempt()
    except OSError as refusal:
        return errno.errorcode.get(refusal.errno or 0, "error")
    return "done"
