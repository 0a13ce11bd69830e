"""Watched folders and the files found in them. What a document is, `documents` knows."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.documents import Document, DocumentState
from desktop.domain.folders import FileKnown, FileThere, FolderState, WatchedFolder
from desktop.storage.documents import DOCUMENT, document_of
from desktop.storage.naming import name_document
from desktop.storage.rows import StorePart, id_list, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

_FOLDER = """
    SELECT f.id, f.path, coalesce(c.name, ''), f.paused, f.checked, f.device, f.unreadable,
           (SELECT count(*) FROM watched_file w JOIN document d ON d.id = w.document_id
            WHERE w.folder_id = f.id AND d.removed IS NULL),
           (SELECT count(*) FROM watched_file w JOIN document d ON d.id = w.document_id
            WHERE w.folder_id = f.id AND d.removed IS NULL AND d.gone),
           (SELECT count(*) FROM watched_file w LEFT JOIN document d ON d.id = w.document_id
            WHERE w.folder_id = f.id AND (d.id IS NULL OR d.removed IS NOT NULL AND NOT d.gone))
    FROM watched_folder f LEFT JOIN collection c ON c.id = f.collection_id
    WHERE NOT f.removed
"""
_OF_SIZE = "WHERE size IN (SELECT value FROM json_each(?))"


class WatchedFolders(StorePart):
    """The part of the store that `services.ports.FolderRecords` names."""

    def watch_folder(self, path: Path, collection_id: int) -> int:
        """Watch a folder from now on; its id. What was known of it before it was removed counts."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO watched_folder (path, collection_id) VALUES (?, ?)"
                " ON CONFLICT (path) DO UPDATE SET removed = 0, paused = 0,"
                " collection_id = excluded.collection_id",
                (os.fsencode(path), collection_id),
            )
            row = connection.execute(
                "SELECT id FROM watched_folder WHERE path = ?", (os.fsencode(path),)
            ).fetchone()
        return int(row[0])

    def watched_folders(self) -> list[WatchedFolder]:
        """The watched ones, the one added first coming first."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{_FOLDER} ORDER BY f.id").fetchall()
        return [_folder(row) for row in rows]

    def watched_folder(self, folder_id: int) -> WatchedFolder | None:
        with self._database.reading() as connection:
            row = connection.execute(f"{_FOLDER} AND f.id = ?", (folder_id,)).fetchone()
        return None if row is None else _folder(row)

    def pause_watching(self, folder_id: int, paused: bool) -> None:
        self._change("UPDATE watched_folder SET paused = ? WHERE id = ?", paused, folder_id)

    def unwatch_folder(self, folder_id: int, removed: bool = True) -> None:
        """Watch a folder no longer, or again; its documents stay."""
        self._change("UPDATE watched_folder SET removed = ? WHERE id = ?", removed, folder_id)

    def forget_removed_folders(self) -> None:
        self._change("DELETE FROM watched_folder WHERE removed")

    def note_checked(
        self, folder_id: int, checked: float, device: str, unreadable: Sequence[tuple[str, str]]
    ) -> None:
        """When a folder was looked through to the end, where, and what of it may not be read."""
        names = json.dumps([(storable(name), storable(why)) for name, why in unreadable])
        self._change(
            "UPDATE watched_folder SET checked = ?, device = ?, unreadable = ? WHERE id = ?",
            checked,
            device,
            names,
            folder_id,
        )

    def folder_files(self, folder_id: int) -> list[FileKnown]:
        """What is on record of the files in a folder; removed documents are none of theirs."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT w.path, w.size, w.modified_ns, CASE WHEN d.removed IS NULL THEN d.id END,"
                " d.state, d.sha256, d.gone"
                " FROM watched_file w LEFT JOIN document d ON d.id = w.document_id"
                " WHERE w.folder_id = ?",
                (folder_id,),
            ).fetchall()
        return [
            FileKnown(
                path=os.fsdecode(path),
                size=size,
                modified_ns=modified_ns,
                document_id=document_id,
                state=None if state is None else DocumentState(state),
                sha256=sha256 or "",
                gone=bool(gone),
            )
            for path, size, modified_ns, document_id, state, sha256, gone in rows
        ]

    def take_in_files(self, folder_id: int, files: Sequence[FileThere]) -> list[Document]:
        """Record files as found, each with its document, in the collection of the folder.

        A document that is new is QUEUED; one that was on record is no longer gone, nor removed.
        When the file of one that was read changed, is not known: the next look finds out.
        """
        now = time.time()
        rows = [
            (os.fsencode(file.path), storable(os.path.basename(file.path)), file)  # noqa: PTH119
            for file in files
        ]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO document (path, name, state, added) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET gone = 0, removed = NULL",
                [(place, name, DocumentState.QUEUED, now) for place, name, _ in rows],
            )
            connection.executemany(
                "INSERT INTO collection_document SELECT f.collection_id, d.id"
                " FROM watched_folder f, document d WHERE f.id = ? AND d.path = ?"
                " AND f.collection_id IS NOT NULL"
                " ON CONFLICT DO NOTHING",
                [(folder_id, place) for place, _, _ in rows],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO watched_file"
                " SELECT ?, path, id, ?, CASE WHEN sha256 = '' THEN ? ELSE 0 END"
                " FROM document WHERE path = ?",
                [(folder_id, file.size, file.modified_ns, place) for place, _, file in rows],
            )
            return [_document_at(connection, place) for place, _, _ in rows]

    def note_files(self, folder_id: int, files: Sequence[FileThere]) -> None:
        """Sizes and times of files whose documents need not be read again, or will be."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE watched_file SET size = ?, modified_ns = ?"
                " WHERE folder_id = ? AND path = ?",
                [(f.size, f.modified_ns, folder_id, os.fsencode(f.path)) for f in files],
            )

    def forget_files(self, folder_id: int, paths: Sequence[str]) -> None:
        """Of files that are neither there nor in the library, nothing is to be kept.

        Of one whose document may yet be put back, what is known stays.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM watched_file WHERE folder_id = ? AND path = ? AND document_id IS NULL",
                [(folder_id, os.fsencode(path)) for path in paths],
            )

    def set_gone(self, document_ids: Sequence[int], gone: bool) -> None:
        """Record that the files of documents are gone, or back."""
        self._change(
            "UPDATE document SET gone = ? WHERE id IN (SELECT value FROM json_each(?))",
            gone,
            id_list(document_ids),
        )

    def read_documents_of_size(self, sizes: Iterable[int]) -> list[Document]:
        """Documents that were read from files of one of these sizes (bytes)."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{DOCUMENT} {_OF_SIZE} AND sha256 <> ''",
                (id_list(sizes),),
            ).fetchall()
        return [document_of(row) for row in rows]

    def move_document(self, document_id: int, folder_id: int, file: FileThere) -> bool:
        """The file of a document has another place now, in this folder and so in its collection.

        What was read and embedded of it stays as it is. False if there is no such document, or
        another one has that place.
        """
        place = os.fsencode(file.path)
        name = storable(os.path.basename(file.path))  # noqa: PTH119
        with self._database.transaction() as connection:
            moved = connection.execute(
                "UPDATE OR IGNORE document SET path = ?, name = ?, gone = 0"
                " WHERE id = ? AND removed IS NULL",
                (place, name, document_id),
            )
            if not moved.rowcount:
                return False
            name_document(connection, document_id)
            connection.execute("DELETE FROM watched_file WHERE document_id = ?", (document_id,))
            connection.execute(
                "INSERT OR REPLACE INTO watched_file VALUES (?, ?, ?, ?, ?)",
                (folder_id, place, document_id, file.size, file.modified_ns),
            )
            connection.execute(
                "INSERT INTO collection_document SELECT collection_id, ? FROM watched_folder"
                " WHERE id = ? AND collection_id IS NOT NULL ON CONFLICT DO NOTHING",
                (document_id, folder_id),
            )
        return True

    def _change(self, statement: str, *parameters: object) -> None:
        with self._database.transaction() as connection:
            connection.execute(statement, parameters)


def _document_at(connection: Connection, place: bytes) -> Document:
    return document_of(connection.execute(f"{DOCUMENT} WHERE path = ?", (place,)).fetchone())


def _folder(row: Sequence[Any]) -> WatchedFolder:
    id_, path, collection, paused, checked, device, unreadable, documents, gone, left_out = row
    looked = FolderState.WATCHED if checked else FolderState.WAITING
    return WatchedFolder(
        id=id_,
        path=Path(os.fsdecode(path)),
        collection=collection,
        state=FolderState.PAUSED if paused else looked,
        checked=checked,
        device=device,
        documents=documents,
        gone=gone,
        left_out=left_out,
        unreadable=tuple((name, why) for name, why in json.loads(unreadable)),
    )
