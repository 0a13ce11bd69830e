"""States of the generator, sealed with the store's key in a file of their own.

They hold what a voice and an instruction say, as keys and values, so they are encrypted like the
store. They are none of it: its backups need not carry them, and a file that is damaged is removed
and begun anew. The file is opened when it is first needed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from desktop.domain.errors import DiskFull, ProfileError, StoreDamaged
from desktop.storage.database import Database
from desktop.storage.paths import Paths

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST: Final = 512 * 1024 * 1024  # bytes of all states together

_TABLE = (
    """
    CREATE TABLE IF NOT EXISTS state (
        way TEXT NOT NULL,
        whole TEXT NOT NULL,
        system TEXT NOT NULL,
        owner TEXT NOT NULL,
        used REAL NOT NULL,
        size INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (way, whole)
    )
    """,
    "CREATE INDEX IF NOT EXISTS state_by_system ON state (way, system, used)",
)
_FOUND = (
    "SELECT rowid FROM state WHERE way = ? AND (whole = ? OR system = ?)"
    " ORDER BY whole = ? DESC, used DESC LIMIT 1"
)

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class States:
    """`services.ports.States`. Thread-safe."""

    def __init__(self, paths: Paths, key: bytes, *, most: int = MOST) -> None:
        """`most`: bytes of all states together."""
        self._paths = paths
        self._key = key
        self._most = most
        self._lock = threading.Lock()  # guards what follows
        self._database: Database | None = None
        self._closed = False

    def state(self, way: str, keys: tuple[str, str]) -> bytes | None:
        """The state kept under the first of `keys`, else the newest that has the second."""

        def work(connection: Connection) -> bytes | None:
            row = connection.execute(_FOUND, (way, *keys, keys[0])).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE state SET used = ? WHERE rowid = ?", (time.time(), row[0]))
            found: bytes = connection.execute(
                "SELECT content FROM state WHERE rowid = ?", row
            ).fetchone()[0]
            return found

        return self._do(work)

    def keep(self, way: str, keys: tuple[str, str], state: bytes, owner: str) -> None:
        """Keep a state in place of the one with the same first key; older ones make room."""

        def work(connection: Connection) -> None:
            connection.execute("DELETE FROM state WHERE way = ? AND whole = ?", (way, keys[0]))
            rows = connection.execute("SELECT rowid, size FROM state ORDER BY used").fetchall()
            room = self._most - len(state) - sum(size for _, size in rows)
            for id_, size in rows:
                if room >= 0:
                    break
                connection.execute("DELETE FROM state WHERE rowid = ?", (id_,))
                room += size
            connection.execute(
                "INSERT INTO state (way, whole, system, owner, used, size, content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (way, *keys, owner, time.time(), len(state), state),
            )

        if len(state) <= self._most:
            self._do(work)

    def drop(self, way: str, keys: tuple[str, str]) -> None:
        """Let go of what `state` would give."""

        def work(connection: Connection) -> None:
            row = connection.execute(_FOUND, (way, *keys, keys[0])).fetchone()
            if row is not None:
                connection.execute("DELETE FROM state WHERE rowid = ?", row)

        self._do(work)

    def forget(self, owner: str | None = None) -> None:
        """Forget what is of a voice, or (None) everything, the file with it."""

        def work(connection: Connection) -> None:
            connection.execute("DELETE FROM state WHERE owner = ?", (owner,))

        if owner is None:
            with self._lock:
                self._discard()
        elif self._paths.beginnings.exists():
            self._do(work)

    def close(self) -> None:
        """Close the file, if it was opened. Nothing is found or kept any more."""
        with self._lock:
            self._closed = True
            if self._database is not None:
                self._database.close()
                self._database = None

    def _do(self, work: Callable[[Connection], Result]) -> Result | None:
        """Run `work` in a transaction; None if that cannot be, which is logged and no more."""
        with self._lock:
            if self._closed:
                return None
            try:
                with self._opened().transaction() as connection:
                    return work(connection)
            except StoreDamaged:
                log.warning("the saved beginnings were damaged, and are begun anew")
                self._discard()
            except (ProfileError, DiskFull) as error:
                log.warning("beginnings cannot be kept: %s", error)
            return None

    def _opened(self) -> Database:
        if self._database is None:
            self._database = Database(self._paths, self._key, self._paths.beginnings)
            with self._database.transaction() as connection:
                for statement in _TABLE:
                    connection.execute(statement)
        return self._database

    def _discard(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        file = self._paths.beginnings
        for path in file.parent.glob(f"{file.name}*"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:  # somebody reads it: it stays sealed
                log.warning("a file of beginnings cannot be removed: %s", error)
