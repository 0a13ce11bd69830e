"""The ledger: every request that left this computer, and every one that was refused before."""

from __future__ import annotations

from desktop.domain.hub import Request
from desktop.storage.rows import StorePart, storable


class Ledger(StorePart):
    """The part of `services.ports.Store` that says what was asked of whom. Only ever added to."""

    def begin_request(self, request: Request) -> int:
        """Write a request down before it leaves; returns its id."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO request (at, method, host, path, status, received, purpose, outcome)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    request.at,
                    storable(request.method),
                    storable(request.host),
                    storable(request.path),
                    request.status,
                    request.received,
                    storable(request.purpose),
                    storable(request.outcome),
                ),
            )
            return int(cursor.lastrowid or 0)

    def end_request(self, request_id: int, *, status: int, received: int, outcome: str) -> None:
        """Write down how it ended."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE request SET status = ?, received = ?, outcome = ? WHERE id = ?",
                (status, received, storable(outcome), request_id),
            )

    def requests(self, *, limit: int | None = None) -> list[Request]:
        """The newest `limit` requests (None: all), oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT at, method, host, path, status, received, purpose, outcome FROM request"
                " ORDER BY id DESC LIMIT ?",
                (-1 if limit is None else limit,),
            ).fetchall()
        return [Request(*row) for row in reversed(rows)]
