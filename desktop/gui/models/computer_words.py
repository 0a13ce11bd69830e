"""This computer in words: in one line with how large models may be, and all that it has."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.catalogue import Limits
from desktop.domain.hardware import Computer, Gpu
from desktop.gui.models import figures

translate = QCoreApplication.translate


def in_one_line(computer: Computer, limits: Limits) -> str:
    """Cores, memory, GPUs, and the size of models that run comfortably."""
    there = translate("Computer", "{cores}, {memory}, {gpus}").format(
        cores=_cores(computer), memory=figures.size(computer.memory), gpus=_gpus(computer)
    )
    if not limits.parameters:
        small = translate("Computer", "{there}: no chat model runs comfortably here")
        return small.format(there=there)
    template = translate("Computer", "{there}: models up to {size} run comfortably")
    return template.format(there=there, size=figures.parameters(limits.parameters))


def facts(computer: Computer) -> list[tuple[str, str]]:
    """(name, value) of the processor, the memory, each GPU, and the llama.cpp that uses them."""
    processor, build = computer.processor, computer.build
    cores = _cores(computer)
    if processor.performance_cores < processor.cores:
        cores = translate("Computer", "{cores}, {count} of them for performance").format(
            cores=cores, count=processor.performance_cores
        )
    threads = translate("Computer", "{cores}; {count} threads").format(
        cores=cores, count=processor.threads
    )
    memory = translate("Computer", "{memory}, {free} of it free").format(
        memory=figures.size(computer.memory), free=figures.size(computer.free_memory)
    )
    found = [
        (translate("Computer", "Processor"), processor.name),
        (translate("Computer", "Cores"), threads),
        (
            translate("Computer", "Instruction sets"),
            " ".join(processor.features) or processor.architecture,
        ),
        (translate("Computer", "Memory"), memory),
    ]
    found += [(translate("Computer", "GPU"), _gpu_in_full(gpu)) for gpu in computer.gpus]
    if not computer.gpus:
        none = translate("Computer", "none found")
        unused = translate("Computer", "this build of llama.cpp uses none")
        found.append((translate("Computer", "GPU"), none if build.gpu_offload else unused))
    version = translate("Computer", "llama-cpp-python {version} for {backends}").format(
        version=build.version, backends=", ".join(build.backends)
    )
    return [*found, ("llama.cpp", version)]


def _gpu_in_full(gpu: Gpu) -> str:
    whose = (
        translate("Computer", "{gpu}, {backend}; shares the computer's memory")
        if gpu.integrated
        else translate("Computer", "{gpu}, {backend}; memory of its own")
    )
    return whose.format(gpu=gpu_in_words(gpu), backend=gpu.backend.value)


def gpu_in_words(gpu: Gpu) -> str:
    """A device as somebody chooses it."""
    return translate("Computer", "{what} ({name}, {free} of {memory} free)").format(
        what=gpu.description or gpu.name,
        name=gpu.name,
        free=figures.size(gpu.free),
        memory=figures.size(gpu.memory),
    )


def _cores(computer: Computer) -> str:
    cores = computer.processor.cores
    if cores == 1:
        return translate("Computer", "1 core")
    return translate("Computer", "{cores} cores").format(cores=cores)


def _gpus(computer: Computer) -> str:
    if not computer.gpus:
        return translate("Computer", "no GPU")
    if not computer.build.gpu_offload:
        return translate("Computer", "a GPU that this build does not use")
    if len(computer.gpus) > 1:
        return translate("Computer", "{count} GPUs").format(count=len(computer.gpus))
    gpu = computer.gpus[0]
    return translate("Computer", "GPU with {memory}").format(memory=figures.size(gpu.memory))
