"""What the reader's child is told at its start, and how far it is trusted.

Imports no library but msgspec.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from desktop.workers.lockdown import Limits

# One file may not cost more memory than this. It reads files and writes none.
LIMITS: Final = Limits(memory_bytes=1_500 * 1024 * 1024, open_files=64, niceness=5)


class Config(Struct, frozen=True):
    """`kept_open` files stay open between requests, so that turning a page is quick.

    `structure_s` is how long title, outline and page labels may take; text does not wait longer.
    `recognizer` is the file that OCR reads with, "" what is carried along; a request names it.
    """

    kept_open: int = 2
    structure_s: float = 5.0
    recognizer: str = ""
