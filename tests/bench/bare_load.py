"""What loading is measured against: llama.cpp's own functions, in a process of their own.

One model takes the place of another, as in the application: the old one is freed, the new one read
with `llama_model_load_from_file`, and a context made with `llama_init_from_model`, without which a
model is of no use. No template, no pipe within what is timed.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, Self

from desktop.workers.generator.adapter import CONTEXT_WINDOW
from desktop.workers.generator.config import Config


class Load(NamedTuple):
    """Seconds: of all of it, and of reading the weights alone."""

    whole: float
    weights: float


class BareLoad:
    """The process, with the model in it. It reads weights as the application does."""

    def __init__(self, niceness: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, niceness), daemon=True)
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join()

    def load(self, model: Path) -> Load:
        """Load `model` in place of the one before."""
        load: Load = self._asked(("load", str(model), ""))
        return load

    def requantize(self, model: Path, target: Path) -> Path:
        """Write `model` as Q8_0 to `target`; the application's own child may write no file."""
        if self._asked(("requantize", str(model), str(target))):
            raise RuntimeError(f"{model} cannot be requantized")
        return target

    def _asked(self, what: tuple[str, str, str]) -> Any:
        self._pipe.send(what)
        return self._pipe.recv()


def _serve(pipe: Connection, niceness: int) -> None:
    if hasattr(os, "nice"):
        os.nice(niceness)
    from desktop.workers.generator.binding import llama

    silent = llama.llama_log_callback(lambda *_: None)
    llama.llama_log_set(silent, ctypes.c_void_p(0))
    llama.llama_backend_init()
    loader = _Loader(llama)
    while (asked := pipe.recv()) is not None:
        what, model, target = asked
        pipe.send(loader.load(model) if what == "load" else _requantize(llama, model, target))


class _Loader:
    def __init__(self, llama: Any) -> None:
        self._llama = llama
        self._model = self._context = None
        self._reading = llama.llama_model_default_params()
        self._reading.load_mode = llama.LLAMA_LOAD_MODE_NONE
        self._nowhere = (ctypes.c_void_p * 1)(None)  # the end of a list of devices without any
        self._reading.devices = ctypes.cast(self._nowhere, ctypes.c_void_p)
        self._reading.n_gpu_layers = 0
        self._working = llama.llama_context_default_params()
        self._working.n_ctx = CONTEXT_WINDOW
        self._working.n_batch = self._working.n_ubatch = Config().batch
        self._working.type_k = self._working.type_v = llama.GGML_TYPE_F16
        self._working.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_AUTO

    def load(self, path: str) -> Load:
        began = time.perf_counter()
        if self._model is not None:
            self._llama.llama_free(self._context)
            self._llama.llama_model_free(self._model)
        freed = time.perf_counter()
        self._model = self._llama.llama_model_load_from_file(os.fsencode(path), self._reading)
        read = time.perf_counter()
        self._context = self._llama.llama_init_from_model(self._model, self._working)
        return Load(time.perf_counter() - began, read - freed)


def _requantize(llama: Any, path: str, target: str) -> int:
    parameters = llama.llama_model_quantize_default_params()
    parameters.ftype = llama.LLAMA_FTYPE_MOSTLY_Q8_0
    parameters.allow_requantize = True
    return int(
        llama.llama_model_quantize(os.fsencode(path), os.fsencode(target), ctypes.byref(parameters))
    )
