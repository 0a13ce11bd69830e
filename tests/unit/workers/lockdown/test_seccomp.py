"""The call filter, run by a small interpreter of its instructions, for both processor families.

What the kernel makes of it is tried by real children in `tests/faults/test_children.py`.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Sequence

import pytest

from desktop.workers.lockdown import Limits
from desktop.workers.lockdown import seccomp as filters
from desktop.workers.lockdown.seccomp import ARCHITECTURES, Architecture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="flags of POSIX files")

PID = 4_321
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK = 1, 2, 10, 16
NEW_THREAD = 0x3D0F00  # the flags of a thread as the C library makes it
NEW_PROCESS = 0x1200011  # and of fork()
NEXT_ABI = 0x40000000
SIGKILL = 9


@pytest.fixture(params=ARCHITECTURES)
def processor(request: pytest.FixtureRequest) -> Architecture:
    return ARCHITECTURES[str(request.param)]


def verdict(
    processor: Architecture,
    limits: Limits,
    call: str | int,
    *arguments: int,
    audit: int | None = None,
) -> int:
    """0 if the filter lets the call through, else the error number it answers with."""
    number = processor.numbers[call] if isinstance(call, str) else call
    padded = [*(value % 2**64 for value in arguments), *[0] * (6 - len(arguments))]
    facts = struct.pack("=IIQ6Q", number, audit or processor.audit, 0, *padded)
    outcome = interpret(filters.program(processor, filters.rules(limits, PID)), facts)
    if outcome == filters.ALLOW:
        return 0
    assert outcome & 0xFFFF0000 == filters.ERROR
    return outcome & 0xFFFF


def interpret(program: bytes, facts: bytes) -> int:
    """What a classic BPF machine returns for `program`; every jump stays inside it."""
    lines: Sequence[tuple[int, int, int, int]] = list(struct.iter_unpack("=HBBI", program))
    place = accumulator = 0
    while True:
        code, if_true, if_false, value = lines[place]
        place += 1
        if code == filters.LOAD:
            (accumulator,) = struct.unpack_from("=I", facts, value)
        elif code == filters.AND:
            accumulator &= value
        elif code == filters.JUMP_EQUAL:
            place += if_true if accumulator == value else if_false
        elif code == filters.JUMP_AT_LEAST:
            place += if_true if accumulator >= value else if_false
        else:
            assert code == filters.RETURN
            return value


def test_everyday_calls_pass(processor: Architecture) -> None:
    known = set(processor.numbers.values())
    for number in set(range(400)) - known:
        assert verdict(processor, Limits(), number) == 0


@pytest.mark.parametrize("family", [AF_UNIX, AF_INET, AF_NETLINK, 10, 17])
def test_no_socket(processor: Architecture, family: int) -> None:
    assert verdict(processor, Limits(), "socket", family, 1) == errno.EACCES
    assert verdict(processor, Limits(), "connect", 3) == errno.EACCES


def test_local_sockets_alone_where_they_are_needed(processor: Architecture) -> None:
    limits = Limits(allow_local_sockets=True)

    assert verdict(processor, limits, "socket", AF_UNIX, 1) == 0
    for family in (0, AF_INET, AF_NETLINK, 10, 17, 40):
        assert verdict(processor, limits, "socket", family, 1) == errno.EACCES
    # The kernel reads an int: the upper half of the register decides nothing.
    assert verdict(processor, limits, "socket", AF_INET + 2**32) == errno.EACCES


def test_connections_out_and_never_in_where_the_network_is_allowed(
    processor: Architecture,
) -> None:
    limits = Limits(allow_network=True)

    for family in (AF_INET, AF_INET6):
        assert verdict(processor, limits, "socket", family, 1) == 0
    for family in (0, AF_UNIX, AF_NETLINK, 17, 40):  # packets and virtual machines among them
        assert verdict(processor, limits, "socket", family, 1) == errno.EACCES
    assert verdict(processor, limits, "connect", 3) == 0
    assert verdict(processor, limits, "bind", 3) == errno.EACCES
    assert verdict(processor, limits, "listen", 3) == errno.EACCES
    both = Limits(allow_network=True, allow_local_sockets=True)
    assert verdict(processor, both, "socket", AF_UNIX, 1) == 0


def test_threads_but_no_processes(processor: Architecture) -> None:
    assert verdict(processor, Limits(), "clone", NEW_THREAD) == 0
    assert verdict(processor, Limits(), "clone", NEW_PROCESS) == errno.EACCES
    assert verdict(processor, Limits(), "clone3") == errno.ENOSYS
    assert verdict(processor, Limits(), "execve") == errno.EACCES
    assert verdict(processor, Limits(), "execveat") == errno.EACCES

    free = Limits(allow_new_programs=True)
    assert verdict(processor, free, "clone", NEW_PROCESS) == 0
    assert verdict(processor, free, "execve") == 0


def test_signals_reach_the_process_itself_alone(processor: Architecture) -> None:
    for call in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        assert verdict(processor, Limits(), call, PID, SIGKILL) == 0
        for other in (PID - 1, 1, 0, -1, -PID):  # 0 and below: groups, and everyone
            assert verdict(processor, Limits(), call, other, SIGKILL) == errno.EPERM
    assert verdict(processor, Limits(), "tkill", PID) == errno.EACCES
    assert verdict(processor, Limits(), "prlimit64", 0) == 0
    assert verdict(processor, Limits(), "prlimit64", PID - 1) == errno.EPERM


def test_files_can_be_opened_to_read_and_to_nothing_else(processor: Architecture) -> None:
    refused = (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_RDWR | os.O_TMPFILE)
    for call, before in (("openat", 2), ("open", 1)):
        if call not in processor.numbers:
            continue
        paths = [0] * before
        assert verdict(processor, Limits(), call, *paths, os.O_RDONLY | os.O_CLOEXEC) == 0
        for flags in refused:
            assert verdict(processor, Limits(), call, *paths, flags) == errno.EACCES
            assert verdict(processor, Limits(allow_file_writes=True), call, *paths, flags) == 0
            assert verdict(processor, Limits(writable=("index",)), call, *paths, flags) == 0
    assert verdict(processor, Limits(), "openat2") == errno.ENOSYS
    assert verdict(processor, Limits(), "unlinkat") == errno.EACCES
    assert verdict(processor, Limits(writable=("index",)), "fchmodat") == errno.EPERM


def test_ways_around_the_filter_are_closed_to_every_child(processor: Architecture) -> None:
    freest = Limits(allow_file_writes=True, allow_new_programs=True, allow_local_sockets=True)
    for call in ("io_uring_setup", "io_uring_enter", "io_uring_register"):
        assert verdict(processor, freest, call) == errno.ENOSYS
    for call in ("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "unshare"):
        assert verdict(processor, freest, call) == errno.EACCES


def test_other_calling_conventions_are_refused_altogether(processor: Architecture) -> None:
    i386 = 0x40000003
    for number in range(0, 500, 7):
        assert verdict(processor, Limits(), number, audit=i386) == errno.EPERM
        if processor.has_x32:
            assert verdict(processor, Limits(), number + NEXT_ABI) == errno.EPERM


def test_both_processor_families_refuse_the_same_things() -> None:
    """Calls that one of them lacks are the old spellings of calls it has."""
    old = set(ARCHITECTURES["x86_64"].numbers) - set(ARCHITECTURES["aarch64"].numbers)

    assert not set(ARCHITECTURES["aarch64"].numbers) - set(ARCHITECTURES["x86_64"].numbers)
    for call in old - {"fork", "vfork", "creat", "rmdir", "utime", "utimes", "futimesat", "lchown"}:
        assert {f"{call}at", f"f{call}at"} & set(ARCHITECTURES["aarch64"].numbers), call


def test_an_unknown_processor_is_reported_not_guessed() -> None:
    assert "riscv64" in filters.install(Limits(), "riscv64")
