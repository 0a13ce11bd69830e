"""Between the nouns of the domain and the messages of the generator's child. The parent's side.

A message of another kind than was asked for is a child gone wrong.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from typing import NamedTuple

from desktop.domain import chat, models
from desktop.domain.errors import WorkerCrashed
from desktop.domain.hardware import Backend, Build, Computer, Gpu, Processor
from desktop.domain.models import CPU, LoadSettings, ModelFile, Speed
from desktop.workers import protocol

# ggml's words for its backends -> ours.
BACKENDS = {
    **{backend.value: backend for backend in Backend},
    "HIP": Backend.ROCM,
    "MTL": Backend.METAL,
}


class Wish(NamedTuple):
    """A model and how it is to be loaded, with what became of the settings' wish for a device."""

    model: ModelFile
    settings: LoadSettings
    gpu_layers: int
    device: str


def load_model(wish: Wish, usual_window: int) -> protocol.LoadModel:
    """The request for it."""
    settings = wish.settings
    return protocol.LoadModel(
        path=os.fsencode(wish.model.path),
        context_window=settings.context_window,
        usual_window=usual_window,
        threads=settings.threads,
        batch_threads=settings.batch_threads,
        batch=settings.batch,
        device="" if wish.device == CPU else wish.device,
        gpu_layers=wish.gpu_layers,
        cache_type=settings.cache_type.value,
        memory_map=settings.memory_map,
        memory_lock=settings.memory_lock,
        adapters=[
            protocol.AttachedAdapter(os.fsencode(adapter.path), adapter.strength)
            for adapter in settings.adapters
        ],
    )


def messages(said: Sequence[chat.Message]) -> list[protocol.ChatMessage]:
    """A chat, for a prompt."""
    return [protocol.ChatMessage(message.role, message.content) for message in said]


def generated(body: object) -> chat.Generated:
    """How an answer ended."""
    if not isinstance(body, protocol.Generated):
        raise unexpected(body)
    return chat.Generated(
        timings=chat.Timings(
            prompt_tokens=body.prompt_tokens,
            cached_tokens=body.cached_tokens,
            first_token_s=body.first_token_s,
            tokens=body.tokens,
            tokens_per_s=body.tokens_per_s,
        ),
        reason=body.reason,
    )


def begun(body: object) -> chat.Begun:
    """How much of a beginning was in the cache."""
    if not isinstance(body, protocol.Begun):
        raise unexpected(body)
    return chat.Begun(body.tokens, body.cached)


def way(wish: Wish, window: int) -> str:
    """A hash of all that changes what the cache holds after the same tokens."""
    settings = wish.settings
    adapters = [
        (str(a.path), a.strength, (stat := a.path.stat()).st_size, stat.st_mtime_ns)
        for a in settings.adapters
    ]
    said = (
        wish.model.sha256,
        window,
        wish.device,
        wish.gpu_layers,
        settings.batch,
        settings.cache_type.value,
        adapters,
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()


def loaded(body: object) -> models.Loaded:
    """What loading took."""
    if not isinstance(body, protocol.ModelLoaded):
        raise unexpected(body)
    return models.Loaded(
        context_window=body.context_window,
        seconds=body.seconds,
        on_computer=_memory(body.on_computer),
        on_device=_memory(body.on_device),
        locked=body.locked,
        reasons=body.reasons,
    )


def _memory(taken: protocol.MemoryTaken) -> models.MemoryTaken:
    return models.MemoryTaken(taken.weights, taken.cache, taken.compute)


def speed(body: object, now: float) -> Speed:
    """What was measured, at `now` (seconds since the epoch)."""
    if not isinstance(body, protocol.SpeedMeasured):
        raise unexpected(body)
    return Speed(
        prefill=body.prefill,
        decode=body.decode,
        load_s=body.load_s,
        memory=body.memory,
        threads=body.threads,
        measured=now,
    )


def computer(body: object) -> Computer:
    """What there is to run models on."""
    if not isinstance(body, protocol.ComputerExamined):
        raise unexpected(body)
    return Computer(
        processor=Processor(
            name=body.processor,
            architecture=body.architecture,
            features=tuple(body.features),
            cores=body.cores,
            performance_cores=body.performance_cores,
            threads=body.threads,
        ),
        memory=body.memory,
        free_memory=body.free,
        gpus=tuple(map(_gpu, body.devices)),
        build=Build(body.version, tuple(body.backends), body.gpu_offload),
    )


def _gpu(device: protocol.Device) -> Gpu:
    return Gpu(
        name=device.name,
        description=device.description,
        backend=BACKENDS.get(device.backend, Backend.OTHER),
        memory=device.memory,
        free=device.free,
        integrated=device.integrated,
    )


def unexpected(body: object) -> WorkerCrashed:
    """The error for a message that answers another question."""
    cause = f"it answered with {type(body).__name__}"
    return WorkerCrashed(worker="generator", cause=cause)
