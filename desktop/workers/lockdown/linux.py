"""The lockdown on Linux: resource limits, no core dump, no debugger, Landlock, a call filter."""

from __future__ import annotations

import ctypes
import errno
import os

from desktop.workers.lockdown import ENFORCED, Limits, landlock, posix, seccomp

PR_GET_DUMPABLE = 3
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38

REFUSED = (errno.EACCES, errno.EPERM)


def lock_down(limits: Limits) -> dict[str, str]:
    """See `desktop.workers.lockdown.lock_down`."""
    libc = ctypes.CDLL(None, use_errno=True)
    posix.set_limits(limits)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    no_landlock = landlock.allow_writes_only(limits.writable) if limits.writable else ""
    no_filter = seccomp.install(limits, os.uname().machine)

    found = posix.resource_verdicts(limits)
    if libc.prctl(PR_GET_DUMPABLE, 0, 0, 0, 0):
        found["core dumps"] = "not enforced"
    walls = {
        "network": (posix.try_network, no_filter),
        "other processes": (posix.try_other_process, no_filter),
        "new programs": (posix.try_program, no_filter),
        "file writes": (posix.try_file_write, no_landlock or no_filter),
    }
    for name, (attempt, reason) in walls.items():
        verdict = posix.verdict(attempt, *REFUSED)
        found[name] = verdict if verdict == ENFORCED else reason or verdict
    return found
