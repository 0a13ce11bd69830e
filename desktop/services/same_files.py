"""Whether a document's file is still the one that was read, by its hash.

A file is hashed once; it is taken for the same as long as its size and its times stay. Opens files
to hash them alone; what is in them is the reader's business.
"""

from __future__ import annotations

import os
from pathlib import Path

from desktop.domain.documents import Document
from desktop.domain.errors import DocumentChanged, DocumentMissing, DocumentUnreadable
from desktop.domain.jobs import Cancellation
from desktop.services.intake import reason_of
from desktop.services.reading import fingerprint

_Seen = tuple[str, int, int, int]  # the hash that was read; inode, size and time of the file


class SameFiles:
    """Remembers what it has hashed, by document. Thread-safe: two threads hash twice at worst."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[_Seen, bool]] = {}

    def check(self, document: Document, cancel: Cancellation) -> None:
        """Raises DocumentChanged, DocumentMissing, DocumentUnreadable, Cancelled."""
        status = _status_of(document.path)
        if status.st_size != document.size:
            raise DocumentChanged(file=document.name)
        key = (document.sha256, status.st_ino, status.st_size, status.st_mtime_ns)
        seen, same = self._seen.get(document.id, (None, False))
        if seen != key:
            same = fingerprint(document.path, document.name, cancel)[0] == document.sha256
            self._seen[document.id] = (key, same)
        if not same:
            raise DocumentChanged(file=document.name)


def _status_of(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise DocumentMissing(file=path.name) from None
    except OSError as error:
        raise DocumentUnreadable(file=path.name, reason=reason_of(error)) from error
