"""The lockdown on Windows: a job object that limits memory and starts no other process.

The network, file writes and signals to other processes are not refused: that takes an AppContainer,
which a process can enter only when it is started. The report says so.

Source: "Job Objects" of the Windows API reference (winnt.h, jobapi2.h).
"""

from __future__ import annotations

import ctypes
import sys

from desktop.workers.lockdown import ENFORCED, Limits

EXTENDED_LIMIT_INFORMATION = 9  # JobObjectExtendedLimitInformation
LIMIT_ACTIVE_PROCESS = 0x0008
LIMIT_PROCESS_MEMORY = 0x0100
LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x0400  # no crash dialogue, no dump


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION"""

    _fields_ = [
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION"""

    _fields_ = [
        ("basic", _Basic),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    ]


def wished(limits: Limits) -> _Extended:
    """The job object's limits for `limits`."""
    wish = _Extended()
    wish.basic.limit_flags = LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    if not limits.allow_new_programs:
        wish.basic.limit_flags |= LIMIT_ACTIVE_PROCESS
        wish.basic.active_process_limit = 1
    if limits.memory_bytes is not None:
        wish.basic.limit_flags |= LIMIT_PROCESS_MEMORY
        wish.process_memory_limit = limits.memory_bytes
    return wish


def lock_down(limits: Limits) -> dict[str, str]:
    """See `desktop.workers.lockdown.lock_down`."""
    found = dict.fromkeys(("network", "other processes", "file writes"), "not enforced on Windows")
    found |= dict.fromkeys(("file size", "open files"), "not enforced on Windows")
    verdict = _enter_job(limits)
    return found | dict.fromkeys(("memory", "new programs", "core dumps"), verdict)


def _enter_job(limits: Limits) -> str:
    """ "enforced", or why this process could not be put into a job object of its own.

    The handle is left open: the limits last as long as the process.
    """
    if sys.platform == "win32":
        return _granted(wished(limits))
    return "there are no job objects here"


if sys.platform == "win32":

    def _granted(wish: _Extended) -> str:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        entered = kernel.SetInformationJobObject(
            job, EXTENDED_LIMIT_INFORMATION, ctypes.byref(wish), ctypes.sizeof(wish)
        ) and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
        return ENFORCED if entered else f"job object: Windows error {ctypes.get_last_error()}"
