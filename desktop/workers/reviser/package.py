"""A Word document as the ZIP archive it is: parts out, the archive with other parts back.

Every size is looked at before anything is unpacked, and only the parts that are asked for ever are:
the others go into the new archive as they lie packed in the old one, to the byte. APPNOTE.TXT, 4.3,
names the records. Knows nothing of what the parts hold.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from desktop.domain.errors import OriginalDamaged, OriginalProtected, OriginalTooDemanding

MOST_PARTS = 20_000
ENCRYPTED = 0x1  # general purpose bits
DESCRIPTOR = 0x8
UTF8_NAME = 0x800

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class Package:
    """The archive in `raw`; `name` is what errors call it.

    Raises OriginalDamaged, OriginalProtected, OriginalTooDemanding.
    """

    def __init__(self, raw: bytes, name: str, *, part_bytes: int) -> None:
        self._raw = raw
        self._name = name
        self._part_bytes = part_bytes
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
            infos = self._archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self._damaged("it is no archive") from error
        if len(infos) > MOST_PARTS:
            raise OriginalTooDemanding(file=name, resource="memory")
        self._infos = {info.filename: info for info in infos}
        if len(self._infos) < len(infos):
            raise self._damaged("two parts have one name")
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise OriginalProtected(file=name)

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def read(self, part: str) -> bytes:
        """The part, unpacked."""
        info = self._infos.get(part)
        if info is None:
            raise self._damaged("a part is missing")
        if info.file_size > self._part_bytes:
            raise OriginalTooDemanding(file=self._name, resource="memory")
        try:
            with self._archive.open(info) as file:
                content = file.read(self._part_bytes + 1)  # never more than it claims to be
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
        ) as error:  # fmt: skip
            raise self._damaged("a part cannot be unpacked") from error
        if len(content) != info.file_size:
            raise self._damaged("a part is cut short")
        return content

    def replaced(self, parts: Mapping[str, bytes]) -> Iterator[bytes]:
        """The archive with `parts` in place of those of their names, in pieces."""
        directory: list[bytes] = []
        at = 0
        for info in self._infos.values():
            content = parts.get(info.filename)
            packed = self._packed(info) if content is None else _deflated(content)
            method = info.compress_type if content is None else zipfile.ZIP_DEFLATED
            crc = info.CRC if content is None else zlib.crc32(content)
            size = info.file_size if content is None else len(content)
            name = info.filename.encode()
            flags = (info.flag_bits & ~(DESCRIPTOR | UTF8_NAME)) | (
                0 if name.isascii() else UTF8_NAME
            )
            when = _stamp(info.date_time)
            needs = max(20, info.extract_version)
            about = (flags, method, *when, crc, len(packed), size, len(name))
            yield _LOCAL.pack(b"PK\3\4", needs, *about, 0) + name
            yield packed
            directory.append(
                _CENTRAL.pack(
                    b"PK\1\2", needs | info.create_system << 8, needs, *about, 0, 0, 0,
                    info.internal_attr, info.external_attr, at,
                )
                + name
            )  # fmt: skip
            at += _LOCAL.size + len(name) + len(packed)
        records = b"".join(directory)
        count = len(directory)
        yield records + _END.pack(b"PK\5\6", 0, 0, count, count, len(records), at, 0)

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """The part as it lies in the archive."""
        start = info.header_offset
        header = self._raw[start : start + _LOCAL.size]
        if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
            raise self._damaged("a part is not where it ought to be")
        name_length, extra_length = _LOCAL.unpack(header)[-2:]
        start += _LOCAL.size + name_length + extra_length
        packed = self._raw[start : start + info.compress_size]
        if len(packed) < info.compress_size:
            raise self._damaged("a part is cut short")
        return packed

    def _damaged(self, reason: str) -> OriginalDamaged:
        return OriginalDamaged(file=self._name, reason=reason)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _stamp(date: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    """Time and date as MS-DOS has them."""
    year, month, day, hour, minute, second = date
    return (
        hour << 11 | minute << 5 | second // 2,
        max(0, min(year - 1980, 127)) << 9 | month << 5 | day,
    )
