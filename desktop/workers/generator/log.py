"""What llama.cpp says while it works: nothing of it reaches the terminal, some of it is kept.

Of its errors the last ones, to tell why it refused; while loading, what it says of the memory that
it takes. The words are llama.cpp's own and change with it; they are understood here alone.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.workers.generator.binding import llama
from desktop.workers.protocol import MemoryTaken

INFO, WARNING, ERROR = 2, 3, 4  # of enum ggml_log_level
LONGEST_NAME = 100  # characters quoted from a file
MOST_LINES = 1_000  # of those kept while loading
KEPT = (b"buffer size", b"failed to mlock", b"failed to VirtualLock")

Reasons = Sequence[tuple[str, str]]

MEMORY = "there is not enough free memory for it"
# What llama.cpp's last words mean to the user. The first that matches counts.
MODEL_REASONS: Reasons = (
    (r"unknown model architecture: '([^']*)'", "its architecture ({}) is not supported"),
    (r"not within the file bounds", "the file is cut short"),
    (r"unable to allocate|failed to allocate|bad_alloc|out of memory|cannot allocate", MEMORY),
    (r"loading model vocabulary", "its vocabulary is damaged or not supported"),
    (
        r"wrong shape|wrong number of tensors|tensor '[^']*' not found|hyperparameters",
        "its header does not fit its weights, so the file is damaged",
    ),
    (r"gguf_init|failed to load model from", "its header is damaged or the file is cut short"),
)
CONTEXT_REASONS: Reasons = (
    (
        r"[KV] cache type (\w+) with block size",
        "its heads have a size that a cache of the type {} cannot hold; choose f16",
    ),
    (
        r"V cache.{0,40}requires.{0,4}flash",
        "a quantized cache needs flash attention, which this model cannot use; choose f16",
    ),
)
ADAPTER_REASONS: Reasons = (
    (r"unable to allocate|failed to allocate|bad_alloc|out of memory", MEMORY),
    (r"arch mismatch", "it was made for another kind of model"),
    (r"expect general\.type", "it is not an adapter"),
    (r"expect adapter\.type", "it is not a LoRA"),
    (r"does not exist in base model", "it changes weights that this model does not have"),
    (r"incorrect shape", "its weights have other sizes than this model's"),
    (r"not transposed", "it has a form that is no longer supported"),
    (
        r"missing one component|unexpected suffix|not within the file bounds|failed to load|gguf_",
        "the file is damaged or cut short",
    ),
)

_last_words: deque[str] = deque(maxlen=8)
_loading: deque[str] = deque(maxlen=MOST_LINES)


def silence() -> None:
    """Begin to use llama.cpp in this process; it keeps its log to us."""
    llama.llama_log_set(_hearing, ctypes.c_void_p(0))
    llama.llama_backend_init()


def forget() -> None:
    """Something new begins: what was said before is of no more use."""
    _last_words.clear()
    _loading.clear()


def forget_words() -> None:
    """The same, but for what is known of the memory taken."""
    _last_words.clear()


def reason(reasons: Reasons, otherwise: str) -> str:
    """Why llama.cpp refused what was asked last, in plain words."""
    said = "".join(_last_words)
    for pattern, words in reasons:
        if found := re.search(pattern, said, re.IGNORECASE):
            quoted = [group[:LONGEST_NAME] for group in found.groups() if group.isprintable()]
            return words.format(*quoted or ["unknown"])
    return otherwise


def memory_taken() -> tuple[MemoryTaken, MemoryTaken]:
    """What was taken since `forget`: on the computer, and on devices beside it."""
    return buffers(_loading)


def lock_failed() -> bool:
    """Whether the system refused to keep the weights in memory, since `forget`."""
    return any("failed to" in line for line in _loading)


_BUFFER = re.compile(
    r"(\S+) +(model|LoRA|KV|RS|DSV4 .{1,40}state|output|compute) buffer size *= *([\d.]+) MiB"
)
_KINDS = {"model": "weights", "LoRA": "weights", "output": "compute", "compute": "compute"}


def buffers(lines: Iterable[str]) -> tuple[MemoryTaken, MemoryTaken]:
    """Bytes of the buffers that `lines` of llama.cpp's log tell of: (computer, devices).

    A line is "load_tensors: CUDA0 model buffer size = 92.10 MiB"; hundredths of a MiB are as exact
    as it gets. Names that begin with CPU or end in _Host are memory of the computer. Room to
    compute in is made anew when the plan changes, and then said again: the last word on it counts.
    """
    bytes_of: dict[tuple[bool, str, str], float] = {}
    for at, line in enumerate(lines):
        if not (found := _BUFFER.search(line)):
            continue
        name, what, size = found.groups()
        here = name.startswith(("CPU", "BLAS", "AMX")) or name.endswith("_Host")
        part = f"{name} {what}" if what == "compute" else str(at)
        bytes_of[here, _KINDS.get(what, "cache"), part] = float(size) * 2**20
    computer, devices = (
        MemoryTaken(
            **{
                kind: round(sum(size for key, size in bytes_of.items() if key[:2] == (here, kind)))
                for kind in ("weights", "cache", "compute")
            }
        )
        for here in (True, False)
    )
    return computer, devices


def _hear(level: int, text: bytes, _: Any) -> None:
    if level == ERROR:
        _last_words.append(text.decode(errors="replace"))
    elif level in {INFO, WARNING} and any(words in text for words in KEPT):
        _loading.append(text.decode(errors="replace"))


_hearing = llama.llama_log_callback(_hear)
