"""The system call filter of a child on Linux: a seccomp program, built and given to the kernel.

A filter can look at numbers only, never at what a pointer points to; it stays for the life of the
process and of everything it starts. Refused calls get an error, so that a library that merely
tried goes on; only calls with a fallback get ENOSYS, which makes the C library take it.

Sources, all of the kernel: Documentation/userspace-api/seccomp_filter.rst;
include/uapi/linux/{seccomp,filter,audit}.h; the call numbers of
arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h (aarch64).
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.workers.lockdown import Limits

# One instruction: code, jump if true, jump if false, constant (struct sock_filter).
_INSTRUCTION: Final = struct.Struct("=HBBI")
LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
JUMP_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
JUMP_AT_LEAST: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
AND: Final = 0x54  # BPF_ALU | BPF_AND | BPF_K
RETURN: Final = 0x06  # BPF_RET | BPF_K

ALLOW: Final = 0x7FFF0000  # SECCOMP_RET_ALLOW
ERROR: Final = 0x00050000  # SECCOMP_RET_ERRNO; the error number is in the low 16 bits

# Offsets into struct seccomp_data.
_NUMBER: Final = 0
_ARCHITECTURE: Final = 4
_ARGUMENTS: Final = 16  # six of 8 bytes, little endian on both architectures

PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2

_X32: Final = 0x40000000  # the bit that marks calls of the x32 ABI
_CLONE_THREAD: Final = 0x00010000
_AF_UNIX: Final = 1
_AF_INET: Final = 2
_AF_INET6: Final = 10


@dataclass(frozen=True, slots=True)
class Architecture:
    """A processor family: its audit number and the numbers of the calls we name."""

    audit: int
    numbers: dict[str, int]
    has_x32: bool = False


# fmt: off
X86_64: Final = Architecture(0xC000003E, has_x32=True, numbers={
    "socket": 41, "connect": 42, "bind": 49, "listen": 50,
    "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "clone3": 435,
    "kill": 62, "tkill": 200, "tgkill": 234, "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297,
    "pidfd_send_signal": 424, "pidfd_getfd": 438, "prlimit64": 302,
    "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "unshare": 272, "setns": 308, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
    "add_key": 248, "request_key": 249, "keyctl": 250,
    "open": 2, "creat": 85, "openat": 257, "openat2": 437, "truncate": 76,
    "rename": 82, "renameat": 264, "renameat2": 316, "mkdir": 83, "mkdirat": 258, "rmdir": 84,
    "link": 86, "linkat": 265, "symlink": 88, "symlinkat": 266, "unlink": 87, "unlinkat": 263,
    "mknod": 133, "mknodat": 259, "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452,
    "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260,
    "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190,
    "utime": 132, "utimes": 235, "futimesat": 261, "utimensat": 280,
})

AARCH64: Final = Architecture(0xC00000B7, numbers={
    "socket": 198, "connect": 203, "bind": 200, "listen": 201,
    "clone": 220, "execve": 221, "execveat": 281, "clone3": 435,
    "kill": 129, "tkill": 130, "tgkill": 131, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
    "pidfd_send_signal": 424, "pidfd_getfd": 438, "prlimit64": 261,
    "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "unshare": 97, "setns": 268, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282,
    "add_key": 217, "request_key": 218, "keyctl": 219,
    "openat": 56, "openat2": 437, "truncate": 45,
    "renameat": 38, "renameat2": 276, "mkdirat": 34, "linkat": 37, "symlinkat": 36, "unlinkat": 35,
    "mknodat": 33, "fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "fchown": 55, "fchownat": 54,
    "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "utimensat": 88,
})
# fmt: on

ARCHITECTURES: Final = {"x86_64": X86_64, "aarch64": AARCH64}

# Around every other wall: rings make sockets and open files without a call the filter would see.
_RINGS: Final = ("io_uring_setup", "io_uring_enter", "io_uring_register")
# Into other processes, new namespaces (root inside, and with it the kernel's less tested half),
# and the user's key rings.
_OTHERS: Final = (
    "pidfd_send_signal pidfd_getfd ptrace process_vm_readv process_vm_writev kcmp unshare setns bpf"
    " perf_event_open userfaultfd add_key request_key keyctl"
).split()
# The process itself may be meant: abort() signals its own thread.
_OTHERS_BY_PID: Final = "kill tgkill rt_sigqueueinfo rt_tgsigqueueinfo".split()
_PROGRAMS: Final = ("execve", "execveat", "fork", "vfork")
_FILES: Final = (
    "creat truncate rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink symlinkat"
    " unlink unlinkat mknod mknodat"
).split()
_TRAITS_OF_FILES: Final = (
    "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat setxattr lsetxattr fsetxattr"
    " utime utimes futimesat utimensat"
).split()


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse a call with `error`, unless `(argument & mask)` is one of `allowed` (32 bits)."""

    call: str
    error: int = errno.EACCES
    argument: int = 0
    mask: int = 0xFFFFFFFF
    allowed: tuple[int, ...] = ()


