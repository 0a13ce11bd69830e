"""The lockdown on macOS: resource limits and a sandbox profile, as far as the system grants them.

`sandbox_init` is deprecated and has no successor for a program that is not sold in the App Store;
it is what browsers use. Its profile language is documented by the profiles in /usr/share/sandbox.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys

from desktop.workers.lockdown import Limits, posix

if sys.platform == "win32":
    raise ImportError("POSIX only")


def lock_down(limits: Limits) -> dict[str, str]:
    """See `desktop.workers.lockdown.lock_down`."""
    posix.set_limits(limits)
    missing = _enter_sandbox(profile(limits))

    refused = (errno.EPERM, errno.EACCES)
    found = posix.resource_verdicts(limits)
    if missing:
        walls = ("network", "new programs", "other processes", "file writes")
        return found | dict.fromkeys(walls, missing)
    found["other processes"] = posix.verdict(posix.try_other_process, *refused)
    found["new programs"] = posix.verdict(posix.try_program, *refused)
    found["file writes"] = posix.verdict(posix.try_file_write, *refused)
    # A sandbox lets a socket be made and refuses its use; an address that is never routed
    # (RFC 5737) tells without a packet leaving.
    found["network"] = posix.verdict(posix.try_datagram, *refused)
    return found


def profile(limits: Limits) -> str:
    """The sandbox profile for `limits`, in the system's profile language."""
    lines = ["(version 1)", "(allow default)", "(deny signal (target others))"]
    if limits.allow_network:
        lines.append("(deny network-inbound) (deny network-bind)")
    elif limits.allow_local_sockets:
        lines.append("(deny network-outbound (remote ip)) (deny network-bind)")
    else:
        lines.append("(deny network*)")
    if not limits.allow_new_programs:
        lines.append("(deny process-exec) (deny process-fork)")
    if not limits.allow_file_writes:
        lines.append("(deny file-write*)")
        lines += [f"(allow file-write* (subpath {_quoted(path)}))" for path in limits.writable]
    return "\n".join(line for line in lines if line)


def _quoted(path: str) -> str:
    escaped = os.path.realpath(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _enter_sandbox(rules: str) -> str:
    """Returns "" or why the sandbox could not be entered."""
    try:
        system = ctypes.CDLL("/usr/lib/libSystem.B.dylib", use_errno=True)
        reason = ctypes.c_char_p()
        if system.sandbox_init(rules.encode(), ctypes.c_uint64(0), ctypes.byref(reason)):
            return f"sandbox: {(reason.value or b'refused').decode(errors='replace')[:200]}"
    except (OSError, AttributeError) as absent:
        return f"sandbox: {absent}"[:200]
    return ""
