"""Collections and what is in them. A document is in any number of them, and stays when they go."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.documents import Collection
from desktop.storage.rows import StorePart, id_list, storable


class Collections(StorePart):
    """The part of `services.ports.Store` that knows which documents belong together."""

    def collection(self, name: str) -> Collection | None:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id, name FROM collection WHERE name = ?", (storable(name),)
            ).fetchone()
        return Collection(*row) if row else None

    def add_collection(self, name: str) -> Collection:
        """The collection of that name, made if there is none."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO collection (name) VALUES (?) ON CONFLICT DO NOTHING",
                (storable(name),),
            )
            row = connection.execute(
                "SELECT id, name FROM collection WHERE name = ?", (storable(name),)
            ).fetchone()
        return Collection(*row)

    def collections(self) -> list[Collection]:
        """By name."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, name FROM collection ORDER BY name, id")
            return [Collection(*row) for row in rows]

    def rename_collection(self, collection_id: int, name: str) -> bool:
        """Give a collection another name; False if another one has it."""
        with self._database.transaction() as connection:
            renamed = connection.execute(
                "UPDATE OR IGNORE collection SET name = ? WHERE id = ?",
                (storable(name), collection_id),
            )
            return bool(renamed.rowcount)

    def remove_collection(self, collection_id: int) -> list[int]:
        """Remove a collection; its documents stay, and so do watched folders, whose ids these are.

        What comes into those is in no collection from now on.
        """
        with self._database.transaction() as connection:
            folders = connection.execute(
                "SELECT id FROM watched_folder WHERE collection_id = ?", (collection_id,)
            ).fetchall()
            connection.execute("DELETE FROM collection WHERE id = ?", (collection_id,))
        return [folder_id for (folder_id,) in folders]

    def watch_for(self, collection_id: int, folder_ids: Sequence[int]) -> None:
        """Have a collection take what comes into these watched folders, if none does by now."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE watched_folder SET collection_id = ? WHERE collection_id IS NULL"
                " AND id IN (SELECT value FROM json_each(?))",
                (collection_id, id_list(folder_ids)),
            )

    def members(self) -> list[tuple[int, int]]:
        """(collection id, document id) of every document in a collection, removed ones as well."""
        with self._database.reading() as connection:
            return connection.execute(
                "SELECT collection_id, document_id FROM collection_document"
            ).fetchall()

    def put_into(self, collection_id: int, document_ids: Sequence[int]) -> None:
        """Have documents in a collection, wherever else they are; ids of none are passed over."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO collection_document SELECT ?, id FROM document"
                " WHERE id IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING",
                (collection_id, id_list(document_ids)),
            )

    def take_out(self, collection_id: int, document_ids: Sequence[int]) -> None:
        """Have documents no longer in a collection."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM collection_document WHERE collection_id = ?"
                " AND document_id IN (SELECT value FROM json_each(?))",
                (collection_id, id_list(document_ids)),
            )
