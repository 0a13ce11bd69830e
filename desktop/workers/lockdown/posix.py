"""Resource limits that Linux and macOS share, and attempts that find out whether a wall stands."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import socket
import sys
from collections.abc import Callable

from desktop.workers.lockdown import ENFORCED, Limits

if sys.platform == "win32":
    raise ImportError("POSIX only")

import resource  # there is none on Windows


def set_limits(limits: Limits) -> None:
    """Lower this process's resource limits, for good, as far as the system has them."""
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: limits.file_size,
    }
    for kind, wish in wanted.items():
        if wish is None:
            continue
        ceiling = resource.getrlimit(kind)[1]
        lowered = wish if ceiling == resource.RLIM_INFINITY else min(wish, ceiling)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (lowered, lowered))
    if limits.niceness:
        with contextlib.suppress(OSError):
            os.nice(limits.niceness)


def verdict(attempt: Callable[[], object], *expected: int) -> str:
    """ "enforced" if the system refuses `attempt` with one of the `expected` errors, or why not."""
    try:
        attempt()
    except OSError as refusal:
        if refusal.errno in expected:
            return ENFORCED
        return f"not known: {refusal.strerror}"
    return "not enforced"


def resource_verdicts(limits: Limits) -> dict[str, str]:
    """What became of `set_limits`, found by going over each limit that can be tried harmlessly."""
    found = {}
    if limits.memory_bytes is not None:
        size = limits.memory_bytes
        found["memory"] = verdict(lambda: mmap.mmap(-1, size).close(), errno.ENOMEM)
    if limits.open_files is not None:
        count = limits.open_files
        found["open files"] = verdict(lambda: _open(count), errno.EMFILE)
    if limits.file_size is not None:
        held = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        found["file size"] = ENFORCED if 0 <= held <= limits.file_size else "not enforced"
    held = resource.getrlimit(resource.RLIMIT_CORE)[1]
    found["core dumps"] = ENFORCED if held == 0 else "not enforced"
    return found


def try_network() -> None:
    """Make a TCP socket, and let it go."""
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def try_datagram() -> None:
    """Point a UDP socket at an address that is never routed; no packet leaves."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nowhere:
        nowhere.connect(("192.0.2.1", 9))


def try_program() -> None:
    """Start a program that is not there: an open system says so, a closed one refuses first."""
    os.execv(os.path.join(os.sep, "no such program"), ["none"])  # noqa: PTH118, S606


def try_other_process() -> None:
    """Signal the parent process with signal 0, which changes nothing."""
    os.kill(os.getppid(), 0)


def try_file_write() -> None:
    """Open for writing a device that everybody may write to, and nobody is allowed to here."""
    os.close(os.open("/dev/zero", os.O_WRONLY))


def _open(count: int) -> None:
    held: list[int] = []
    try:
        held.extend(os.dup(0) for _ in range(count))
    finally:
        for descriptor in held:
            os.close(descriptor)
