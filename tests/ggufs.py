"""Small GGUF files that are whole: a header, one tensor, its weights. No model runs from them.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from pathlib import Path

UINT16, UINT32, STRING = 2, 4, 8
F32 = 0
ALIGNMENT = 32


def gguf(
    weights: bytes = b"weights!",
    *,
    architecture: str = "llama",
    window: int = 2048,
    shard: tuple[int, int] | None = None,
) -> bytes:
    """A GGUF whose one tensor, of 32-bit floats, holds `weights` (a multiple of 4 bytes).

    `shard`: its number from 0, and how many there are; those but the first name no architecture.
    """
    pairs = []
    if shard is None or shard[0] == 0:
        pairs += [
            _pair("general.architecture", STRING, _text(architecture)),
            _pair("general.license", STRING, _text("apache-2.0")),
            _pair(f"{architecture}.context_length", UINT32, struct.pack("<I", window)),
        ]
    if shard is not None:
        pairs += [
            _pair("split.no", UINT16, struct.pack("<H", shard[0])),
            _pair("split.count", UINT16, struct.pack("<H", shard[1])),
        ]
    name = "token_embd.weight" if shard is None else f"blk.{shard[0]}.weight"
    tensor = _text(name) + struct.pack("<IQIQ", 1, len(weights) // 4, F32, 0)
    head = struct.pack("<4sIQQ", b"GGUF", 3, 1, len(pairs)) + b"".join(pairs) + tensor
    return head + bytes(-len(head) % ALIGNMENT) + weights


def write_gguf(path: Path, weights: bytes = b"weights!", **said: object) -> Path:
    """Write such a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gguf(weights, **said))  # type: ignore[arg-type]
    return path


def write_shards(folder: Path, name: str, count: int) -> list[Path]:
    """Write a model in `count` files."""
    return [
        write_gguf(
            folder / f"{name}-{number + 1:05}-of-{count:05}.gguf",
            bytes([number] * 8),
            shard=(number, count),
        )
        for number in range(count)
    ]


def _pair(key: str, kind: int, value: bytes) -> bytes:
    return _text(key) + struct.pack("<I", kind) + value


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw
