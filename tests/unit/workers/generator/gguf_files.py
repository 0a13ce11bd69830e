"""Model files for tests: the starter model, and others made from it by changing its header.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

STARTER = (
    Path(__file__).resolve().parents[4]
    / "resources/models/SmolLM2-135M-Instruct-Q4_1/SmolLM2-135M-Instruct.Q4_1.gguf"
)

UINT32, INT32, BOOL, STRING, ARRAY = 4, 5, 7, 8, 9
WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, UINT32: 4, INT32: 4, 6: 4, BOOL: 1, 10: 8, 11: 8, 12: 8}
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
