"""What is asked of each system, as far as it can be read without that system."""

from __future__ import annotations

import ctypes
import sys

import pytest

from desktop.workers.lockdown import PROTECTIONS, Limits, expected_protections, windows

if sys.platform != "win32":
    from desktop.workers.lockdown import landlock, macos, posix

MIB = 1024 * 1024


def test_the_network_is_refused_unless_asked_for_and_other_processes_always_are() -> None:
    free = Limits(
        open_files=None, allow_file_writes=True, allow_new_programs=True, allow_local_sockets=True
    )

    assert expected_protections(free) == ("network", "other processes", "core dumps")
    assert "network" not in expected_protections(Limits(allow_network=True))
    strict = Limits(memory_bytes=MIB, file_size=0)
    assert expected_protections(strict) == tuple(PROTECTIONS)


def test_windows_is_asked_for_memory_and_a_single_process() -> None:
    wish = windows.wished(Limits(memory_bytes=64 * MIB))

    assert wish.process_memory_limit == 64 * MIB
    assert wish.basic.active_process_limit == 1
    assert wish.basic.limit_flags == (
        windows.LIMIT_PROCESS_MEMORY
        | windows.LIMIT_ACTIVE_PROCESS
        | windows.LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    )
    free = windows.wished(Limits(allow_new_programs=True))
    assert free.basic.limit_flags == windows.LIMIT_DIE_ON_UNHANDLED_EXCEPTION


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes of 64-bit Windows")
def test_the_job_objects_limits_have_the_size_windows_expects() -> None:
    assert ctypes.sizeof(windows.wished(Limits())) == 144
    assert ctypes.sizeof(windows.wished(Limits()).basic) == 64


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
class TestPosix:
    def test_the_sandbox_profile_refuses_what_the_limits_refuse(self) -> None:
        strict = macos.profile(Limits(writable=('/tmp/a "b"',)))
        free = macos.profile(Limits(allow_file_writes=True, allow_new_programs=True))

        assert "(deny network*)" in strict
        assert "(deny process-exec)" in strict
        lines = strict.splitlines()
        assert lines.index("(deny file-write*)") < len(lines) - 1  # the last rule that fits decides
        assert lines[-1].endswith('a \\"b\\""))')
        assert "(deny network*)" in free
        assert "(deny network*)" not in macos.profile(Limits(allow_network=True))
        assert "(deny network-bind)" in macos.profile(Limits(allow_network=True))
        assert "file-write" not in free
        assert "process-exec" not in free

    def test_landlock_is_asked_for_what_its_version_knows(self) -> None:
        assert landlock.rights(1) == 0b1_1111_1111_0010
        assert landlock.rights(2) - landlock.rights(1) == 1 << 13
        assert landlock.rights(3) - landlock.rights(2) == 1 << 14
        assert landlock.rights(9) == landlock.rights(3)

    def test_a_wall_is_enforced_only_if_it_stopped_an_attempt(self) -> None:
        def refused() -> None:
            raise PermissionError(13, "Permission denied")

        def broken() -> None:
            raise FileNotFoundError(2, "No such file or directory")

        assert posix.verdict(refused, 13) == "enforced"
        assert posix.verdict(broken, 13) == "not known: No such file or directory"
        assert posix.verdict(lambda: None, 13) == "not enforced"
