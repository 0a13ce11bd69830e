"""What the reviser's child is told at its start, and how far it is trusted.

Imports no library but msgspec.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from desktop.workers.lockdown import Limits

# It reads files and writes none: what it makes of one goes through the pipe.
LIMITS: Final = Limits(memory_bytes=1_500 * 1024 * 1024, open_files=64, niceness=5)


class Config(Struct, frozen=True):
    """How large a file, and a part of one once it is unpacked, may be, in bytes; how many
    elements a part may have; how many characters a text."""

    file_bytes: int = 128 * 1024 * 1024
    part_bytes: int = 64 * 1024 * 1024
    elements: int = 3_000_000
    characters: int = 2_000_000
