"""Which of the stored documents a filter admits."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.filters import Filter
from desktop.storage.rows import StorePart, id_list


class Filtering(StorePart):
    """The part of `services.ports.Store` that tells documents apart by what they are."""

    def documents_admitted(
        self, only: Filter, *, document_ids: Sequence[int] | None = None
    ) -> list[int]:
        """The ids of the documents that `only` admits, of all or of some."""
        query = "SELECT id, name, created, author FROM document WHERE removed IS NULL"
        which: tuple[str, ...] = ()
        if document_ids is not None:
            query += " AND id IN (SELECT value FROM json_each(?))"
            which = (id_list(document_ids),)
        with self._database.reading() as connection:
            return [
                row[0]
                for row in connection.execute(f"{query} ORDER BY id", which)
                if only.admits(*row[1:])
            ]
