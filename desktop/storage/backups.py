"""Copies of the store that it can be put back from, each with the key file that opens it.

Made before every migration and about once a day, in the background; the newest five are kept. A
copy is authenticated page by page while it is made, so a damaged store never pushes out a good
copy: it fails to be copied, and that is noticed.
"""

from __future__ import annotations

import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.errors import EscritoireError
from desktop.storage.database import Database
from desktop.storage.disk import (
    make_private_file,
    make_private_folder,
    put_in_place,
    refusal,
    settle_file,
    write_whole,
)
from desktop.storage.paths import Paths

KEPT = 5
EVERY_S = 24 * 60 * 60.0


class Backups:
    """The backups of one profile."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def all(self) -> list[Path]:
        """The copies there are, newest first."""
        return sorted(self._paths.backups.glob("*.db"), reverse=True)

    def due(self) -> bool:
        """Whether the store has changed since the newest copy, and that one is a day old."""
        copies = self.all()
        if not copies:
            return True
        copied = copies[0].stat().st_mtime
        return time.time() - copied >= EVERY_S and self._paths.database.stat().st_mtime > copied

    def make(self, database: Database, stop: threading.Event | None = None) -> Path | None:
        """Copy the store; None if `stop` was set before the copy was complete.

        Raises StoreDamaged, DiskFull, ProfileUnwritable; an incomplete copy leaves nothing behind.
        """
        folder = self._paths.backups
        make_private_folder(folder, self._paths.profile)
        # The time of day down to the microsecond: names sort by age and never collide.
        name = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
        part, copy = folder / f"{name}.part", folder / f"{name}.db"
        try:
            if not database.copy_to(part, lambda: stop is None or not stop.is_set()):
                return None
            key_file = self._paths.key_file.read_bytes()
            write_whole(copy.with_suffix(".keys.json"), key_file, self._paths.profile)
            put_in_place(part, copy)
        except OSError as error:
            raise refusal(error, copy, self._paths.profile) from error
        finally:
            for leftover in folder.glob(f"{name}.part*"):
                leftover.unlink()
        self._forget_old()
        return copy

    def put_back(self, copy: Path) -> Path:
        """Make `copy` the profile's store again; what was there is moved aside, never deleted.

        For a profile that is not open. Returns the folder with what was there before. The log of
        the old store goes with it: replayed over a copy, it would damage that too.
        """
        paths = self._paths
        aside = paths.profile / f"set-aside-{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}"
        make_private_folder(aside, paths.profile)
        restored = aside / "restored.db"
        try:
            key_file = copy.with_suffix(".keys.json").read_bytes()
            make_private_file(restored)
            shutil.copyfile(copy, restored)
            settle_file(restored)
            for file in sorted(paths.profile.glob(f"{paths.database.name}*")):
                file.rename(aside / file.name)
            if paths.key_file.exists():
                paths.key_file.rename(aside / paths.key_file.name)
            write_whole(paths.key_file, key_file, paths.profile)
            put_in_place(restored, paths.database)
        except OSError as error:
            raise refusal(error, paths.database, paths.profile) from error
        return aside

    def _forget_old(self) -> None:
        for copy in self.all()[KEPT:]:
            copy.with_suffix(".keys.json").unlink(missing_ok=True)
            copy.unlink()


class BackgroundBackup:
    """One backup on a thread of its own, so that opening a large store does not wait for it."""

    def __init__(self, backups: Backups, database: Database) -> None:
        self.trouble: EscritoireError | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(backups, database), name="store-backup"
        )
        self._thread.start()

    def _run(self, backups: Backups, database: Database) -> None:
        try:
            backups.make(database, self._stop)
        except EscritoireError as error:
            self.trouble = error  # for whoever shows the profile's state; nothing was lost

    def wait(self) -> None:
        """Let it come to its end."""
        self._thread.join()

    def stop(self) -> None:
        """End it at the next 4 MB, complete or not; wait for that."""
        self._stop.set()
        self._thread.join()
