"""What was written of parts of documents: a summary that was stopped goes on from there."""

from __future__ import annotations

from desktop.storage.rows import StorePart, storable


class SummaryParts(StorePart):
    """The part of `services.ports.Store` that keeps them; they go with their document."""

    def summary_part(self, document_id: int, key: str) -> str | None:
        """What was written of a part of a document, by a hash over all that it was made from."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT text FROM summary_part WHERE document_id = ? AND key = ?",
                (document_id, key),
            ).fetchone()
        return None if row is None else str(row[0])

    def keep_summary_part(self, document_id: int, key: str, text: str) -> None:
        """Keep it for as long as the document is there and its bytes are the same."""
        with self._database.transaction() as connection:
            connection.execute(
                # The document can be removed while it is summarised.
                "INSERT OR REPLACE INTO summary_part SELECT id, ?, ? FROM document WHERE id = ?",
                (key, storable(text), document_id),
            )
