"""The journal of risky steps, and small facts by name."""

from __future__ import annotations

import time

from desktop.storage.rows import StorePart, storable


class Journal(StorePart):
    """The part of `services.ports.Store` that outlives crashes on purpose."""

    def begin_risk(self, what: str, target: str) -> None:
        """Note durably that `what` is about to be tried on `target`."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO risk VALUES (?, ?, ?)",
                (what, storable(target), time.time()),
            )

    def end_risk(self, what: str, target: str) -> None:
        """Note that it went well, or at least did not take the application down."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM risk WHERE what = ? AND target = ?", (what, storable(target))
            )

    def open_risks(self) -> list[tuple[str, str]]:
        """What was begun and never ended, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT what, target FROM risk ORDER BY since, what, target")
            return [(what, target) for what, target in rows]

    def setting(self, name: str) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, storable(value))
            )
