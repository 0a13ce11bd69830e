"""A GGUF in memory: loading it, and what llama.cpp says when it will not. Evaluates nothing.

The weights are read, not mapped. Mapping would save half a second a gigabyte, but llama.cpp
repacks most quantizations for the processor and so holds a copy of its own anyway; and a mapped
file that is cut short, or a network drive that goes away, kills the process in the middle of an
answer (SIGBUS). A file that was read may be removed, replaced or overwritten while it is in use.
Whoever asks for a mapping gets one, with what that means.
"""

from __future__ import annotations

import ctypes
import os
import queue
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from desktop.domain.errors import ContextTooLong, ModelWillNotLoad
from desktop.workers.generator import ggml, gguf, log, lora
from desktop.workers.generator.binding import llama
from desktop.workers.generator.computer import usable_threads
from desktop.workers.generator.config import Config
from desktop.workers.generator.template import ChatTemplate
from desktop.workers.generator.vocabulary import Vocabulary
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import LoadModel

CACHE_TYPES = {
    "f16": llama.GGML_TYPE_F16,
    "q8_0": llama.GGML_TYPE_Q8_0,
    "q4_0": llama.GGML_TYPE_Q4_0,
}
MARK_EVERY_S = 0.03  # as often as anybody could see
LOAD_MODES = {  # (mapped, locked)
    (False, False): llama.LLAMA_LOAD_MODE_NONE,
    (True, False): llama.LLAMA_LOAD_MODE_MMAP,
    (False, True): llama.LLAMA_LOAD_MODE_MLOCK,
    (True, True): llama.LLAMA_LOAD_MODE_MMAP_MLOCK,
}


class Model:
    """A loaded model with one context to evaluate in. `close` frees both."""

    def __init__(self, handle: Any, context: Any, name: str, config: Config) -> None:
        """Take over `handle` (llama_model) and `context` (llama_context). Raises TemplateFailed.

        llama.cpp's log must still hold what it said while these were made.
        """
        self.handle = handle
        self.context = context
        self.memory = llama.llama_get_memory(context)
        self.name = name
        self.window: int = llama.llama_n_ctx(context)  # tokens
        self.threads = llama.llama_n_threads(context), llama.llama_n_threads_batch(context)
        self.parameters: int = llama.llama_model_n_params(handle)
        self.size: int = llama.llama_model_size(handle)  # bytes
        self.seconds = 0.0  # that loading took
        self.on_computer, self.on_device = log.memory_taken()
        self.locked = False
        self.vocabulary = Vocabulary(llama.llama_model_get_vocab(handle))
        source: bytes | None = llama.llama_model_chat_template(handle, None)
        self.template = ChatTemplate(
            source.decode(errors="replace") if source else None,
            model=name,
            bos=self.vocabulary.bos,
            eos=self.vocabulary.eos,
            limit_s=config.template_s,
        )

    def close(self) -> None:
        """Free the weights and the KV cache."""
        llama.llama_free(self.context)
        llama.llama_model_free(self.handle)


def load(request: LoadModel, config: Config, job: JobContext) -> Generator[Mark, None, Model]:
    """Load the model of `request`; marks are per cent.

    Raises ModelMissing, ModelWillNotLoad (with the fact `cause`, "memory", where there is too
    little), ContextTooLong, DeviceUnknown, AdapterMismatch, TemplateFailed, and Cancelled once
    `job` is.
    """
    began = time.perf_counter()
    path = Path(os.fsdecode(request.path))
    gguf.check(path)
    if request.cache_type != "f16" and not config.flash_attention:
        words = f"a cache of the type {request.cache_type} needs flash attention, which is off"
        raise ModelWillNotLoad(model=path.name, reason=words)
    loading = _Loading(request, job)
    try:
        yield from loading.progress()
    except BaseException:
        loading.give_up()
        raise
    handle = loading.result()
    job.raise_if_cancelled()
    if handle is None:
        raise refused(path.name, log.reason(log.MODEL_REASONS, "llama.cpp refuses it"))
    try:
        model = _model(handle, request, config, path.name)
    except BaseException:
        llama.llama_model_free(handle)
        raise
    model.locked = request.memory_lock and llama.llama_supports_mlock() and not log.lock_failed()
    model.seconds = time.perf_counter() - began
    return model


def _model(handle: Any, request: LoadModel, config: Config, name: str) -> Model:
    """`handle` with all that is needed to write."""
    context = _context(handle, request, config, name)
    try:
        lora.attach(handle, context, request.adapters, name)
        return Model(handle, context, name, config)
    except BaseException:
        llama.llama_free(context)
        raise


