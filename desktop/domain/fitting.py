"""Where a model is put on this computer, and whether it fits. Plain arithmetic; loads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.errors import DeviceUnknown, ModelTooLarge
from desktop.domain.gguf import GgufFacts
from desktop.domain.hardware import Backend, Computer, Gpu
from desktop.domain.memory import Memory, estimate, window
from desktop.domain.models import AUTOMATIC, CPU, LoadSettings

__all__ = [
    "Fit", "Memory", "Placement", "check", "estimate", "gigabytes", "place", "step_down",
    "tokens_per_second", "window",
]  # fmt: skip

MIB: Final = 2**20

# Kept free for everything else. On a device: what its driver takes for a process, which
# llama.cpp does not count (CUDA: 0.3 to 0.5 GiB), and what the screen needs.
DEVICE_RESERVE: Final = 512 * MIB
SYSTEM_RESERVE: Final = 768 * MIB
SYSTEM_SHARE: Final = 16  # or this part of the memory, if it is more

# What a processor reads of its memory, bytes a second, said low: writing one token reads all
# weights once. Measured on two cores: a 0.5B model of 0.39 GB a token wrote 20.5 tokens/s, which is
# 4 GB/s a core. Two channels of DDR4-2666 have 42 GB/s on paper; programs get about half of it.
CORE_BANDWIDTH: Final = 4 * 10**9
MOST_BANDWIDTH: Final = 20 * 10**9
SLOWEST: Final = 5.0  # tokens a second; what is below is SLOW


class Fit(StrEnum):
    """Whether a model runs here."""

    FITS = "fits"
    SLOW = "slow"  # only partly on a device, or so large that it writes slower than one reads
    WILL_NOT_FIT = "will_not_fit"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a model is put. `device` is CPU or a `Gpu`'s name.

    `needed` (with what is kept free for everything else) and `free` are of the memory that is
    scarcest; where it will not fit, `needed` is the larger.
    """

    device: str
    gpu_layers: int  # as llama.cpp counts them: the output is one more than the model's layers
    context_window: int  # tokens
    memory: Memory
    fit: Fit
    needed: int  # bytes
    free: int  # bytes


def place(facts: GgufFacts, settings: LoadSettings, computer: Computer) -> Placement:
    """Where to put the model: automatically, or as `settings` say. Raises as below.

    Automatic means the device with most memory free, one with memory of its own before one that
    shares the computer's, with all layers if they fit, or else as many as do, or else the
    processor. A device that is named takes as many as fit, and if none does, the model will not
    fit; a number of layers that is stated is what it gets. Nothing is made smaller to make it fit.

    It FITS if it is all on a device, or if the processor writes at least `SLOWEST` tokens a second
    by the rule of `CORE_BANDWIDTH`. Raises DeviceUnknown and ContextTooLong.
    """
    gpu = _device(settings, computer)
    most = len(facts.layer_weights) + 1
    if gpu is None:
        return _placed(facts, settings, computer, None, 0)
    if settings.gpu_layers is not None:
        asked = min(max(settings.gpu_layers, 0), most)
        return _placed(facts, settings, computer, gpu if asked else None, asked)
    for layers in range(most, 0, -1):
        placement = _placed(facts, settings, computer, gpu, layers)
        if placement.fit is not Fit.WILL_NOT_FIT:
            return placement
    if settings.device == AUTOMATIC:
        return _placed(facts, settings, computer, None, 0)
    return _placed(facts, settings, computer, gpu, most)


def step_down(
    placement: Placement, facts: GgufFacts, settings: LoadSettings, computer: Computer
) -> Placement | None:
    """The next placement to try when loading with `placement` failed; None when there is none.

    First three quarters of the layers, then, if the device was chosen automatically, the processor.
    What the user asked for by number or by name is not given up. Raises as `place`.
    """
    if placement.device == CPU or settings.gpu_layers is not None:
        return None
    first = place(facts, settings, computer)
    gpu = next((gpu for gpu in computer.gpus if gpu.name == placement.device), None)
    fewer = placement.gpu_layers * 3 // 4
    if gpu is not None and placement.gpu_layers == first.gpu_layers and fewer:
        lower = _placed(facts, settings, computer, gpu, fewer)
        if lower.fit is not Fit.WILL_NOT_FIT:
            return lower
    if settings.device != AUTOMATIC:
        return None
    last = _placed(facts, settings, computer, None, 0)
    return None if last.fit is Fit.WILL_NOT_FIT else last


def check(placement: Placement, model: str) -> None:
    """Raise ModelTooLarge if it will not fit."""
    if placement.fit is Fit.WILL_NOT_FIT:
        raise ModelTooLarge(
            model=model, needed=gigabytes(placement.needed), free=gigabytes(placement.free)
        )


def gigabytes(count: int) -> str:
    """Bytes as people say them."""
    if count < 10**9:
        return f"{count / 10**6:.0f} MB"
    return f"{count / 10**9:.1f} GB"


def tokens_per_second(facts: GgufFacts, memory: Memory, computer: Computer) -> float:
    """What the processor is sure to write, by what it reads of its memory for every token.

    Of experts only those at work are read, of the vocabulary only a row unless it is the output.
    """
    read = memory.host.weights - facts.input_weights + memory.host.cache // 2
    if not memory.device.weights:
        read += facts.tied_output
    if facts.experts and facts.weights:
        idle = facts.expert_weights * (facts.experts - facts.experts_used) // facts.experts
        read -= idle * memory.host.weights // facts.weights
    cores = max(computer.processor.performance_cores or computer.processor.cores, 1)
    return min(cores * CORE_BANDWIDTH, MOST_BANDWIDTH) / max(read, 1)


def _device(settings: LoadSettings, computer: Computer) -> Gpu | None:
    """The device to use; None for the processor. Raises DeviceUnknown."""
    gpus = computer.gpus if computer.build.gpu_offload else ()
    match settings.device:
        case device if device == CPU:
            return None
        case device if device == AUTOMATIC:
            return max(gpus, key=lambda gpu: (not gpu.integrated, gpu.free), default=None)
        case device:
            for gpu in gpus:
                if gpu.name == device:
                    return gpu
            raise DeviceUnknown(device=device)


def _placed(
    facts: GgufFacts, settings: LoadSettings, computer: Computer, gpu: Gpu | None, layers: int
) -> Placement:
    memory = estimate(facts, settings, layers, computer.processor.architecture)
    host = memory.host.total + memory.tables
    host += max(SYSTEM_RESERVE, computer.memory // SYSTEM_SHARE)
    needs = [(host, computer.free_memory)]
    if gpu is not None:
        needs = [(memory.device.total + DEVICE_RESERVE, gpu.free), *needs]
        if gpu.integrated or gpu.backend is Backend.METAL:  # one memory for both
            needs[-1] = (host + memory.device.total, computer.free_memory)
    needed, free = max(needs, key=lambda need: need[0] - need[1])
    fit = Fit.FITS
    if needed > free:
        fit = Fit.WILL_NOT_FIT
    elif (0 < layers <= len(facts.layer_weights)) or (
        gpu is None and tokens_per_second(facts, memory, computer) < SLOWEST
    ):
        fit = Fit.SLOW
    return Placement(
        device=CPU if gpu is None else gpu.name,
        gpu_layers=layers,
        context_window=window(facts, settings),
        memory=memory,
        fit=fit,
        needed=needed,
        free=free,
    )
