"""A GGUF in memory: loading it, and what llama.cpp says when it will not. Evaluates nothing.

The weights are read, not mapped. Mapping would save half a second a gigabyte, but llama.cpp
repacks most quantizations for the processor and so holds a copy of its own anyway; and a mapped
file that is cut short, or a network drive that goes away, kills the process in the middle of an
answer (SIGBUS). A file that was read may be removed, replaced or overwritten while it is in use.
"""

from __future__ import annotations

import ctypes
import os
import queue
import re
import threading
from collections import deque
from collections.abc import Generator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from desktop.domain.errors import ModelWillNotLoad
from desktop.workers.generator import gguf
from desktop.workers.generator.binding import llama
from desktop.workers.generator.config import Config
from desktop.workers.generator.template import ChatTemplate
from desktop.workers.generator.vocabulary import Vocabulary
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import LoadModel

LOG_LEVEL_ERROR = 4  # GGML_LOG_LEVEL_ERROR of ggml.h
LONGEST_NAME = 100  # characters quoted from a file

# What llama.cpp's last words mean to the user. The first that matches counts.
REASONS = (
    (r"unknown model architecture: '([^']*)'", "its architecture ({}) is not supported"),
    (r"not within the file bounds", "the file is cut short"),
    (
        r"unable to allocate|failed to allocate|bad_alloc|out of memory|cannot allocate",
        "there is not enough free memory for it",
    ),
    (r"loading model vocabulary", "its vocabulary is damaged or not supported"),
    (
        r"wrong shape|wrong number of tensors|tensor '[^']*' not found|hyperparameters",
        "its header does not fit its weights, so the file is damaged",
    ),
    (r"gguf_init|failed to load model from", "its header is damaged or the file is cut short"),
)


def library_features() -> str:
    """What this build of llama.cpp uses of the processor, and whether it can use a GPU."""
    features = re.findall(r"(\w+) = 1", llama.llama_print_system_info().decode())
    gpu = "GPU offload" if llama.llama_supports_gpu_offload() else "no GPU offload"
    return f"llama-cpp-python {version('llama-cpp-python')}, {gpu}, {' '.join(features)}"


class Model:
    """A loaded model with one context to evaluate in. `close` frees both."""

    def __init__(self, handle: Any, context: Any, name: str, config: Config) -> None:
        """Take over `handle` (llama_model) and `context` (llama_context). Raises TemplateFailed."""
        self.handle = handle
        self.context = context
        self.memory = llama.llama_get_memory(context)
        self.name = name
        self.window: int = llama.llama_n_ctx(context)  # tokens
        self.parameters: int = llama.llama_model_n_params(handle)
        self.size: int = llama.llama_model_size(handle)  # bytes
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

    Raises ModelMissing, ModelWillNotLoad, TemplateFailed, and Cancelled once `job` is.
    """
    path = Path(request.path)
    gguf.check(path)
    loading = _Loading(request, job)
    try:
        yield from loading.progress()
    except BaseException:
        loading.give_up()
        raise
    handle = loading.result()
    job.raise_if_cancelled()
    if handle is None:
        raise ModelWillNotLoad(model=path.name, reason=_reason())
    try:
        context = _context(handle, request, config, path.name)
    except BaseException:
        llama.llama_model_free(handle)
        raise
    try:
        return Model(handle, context, path.name, config)
    except BaseException:
        llama.llama_free(context)
        llama.llama_model_free(handle)
        raise


class _Loading:
    """llama.cpp reading a file on a thread of its own, so that the child can tell how far it is."""

    def __init__(self, request: LoadModel, job: JobContext) -> None:
        self._job = job
        self._unwanted = False
        self._handle: Any = None
        self._marks: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._path = os.fsencode(request.path)
        self._callback = llama.llama_progress_callback(self._step)
        self._parameters = llama.llama_model_default_params()
        self._parameters.load_mode = llama.LLAMA_LOAD_MODE_NONE
        self._parameters.n_gpu_layers = request.gpu_layers
        self._parameters.progress_callback = self._callback
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        _last_words.clear()
        self._thread.start()

    def progress(self) -> Generator[Mark, None, None]:
        """A mark for every per cent, until the thread is done."""
        shown = -1
        while (per_cent := self._marks.get()) is not None:
            if per_cent > shown:
                shown = per_cent
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
        self._marks.put(int(share * 100))
        return not (self._unwanted or self._job.cancelled)


def _context(handle: Any, request: LoadModel, config: Config, name: str) -> Any:
    """A llama_context for `handle`. Raises ModelWillNotLoad."""
    trained: int = llama.llama_model_n_ctx_train(handle)
    parameters = llama.llama_context_default_params()
    parameters.n_ctx = min(request.context_window, trained if trained > 0 else 2**31)
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
        raise ModelWillNotLoad(model=name, reason=words)
    if not llama.llama_get_memory(context) or not llama.llama_model_has_decoder(handle):
        llama.llama_free(context)
        raise ModelWillNotLoad(model=name, reason="it is not a model that writes text")
    return context


def threads(request: LoadModel, config: Config) -> tuple[int, int]:
    """Threads for writing tokens and for evaluating a prompt.

    Every thread has to finish its share of a token before the next token can begin, so one core
    that is busy elsewhere holds up all: on two cores with one of them busy, two threads wrote 35
    tokens a second and one wrote 115 (144 and 120 on idle ones). Writing waits for memory more than
    for arithmetic, so a core is left free. A prompt comes in long steps and takes every core.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cores = cores or 1
    one = request.threads or config.threads or max(1, cores - 1)
    many = request.threads or config.batch_threads or cores
    return one, many


# -- llama.cpp's log: nothing of it reaches the terminal; of its errors the last ones are kept

_last_words: deque[str] = deque(maxlen=8)


def _hear(level: int, text: bytes, _: Any) -> None:
    if level == LOG_LEVEL_ERROR:
        _last_words.append(text.decode(errors="replace"))


_hearing = llama.llama_log_callback(_hear)


def silence() -> None:
    """Begin to use llama.cpp in this process; it keeps its log to us."""
    llama.llama_log_set(_hearing, ctypes.c_void_p(0))
    llama.llama_backend_init()


def _reason() -> str:
    """Why the last load failed, in plain words."""
    said = "".join(_last_words)
    for pattern, words in REASONS:
        if found := re.search(pattern, said, re.IGNORECASE):
            quoted = [group[:LONGEST_NAME] for group in found.groups() if group.isprintable()]
            return words.format(*quoted or ["unknown"])
    return "llama.cpp refuses it"
