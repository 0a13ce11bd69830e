"""A profile that is open: its folder locked, its key unlocked, its store ready.

Opening either gives all of that or raises one error and leaves the folder as it was found.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from filelock import FileLock, Timeout

from desktop.domain.errors import DiskFull, ProfileInUse, ProfileUnwritable, StoreDamaged
from desktop.storage import secrets
from desktop.storage.backups import BackgroundBackup, Backups
from desktop.storage.database import Database
from desktop.storage.disk import make_private_folder, put_in_place, refusal, write_whole
from desktop.storage.hub_token import HubToken
from desktop.storage.migrations import MIGRATIONS, migrate
from desktop.storage.model_files import ModelFiles
from desktop.storage.models import ModelFolders
from desktop.storage.paths import Paths, installation_models
from desktop.storage.secrets import KeyFile
from desktop.storage.states import States
from desktop.storage.store import Store


class Profile:
    """An open profile. Close it when everything that uses the store has ended."""

    def __init__(self, paths: Paths, lock: FileLock, key: bytes, database: Database) -> None:
        self.paths = paths
        self.backups = Backups(paths)
        self.store = Store(database)
        self.states = States(paths, key)
        self.token = HubToken(self.store, _read_key_file(paths).profile_id)
        self.models = ModelFolders(database, (paths.models, installation_models()))
        self.model_files = ModelFiles(database, paths)
        self._lock = lock
        self._key = key
        self._database = database
        self._backing_up: BackgroundBackup | None = None

    @property
    def damage(self) -> str:
        """What the background backup found wrong, or "" (so far)."""
        trouble = self._backing_up.trouble if self._backing_up else None
        return str(trouble) if trouble else ""

    def set_passphrase(self, passphrase: str) -> None:
        """Let `passphrase` open this profile from now on, beside the keyring.

        Raises DiskFull, ProfileUnwritable; the passphrase it had stays valid then.
        """
        known = _read_key_file(self.paths)
        changed = secrets.with_passphrase(known, self._key, passphrase)
        write_whole(self.paths.key_file, changed.encoded(), self.paths.profile)

    def back_up(self) -> Path:
        """Copy the store now. Raises StoreDamaged, DiskFull, ProfileUnwritable."""
        copy = self.backups.make(self._database)
        if copy is None:
            raise AssertionError("a backup that nobody can stop was stopped")
        return copy

    def back_up_in_background(self) -> None:
        """Begin the daily backup if it is due; `damage` tells how it went."""
        if self._backing_up is None and self.backups.due():
            self._backing_up = BackgroundBackup(self.backups, self._database)

    def close(self) -> None:
        """Stop the backup, close the store, give the folder free. May be called again."""
        if self._backing_up is not None:
            self._backing_up.stop()
        self.states.close()
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_profile(folder: Path, passphrase: str | None = None) -> Profile:
    """Open the profile in `folder`, making a new one if there is none.

    A new profile is locked by `passphrase` if one is given, and by the system's keyring otherwise.

    Raises ProfileInUse, ProfileUnwritable, PassphraseNeeded, PassphraseWrong, KeyLost,
    StoreDamaged, StoreNewer, DiskFull.
    """
    paths = Paths(Path(os.path.expanduser(folder)).absolute())  # noqa: PTH111 (which raises)
    make_private_folder(paths.profile, paths.profile)
    lock = _lock(paths)
    try:
        if _is_new(paths):
            key, database = _make_store(paths, passphrase)
            return Profile(paths, lock, key, database)
        key = secrets.unlock(_read_key_file(paths), paths.profile, passphrase)
        database = _open_store(paths, key)
        profile = Profile(paths, lock, key, database)
    except BaseException:
        lock.release()
        raise
    profile.back_up_in_background()
    return profile


def _lock(paths: Paths) -> FileLock:
    # The system gives the lock free when the process ends, however it ends. A lock by mere
    # existence of a file would not be, so there is no falling back to one.
    lock = FileLock(paths.lock, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise ProfileInUse(profile=str(paths.profile)) from None
    except OSError as error:
        raise refusal(error, paths.lock, paths.profile) from error
    except NotImplementedError as error:
        reason = "it lies on a disk that cannot lock files"
        raise ProfileUnwritable(profile=str(paths.profile), reason=reason) from error
    return lock


def _is_new(paths: Paths) -> bool:
    """Whether nothing was ever kept here. What is left of a profile is never taken for a new one:
    an empty store in its place would look like a loss, and become one."""
    return not (
        paths.key_file.exists() or paths.database.exists() or any(paths.backups.glob("*.db"))
    )


def _make_store(paths: Paths, passphrase: str | None) -> tuple[bytes, Database]:
    # The store is complete before its key file says that there is one, and gets its name last:
    # a crash in between is finished by `_open_store`.
    key, key_file = secrets.new_key(paths.profile, passphrase)
    part = _unfinished(paths)
    for leftover in paths.profile.glob(f"{part.name}*"):
        leftover.unlink()
    fresh = Database(paths, key, part)
    try:
        migrate(fresh, paths.profile, back_up=lambda: None)
    finally:
        fresh.close()
    write_whole(paths.key_file, key_file.encoded(), paths.profile)
    return key, _open_store(paths, key)


def _open_store(paths: Paths, key: bytes) -> Database:
    damaged = StoreDamaged(profile=str(paths.profile), backups=str(paths.backups))
    try:
        if not paths.database.exists() and _unfinished(paths).exists():
            put_in_place(_unfinished(paths), paths.database)
        if not paths.database.exists() or paths.database.stat().st_size == 0:
            raise damaged  # SQLite would take either for a new store
    except OSError as error:
        raise refusal(error, paths.database, paths.profile) from error
    database = Database(paths, key)
    try:
        migrate(database, paths.profile, lambda: Backups(paths).make(database), MIGRATIONS)
        with suppress(DiskFull):  # then at the next start; until then there is reading
            Store(database).stop_interrupted_turns()
            Store(database).remove_what_was_set_aside()
    except BaseException:
        database.close()
        raise
    return database


def _unfinished(paths: Paths) -> Path:
    return paths.database.with_name(paths.database.name + ".new")


def _read_key_file(paths: Paths) -> KeyFile:
    try:
        return secrets.decoded(paths.key_file.read_bytes())
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise StoreDamaged(profile=str(paths.profile), backups=str(paths.backups)) from error
    except OSError as error:
        raise refusal(error, paths.key_file, paths.profile) from error
