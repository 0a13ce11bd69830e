"""A first look at a model file, before llama.cpp sees it. Reads 24 bytes; imports no library.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md ("File Structure").
"""

from __future__ import annotations

import struct
from pathlib import Path

from desktop.domain.errors import ModelMissing, ModelWillNotLoad

MAGIC = b"GGUF"
HEADER = struct.Struct("<4sIQQ")  # magic, version, number of tensors, number of metadata pairs
VERSIONS = range(2, 4)
# The least that one entry takes: a tensor its name's length, dimensions, type and offset; a
# metadata pair its key's length, type and one byte of value.
SMALLEST_TENSOR = 24
SMALLEST_PAIR = 13


def check(path: Path) -> None:
    """Raise ModelMissing or ModelWillNotLoad unless `path` could be a whole GGUF file."""
    try:
        if not path.is_file():
            raise ModelMissing(model=path.name)
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(HEADER.size)
    except FileNotFoundError:
        raise ModelMissing(model=path.name) from None
    except OSError as refusal:
        reason = f"the file cannot be read ({refusal.strerror})"
        raise ModelWillNotLoad(model=path.name, reason=reason) from None
    if reason := _wrong_with(start, size):
        raise ModelWillNotLoad(model=path.name, reason=reason)


def _wrong_with(start: bytes, size: int) -> str:
    if not start:
        return "the file is empty"
    if not MAGIC.startswith(start[:4]):
        page = start.lstrip()[:5].lower() in {b"<!doc", b"<html"}
        return "it is a web page, not a model" if page else "it is not a GGUF file"
    if len(start) < HEADER.size:
        return "the file is cut short"
    _, version, tensors, pairs = HEADER.unpack(start)
    if version not in VERSIONS:
        return f"it has GGUF version {version}, which cannot be read"
    if tensors * SMALLEST_TENSOR + pairs * SMALLEST_PAIR > size:
        return "its header is damaged or the file is cut short"
    return ""