def refused(name: str, reason: str) -> ModelWillNotLoad:
    """The error; whoever gets it can tell by the fact `cause` that less might still fit."""
    cause = {"cause": "memory"} if "memory" in reason else {}
    return ModelWillNotLoad(model=name, reason=reason, **cause)


class _Loading:
    """llama.cpp reading a file on a thread of its own, so that the child can tell how far it is."""

    def __init__(self, request: LoadModel, job: JobContext) -> None:
        self._job = job
        self._unwanted = False
        self._handle: Any = None
        self._marks: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._shown, self._due = -1, 0.0  # the last mark, and when the next may follow
        self._path = os.fsencode(request.path)
        self._callback = llama.llama_progress_callback(self._step)
        self._parameters = llama.llama_model_default_params()
        self._parameters.load_mode = LOAD_MODES[request.memory_map, request.memory_lock]
        # Without this list, which ends in a null, llama.cpp would take every device there is.
        chosen = [ggml.device_named(request.device)] if request.device else []
        self._devices = (ctypes.c_void_p * (len(chosen) + 1))(*chosen, None)
        self._parameters.devices = ctypes.cast(self._devices, ctypes.c_void_p)
        self._parameters.n_gpu_layers = request.gpu_layers if request.device else 0
        self._parameters.progress_callback = self._callback
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        log.forget()
        self._thread.start()

    def progress(self) -> Generator[Mark, None, None]:
        """Marks in per cent, each higher than the one before, until the thread is done."""
        while (per_cent := self._marks.get()) is not None:
            yield Mark(per_cent, 100)
        self._thread.join()

    def result(self) -> Any:
        """The llama_model, or None if it did not load."""
        return self._handle

    def give_up(self) -> None:
        """Stop reading, and free what was read."""
        self._unwanted = True
        self._thread.join()
        if self._handle is not None:
            llama.llama_model_free(self._handle)

    def _run(self) -> None:
        try:
            self._handle = llama.llama_model_load_from_file(self._path, self._parameters)
        finally:
            self._marks.put(None)

    def _step(self, share: float, _: Any) -> bool:
        # Called after every tensor: each mark wakes two threads here and two of the parent's.
        per_cent, now = int(share * 100), time.monotonic()
        if per_cent > self._shown and (now >= self._due or per_cent == 100):
            self._shown, self._due = per_cent, now + MARK_EVERY_S
            self._marks.put(per_cent)
        self._job.at_work()
        return not (self._unwanted or self._job.cancelled)


def _context(handle: Any, request: LoadModel, config: Config, name: str) -> Any:
    """A llama_context for `handle`. Raises ContextTooLong and ModelWillNotLoad."""
    parameters = llama.llama_context_default_params()
    parameters.n_ctx = _window(llama.llama_model_n_ctx_train(handle), request, name)
    parameters.type_k = parameters.type_v = CACHE_TYPES[request.cache_type]
    parameters.n_batch = parameters.n_ubatch = max(config.batch, config.background_batch)
    parameters.n_threads, parameters.n_threads_batch = threads(request, config)
    parameters.flash_attn_type = (
        llama.LLAMA_FLASH_ATTN_TYPE_AUTO
        if config.flash_attention
        else llama.LLAMA_FLASH_ATTN_TYPE_DISABLED
    )
    parameters.no_perf = True
    context = llama.llama_init_from_model(handle, parameters)
    if context is None:
        words = f"there is not enough free memory to work on {parameters.n_ctx} tokens at a time"
        raise refused(name, log.reason(log.CONTEXT_REASONS, words))
    if not llama.llama_get_memory(context) or not llama.llama_model_has_decoder(handle):
        llama.llama_free(context)
        raise ModelWillNotLoad(model=name, reason="it is not a model that writes text")
    return context


def _window(trained: int, request: LoadModel, name: str) -> int:
    """Tokens of the context. `trained`: what the model was made for; 0 where it does not say."""
    if request.context_window > trained > 0:
        raise ContextTooLong(model=name, limit=trained, tokens=request.context_window)
    usual = min(request.usual_window, trained) if trained > 0 else request.usual_window
    return request.context_window or usual


def threads(request: LoadModel, config: Config) -> tuple[int, int]:
    """Threads for writing tokens and for evaluating a prompt.

    Every thread has to finish its share of a token before the next token can begin, so one core
    that is busy elsewhere holds up all: on two cores with one of them busy, two threads wrote 35
    tokens a second and one wrote 115 (144 and 120 on idle ones). Writing waits for memory more than
    for arithmetic, so a core is left free. A prompt comes in long steps and takes every core.
    """
    cores = usable_threads()
    one = request.threads or config.threads or max(1, cores - 1)
    many = request.batch_threads or config.batch_threads or cores
    return one, many
