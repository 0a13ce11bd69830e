"""An Outlook message for the tests, made by hand: no library at hand writes one.

Sources: [MS-CFB] (the compound file: header, FAT, directory, mini stream) and [MS-OXMSG] (which
streams a message has). Siblings of the directory form a chain, which is a tree too.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI = 512, 64

Tree = Mapping[str, "bytes | Tree"]


def compound_file(tree: Tree) -> bytes:
    """A compound file with these storages and streams, each stream shorter than 4,096 bytes."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, 0, 0]]  # right, child, at, size
    mini, mini_fat = b"", list[int]()

    def add(content: Tree) -> int:
        nonlocal mini
        first = previous = _NONE
        for name, value in sorted(content.items(), key=_place):
            number = len(entries)
            if isinstance(value, bytes):
                begin, count = len(mini_fat), -(-len(value) // _MINI)
                mini_fat.extend(range(begin + 1, begin + count))
                mini_fat.extend([_END] * (count > 0))
                mini += value.ljust(count * _MINI, b"\0")
                entries.append([name, 2, _NONE, _NONE, begin if count else _END, len(value)])
            else:
                entries.append([name, 1, _NONE, _NONE, 0, 0])
                entries[number][3] = add(value)
            if previous == _NONE:
                first = number
            else:
                entries[previous][2] = number
            previous = number
        return first

    entries[0][3] = add(tree)
    directory_sectors = -(-len(entries) // 4)
    mini_fat_sectors = -(-len(mini_fat) // 128)
    stream_sectors = -(-len(mini) // _SECTOR)
    fat = [_FAT]
    for count in (directory_sectors, mini_fat_sectors, stream_sectors):
        begin = len(fat)
        fat += [*range(begin + 1, begin + count), _END] if count else []
    mini_fat_at = 1 + directory_sectors
    entries[0][4], entries[0][5] = mini_fat_at + mini_fat_sectors, len(mini)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, mini_fat_at, mini_fat_sectors, _END, 0, 0),
    )
    header += struct.pack("<108I", *[_FREE] * 108)
    directory = b"".join(_entry(*entry) for entry in entries)  # type: ignore[arg-type]
    return b"".join(
        (
            header,
            struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat))),
            directory.ljust(directory_sectors * _SECTOR, b"\0"),
            struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(mini_fat_sectors * _SECTOR, b"\xff"),
            mini.ljust(stream_sectors * _SECTOR, b"\0"),
        )
    )


def _place(item: tuple[str, object]) -> tuple[int, str]:
    """The order of siblings: the shorter name first."""
    return len(item[0]), item[0].upper()


def _entry(name: str, kind: int, right: int, child: int, at: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIQ", written, len(written) + 2, kind, 1, _NONE, right, child, at, size
    )


def outlook_message(
    subject: str, sender: str, body: str, sent: datetime, attached: Mapping[str, bytes]
) -> bytes:
    """An MSG file."""
    ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
    texts = {
        0x001A: "IPM.Note",
        0x0037: subject,
        0x007D: f"From: {sender}\r\nSubject: {subject}\r\n",
        0x0C1F: sender,
        0x1000: body,
    }
    head = struct.pack("<8xIIII8x", 0, len(attached), 0, len(attached))
    tree: dict[str, bytes | Tree] = {
        **_with_properties(head, texts, struct.pack("<HHIQ", 0x40, 0x39, 6, ticks)),
    }
    for number, (name, content) in enumerate(attached.items()):
        method = struct.pack("<HHIQ", 0x03, 0x3705, 6, 1)  # by value
        held = struct.pack("<HHIQ", 0x102, 0x3701, 6, len(content))
        tree[f"__attach_version1.0_#{number:08X}"] = {
            **_with_properties(bytes(8), {0x3707: name}, method + held),
            "__substg1.0_37010102": content,
        }
    return compound_file(tree)


def _with_properties(head: bytes, texts: Mapping[int, str], others: bytes) -> dict[str, bytes]:
    """The property stream and the streams of the texts that it lists."""
    written = {tag: text.encode("utf-16-le") for tag, text in texts.items()}
    listed = [struct.pack("<HHIQ", 0x1F, tag, 6, len(raw) + 2) for tag, raw in written.items()]
    return {
        "__properties_version1.0": head + b"".join(listed) + others,
        **{f"__substg1.0_{tag:04X}001F": raw for tag, raw in written.items()},
    }
