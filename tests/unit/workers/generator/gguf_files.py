"""Model files for tests: the starter model, and others made from it by changing its header.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from random import Random

STARTER = (
    Path(__file__).resolve().parents[4]
    / "resources/models/SmolLM2-135M-Instruct-Q4_1/SmolLM2-135M-Instruct.Q4_1.gguf"
)

LAYERS, EMBEDDING, KV_WIDTH = 30, 576, 192  # of the starter model
FLOAT32 = 6  # as a metadata type; as a tensor's type it is 0
UINT32, INT32, BOOL, STRING, ARRAY = 4, 5, 7, 8, 9
WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, UINT32: 4, INT32: 4, FLOAT32: 4, BOOL: 1, 10: 8, 11: 8, 12: 8}
ALIGNMENT = 32
PREFIX = struct.Struct("<4sIQQ")


class Header:
    """The metadata of a GGUF: key -> raw value (its type included); `end`: where it stops."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        _, self.version, self.tensors, count = PREFIX.unpack_from(raw)
        self.values: dict[str, bytes] = {}
        self.places: dict[str, int] = {}  # of the value, behind its type
        at = PREFIX.size
        for _ in range(count):
            key, at = _string(raw, at)
            end = _after(raw, at + 4, *struct.unpack_from("<I", raw, at))
            self.values[key] = raw[at:end]
            self.places[key] = at + 4
            at = end
        self.end = at
        for _ in range(self.tensors):
            _, at = _string(raw, at)
            (dimensions,) = struct.unpack_from("<I", raw, at)
            at += 4 + 8 * dimensions + 4 + 8
        self.end_of_tensors = at


def text(value: str) -> bytes:
    """`value` as a metadata value."""
    raw = value.encode()
    return struct.pack("<IQ", STRING, len(raw)) + raw


def number(value: int) -> bytes:
    """`value` as a 32-bit metadata value."""
    return struct.pack("<II", UINT32, value)


def real(value: float) -> bytes:
    """`value` as a 32-bit metadata value."""
    return struct.pack("<If", FLOAT32, value)


def write_lora(
    target: Path,
    *,
    noise: float = 0.0,
    width: int = EMBEDDING,
    rank: int = 4,
    weight: str = "attn_q",
    changes: Mapping[str, bytes | None] | None = None,
) -> Path:
    """A LoRA for the starter model's queries in all its layers, of normal `noise` from a seed.

    With `changes` of its metadata, another `width` or `weight`, it is one for some other model.
    """
    random = Random(20_26)
    values = {
        "general.architecture": text("llama"),
        "general.type": text("adapter"),
        "adapter.type": text("lora"),
        "adapter.lora.alpha": real(rank),
        **(changes or {}),
    }
    pairs = [
        struct.pack("<Q", len(key)) + key.encode() + value
        for key, value in values.items()
        if value is not None
    ]
    infos, tensors, place = [], [], 0
    for layer in range(LAYERS):
        for half, shape in (("lora_a", (width, rank)), ("lora_b", (rank, width))):
            name = f"blk.{layer}.{weight}.weight.{half}".encode()
            count = shape[0] * shape[1]
            infos.append(struct.pack("<Q", len(name)) + name)
            infos.append(struct.pack("<IQQIQ", 2, *shape, 0, place))
            drawn = [random.gauss(0, noise) if noise else 0.0 for _ in range(count)]
            tensors.append(struct.pack(f"<{count}f", *drawn))  # a multiple of the alignment
            place += 4 * count
    start = PREFIX.pack(b"GGUF", 3, 2 * LAYERS, len(pairs)) + b"".join(pairs + infos)
    target.write_bytes(start + bytes(-len(start) % ALIGNMENT) + b"".join(tensors))
    return target


def rewrite(target: Path, changes: Mapping[str, bytes | None], source: Path = STARTER) -> Path:
    """A copy of `source` whose metadata has `changes` (None: the key is left out)."""
    raw = source.read_bytes()
    header = Header(raw)
    values = {**header.values, **changes}
    pairs = [
        struct.pack("<Q", len(key)) + key.encode() + value
        for key, value in values.items()
        if value is not None
    ]
    start = PREFIX.pack(b"GGUF", header.version, header.tensors, len(pairs))
    start += b"".join(pairs) + raw[header.end : header.end_of_tensors]
    start += bytes(-len(start) % ALIGNMENT)
    data = header.end_of_tensors + -header.end_of_tensors % ALIGNMENT
    with target.open("wb") as file:
        file.write(start)
        file.write(memoryview(raw)[data:])
    return target


def _string(raw: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<Q", raw, at)
    return raw[at + 8 : at + 8 + length].decode(), at + 8 + length


def _after(raw: bytes, at: int, kind: int) -> int:
    if kind == STRING:
        return at + 8 + int(struct.unpack_from("<Q", raw, at)[0])
    if kind != ARRAY:
        return at + WIDTHS[kind]
    element, length = struct.unpack_from("<IQ", raw, at)
    at += 12
    if element != STRING:
        return at + WIDTHS[element] * length
    for _ in range(length):
        at += 8 + int(struct.unpack_from("<Q", raw, at)[0])
    return at
