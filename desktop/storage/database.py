"""The encrypted database: one connection, one lock, and SQLite's errors turned into ours.

Every statement of the store runs inside `reading()` or `transaction()`. What a transaction that
ended without an exception has written is on the disk (WAL, synchronous=FULL). Knows no table.

SQLCipher: https://www.zetetic.net/sqlcipher/sqlcipher-api/
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from desktop.domain.errors import DiskFull, ProfileUnwritable, StoreDamaged
from desktop.storage.disk import has_room, make_private_file, refusal
from desktop.storage.paths import Paths

if TYPE_CHECKING:
    # sqlcipher3 is untyped; its connection has the interface of the standard library's.
    from sqlite3 import Connection

BUSY_TIMEOUT_MS = 10_000
WAL_LIMIT = 64 * 1024 * 1024  # bytes; what a long import leaves of the log is cut back to this

# Up to this size, opening reads every page and so meets every damaged one (0.1 s at most).
# Larger stores are read whole by the daily backup.
CHECKED_WHOLE = 16 * 1024 * 1024  # bytes

# https://www.sqlite.org/rescode.html
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_REFUSED = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")
# Errors of a backup come as words alone (sqlite3_errstr).
_NAMED = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "unable to open database file": "SQLITE_CANTOPEN",
}


class Database:
    """The store's SQLCipher database. Thread-safe: calls from several threads take turns."""

    def __init__(self, paths: Paths, key: bytes, file: Path | None = None) -> None:
        """Open `file` (default: the profile's database), creating it if it is not there.

        Raises StoreDamaged, DiskFull, ProfileUnwritable; a damaged file is left as it is.
        """
        self._paths = paths
        self._key = key
        self._file = file or paths.database
        self._turn = threading.RLock()
        self._starved = False
        self._create(self._file)
        with self._explained():
            self._connection = self._opened()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection, for queries alone. Raises StoreDamaged."""
        with self._turn, self._explained():
            yield self._connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The connection inside a transaction: committed at the end, rolled back by an exception.

        Not to be nested. Raises DiskFull, StoreDamaged, ProfileUnwritable.
        """
        with self._turn, self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite may have rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def copy_to(self, target: Path, keep_going: Callable[[], bool]) -> bool:
        """Copy the store as it is now to `target`, under the same key; others may go on meanwhile.

        Every page is read and authenticated on the way. False if `keep_going` said no; `target` is
        then incomplete. Raises StoreDamaged, DiskFull, ProfileUnwritable.
        """

        def look_up(_status: int, _left: int, _total: int) -> None:
            if not keep_going():
                raise InterruptedError

        if self._starved:
            raise DiskFull(path=str(target))
        self._create(target)
        with self._explained(target):
            # A connection of its own: its snapshot does not move while the store is written.
            source, copy = self._connect(self._file), self._connect(target)
            try:
                source.execute("BEGIN")
                # Checked first: copying would take the page that fails its authentication along.
                source.set_progress_handler(lambda: not keep_going(), 1000)
                self._check(source)
                source.set_progress_handler(None, 0)
                source.backup(copy, pages=1024, progress=look_up)
                # The copy is one file: no log beside it that could be lost or left behind.
                copy.execute("PRAGMA journal_mode = DELETE")
            except (InterruptedError, dbapi2.OperationalError):
                if keep_going():
                    raise
                return False
            finally:
                copy.close()
                source.close()
        return True

    def close(self) -> None:
        """Write the log back into the database and close it."""
        with self._turn:
            self._connection.close()

    def _connect(self, file: Path) -> Connection:
        connection: Connection = dbapi2.connect(
            str(file), isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cipher_log_level = NONE")  # what it has to say, errors say
        connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
        return connection

    def _opened(self) -> Connection:
        try:
            return self._configured(exclusive=False)
        except dbapi2.OperationalError as error:
            if not isinstance(self._meaning(error, self._file), DiskFull):
                raise
        # Not even the index of the log finds room. It can be kept in memory instead, at the price
        # of a second connection.
        self._starved = True
        return self._configured(exclusive=True)

    def _configured(self, *, exclusive: bool) -> Connection:
        connection = self._connect(self._file)
        try:
            for pragma in (
                f"locking_mode = {'EXCLUSIVE' if exclusive else 'NORMAL'}",
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "secure_delete = ON",
                "temp_store = MEMORY",  # nothing unencrypted in a temporary file
                f"busy_timeout = {BUSY_TIMEOUT_MS}",
                f"journal_size_limit = {WAL_LIMIT}",
            ):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if self._file.stat().st_size <= CHECKED_WHOLE:
                self._check(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: Connection) -> None:
        """Read and authenticate every page in use. Raises StoreDamaged."""
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()

    def _create(self, file: Path) -> None:
        try:
            make_private_file(file)  # SQLite gives its log the same permissions
        except OSError as error:
            raise refusal(error, file, self._paths.profile) from error

    @contextmanager
    def _explained(self, file: Path | None = None) -> Iterator[None]:
        try:
            yield
        except dbapi2.DatabaseError as error:
            raise self._meaning(error, file or self._file) from error

    def _meaning(self, error: Exception, file: Path) -> Exception:
        """The error of ours, or `error` itself where it is a bug of ours."""
        name: str = getattr(error, "sqlite_errorname", "") or _NAMED.get(str(error), "")
        if name.startswith("SQLITE_FULL"):
            return DiskFull(path=str(file))
        # SQLite has its own word for a full disk, but not for a quota or a limit on file size.
        if name.startswith("SQLITE_IOERR") and not has_room(file.parent, self._largest()):
            return DiskFull(path=str(file))
        if name.startswith(_DAMAGED):
            return self._damaged()
        if name.startswith(_REFUSED):
            return ProfileUnwritable(profile=str(self._paths.profile), reason=str(error))
        return error

    def _largest(self) -> int:
        """Bytes of the largest file of the store."""
        files = self._file.parent.glob(f"{self._file.name}*")
        return max((file.stat().st_size for file in files), default=0)

    def _damaged(self) -> StoreDamaged:
        return StoreDamaged(profile=str(self._paths.profile), backups=str(self._paths.backups))
