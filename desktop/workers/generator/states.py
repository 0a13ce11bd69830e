"""What the KV cache holds of a prompt, as bytes that a later child can go on from.

The tokens stand in front: a state is used exactly as far as they are those that are wanted. With
them goes what the state depends on, and a hash over all of it, because llama.cpp trusts what it is
given: bytes that are not what was saved never reach it. Reads and writes no file.
"""

from __future__ import annotations

import ctypes
import hashlib
import struct
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from desktop.workers.generator.binding import llama
from desktop.workers.protocol import MAX_STATE

FORM = 1
_LENGTH = struct.Struct("<I")  # of the head, which stands between it and llama.cpp's bytes


class _Head(msgspec.Struct, frozen=True):
    """What a state is of. llama.cpp compares the layers and types of the cache by itself."""

    form: int
    build: str
    parameters: int
    size: int  # bytes of the weights
    tokens: list[int]
    sha256: bytes  # of what follows


class Kept:
    """Pieces of a saved state on their way in, joined; bounded."""

    def __init__(self) -> None:
        self._content = bytearray()

    def add(self, at: int, content: bytes) -> int:
        """Add a piece; the size so far. What does not follow on, or is too much, drops it all."""
        if at == 0:
            self._content.clear()
        if at != len(self._content) or at + len(content) > MAX_STATE:
            self._content.clear()
        else:
            self._content += content
        return len(self._content)

    def take(self) -> bytes:
        """All of it; nothing is kept."""
        content, self._content = self._content, bytearray()
        return bytes(content)


def saved(handle: Any, context: Any, tokens: Sequence[int]) -> bytes:
    """The state of `context` (llama_context), which holds `tokens`; b"" if it is too large."""
    size: int = llama.llama_state_seq_get_size(context, 0)
    if not 0 < size <= MAX_STATE - 64 * len(tokens) - 1_024:
        return b""
    buffer = (ctypes.c_uint8 * size)()
    written: int = llama.llama_state_seq_get_data(context, buffer, size, 0)
    content = bytes(memoryview(buffer)[:written])
    if not content:
        return b""
    head = msgspec.msgpack.encode(
        _Head(FORM, *_of(handle), list(tokens), hashlib.sha256(content).digest())
    )
    return b"".join((_LENGTH.pack(len(head)), head, content))


def restored(handle: Any, context: Any, state: bytes) -> list[int]:
    """Put a saved state into `context`, which must be empty; the tokens that it then holds.

    None if the state is of another model, of another build, or not what was saved.
    """
    try:
        (length,) = _LENGTH.unpack_from(state)
        start = _LENGTH.size + length
        head = msgspec.msgpack.decode(state[_LENGTH.size : start], type=_Head)
    except (struct.error, msgspec.DecodeError):
        return []
    content = state[start:]
    if (head.form, head.build, head.parameters, head.size) != (FORM, *_of(handle)):
        return []
    if hashlib.sha256(content).digest() != head.sha256:
        return []
    if len(head.tokens) > llama.llama_n_ctx(context):
        return []
    buffer = (ctypes.c_uint8 * len(content)).from_buffer_copy(content)
    if llama.llama_state_seq_set_data(context, buffer, len(content), 0) != len(content):
        llama.llama_memory_clear(llama.llama_get_memory(context), True)
        return []
    return head.tokens


def _of(handle: Any) -> tuple[str, int, int]:
    return (
        version("llama-cpp-python"),
        llama.llama_model_n_params(handle),
        llama.llama_model_size(handle),
    )
