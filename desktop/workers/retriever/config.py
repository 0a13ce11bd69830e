"""What the retriever's child is told at its start, and how far it is trusted.

Imports no library but msgspec.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from desktop.workers.lockdown import Limits

LONGEST_KEY = 16  # characters of a key in a folder's name; 64 bits of it tell a few models apart


def limits_for(index: Path) -> Limits:
    """It writes the folder around `index`, which must exist, and nothing else.

    No limit on memory: torch maps far more than it uses.
    """
    return Limits(writable=(str(index.parent), os.devnull), niceness=5)


class Config(Struct, frozen=True):
    """Where the indexes lie, one for each embedder. Which models there are, each request says."""

    index: str  # folder; made if it is not there, in one that is the child's own
    batch: int = 4  # texts at a time; measured: no slower than 8 or 32, and gives way soonest
    threads: int = 0  # 0: one for each physical core this process may use


def index_folder(index: Path, key: str) -> Path:
    """Where the index of the embedder with this key lies. `index` is what `Config` names."""
    fit = "".join(letter if letter.isalnum() else "_" for letter in key[:LONGEST_KEY])
    return index / (fit or "none")
