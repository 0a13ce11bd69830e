"""Files that are private and whole: 0700 folders, 0600 files, replaced only by rename.

The one place where an `OSError` at a write becomes an error of ours.
"""

from __future__ import annotations

import errno
import os
import shutil
from io import FileIO
from pathlib import Path

from desktop.domain.errors import DiskFull, EscritoireError, ProfileUnwritable

# What the system says when there is no room: the disk, the user's quota, a limit on file size.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def make_private_folder(folder: Path, profile: Path) -> None:
    """Create `folder` for this user alone, with the folders above it; an empty one becomes so.

    A folder with something in it keeps its permissions: it may be there for more than us. Raises
    ProfileUnwritable, DiskFull.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(0o700)
    except OSError as error:
        raise refusal(error, folder, profile) from error


def write_whole(path: Path, content: bytes, profile: Path) -> None:
    """Put a file in place at once, or not at all; on the disk when this returns.

    Raises ProfileUnwritable, DiskFull.
    """
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "wb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refusal(error, path, profile) from error


def make_private_file(path: Path) -> None:
    """Create an empty file that this user alone may read, or leave the one that is there."""
    os.close(_private(path, os.O_CREAT | os.O_WRONLY))


def new_file(path: Path) -> FileIO:
    """A file that was not there, for this user alone; what is written goes out unbuffered.

    Raises OSError.
    """
    return open(path, "xb", buffering=0, opener=_private)


def put_in_place(part: Path, path: Path) -> None:
    """Give a file that is complete its name, durably. Raises OSError."""
    part.replace(path)
    settle_folder(path.parent)


def settle_file(path: Path) -> None:
    """Make what was written to a file durable. Raises OSError."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system lets a folder be synced."""
    if os.name == "nt":
        return  # NTFS journals renames; a folder cannot be opened there
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_room(folder: Path, size: int) -> bool:
    """Whether a file in `folder` can grow past `size` bytes, found out by trying.

    Asking for free space would overlook quotas and limits on the size of a file.
    """
    probe = folder / "room.part"
    try:
        with open(probe, "wb", opener=_private) as file:
            file.seek(size)
            file.write(bytes(1 << 16))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno not in NO_ROOM
    finally:
        probe.unlink(missing_ok=True)
    return True


def free_space(folder: Path) -> int:
    """Bytes left on the file system that holds `folder`, or will. Raises OSError."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def refusal(error: OSError, path: Path, profile: Path) -> EscritoireError:
    """The error of ours for `error`, met while writing `path`."""
    if error.errno in NO_ROOM:
        return DiskFull(path=str(path))
    reason = (error.strerror or "it does not answer").lower()
    return ProfileUnwritable(profile=str(profile), reason=reason)


def _private(path: str | os.PathLike[str], flags: int) -> int:
    return os.open(path, flags, 0o600)
