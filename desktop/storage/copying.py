"""Copying a large file and hashing it on the way, in one read.

Hashing and writing go on side by side: both leave the interpreter free, and either may be slower.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from io import FileIO
from itertools import cycle
from pathlib import Path

from desktop.domain.errors import FileUnreadable
from desktop.domain.jobs import Cancellation
from desktop.storage.disk import new_file
from desktop.storage.verified import PIECE


def copy_hashed(
    source: Path, target: Path, counted: Callable[[int], None], cancel: Cancellation
) -> tuple[int, str]:
    """Write what `source` holds to the new file `target`, durably; its size and its SHA-256.

    The hash is that of the bytes that were written, whatever becomes of `source`. `counted` is
    told of bytes as they are written. Raises FileUnreadable if `source` cannot be read, OSError if
    `target` cannot be written, Cancelled; what was written until then is left behind.
    """
    digest, size = hashlib.sha256(), 0
    pieces = cycle([memoryview(bytearray(PIECE)), memoryview(bytearray(PIECE))])
    with (
        _opened(source) as reading,
        new_file(target) as writing,
        ThreadPoolExecutor(1, thread_name_prefix="hashing") as aside,
    ):
        hashing: Future[None] | None = None
        for piece in pieces:
            read = _read(reading, piece, source)
            if hashing is not None:
                hashing.result()
            if not read:
                break
            hashing = aside.submit(digest.update, piece[:read])
            _write(writing, piece[:read])
            size += read
            counted(read)
            cancel.raise_if_wished()
        os.fsync(writing.fileno())
    return size, digest.hexdigest()


def _opened(source: Path) -> FileIO:
    try:
        return source.open("rb", buffering=0)
    except OSError as error:
        raise _unreadable(source, error) from error


def _read(reading: FileIO, piece: memoryview, source: Path) -> int:
    try:
        return reading.readinto(piece)
    except OSError as error:
        raise _unreadable(source, error) from error


def _write(writing: FileIO, piece: memoryview) -> None:
    while piece:
        piece = piece[writing.write(piece) :]


def _unreadable(source: Path, error: OSError) -> FileUnreadable:
    return FileUnreadable(file=str(source), reason=(error.strerror or "it does not answer").lower())
