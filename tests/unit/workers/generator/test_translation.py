from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.domain.errors import WorkerCrashed
from desktop.domain.hardware import Backend, Build, Gpu, Processor
from desktop.domain.models import (
    CPU,
    PROGRAM_CHOOSES,
    Adapter,
    CacheType,
    LoadSettings,
    ModelFile,
)
from desktop.workers.generator import translation
from desktop.workers.generator.translation import Wish
from desktop.workers.protocol import (
    ComputerExamined,
    Device,
    Done,
    LoadModel,
    ModelLoaded,
    decode_from_child,
    encode,
)

MODEL = ModelFile("m", Path("m.gguf"), "", 1, 8192)
GIB = 2**30
LAPTOP = ComputerExamined(
    processor="12th Gen Intel(R) Core(TM) i7-1260P",
    architecture="x86_64",
    features=["AVX2", "FMA"],
    cores=12,
    performance_cores=4,
    threads=16,
    memory=16 * GIB,
    free=9 * GIB,
    devices=[
        Device("CUDA0", "NVIDIA GeForce RTX 3050 Laptop GPU", "CUDA", 4 * GIB, 3 * GIB),
        Device("Vulkan1", "Intel(R) Iris(R) Xe", "Vulkan", 8 * GIB, 7 * GIB, integrated=True),
        Device("ROCm0", "AMD Radeon RX 7600M", "HIP", 8 * GIB, 8 * GIB),
        Device("MTL0", "Apple M3", "MTL", 12 * GIB, 12 * GIB, integrated=True),
        Device("OpenCL0", "QUALCOMM Adreno", "OpenCL", 4 * GIB, 4 * GIB),
    ],
    version="0.3.36",
    backends=["CUDA", "CPU"],
    gpu_offload=True,
)


def test_a_computer_with_every_kind_of_device() -> None:
    found = translation.computer(LAPTOP)
    assert found.processor == Processor(
        LAPTOP.processor, "x86_64", ("AVX2", "FMA"), cores=12, performance_cores=4, threads=16
    )
    assert (found.memory, found.free_memory) == (16 * GIB, 9 * GIB)
    assert found.build == Build("0.3.36", ("CUDA", "CPU"), gpu_offload=True)
    assert found.gpus[1] == Gpu(
        "Vulkan1", "Intel(R) Iris(R) Xe", Backend.VULKAN, 8 * GIB, 7 * GIB, integrated=True
    )
    backends = [gpu.backend for gpu in found.gpus]
    assert backends == ["CUDA", "Vulkan", "ROCm", "Metal", "other"]


def test_it_crosses_the_pipe_within_bounds() -> None:
    done = Done(1, LAPTOP)
    assert decode_from_child(encode(done)) == done
    crowd = msgspec.structs.replace(LAPTOP, devices=LAPTOP.devices * 20)
    with pytest.raises(msgspec.ValidationError):
        decode_from_child(encode(Done(1, crowd)))


def test_nothing_wished_for_is_what_the_child_does_by_itself() -> None:
    request = translation.load_model(Wish(MODEL, PROGRAM_CHOOSES, 0, CPU), 4096)
    assert request == LoadModel(b"m.gguf")


def test_every_setting_reaches_the_request() -> None:
    settings = LoadSettings(
        device="automatic",
        gpu_layers=99,
        context_window=2048,
        cache_type=CacheType.Q8_0,
        threads=3,
        batch_threads=7,
        batch=256,
        memory_map=True,
        memory_lock=True,
        adapters=(Adapter(Path("a.gguf"), 0.5),),
    )
    request = translation.load_model(Wish(MODEL, settings, 12, "CUDA0"), 4096)
    asked = msgspec.structs.asdict(request)
    untouched = msgspec.structs.asdict(LoadModel(b"m.gguf"))
    same = {name for name, value in asked.items() if value == untouched[name]}
    assert same == {"path", "usual_window"}
    assert (request.device, request.gpu_layers) == ("CUDA0", 12)  # not what was wished for


@pytest.mark.parametrize("reader", [translation.computer, translation.loaded])
def test_an_answer_to_another_question_is_a_child_gone_wrong(reader: object) -> None:
    body = LAPTOP if reader is translation.loaded else ModelLoaded("m", 1, 1, 1)
    with pytest.raises(WorkerCrashed, match=type(body).__name__):
        reader(body)  # type: ignore[operator]
