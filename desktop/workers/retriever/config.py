"""What the retriever's child is told at its start, and how far it is trusted.

Imports no library but msgspec.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from desktop.workers.lockdown import Limits


def limits_for(index: Path) -> Limits:
    """It writes the folder around `index`, which must exist, and nothing else.

    No limit on memory: torch maps far more than it uses.
    """
    return Limits(writable=(str(index.parent), os.devnull), niceness=5)


class Config(Struct, frozen=True):
    """Where the index lies and which embedding model fills it.

    `embedder` "" means that none is installed: the index can be looked after, not asked.
    """

    index: str  # folder; made if it is not there, in one that is the child's own
    embedder: str = ""
    model: str = ""  # folder of the embedding model
    dimensions: int = 0
    batch: int = 4  # texts at a time; measured: no slower than 8 or 32, and gives way soonest
    threads: int = 0  # 0: one for each physical core this process may use
