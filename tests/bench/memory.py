"""What models really take in llama.cpp, against what `domain.memory` says they will.

Loads the starter model, other quantizations of it that llama.cpp makes into a temporary folder,
models of zeros with other proportions, and the file that the environment variable
ESCRITOIRE_BENCH_MODEL names, each in a process of its own. Taken is what llama.cpp's own log says
of its buffers; what the process has grown by is the second figure, and is below it: the logits of
a whole batch are allocated but hardly ever touched.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import platform
import re
import tempfile
from collections.abc import Iterator
from itertools import product
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.gguf import parse
from desktop.domain.memory import BATCH, estimate
from desktop.domain.models import CacheType, LoadSettings
from desktop.storage.gguf_head import read_facts
from tests.bench.figures import Figure, table
from tests.unit.domain.gguf_heads import llama
from tests.unit.workers.generator.gguf_files import STARTER

NAME = "memory"
BENCH_MODEL = "ESCRITOIRE_BENCH_MODEL"
QUANTIZATIONS = {"Q4_0": 2, "Q8_0": 7, "Q4_K_M": 15, "F16": 1}  # llama_ftype
# Models of zeros, for what is widest elsewhere than at the output.
SHAPES = {
    "wide feed-forward": {"layers": 4, "embedding": 512, "feed_forward": 16384, "heads": 8,
                          "kv_heads": 2, "vocabulary": 4000},
    "a key for every head": {"layers": 4, "embedding": 1024, "feed_forward": 2816, "heads": 16,
                             "kv_heads": 16, "vocabulary": 4000},
    "two layers of an 8B": {"layers": 2, "embedding": 4096, "feed_forward": 14336, "heads": 32,
                            "kv_heads": 8, "vocabulary": 32000},
}  # fmt: skip
NO_WORDS = {"tokenizer__ggml__model": "no_vocab", "llama__attention__layer_norm_rms_epsilon": 1e-5}
WINDOWS = (512, 2048, 8192, 32768)  # tokens; those that the model was trained for
CACHE_TYPES = {CacheType.F16: 1, CacheType.Q8_0: 8, CacheType.Q4_0: 2}  # ggml_type
LARGEST_ERROR = 10.0  # per cent
BUFFER = re.compile(r"(model|KV|RS|output|compute) buffer size = +([\d.]+) MiB")
MIB = 2**20


class Taken(NamedTuple):
    """Bytes: llama.cpp's buffers by what they are for, and what the process has grown by."""

    buffers: dict[str, int]
    grown: int


def measure() -> list[Figure]:
    """The error of the estimate for every model, context window and cache type."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for model in _models(Path(folder)):
            trained = read_facts(model).context_window
            windows = [tokens for tokens in WINDOWS if tokens <= trained]
            for tokens, cache in product(windows, CacheType):
                figures += _compared(model, LoadSettings(context_window=tokens, cache_type=cache))
            figures += _compared(model, LoadSettings(memory_map=True))
            print(table(figures[-2:]), flush=True)
    errors = [abs(figure.value) for figure in figures if figure.unit == "%"]
    return [*figures, Figure(NAME, "largest error", max(errors), "%", at_most=LARGEST_ERROR)]


def _models(folder: Path) -> Iterator[Path]:
    yield STARTER
    for name, number in QUANTIZATIONS.items():
        target = folder / f"starter-{name}.gguf"
        _in_child(_quantize, str(STARTER), str(target), number)
        yield target
    for name, sizes in SHAPES.items():
        head = llama(**sizes, **NO_WORDS)  # type: ignore[arg-type]
        target = folder / f"{name}.gguf"
        target.write_bytes(head)
        os.truncate(target, parse(head).size)
        yield target
    if chosen := os.environ.get(BENCH_MODEL):
        yield Path(chosen)


def _compared(model: Path, settings: LoadSettings) -> list[Figure]:
    facts = read_facts(model)
    memory = estimate(facts, settings, architecture=platform.machine())
    taken: Taken = _in_child(_load, str(model), settings)
    said = sum(taken.buffers.values())
    ours = memory.weights + memory.cache + memory.compute
    title = f"{model.stem[:24]} {settings.context_window or 'usual'} {settings.cache_type}"
    if settings.memory_map:
        title += " mapped"
    error = 100 * (ours - said) / said
    return [
        Figure(NAME, f"{title}: estimate {ours / MIB:.1f} MiB, off by", error, "%"),
        Figure(NAME, f"{title}: grown by", taken.grown / MIB, f"MiB of {memory.total / MIB:.1f}"),
    ]


def _in_child(work: Any, *arguments: Any) -> Any:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_send, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    result = ours.recv()
    process.join()
    return result


def _send(pipe: Connection, work: Any, arguments: tuple[Any, ...]) -> None:
    pipe.send(work(*arguments))


def _quantize(source: str, target: str, file_type: int) -> None:
    from desktop.workers.generator import log
    from desktop.workers.generator.binding import llama

    log.silence()
    parameters = llama.llama_model_quantize_default_params()
    parameters.ftype = file_type
    parameters.allow_requantize = True
    failed = llama.llama_model_quantize(
        os.fsencode(source), os.fsencode(target), ctypes.byref(parameters)
    )
    if failed:
        raise RuntimeError(f"no {target}")


def _load(path: str, settings: LoadSettings) -> Taken:
    """Load as the generator does, listening to llama.cpp's log."""
    import psutil

    from desktop.domain.memory import window
    from desktop.workers.generator.binding import llama

    said: list[str] = []
    hear = llama.llama_log_callback(lambda _, text, __: said.append(text.decode(errors="replace")))
    llama.llama_log_set(hear, ctypes.c_void_p(0))
    llama.llama_backend_init()
    before = psutil.Process().memory_info().rss
    loading = llama.llama_model_default_params()
    loading.load_mode = (
        llama.LLAMA_LOAD_MODE_MMAP if settings.memory_map else llama.LLAMA_LOAD_MODE_NONE
    )
    loading.n_gpu_layers = 0
    handle = llama.llama_model_load_from_file(os.fsencode(path), loading)
    parameters = llama.llama_context_default_params()
    parameters.n_ctx = window(read_facts(Path(path)), settings)
    parameters.n_batch = parameters.n_ubatch = settings.batch or BATCH
    parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_AUTO
    if settings.cache_type is not CacheType.F16:
        parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_ENABLED
    parameters.type_k = parameters.type_v = CACHE_TYPES[settings.cache_type]
    context = llama.llama_init_from_model(handle, parameters)
    grown = psutil.Process().memory_info().rss - before
    buffers: dict[str, int] = {}
    for kind, size in BUFFER.findall("".join(said)):
        buffers[kind] = buffers.get(kind, 0) + int(float(size) * MIB)
    llama.llama_free(context)
    llama.llama_model_free(handle)
    return Taken(buffers, grown)


if __name__ == "__main__":
    print(table(measure()))
