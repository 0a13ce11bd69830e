"""This computer in one line: what there is to run models on, and how large they may be."""

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
