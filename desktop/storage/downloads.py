"""The queue of downloads, as it survives a restart. Fetches nothing."""

from __future__ import annotations

import json
import time
from typing import Any

from desktop.domain.errors import EscritoireError
from desktop.domain.hub import Download, DownloadState, HubFile
from desktop.storage.rows import StorePart, error_columns, facts_of, storable

_COLUMNS = "id, name, repository, commit_id, licence, files, state, done, error_code, error_facts"


class Downloads(StorePart):
    """The part of `services.ports.Store` that knows what is being fetched."""

    def add_download(
        self,
        *,
        name: str,
        repository: str,
        commit: str,
        licence: str,
        files: tuple[HubFile, ...],
    ) -> Download:
        """A new QUEUED download."""
        listed = json.dumps([[file.path, file.size, file.sha256, file.blob] for file in files])
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO download (name, repository, commit_id, licence, files, state, added)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
                (
                    storable(name),
                    storable(repository),
                    storable(commit),
                    storable(licence),
                    storable(listed),
                    DownloadState.QUEUED,
                    time.time(),
                ),
            ).fetchone()
        return _download(row)

    def downloads(self) -> list[Download]:
        """All of them, in the order they were asked for."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM download ORDER BY id").fetchall()
        return [_download(row) for row in rows]

    def set_download(
        self,
        download_id: int,
        state: DownloadState,
        *,
        done: int | None = None,
        error: EscritoireError | None = None,
    ) -> Download | None:
        """Put a download into a state, `done` bytes far (None: as before); None if it is gone."""
        code, facts = error_columns(error)
        with self._database.transaction() as connection:
            row = connection.execute(
                "UPDATE download SET state = ?, done = coalesce(?, done), error_code = ?,"
                " error_facts = ? WHERE id = ? RETURNING *",
                (state, done, code, storable(facts), download_id),
            ).fetchone()
        return None if row is None else _download(row)

    def remove_download(self, download_id: int) -> None:
        """Forget one: it is finished, or not wanted any more."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM download WHERE id = ?", (download_id,))


def _download(row: tuple[Any, ...]) -> Download:
    number, name, repository, commit, licence, files, state, done, code, facts, _added = row
    return Download(
        id=number,
        name=name,
        repository=repository,
        commit=commit,
        licence=licence,
        files=tuple(HubFile(*file) for file in json.loads(files)),
        state=DownloadState(state),
        done=done,
        error_code=code,
        error_facts=facts_of(facts),
    )
