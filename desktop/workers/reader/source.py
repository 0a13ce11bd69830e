"""Opening a path that may be anything: a document, a pipe, a folder, a film with a PDF's name.

Never blocks on what is no regular file, and maps nothing into memory: a file that another program
cuts short under our eyes must be a failed read, not a SIGBUS. Knows nothing of PDF but its marks.
"""

from __future__ import annotations

import errno
import os
from pathlib import PurePath
from typing import BinaryIO

from desktop.domain.errors import (
    DocumentMissing,
    DocumentUnreadable,
    FormatNotSupported,
    NotAPdf,
)
from desktop.workers.source_files import NO_FILE, open_regular

HEADER_WITHIN = 1024  # bytes; ISO 32000-2, annex C.2: readers accept a header in the first 1,024
TRAILER_WITHIN = 2048  # bytes before trailing blanks; the same note says 1,024, mailers add more
_PADDING_READ = 65_536
_PADDING = b"\0 \t\r\n\x1a"


def open_source(path: str) -> BinaryIO:
    """The PDF at `path`, opened for reading from its start.

    Raises DocumentMissing, DocumentUnreadable, or NotAPdf if it is no regular file or has no PDF
    header near its start.
    """
    name = PurePath(path).name
    try:
        file = open_file(path)
    except FormatNotSupported as error:
        raise NotAPdf(file=name) from error
    if not has_pdf_header(head_of(file, name)):
        file.close()
        raise NotAPdf(file=name)
    return file


def open_file(path: str) -> BinaryIO:
    """The file at `path`, opened for reading from its start.

    Raises DocumentMissing, DocumentUnreadable, FormatNotSupported if it is no regular file.
    """
    try:
        return open_regular(path)
    except OSError as error:
        raise _refusal(error, PurePath(path).name) from error


def head_of(file: BinaryIO, name: str, size: int = HEADER_WITHIN) -> bytes:
    """The first `size` bytes. Raises DocumentUnreadable; the file is closed then."""
    try:
        header = file.read(size)
        file.seek(0)
    except OSError as error:
        file.close()
        raise _refusal(error, name) from error
    return header


def has_pdf_header(head: bytes) -> bool:
    """Whether a file that begins with `head` says that it is a PDF."""
    return b"%PDF-" in head[:HEADER_WITHIN]


def identity(path: str) -> tuple[int, int, int, int]:
    """Device, inode, size and time of change of the file at `path`: another file, another tuple.

    Raises DocumentMissing, DocumentUnreadable.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - the very path that open_source opens
    except OSError as error:
        raise _refusal(error, PurePath(path).name) from error
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def is_cut_short(file: BinaryIO) -> bool:
    """Whether the end-of-file mark is missing from the end of the file, blanks aside."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _PADDING_READ))
    tail = file.read(_PADDING_READ).rstrip(_PADDING)[-TRAILER_WITHIN:]
    file.seek(0)
    return b"%%EOF" not in tail


def _refusal(
    error: OSError, name: str
) -> DocumentMissing | DocumentUnreadable | FormatNotSupported:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return DocumentMissing(file=name)
    if error.errno in NO_FILE:
        return FormatNotSupported(file=name)
    return DocumentUnreadable(file=name, reason=(error.strerror or str(error)).lower())
