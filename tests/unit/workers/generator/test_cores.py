"""What real laptops say of their cores, as text and bytes."""

from __future__ import annotations

import struct

import pytest

from desktop.workers.generator.cores import Cores, cpu_list, linux, mac, name_in_cpuinfo, windows


def siblings(paired: int, single: int) -> dict[int, str]:
    """Threads of `paired` cores with two threads each, then of `single` ones."""
    found = {cpu: f"{cpu // 2 * 2}-{cpu // 2 * 2 + 1}" for cpu in range(2 * paired)}
    return found | {cpu: str(cpu) for cpu in range(2 * paired, 2 * paired + single)}


def windows_entry(efficiency_class: int, threads: int = 1) -> bytes:
    """A SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX of one core in one group, 48 bytes."""
    flags = 1 if threads > 1 else 0
    core = struct.pack("<BB20xH", flags, efficiency_class, 1)
    group = struct.pack("<QH6x", (1 << threads) - 1, 0)
    return struct.pack("<II", 0, 48) + core + group


def test_a_hybrid_intel_processor_names_its_performance_cores() -> None:
    # Core i7-1260P: 4 performance cores with two threads each, 8 efficient ones.
    assert linux(siblings(4, 8), {}, "0-7\n") == Cores(12, 4)
    # Core Ultra 7 155H: 6 + 8 + 2, the threads of a core not side by side.
    spread = {0: "0,5", 5: "0,5", 6: "6-7", 7: "6-7", **{cpu: str(cpu) for cpu in range(8, 18)}}
    assert linux(spread, {}, "0,5-7") == Cores(12, 2)


def test_cores_of_an_arm_processor_are_told_apart_by_capacity() -> None:
    # Three kinds: one, three and four cores. The two upper kinds are near each other.
    capacities = {0: 1024, **dict.fromkeys(range(1, 4), 871), **dict.fromkeys(range(4, 8), 325)}
    assert linux(siblings(0, 8), capacities) == Cores(8, 4)


def test_an_amd_processor_with_small_cores_is_told_by_their_frequency() -> None:
    # Ryzen 5 7545U: two Zen 4 cores at 4.9 GHz, four Zen 4c at 3.5 GHz.
    frequencies = {cpu: 4_900_000 if cpu < 4 else 3_500_000 for cpu in range(12)}
    assert linux(siblings(6, 0), frequencies) == Cores(6, 2)


def test_a_favoured_core_is_no_other_kind() -> None:
    # Ryzen 7 5800U with amd-pstate: cores differ by a few per cent.
    frequencies = {cpu: 4_507_000 - 40_000 * (cpu // 2) for cpu in range(16)}
    assert linux(siblings(8, 0), frequencies) == Cores(8, 8)


def test_without_any_rank_all_cores_are_alike() -> None:
    assert linux(siblings(2, 0), {}) == Cores(2, 2)
    assert linux({}, {}) == Cores(0, 0)
    assert linux(siblings(2, 0), {}, "") == Cores(2, 2)  # a list that names none of them


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0-3,8\n", [0, 1, 2, 3, 8]),
        ("0", [0]),
        ("", []),
        ("none", []),
        ("3-", [3]),
        ("0-99999999999", list(range(4_096))),
    ],
)
def test_a_list_of_processors(text: str, numbers: list[int]) -> None:
    assert list(cpu_list(text)) == numbers


def test_a_mac_tells_performance_levels() -> None:
    m1_air = {"hw.physicalcpu": 8, "hw.perflevel0.physicalcpu": 4, "hw.perflevel1.physicalcpu": 4}
    assert mac(m1_air) == Cores(8, 4)
    intel = {"hw.physicalcpu": 4, "hw.perflevel0.physicalcpu": 0}  # a name that it does not know
    assert mac(intel) == Cores(4, 4)
    assert mac({}) == Cores(0, 0)


def test_windows_tells_efficiency_classes() -> None:
    # Core i7-1260P again, as Windows has it: the higher class is the faster one.
    hybrid = b"".join([windows_entry(1, 2)] * 4 + [windows_entry(0)] * 8)
    assert windows(hybrid) == Cores(12, 4)
    assert windows(windows_entry(0, 2) * 6) == Cores(6, 6)


def test_entries_that_are_no_cores_or_not_whole_are_passed_over() -> None:
    cache = struct.pack("<II", 2, 56) + bytes(48)
    assert windows(cache + windows_entry(0, 2) + windows_entry(0)[:7]) == Cores(1, 1)
    assert windows(b"") == Cores(0, 0)
    assert windows(bytes(48)) == Cores(0, 0)  # an entry of no length would never end


@pytest.mark.parametrize(
    ("cpuinfo", "name"),
    [
        (
            "processor\t: 0\nmodel\t\t: 154\nmodel name\t: 12th Gen Intel(R) Core(TM) i7-1260P\n",
            "12th Gen Intel(R) Core(TM) i7-1260P",
        ),
        (
            "processor\t: 0\nBogoMIPS\t: 108.00\n\nModel\t\t: Raspberry Pi 5 Model B Rev 1.0\n",
            "Raspberry Pi 5 Model B Rev 1.0",
        ),
        ("processor\t: 0\nBogoMIPS\t: 48.00\nCPU implementer\t: 0x61\n", ""),
        ("", ""),
    ],
)
def test_the_processor_s_name(cpuinfo: str, name: str) -> None:
    assert name_in_cpuinfo(cpuinfo) == name
