"""What the generator is measured against: `llama_decode` in a loop, in a process of its own.

Same model, same parameters, same greedy sampler in C; no messages, no template, no pipe, no text.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, Self


class Setting(NamedTuple):
    """Parameters of a context; `batch` is also how many tokens one call is given."""

    batch: int
    threads: int
    batch_threads: int
    flash_attention: bool = True


class Speed(NamedTuple):
    """Tokens per second."""

    prefill: float
    decode: float


class BareLoop:
    """The process with the model in it."""

    def __init__(self, model: Path, window: int, niceness: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_serve, args=(theirs, str(model), window, niceness), daemon=True
        )
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join()

    def run(self, setting: Setting, prompt: int, answer: int) -> Speed:
        """Evaluate `prompt` tokens, then write `answer` more, in a new context."""
        self._pipe.send((setting, prompt, answer))
        speed: Speed = self._pipe.recv()
        return speed


def _serve(pipe: Connection, path: str, window: int, niceness: int) -> None:
    if hasattr(os, "nice"):
        os.nice(niceness)
    from desktop.workers.generator.worker import OPENMP_SPINS

    os.environ.setdefault("GOMP_SPINCOUNT", OPENMP_SPINS)
    from desktop.workers.generator.binding import llama
    from desktop.workers.generator.log import silence

    silence()
    parameters = llama.llama_model_default_params()
    parameters.load_mode = llama.LLAMA_LOAD_MODE_NONE
    model = llama.llama_model_load_from_file(os.fsencode(path), parameters)
    while (asked := pipe.recv()) is not None:
        pipe.send(_run(llama, model, window, *asked))


def _run(llama: Any, model: Any, window: int, setting: Setting, prompt: int, answer: int) -> Speed:
    parameters = llama.llama_context_default_params()
    parameters.n_ctx = window
    parameters.n_batch = parameters.n_ubatch = setting.batch
    parameters.n_threads, parameters.n_threads_batch = setting.threads, setting.batch_threads
    parameters.flash_attn_type = (
        llama.LLAMA_FLASH_ATTN_TYPE_AUTO
        if setting.flash_attention
        else llama.LLAMA_FLASH_ATTN_TYPE_DISABLED
    )
    parameters.no_perf = True
    context = llama.llama_init_from_model(model, parameters)
    sampler = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
    llama.llama_sampler_chain_add(sampler, llama.llama_sampler_init_greedy())
    # Any tokens cost the same; these spell nothing.
    tokens = (ctypes.c_int32 * prompt)(*(1_000 + at * 7 % 20_000 for at in range(prompt)))
    began = time.perf_counter()
    for start in range(0, prompt, setting.batch):
        count = min(setting.batch, prompt - start)
        here = ctypes.cast(ctypes.byref(tokens, 4 * start), llama.llama_token_p)
        llama.llama_decode(context, llama.llama_batch_get_one(here, count))
    one = (ctypes.c_int32 * 1)(llama.llama_sampler_sample(sampler, context, -1))
    evaluated = time.perf_counter()
    for _ in range(answer):
        llama.llama_decode(context, llama.llama_batch_get_one(one, 1))
        one[0] = llama.llama_sampler_sample(sampler, context, -1)
    written = time.perf_counter()
    llama.llama_sampler_free(sampler)
    llama.llama_free(context)
    return Speed(prompt / (evaluated - began), answer / (written - evaluated))
