"""What a child may do: limits asked of the operating system before any document or model is seen.

`lock_down` runs first thing in the child, on its only thread. Every protection is tried out once it
is in place, and reported as "enforced" only if the system refused the attempt: `doctor` prints what
is true on this computer, not what was asked for.

Must not import a third-party library: the lockdown comes before all of them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

ENFORCED: Final = "enforced"
NOT_ASKED: Final = "not asked for"  # the child needs what this would forbid
UNAVAILABLE: Final = "not available on this system"

# Name -> what it means, in words for a table; the keys of what `lock_down` returns.
PROTECTIONS: Final[dict[str, str]] = {
    "network": "no socket can be made, so no connection in or out",
    "new programs": "no other program can be started and no process forked",
    "other processes": "no other process can be signalled or looked into",
    "file writes": "no file can be written, made, renamed or removed, or only where its work is",
    "memory": "the child may not take more memory than its limit",
    "file size": "no file can grow over a limit",
    "open files": "only so many files may be open at a time",
    "core dumps": "a crash leaves no copy of memory on the disk, and no debugger can attach",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a child is trusted. None: no limit of that kind.

    `memory_bytes` counts address space on Linux, so files mapped into memory (models) count too.
    `writable` are the only files and folders (with all that is in them) that may be written; they
    must exist. A system that cannot tell paths apart then refuses no write, and says so.

    `allow_network` is for the downloader alone: it may connect, but not listen.

    `niceness` lets the window go first. With three children computing on two busy cores, a thread
    of the window that wanted to run every 5 ms came 50 to 58 ms late (99th percentile) at 0 and 30
    to 35 ms late at 5.
    """

    memory_bytes: int | None = None
    open_files: int | None = 512
    file_size: int | None = None  # bytes
    writable: tuple[str, ...] = ()
    allow_file_writes: bool = False  # anywhere
    allow_new_programs: bool = False
    allow_network: bool = False  # connections out over IP; never one in
    allow_local_sockets: bool = False  # UNIX domain; they reach the services of the user's desktop
    niceness: int = 0  # added to the child's; see below


def expected_protections(limits: Limits) -> tuple[str, ...]:
    """The names of `PROTECTIONS` that `limits` asks for, in the order of a table."""
    asked = {
        "network": not limits.allow_network,
        "new programs": not limits.allow_new_programs,
        "file writes": not limits.allow_file_writes,
        "memory": limits.memory_bytes is not None,
        "file size": limits.file_size is not None,
        "open files": limits.open_files is not None,
    }
    return tuple(name for name in PROTECTIONS if asked.get(name, True))


def lock_down(limits: Limits) -> dict[str, str]:
    """Give up, for good, what `limits` forbids this process; say what the system really enforces.

    Returns a verdict for each name of `PROTECTIONS`: "enforced", "not asked for", or why not.
    Raises nothing: a system that protects less is reported, not refused.
    """
    if sys.platform == "linux":
        from desktop.workers.lockdown import linux as system
    elif sys.platform == "darwin":
        from desktop.workers.lockdown import macos as system
    elif sys.platform == "win32":
        from desktop.workers.lockdown import windows as system
    else:
        return dict.fromkeys(PROTECTIONS, UNAVAILABLE)
    verdicts = system.lock_down(limits)
    asked = expected_protections(limits)
    return {
        name: verdicts.get(name, UNAVAILABLE) if name in asked else NOT_ASKED
        for name in PROTECTIONS
    }
