"""What the downloader's child is told at its start, and how far it is trusted.

Imports no library but msgspec.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from msgspec import Struct

from desktop.workers.lockdown import Limits

MEMORY: Final = 1024 * 1024 * 1024  # bytes; its libraries map a third of that


def limits_for(folder: Path) -> Limits:
    """It connects, and writes into `folder`, which must exist, and nowhere else."""
    return Limits(
        memory_bytes=MEMORY,
        open_files=64,
        writable=(str(folder), os.devnull),
        allow_network=True,
        niceness=5,
    )


class Config(Struct, frozen=True):
    """How long it waits, in seconds, and how often it tries.

    `tries` count the requests in a row that brought nothing; the pauses between them double.
    """

    version: str = ""  # of the program, which names itself to the hub
    connect_s: float = 15.0
    stall_s: float = 30.0  # without a byte
    tries: int = 5
    pause_s: float = 1.0
    longest_pause_s: float = 30.0
