"""What the computer has to run models on, asked of the system and of llama.cpp.

Starts no program: where other software would call one, this reads files or calls the system.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

import psutil

from desktop.workers.generator import cores, ggml
from desktop.workers.generator.binding import llama
from desktop.workers.generator.cores import Cores
from desktop.workers.protocol import ComputerExamined

CPUS = Path("/sys/devices/system/cpu")
HYBRID = Path("/sys/devices/cpu_core/cpus")  # only there with a hybrid Intel processor
# What llama.cpp lists beside instruction sets: libraries it was built with, and its own tricks.
NO_INSTRUCTIONS = frozenset({"LLAMAFILE", "OPENMP", "REPACK", "ACCELERATE", "KLEIDIAI", "BLAS"})


def examine() -> ComputerExamined:
    """All of it. Memory is what it is now."""
    memory = psutil.virtual_memory()
    threads = psutil.cpu_count() or 1
    counted = _cores()
    return ComputerExamined(
        processor=_processor(),
        architecture=platform.machine(),
        features=features(llama.llama_print_system_info().decode(errors="replace")),
        cores=counted.cores,
        performance_cores=counted.performance,
        threads=threads,
        memory=memory.total,
        free=memory.available,
        devices=ggml.devices(),
        version=version("llama-cpp-python"),
        backends=ggml.backends(),
        gpu_offload=bool(llama.llama_supports_gpu_offload()),
    )


def usable_threads() -> int:
    """Threads of the processor that this process may use at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def features(system_info: str) -> list[str]:
    """Instruction sets of the processor that llama.cpp uses, of what it says of itself.

    It says "CUDA : ARCHS = 890 | CPU : SSE3 = 1 | AVX = 1 | ...": a name and a colon begin the part
    of each backend.
    """
    parts = re.split(r"(?:^|\| )(\w+) : ", system_info)
    own = "".join(
        part for name, part in zip(parts[1::2], parts[2::2], strict=True) if name == "CPU"
    )
    named = re.findall(r"(\w+) = ([1-9]\d*)", own)
    return [
        name if value == "1" else f"{name}={value}"
        for name, value in named
        if name not in NO_INSTRUCTIONS
    ]


def _cores() -> Cores:
    found = Cores(0, 0)
    if sys.platform == "linux":
        found = _linux_cores(CPUS, HYBRID)
    elif sys.platform == "darwin":
        found = _mac_cores()
    elif sys.platform == "win32":
        found = cores.windows(_windows_entries())
    if found.cores:
        return found
    count = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return Cores(count, count)


def _processor() -> str:
    """The processor's name; what Python calls so is its architecture on most systems."""
    name = ""
    if sys.platform == "linux":
        name = cores.name_in_cpuinfo(_read(Path("/proc/cpuinfo")) or "")
    elif sys.platform == "darwin":
        name = _sysctl_text("machdep.cpu.brand_string")
    elif sys.platform == "win32":
        name = _windows_name()
    return name or platform.processor() or platform.machine()


# -- Linux


def _linux_cores(cpus: Path, hybrid: Path) -> Cores:
    siblings: dict[int, str] = {}
    ranks: dict[str, dict[int, int]] = {"cpu_capacity": {}, "cpufreq/cpuinfo_max_freq": {}}
    for folder in cpus.glob("cpu[0-9]*"):
        number = int(folder.name.removeprefix("cpu"))
        same = _read(folder / "topology/core_cpus_list")
        if same is None:
            same = _read(folder / "topology/thread_siblings_list")
        if same is None:
            continue  # switched off
        siblings[number] = same
        for name, found in ranks.items():
            rank = _read(folder / name) or ""
            if rank.isdecimal():
                found[number] = int(rank)
    capacity, frequency = ranks.values()
    differs = len(set(capacity.values())) > 1
    return cores.linux(siblings, capacity if differs else frequency, _read(hybrid))


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


# -- macOS


def _mac_cores() -> Cores:
    names = ("hw.physicalcpu", "hw.perflevel0.physicalcpu")
    return cores.mac({name: _sysctl_number(name) for name in names})


def _sysctl_number(name: str) -> int:
    value = ctypes.c_int32()
    size = ctypes.c_size_t(ctypes.sizeof(value))
    system = ctypes.CDLL(None)
    if system.sysctlbyname(name.encode(), ctypes.byref(value), ctypes.byref(size), None, 0):
        return 0
    return value.value


def _sysctl_text(name: str) -> str:
    value = ctypes.create_string_buffer(256)
    size = ctypes.c_size_t(len(value))
    if ctypes.CDLL(None).sysctlbyname(name.encode(), value, ctypes.byref(size), None, 0):
        return ""
    return value.value.decode(errors="replace").strip()


# -- Windows

if sys.platform == "win32":
    import winreg

    def _windows_entries() -> bytes:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        size = ctypes.c_uint32(0)
        kernel.GetLogicalProcessorInformationEx(0, None, ctypes.byref(size))  # how much there is
        entries = ctypes.create_string_buffer(size.value)
        if not kernel.GetLogicalProcessorInformationEx(0, entries, ctypes.byref(size)):
            return b""
        return entries.raw[: size.value]

    def _windows_name() -> str:
        key = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                return str(winreg.QueryValueEx(opened, "ProcessorNameString")[0]).strip()
        except OSError:
            return ""
