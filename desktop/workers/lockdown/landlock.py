"""Which files a child on Linux may write: Landlock, which, unlike a call filter, sees paths.

Reading is left alone. Landlock says nothing of modes, owners and times: `seccomp` refuses those.

Source: Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h of the kernel.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from typing import Final

# The same numbers on every architecture.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_VERSION: Final = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH: Final = 1  # LANDLOCK_RULE_PATH_BENEATH

_WRITE_FILE: Final = 1 << 1
_CHANGE_FOLDER: Final = sum(1 << bit for bit in range(4, 13))  # remove and make, of every kind
_REFER: Final = 1 << 13  # rename and link between folders; since version 2
_TRUNCATE: Final = 1 << 14  # since version 3

_RULE: Final = struct.Struct("=Qi")  # struct landlock_path_beneath_attr


def rights(version: int) -> int:
    """Every right to write that Landlock of this version can refuse, as a bit set."""
    handled = _WRITE_FILE | _CHANGE_FOLDER
    if version >= 2:
        handled |= _REFER
    if version >= 3:
        handled |= _TRUNCATE
    return handled


def allow_writes_only(paths: Iterable[str]) -> str:
    """Refuse this thread, and all it will start, to write but to `paths` and what is in them.

    A path that does not exist is passed over. Returns "" or why the wall could not be put up. The
    caller has set no_new_privs.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    if version < 1:
        return f"landlock: {os.strerror(ctypes.get_errno())}"
    handled = rights(version)
    ruleset = libc.syscall(
        _CREATE_RULESET, struct.pack("=Q", handled), ctypes.c_size_t(8), ctypes.c_uint32(0)
    )
    if ruleset < 0:
        return f"landlock: {os.strerror(ctypes.get_errno())}"
    try:
        for path in paths:
            _allow(libc, ruleset, path, handled)
        if libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)):
            return f"landlock: {os.strerror(ctypes.get_errno())}"
    finally:
        os.close(ruleset)
    return ""


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, handled: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            handled &= _WRITE_FILE | _TRUNCATE
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, _RULE.pack(handled, place), 0)
    finally:
        os.close(place)
