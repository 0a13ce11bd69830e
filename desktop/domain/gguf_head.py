"""The head of a GGUF file, byte by byte: metadata and tensor infos. Knows no model.

The bytes may come from anybody. Every count, length and dimension is held against a bound before
anything is looped over or kept, so the work is at most proportional to the bytes that are there,
and no list that is longer than `LONGEST_KEPT` is kept at all.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md; what that leaves open is decided
as llama.cpp's gguf.cpp decides it, for a file that it refuses is of no use.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from desktop.domain.ggml import TENSOR_TYPES, TensorType

LARGEST_HEAD: Final = 256 * 2**20  # bytes; the largest vocabularies take some 20 MiB
MOST_PAIRS: Final = 2**16
MOST_TENSORS: Final = 2**16
MOST_STRINGS: Final = 4 * 2**20  # in lists, all together; the largest vocabularies have 1 million
LONGEST_KEY: Final = 2**16 - 1
LONGEST_TENSOR_NAME: Final = 63  # GGML_MAX_NAME
LONGEST_KEPT: Final = 1024  # elements of a list
MOST_KEPT: Final = 2**16  # numbers in lists, all together
LONGEST_TEXT: Final = 2**20  # bytes of a string that is kept; longer ones are only measured
MOST_DIMENSIONS: Final = 4
MOST_ELEMENTS: Final = 2**63 - 1

MAGIC: Final = b"GGUF"
VERSIONS: Final = range(2, 4)
_PREFIX: Final = struct.Struct("<4sIQQ")  # magic, version, number of tensors, of metadata pairs
_U32: Final = struct.Struct("<I")
_U64: Final = struct.Struct("<Q")
_ELEMENTS: Final = struct.Struct("<IQ")  # of a list: their type, how many
_STRING, _LIST = 8, 9
_SCALARS: Final = {
    0: struct.Struct("<B"), 1: struct.Struct("<b"), 2: struct.Struct("<H"), 3: struct.Struct("<h"),
    4: struct.Struct("<I"), 5: struct.Struct("<i"), 6: struct.Struct("<f"), 7: struct.Struct("<?"),
    10: struct.Struct("<Q"), 11: struct.Struct("<q"), 12: struct.Struct("<d"),
}  # fmt: skip

Scalar = bool | int | float | str


class GgufIncomplete(Exception):
    """The head goes on behind the bytes that were given; at least `needs` of them take it further.

    `needs` is more than was given, and never more than `LARGEST_HEAD`.
    """

    def __init__(self, needs: int) -> None:
        super().__init__(f"at least {needs} bytes are needed")
        self.needs = needs


class GgufDamaged(Exception):
    """No bytes that could follow would make this a model that can be used; `reason` says why.

    `reason` is the end of a sentence that begins with the file.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Elements:
    """A list in the metadata: how long it is, and what is in it if it is short."""

    length: int
    values: tuple[Scalar, ...] | None


Value = Scalar | Elements


@dataclass(frozen=True, slots=True)
class Tensor:
    name: str
    shape: tuple[int, ...]  # the first is the length of a row
    type: TensorType
    size: int  # bytes

    @property
    def elements(self) -> int:
        count = 1
        for length in self.shape:
            count *= length
        return count


@dataclass(frozen=True, slots=True)
class Head:
    """`size` is how long the whole file is that has this head."""

    metadata: dict[str, Value]
    tensors: tuple[Tensor, ...]
    size: int  # bytes


def read_head(head: bytes) -> Head:
    """The head that `head`, the first bytes of a file, hold. Raises GgufIncomplete, GgufDamaged."""
    _check_magic(head)
    reader = _Reader(head)
    _, version, tensors, pairs = reader.unpack(_PREFIX)
    if version not in VERSIONS:
        if int.from_bytes(version.to_bytes(4, "little"), "big") in VERSIONS:
            raise GgufDamaged("it was made for computers with the other byte order")
        raise GgufDamaged(f"it has GGUF version {version}, which cannot be read")
    if tensors > MOST_TENSORS or pairs > MOST_PAIRS:
        raise GgufDamaged("its header is damaged")
    metadata: dict[str, Value] = {}
    for _ in range(pairs):
        key = reader.text(LONGEST_KEY)
        if key in metadata:
            raise GgufDamaged("its header names a value twice")
        metadata[key] = reader.value()
    alignment = metadata.get("general.alignment", 32)
    if isinstance(alignment, bool) or not isinstance(alignment, int) or alignment <= 0:
        raise GgufDamaged("its header has an alignment that is none")
    if alignment & (alignment - 1) or alignment > 2**20:
        raise GgufDamaged("its header has an alignment that is none")
    infos: list[Tensor] = []
    names: set[str] = set()
    end = 0  # of the weights so far, from where they begin
    for _ in range(tensors):
        tensor, offset = reader.tensor()
        if tensor.name in names:
            raise GgufDamaged("its header names a tensor twice")
        if offset != end:
            raise GgufDamaged("its header says wrongly where its weights are")
        names.add(tensor.name)
        infos.append(tensor)
        end += tensor.size + -tensor.size % alignment
        if end > MOST_ELEMENTS:
            raise GgufDamaged("its header is damaged: no file is as large")
    start = reader.at + -reader.at % alignment if tensors else reader.at
    padding = -infos[-1].size % alignment if infos else 0  # of the last one, which may be left out
    return Head(metadata, tuple(infos), start + end - padding)


