"""Files that are the user's: written beside what is there, whole or not at all.

A file gets its name once it is complete. What has that name already stays, unless the user said
that it may go.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import DiskFull, EscritoireError, FileThere, FileUnwritable
from desktop.domain.originals import Original
from desktop.storage.disk import NO_ROOM
from desktop.storage.text_files import encoded, read_original

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class RewrittenFiles:
    """`services.ports.RewrittenFiles` on the disk."""

    def read(self, path: Path) -> Original:
        """A plain text. Raises FileUnreadable, TextFormatUnknown, TextTooLong."""
        return read_original(path)

    def encoded(self, text: str, encoding: str) -> tuple[bytes, str]:
        return encoded(text, encoding)

    def is_there(self, path: Path) -> bool:
        return os.path.lexists(path)

    def is_same(self, path: Path, other: Path) -> bool:
        """Whether both are one file, by whatever names."""
        try:
            return path.samefile(other)
        except OSError:
            return path.absolute() == other.absolute()

    def write(self, path: Path, pieces: Iterable[bytes], *, replace: bool) -> None:
        """Raises FileThere (unless it may be replaced), FileUnwritable, DiskFull."""
        with whole_file(path, replace=replace) as file:
            for piece in pieces:
                file.write(piece)


@contextlib.contextmanager
def whole_file(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name when all went well, and otherwise leaves no trace.

    Raises FileThere (unless it may be replaced), FileUnwritable, DiskFull.
    """
    if not replace and os.path.lexists(path):
        raise FileThere(file=str(path))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(part, path, replace=replace)
    except OSError as error:
        raise _refusal(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _name(part: Path, path: Path, *, replace: bool) -> None:
    """Give a complete file its name; a file that came there meanwhile stays."""
    if replace:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        part.rename(path)


def _refusal(error: OSError, path: Path) -> EscritoireError:
    if error.errno in NO_ROOM:
        return DiskFull(path=str(path))
    if isinstance(error, FileExistsError):
        return FileThere(file=str(path))
    reason = (error.strerror or type(error).__name__).lower()
    return FileUnwritable(file=str(path), reason=reason)
