"""The history of rewrites: a text, what became of it, and what it was made with."""

from __future__ import annotations

import time

import msgspec

from desktop.domain.rewrites import RewriteRecord, StoredRewrite
from desktop.storage.rows import StorePart, storable


class Rewrites(StorePart):
    """The part of `services.ports.Store` that remembers rewrites."""

    def add_rewrite(self, text: str, output: str, record: RewriteRecord) -> StoredRewrite:
        now = time.time()
        packed = msgspec.json.encode(record).decode()
        with self._database.transaction() as connection:
            id_: int = connection.execute(
                "INSERT INTO rewrite (created, text, output, record) VALUES (?, ?, ?, ?)"
                " RETURNING id",
                (now, storable(text), storable(output), storable(packed)),
            ).fetchone()[0]
        return StoredRewrite(id_, now, storable(text), storable(output), record)

    def rewrites(self, limit: int = 100) -> list[StoredRewrite]:
        """The latest, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, created, text, output, record FROM rewrite ORDER BY id DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return list(map(_rewrite, rows))

    def remove_rewrite(self, rewrite_id: int) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM rewrite WHERE id = ?", (rewrite_id,))

    def put_back_rewrite(self, rewrite: StoredRewrite) -> None:
        """Store a rewrite that was removed, as it was."""
        packed = msgspec.json.encode(rewrite.record).decode()
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO rewrite VALUES (?, ?, ?, ?, ?)",
                (
                    rewrite.id,
                    rewrite.created,
                    storable(rewrite.text),
                    storable(rewrite.output),
                    storable(packed),
                ),
            )

    def forget_rewrites(self) -> list[StoredRewrite]:
        """Remove every rewrite; returns those that there were."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "DELETE FROM rewrite RETURNING id, created, text, output, record"
            ).fetchall()
        return list(map(_rewrite, rows))


def _rewrite(row: tuple[int, float, str, str, str]) -> StoredRewrite:
    id_, created, text, output, record = row
    made_with = msgspec.json.decode(record, type=RewriteRecord)
    return StoredRewrite(id_, created, text, output, made_with)
