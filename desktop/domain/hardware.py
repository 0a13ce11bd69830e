"""What a computer has to run models on: its processor, its memory, and the devices beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Backend(StrEnum):
    """By which of llama.cpp's backends a device is reached."""

    CUDA = "CUDA"
    ROCM = "ROCm"
    VULKAN = "Vulkan"
    METAL = "Metal"
    SYCL = "SYCL"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Gpu:
    """A device that can take layers. `name` is llama.cpp's ("CUDA0"), `description` a person's."""

    name: str
    description: str
    backend: Backend
    memory: int  # bytes
    free: int  # bytes, when asked
    integrated: bool = False  # its memory is the computer's own


@dataclass(frozen=True, slots=True)
class Processor:
    """`performance_cores` are counted apart where the processor has two kinds, else all of them."""

    name: str
    architecture: str
    features: tuple[str, ...]  # instruction sets that llama.cpp's build uses, as it names them
    cores: int
    performance_cores: int
    threads: int


@dataclass(frozen=True, slots=True)
class Build:
    """The llama.cpp that is installed."""

    version: str
    backends: tuple[str, ...]  # registered ones: "CPU", "CUDA", ...
    gpu_offload: bool


@dataclass(frozen=True, slots=True)
class Computer:
    """Memory is in bytes; `free_memory` is what can be had without swapping, when asked."""

    processor: Processor
    memory: int
    free_memory: int
    gpus: tuple[Gpu, ...]
    build: Build
