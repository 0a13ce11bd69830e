"""The bytes at a path that may be anything: a document, a pipe, a folder, a disk's worth of zeros.

Never blocks on what is no regular file, and takes in no more than it is allowed to.
"""

from __future__ import annotations

from pathlib import PurePath

from desktop.domain.errors import (
    FileUnreadable,
    OriginalDamaged,
    OriginalTooDemanding,
)
from desktop.workers.source_files import NO_FILE, open_regular


def content_of(path: str, limit: int) -> bytes:
    """All bytes of the file. Raises FileUnreadable, OriginalDamaged, OriginalTooDemanding."""
    name = PurePath(path).name
    try:
        with open_regular(path) as file:
            content = file.read(limit + 1)
    except OSError as error:
        if error.errno in NO_FILE:
            raise OriginalDamaged(file=name, reason="it is no file") from error
        reason = (error.strerror or type(error).__name__).lower()
        raise FileUnreadable(file=name, reason=reason) from error
    if len(content) > limit:
        raise OriginalTooDemanding(file=name, resource="memory")
    return content
