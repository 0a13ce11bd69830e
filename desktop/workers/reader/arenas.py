"""Memory that the C library only reserves: bounded, since the reader's limit counts it too."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h of the GNU C library


def keep_few_arenas() -> None:
    """Let threads share what memory is given out from; each would reserve 64 MB of its own."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library may have none
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 2)
