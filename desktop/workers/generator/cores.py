"""How many cores a processor has, and how many of them are made for performance. Pure parsing.

Each system tells it in another form; the functions here take that form and ask no system. Cores
that differ by a little are of one kind: processors let a favoured core or two run a few per cent
faster than their like, while cores made for saving power reach 55 to 79 % of the others.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

LIKE = 0.8  # of the best core's rank; from here up, a core is of its kind

# SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX of winnt.h: relationship and size, and of a
# PROCESSOR_RELATIONSHIP what follows first: flags and efficiency class.
_ENTRY = struct.Struct("<IIBB")
_PROCESSOR_CORE = 0  # RelationProcessorCore


class Cores(NamedTuple):
    """Cores, not threads: two threads of one core are counted once."""

    cores: int
    performance: int  # all, where they are of one kind


def linux(
    siblings: Mapping[int, str], ranks: Mapping[int, int], performance: str | None = None
) -> Cores:
    """From /sys/devices/system/cpu.

    `siblings`: thread -> topology/core_cpus_list, the same text for all threads of a core. `ranks`:
    thread -> cpu_capacity, or cpufreq/cpuinfo_max_freq where there is none. `performance`:
    /sys/devices/cpu_core/cpus, which a hybrid Intel processor has, and which then decides.
    """
    cores = set(siblings.values())
    if performance is not None:
        chosen = set(cpu_list(performance))
    else:
        best = max(ranks.values(), default=0)
        chosen = {cpu for cpu in siblings if ranks.get(cpu, best) >= LIKE * best}
    kept = {core for cpu, core in siblings.items() if cpu in chosen}
    return Cores(len(cores), len(kept) or len(cores))


def cpu_list(text: str) -> Iterator[int]:
    """The numbers in a list as Linux writes it: "0-11,16". What is no number is passed over."""
    for part in text.strip().split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            yield from range(int(first), min(int(last or first), int(first) + 4_095) + 1)


def mac(levels: Mapping[str, int]) -> Cores:
    """From sysctl's hw.physicalcpu and hw.perflevel0.physicalcpu; level 0 is the highest.

    Macs with a processor of Intel's know no levels.
    """
    count = levels.get("hw.physicalcpu", 0)
    return Cores(count, levels.get("hw.perflevel0.physicalcpu", 0) or count)


def windows(entries: bytes) -> Cores:
    """From GetLogicalProcessorInformationEx(RelationProcessorCore): one entry a core.

    The higher its efficiency class, the more a core is made for performance.
    """
    classes = []
    at = 0
    while at + _ENTRY.size <= len(entries):
        relationship, size, _, efficiency_class = _ENTRY.unpack_from(entries, at)
        if size < _ENTRY.size:
            break
        if relationship == _PROCESSOR_CORE:
            classes.append(efficiency_class)
        at += size
    return Cores(len(classes), classes.count(max(classes, default=0)))


def name_in_cpuinfo(text: str) -> str:
    """The processor's name in Linux's /proc/cpuinfo; "" where it does not say (most ARM ones)."""
    named: dict[str, str] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            named.setdefault(key.strip(), value.strip())
    for key in ("model name", "Hardware", "cpu model", "Model"):
        if named.get(key):
            return named[key]
    return ""
