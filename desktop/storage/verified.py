"""What files were found to hash to, kept so that gigabytes are not hashed at every start.

A file is hashed before its first use and again whenever size, times or inode say that it may have
been touched. Opens no model, and judges none: what a hash ought to be is the caller's to know.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from desktop.domain.errors import ModelChanged, ModelMissing
from desktop.domain.jobs import Cancellation
from desktop.storage.rows import StorePart

PIECE = 1 << 20  # bytes read at a time: hashing is as fast as with any larger one
Counted = Callable[[int], None]  # told how many bytes were read since it was told last


class Traces(NamedTuple):
    """What changes when a file is written to. `changed_ns` cannot be set back by the writer."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: str

    @classmethod
    def of(cls, path: Path) -> Traces:
        status = path.stat()
        # As text: an inode number may have 64 bits without a sign, or more.
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, str(status.st_ino))


class VerifiedFiles(StorePart):
    """Hashes of files, remembered by path and traces."""

    def sha256(
        self,
        model: str,
        path: Path,
        *,
        afresh: bool = False,
        counted: Counted | None = None,
        cancel: Cancellation | None = None,
    ) -> str:
        """The SHA-256 of a file: remembered if the file is untouched since, or else computed.

        `afresh`: computed in any case. Raises ModelMissing, and ModelChanged if the file was
        written to meanwhile, both naming `model`; Cancelled.
        """
        try:
            seen = Traces.of(path)
            known = None if afresh else self._remembered(path, seen)
            if known is not None:
                if counted is not None:
                    counted(seen.size)
                return known
            sha256 = _hashed(path, counted, cancel)
            if Traces.of(path) != seen:
                raise ModelChanged(model=model)
        except OSError as error:
            raise ModelMissing(model=model) from error
        self.remember(path, seen, sha256)
        return sha256

    def remember(self, path: Path, seen: Traces, sha256: str) -> None:
        """Keep what a file hashed to when it had these traces."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO verified_file VALUES (?, ?, ?, ?, ?, ?, ?)",
                (os.fsencode(path), *seen, sha256, time.time()),
            )

    def last(self, path: Path, sha256: str) -> float:
        """When the file was last found to hash to `sha256`; 0 if it was not, or not any more."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT verified FROM verified_file WHERE path = ? AND sha256 = ?",
                (os.fsencode(path), sha256),
            ).fetchone()
        return 0.0 if row is None else float(row[0])

    def forget(self, path: Path) -> None:
        """The file is gone, or no longer ours to know."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM verified_file WHERE path = ?", (os.fsencode(path),))

    def _remembered(self, path: Path, seen: Traces) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT sha256 FROM verified_file WHERE path = ? AND size = ?"
                " AND modified_ns = ? AND changed_ns = ? AND inode = ?",
                (os.fsencode(path), *seen),
            ).fetchone()
        return None if row is None else str(row[0])


def _hashed(path: Path, counted: Counted | None, cancel: Cancellation | None) -> str:
    digest = hashlib.sha256()
    piece = memoryview(bytearray(PIECE))
    with path.open("rb", buffering=0) as file:
        while read := file.readinto(piece):
            digest.update(piece[:read])
            if counted is not None:
                counted(read)
            if cancel is not None:
                cancel.raise_if_wished()
    return digest.hexdigest()
