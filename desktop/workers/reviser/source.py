"""The bytes at a path that may be anything: a document, a pipe, a folder, a disk's worth of zeros.

Never blocks on what is no regular file, and takes in no more than it is allowed to.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import PurePath

from desktop.domain.errors import (
    FileUnreadable,
    OriginalDamaged,
    OriginalTooDemanding,
)

_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def content_of(path: str, limit: int) -> bytes:
    """All bytes of the file. Raises FileUnreadable, OriginalDamaged, OriginalTooDemanding."""
    name = PurePath(path).name
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OriginalDamaged(file=name, reason="it is no file")
            content = file.read(limit + 1)
    except OSError as error:
        if error.errno == errno.EISDIR:
            raise OriginalDamaged(file=name, reason="it is no file") from error
        reason = (error.strerror or type(error).__name__).lower()
        raise FileUnreadable(file=name, reason=reason) from error
    if len(content) > limit:
        raise OriginalTooDemanding(file=name, resource="memory")
    return content