def _check_magic(head: bytes) -> None:
    start = head[:4]
    if MAGIC.startswith(start):
        return
    if head.lstrip()[:5].lower() in {b"<!doc", b"<html"}:
        raise GgufDamaged("it is a web page, not a model")
    raise GgufDamaged("it is not a GGUF file")


class _Reader:
    """Reads on from `at`, and says how many bytes it would take where they end."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._strings = 0  # in lists, so far
        self._kept = 0  # numbers in lists, so far
        self.at = 0

    def unpack(self, layout: struct.Struct) -> tuple[int, ...]:
        self._want(self.at + layout.size)
        values = layout.unpack_from(self._head, self.at)
        self.at += layout.size
        return values

    def text(self, longest: int) -> str:
        """A string. One of more than `longest` bytes is damage."""
        (length,) = self.unpack(_U64)
        if length > longest:
            raise GgufDamaged("its header is damaged: a name in it is too long")
        self._want(self.at + length)
        raw = self._head[self.at : self.at + length]
        self.at += length
        return raw.decode(errors="replace")

    def value(self) -> Value:
        """A value with its type in front."""
        (kind,) = self.unpack(_U32)
        if kind == _STRING:
            return self._string()
        if kind == _LIST:
            return self._list()
        return self._scalar(kind)

    def tensor(self) -> tuple[Tensor, int]:
        """A tensor, and its offset among the weights."""
        name = self.text(LONGEST_TENSOR_NAME)
        (dimensions,) = self.unpack(_U32)
        if dimensions > MOST_DIMENSIONS:
            raise GgufDamaged(f"its header gives a tensor {dimensions} dimensions")
        shape = tuple(self.unpack(_U64)[0] for _ in range(dimensions))
        (kind,) = self.unpack(_U32)
        (offset,) = self.unpack(_U64)
        type_ = TENSOR_TYPES.get(kind)
        if type_ is None:
            raise GgufDamaged("its weights are of a type that is not known here")
        elements = 1
        for length in shape:
            elements *= length
            if elements > MOST_ELEMENTS:
                raise GgufDamaged("its header is damaged: a tensor in it is too large")
        row = shape[0] if shape else 1
        if row % type_.block:
            raise GgufDamaged("its header is damaged: a tensor does not go into whole blocks")
        return Tensor(name, shape, type_, elements // type_.block * type_.size), offset

    def _string(self) -> str:
        (length,) = self.unpack(_U64)
        self._want(self.at + length)
        raw = self._head[self.at : self.at + min(length, LONGEST_TEXT)]
        self.at += length
        return raw.decode(errors="replace")

    def _scalar(self, kind: int) -> Scalar:
        layout = _SCALARS.get(kind)
        if layout is None:
            raise GgufDamaged("its header has a value of a type that is none")
        return self.unpack(layout)[0]

    def _list(self) -> Elements:
        kind, length = self.unpack(_ELEMENTS)
        if kind == _STRING:
            return self._strings_list(length)
        layout = _SCALARS.get(kind)
        if layout is None:  # a list of lists is in the format, but llama.cpp refuses it too
            raise GgufDamaged("its header has a list of a type that is none")
        end = self.at + length * layout.size
        self._want(end)
        values: tuple[Scalar, ...] | None = None
        if length <= LONGEST_KEPT and self._kept + length <= MOST_KEPT:
            self._kept += length
            values = tuple(
                layout.unpack_from(self._head, at)[0] for at in range(self.at, end, layout.size)
            )
        self.at = end
        return Elements(length, values)

    def _strings_list(self, length: int) -> Elements:
        self._strings += length
        if self._strings > MOST_STRINGS:
            raise GgufDamaged("its header is damaged: a list in it is too long")
        self._want(self.at + length * _U64.size)  # each has a length at least
        if length <= LONGEST_KEPT:
            return Elements(length, tuple(self._string() for _ in range(length)))
        # A vocabulary: a quarter of a million of these, stepped over and not kept.
        head, at, unpack = self._head, self.at, _U64.unpack_from
        last = len(head) - _U64.size
        for left in range(length, 0, -1):
            if at > last:
                self._want(at + left * _U64.size)
            at += _U64.size + unpack(head, at)[0]
        self._want(at)
        self.at = at
        return Elements(length, None)

    def _want(self, end: int) -> None:
        if end > LARGEST_HEAD:
            raise GgufDamaged("its header is damaged, or larger than any model's")
        if end > len(self._head):
            raise GgufIncomplete(end)
