"""What another process asks of whoever has a profile open: to come to the front or to rewrite.

A file in the profile's folder, which only this user can write. It carries one word of those known
here and never a text: that would lie on the disk unencrypted.
"""

from __future__ import annotations

import os
import time
from enum import StrEnum

from desktop.storage.paths import Paths

LONGEST = 64  # bytes that are read of it
LOOK_EVERY_S = 0.05


class Asked(StrEnum):
    """FRONT is the window; the others are what the small window is to rewrite."""

    FRONT = "front"
    SELECTION = "selection"
    CLIPBOARD = "clipboard"


def ask(paths: Paths, what: Asked) -> None:
    """Leave the request for whoever has the profile open. Raises OSError."""
    unfinished = paths.raise_request.with_suffix(f".{os.getpid()}.part")
    unfinished.write_text(what, encoding="ascii")
    # Renamed, so that nobody finds it without its word.
    unfinished.replace(paths.raise_request)


def take(paths: Paths) -> Asked | None:
    """The request that waits, if one does; it is gone then. What cannot be read asks for FRONT."""
    try:
        with paths.raise_request.open("rb") as file:
            word = file.read(LONGEST).decode("ascii", "replace")
        paths.raise_request.unlink()
    except FileNotFoundError:
        return None
    except OSError:
        return Asked.FRONT
    return Asked(word) if word in list(Asked) else Asked.FRONT


def wait_until_taken(paths: Paths, seconds: float) -> bool:
    """Whether somebody took the request in time; if not, it is withdrawn."""
    end = time.monotonic() + seconds
    while paths.raise_request.exists():
        if time.monotonic() > end:
            paths.raise_request.unlink(missing_ok=True)
            return False
        time.sleep(LOOK_EVERY_S)
    return True


def is_open(paths: Paths) -> bool:
    """Whether a process has the profile open now."""
    if not paths.lock.exists():
        return False
    # Here: the window asks and is asked before it needs a lock.
    from filelock import FileLock, Timeout

    lock = FileLock(paths.lock, timeout=0, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False  # opening it says why
    lock.release()
    return False
