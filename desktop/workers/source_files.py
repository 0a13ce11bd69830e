"""Files that a child takes apart: their paths as they are sent, and how they are opened there.

A path may be anything: a document, a pipe, a folder. Opening never blocks on what is no regular
file. Knows no format, and not what an error means for whose file it is.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import DocumentUnreadable, FileUnreadable

NO_FILE = frozenset({errno.EISDIR, errno.ENXIO, errno.ENODEV})  # what is no regular file
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def path_to_send(path: Path, unreadable: type[DocumentUnreadable] | type[FileUnreadable]) -> str:
    """The path as the protocol carries it. Raises `unreadable`."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:  # bytes of an old file system that are no text
        name = path.name.encode(errors="replace").decode()
        raise unreadable(file=name, reason="its name is not valid text") from error
    return str(path)


def open_regular(path: str) -> BinaryIO:
    """The file at `path`, opened for reading from its start.

    Raises OSError, of an errno in `NO_FILE` if it is no regular file.
    """
    descriptor = os.open(path, _OPEN_FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    return os.fdopen(descriptor, "rb")
