"""Heads of GGUF files, built for tests: small models, hostile ones, and as large as real ones.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from desktop.domain.ggml import TENSOR_TYPES

Metadata = Mapping[str, object]
Shaped = tuple[str, tuple[int, ...], int]  # a tensor's name, shape, ggml_type
UINT8, INT8, UINT16, INT16, UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = range(10)
UINT64, INT64, FLOAT64 = 10, 11, 12
F32, F16, Q4_0, Q4_K, Q8_0 = 0, 1, 2, 12, 8
ALIGNMENT = 32


class Raw(bytes):
    """A metadata value as bytes, its type included."""


def string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def value(of: object) -> bytes:
    """A metadata value with its type: whole numbers are uint32."""
    match of:
        case Raw():
            return of
        case bool():
            return struct.pack("<I?", BOOL, of)
        case int():
            return struct.pack("<II", UINT32, of)
        case float():
            return struct.pack("<If", FLOAT32, of)
        case str():
            return struct.pack("<I", STRING) + string(of)
        case list():
            each = [value(element) for element in of] or [value(0)]
            body = b"".join(element[4:] for element in each) if of else b""
            return struct.pack("<I", ARRAY) + each[0][:4] + struct.pack("<Q", len(of)) + body
    raise TypeError(type(of).__name__)


def gguf(metadata: Metadata, tensors: Sequence[Shaped] = (), version: int = 3) -> bytes:
    """The head of a GGUF, padded to where its weights begin."""
    head = struct.pack("<4sIQQ", b"GGUF", version, len(tensors), len(metadata))
    head += b"".join(string(key) + value(of) for key, of in metadata.items())
    offset = 0
    for name, shape, kind in tensors:
        head += string(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
        head += struct.pack("<IQ", kind, offset)
        offset += bytes_of(shape, kind)
        offset += -offset % ALIGNMENT
    return head + bytes(-len(head) % ALIGNMENT)


def bytes_of(shape: Sequence[int], kind: int) -> int:
    """Bytes of a tensor."""
    count = 1
    for length in shape:
        count *= length
    return count // TENSOR_TYPES[kind].block * TENSOR_TYPES[kind].size


def llama(  # the sizes of Llama 2 7B unless said otherwise
    *,
    layers: int = 32,
    embedding: int = 4096,
    feed_forward: int = 11008,
    heads: int = 32,
    kv_heads: int = 32,
    vocabulary: int = 32000,
    kind: int = Q4_0,
    tied: bool = False,
    **more: object,
) -> bytes:
    """The head of a chat model of the llama architecture; `more` metadata, `_` for the dots."""
    said: dict[str, object] = {
        "general.architecture": "llama",
        "general.name": "A model",
        "general.file_type": 2,
        "llama.block_count": layers,
        "llama.embedding_length": embedding,
        "llama.feed_forward_length": feed_forward,
        "llama.attention.head_count": heads,
        "llama.attention.head_count_kv": kv_heads,
        "llama.context_length": 8192,
        "llama.vocab_size": vocabulary,
        "llama.rope.dimension_count": embedding // heads,
        "tokenizer.chat_template": "{{ messages }}",
    }
    said |= {key.replace("__", "."): of for key, of in more.items()}
    narrow = embedding // heads * kv_heads
    tensors: list[Shaped] = [("token_embd.weight", (embedding, vocabulary), kind)]
    for layer in range(layers):
        tensors += [
            (f"blk.{layer}.attn_q.weight", (embedding, embedding), kind),
            (f"blk.{layer}.attn_k.weight", (embedding, narrow), kind),
            (f"blk.{layer}.attn_v.weight", (embedding, narrow), kind),
            (f"blk.{layer}.attn_output.weight", (embedding, embedding), kind),
            (f"blk.{layer}.ffn_gate.weight", (embedding, feed_forward), kind),
            (f"blk.{layer}.ffn_up.weight", (embedding, feed_forward), kind),
            (f"blk.{layer}.ffn_down.weight", (feed_forward, embedding), kind),
            (f"blk.{layer}.attn_norm.weight", (embedding,), F32),
            (f"blk.{layer}.ffn_norm.weight", (embedding,), F32),
        ]
    tensors.append(("output_norm.weight", (embedding,), F32))
    if not tied:
        tensors.append(("output.weight", (embedding, vocabulary), kind))
    return gguf(said, tensors)
