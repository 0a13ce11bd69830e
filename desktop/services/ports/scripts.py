"""The files that scans of other scripts are read with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.domain.jobs import Cancellation


class RecognizerFiles(Protocol):
    """A folder of them. A file is there under its name once it is whole."""

    def take(self, source: Path, name_for: Callable[[str], str], cancel: Cancellation) -> None:
        """Copy a file in, under the name that `name_for` has for its SHA-256.

        Raises what that raises, FileUnreadable, DiskFull, Cancelled.
        """
        ...

    def path(self, name: str, sha256: str) -> Path | None:
        """Where the file of that name lies; None if it is not there, or is another by its hash."""
        ...