def rules(limits: Limits, pid: int) -> list[Refuse]:
    """What a child with `limits` and process id `pid` is refused."""
    found = [Refuse(call, errno.ENOSYS) for call in _RINGS]
    found += [Refuse(call) for call in _OTHERS]
    found += [Refuse("tkill")]  # names a thread, which a filter cannot tell from another's
    found += [Refuse(call, errno.EPERM, allowed=(pid,)) for call in _OTHERS_BY_PID]
    found.append(Refuse("prlimit64", errno.EPERM, allowed=(0, pid)))  # 0: the process itself
    families = _families(limits)
    if families:
        found.append(Refuse("socket", allowed=families))
    else:
        found += [Refuse(call) for call in ("socket", "connect")]
    if limits.allow_network or not families:
        found += [Refuse(call) for call in ("bind", "listen")]
    if not limits.allow_new_programs:
        found += [Refuse(call) for call in _PROGRAMS]
        found.append(Refuse("clone3", errno.ENOSYS))  # flags behind a pointer; clone's are not
        found.append(Refuse("clone", mask=_CLONE_THREAD, allowed=(_CLONE_THREAD,)))
    if not limits.allow_file_writes:
        found += [Refuse(call, errno.EPERM) for call in _TRAITS_OF_FILES]
    if not limits.allow_file_writes and not limits.writable:  # else Landlock tells paths apart
        writing = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC
        found += [Refuse(call) for call in _FILES]
        found.append(Refuse("openat2", errno.ENOSYS))
        found.append(Refuse("open", argument=1, mask=writing, allowed=(os.O_RDONLY,)))
        found.append(Refuse("openat", argument=2, mask=writing, allowed=(os.O_RDONLY,)))
    return found


def _families(limits: Limits) -> tuple[int, ...]:
    """The families of sockets that may be made. Looking a name up makes do with IP alone."""
    local = (_AF_UNIX,) if limits.allow_local_sockets else ()
    return (*local, _AF_INET, _AF_INET6) if limits.allow_network else local


def program(architecture: Architecture, refusals: Iterable[Refuse]) -> bytes:
    """The filter as the kernel takes it: 8 bytes an instruction.

    Calls of another ABI of the same machine (i386, x32) are refused altogether. Calls that the
    architecture does not have are left out.
    """
    code = [
        (LOAD, 0, 0, _ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, architecture.audit),
        (RETURN, 0, 0, ERROR | errno.EPERM),
        (LOAD, 0, 0, _NUMBER),
    ]
    if architecture.has_x32:
        code += [(JUMP_AT_LEAST, 0, 1, _X32), (RETURN, 0, 0, ERROR | errno.EPERM)]
    for refusal in refusals:
        number = architecture.numbers.get(refusal.call)
        if number is not None:
            body = _body(refusal)
            code += [(JUMP_EQUAL, 0, len(body), number), *body]
    code.append((RETURN, 0, 0, ALLOW))
    return b"".join(_INSTRUCTION.pack(*line) for line in code)


def _body(refusal: Refuse) -> list[tuple[int, int, int, int]]:
    refuse = (RETURN, 0, 0, ERROR | refusal.error)
    if not refusal.allowed:
        return [refuse]
    # Each test jumps over the ones after it and the refusal.
    tests = [
        (JUMP_EQUAL, len(refusal.allowed) - place, 0, value)
        for place, value in enumerate(refusal.allowed)
    ]
    load = (LOAD, 0, 0, _ARGUMENTS + 8 * refusal.argument)
    return [load, (AND, 0, 0, refusal.mask), *tests, refuse, (RETURN, 0, 0, ALLOW)]


class _Program(ctypes.Structure):
    """struct sock_fprog"""

    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]


def install(limits: Limits, machine: str) -> str:
    """Put the filter on this thread and all it will start. Returns "" or why it could not be.

    `machine` is what `os.uname` calls the processor. The caller has set no_new_privs.
    """
    architecture = ARCHITECTURES.get(machine)
    if architecture is None:
        return f"no system call filter for {machine} processors"
    code = program(architecture, rules(limits, os.getpid()))
    libc = ctypes.CDLL(None, use_errno=True)
    handed = _Program(len(code) // _INSTRUCTION.size, code)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(handed), 0, 0):
        return f"seccomp: {os.strerror(ctypes.get_errno())}"
    return ""
