from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.domain.errors import DeviceUnknown
from desktop.workers.generator import computer, ggml
from desktop.workers.generator.cores import Cores
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.protocol import ComputerExamined, ExamineComputer, LoadModel
from tests.unit.workers.generator.gguf_files import STARTER
from tests.unit.workers.generator.playing import play

Fresh = Callable[[], LlamaWorker]


def test_this_computer_is_described(fresh: Fresh) -> None:
    found = play(fresh(), ExamineComputer()).result
    assert isinstance(found, ComputerExamined)
    assert found.processor
    assert found.threads == psutil.cpu_count()
    assert 1 <= found.performance_cores <= found.cores <= found.threads
    assert found.memory == psutil.virtual_memory().total
    assert 0 < found.free <= found.memory
    assert "CPU" in found.backends
    assert found.version[0].isdigit()
    assert all(device.free <= device.memory for device in found.devices)
    assert "OPENMP" not in found.features


def test_no_device_is_made_up(fresh: Fresh) -> None:
    with pytest.raises(DeviceUnknown, match="no device named CUDA9"):
        play(fresh(), LoadModel(os.fsencode(STARTER), device="CUDA9", gpu_layers=4))
    assert all(ggml.device_named(device.name) for device in ggml.devices())
    with pytest.raises(DeviceUnknown):
        ggml.device_named("CPU")  # the processor takes no layers from itself


GIB = 2**30


@pytest.mark.parametrize(
    ("said", "free"),
    [
        (0, 0),
        (3 * GIB, 3 * GIB),
        (8 * GIB, 8 * GIB),
        (9 * GIB, 8 * GIB),  # a driver that grants more than there is
        (2**64 - 1, 0),  # one byte more is in use than it would grant
        (2**64 - 2 * GIB, 0),
    ],
)
def test_free_memory_of_a_device_is_never_more_than_it_has(said: int, free: int) -> None:
    assert ggml.free_memory(said, 8 * GIB) == free


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("CPU : SSE3 = 1 | AVX = 1 | AVX512 = 0 | OPENMP = 1 | REPACK = 1 | ", ["SSE3", "AVX"]),
        ("CUDA : ARCHS = 890 | USE_GRAPHS = 1 | CPU : AVX2 = 1 | LLAMAFILE = 1 | ", ["AVX2"]),
        ("Metal : EMBED_LIBRARY = 1 | CPU : NEON = 1 | SVE_CNT = 16 | ", ["NEON", "SVE_CNT=16"]),
        ("", []),
    ],
)
def test_instruction_sets_are_those_of_the_processor(said: str, named: list[str]) -> None:
    assert computer.features(said) == named


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says")
def test_what_linux_says_of_its_processors_is_read(tmp_path: Path) -> None:
    def says(cpu: int, core: str, **rank: int) -> None:
        folder = tmp_path / f"cpu{cpu}"
        (folder / "topology").mkdir(parents=True)
        (folder / "cpufreq").mkdir()
        (folder / "topology/core_cpus_list").write_text(f"{core}\n")
        if "capacity" in rank:
            (folder / "cpu_capacity").write_text(f"{rank['capacity']}\n")
        if "frequency" in rank:
            (folder / "cpufreq/cpuinfo_max_freq").write_text(f"{rank['frequency']}\n")

    # A virtual machine says the same capacity of all; then the frequency tells.
    says(0, "0-1", capacity=1024, frequency=4_900_000)
    says(1, "0-1", capacity=1024, frequency=4_900_000)
    says(2, "2", capacity=1024, frequency=3_500_000)
    (tmp_path / "cpu3").mkdir()  # switched off
    (tmp_path / "cpuidle").mkdir()
    hybrid = tmp_path / "cpus"
    assert computer._linux_cores(tmp_path, hybrid) == Cores(2, 1)
    hybrid.write_text("0-2\n")
    assert computer._linux_cores(tmp_path, hybrid) == Cores(2, 2)


def test_metadata_is_read_as_text_or_not_at_all(tmp_path: Path) -> None:
    found = ggml.metadata(STARTER, "general.architecture", "llama.block_count", "no.such")
    assert found == {"general.architecture": "llama"}
    (tmp_path / "x.gguf").write_bytes(b"GGUF, but no more")
    assert ggml.metadata(tmp_path / "x.gguf", "general.architecture") is None
    assert ggml.metadata(tmp_path / "gone.gguf", "general.architecture") is None
