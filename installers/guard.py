"""Lets one set-up at a time work on a checkout, as when a window and the tests start together.

The operating system drops the lock when its holder ends, however it ends. It must not be used to
guard anything but the set-up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def alone(path: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Holds the lock file at `path` during the block; waits for another holder first.

    Args:
        path: the file to lock; it is made when missing and stays.
        wait: called once when there is another holder.
    """
    with path.open("ab") as file:
        if not _take(file):
            wait()
            while not _take(file):
                time.sleep(0.5)
        yield


def _take(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
