"""The files in the profile that scans of other scripts are read with.

Each is copied in under its name once it is whole and its hash is known, and hashed again whenever
its traces say that it may have been touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from desktop.domain.errors import DiskFull, FileUnreadable
from desktop.domain.jobs import Cancellation
from desktop.storage.copying import copy_hashed
from desktop.storage.disk import NO_ROOM
from desktop.storage.verified import Traces

LARGEST = 200_000_000  # bytes; the largest one known has 17 MB


class RecognizerFiles:
    """`services.ports.RecognizerFiles`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, tuple[Traces, str]] = {}

    def take(self, source: Path, name_for: Callable[[str], str], cancel: Cancellation) -> None:
        """Copy a file in, under the name that `name_for` has for its SHA-256.

        Raises what that raises, FileUnreadable, DiskFull, Cancelled.
        """
        part = self._folder / ".part"
        try:
            if source.stat().st_size > LARGEST:
                raise FileUnreadable(file=str(source), reason=f"it is over {LARGEST} bytes")
            self._folder.mkdir(mode=0o700, exist_ok=True)
            part.unlink(missing_ok=True)
            _, sha256 = copy_hashed(source, part, lambda _: None, cancel)
            part.replace(self._folder / name_for(sha256))
        except OSError as error:
            if error.errno in NO_ROOM:
                raise DiskFull(path=str(self._folder)) from error
            reason = (error.strerror or type(error).__name__).lower()
            raise FileUnreadable(file=str(source), reason=reason) from error
        finally:
            part.unlink(missing_ok=True)

    def path(self, name: str, sha256: str) -> Path | None:
        """Where the file of that name lies; None if it is not there, or is another by its hash."""
        path = self._folder / name
        try:
            traces = Traces.of(path)
            seen, known = self._seen.get(path, (None, ""))
            if seen != traces:
                known = hashlib.sha256(path.read_bytes()).hexdigest()
                self._seen[path] = (traces, known)
        except OSError:
            return None
        return path if known == sha256 else None
