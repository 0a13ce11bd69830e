"""Where finished downloads go: a folder of their own among the profile's models, and a record.

`services.ports.Shelf`. Moves files and writes the record; opens no model.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from desktop.domain.errors import ModelKnown
from desktop.domain.hub import Download
from desktop.domain.models import Keeping, ModelKind
from desktop.domain.variants import quantization_of
from desktop.storage.database import Database
from desktop.storage.disk import make_private_folder, put_in_place, refusal
from desktop.storage.paths import Paths
from desktop.storage.rows import storable


class Arrivals:
    """Thread-safe."""

    def __init__(self, database: Database, paths: Paths) -> None:
        self._database = database
        self._paths = paths

    def folder_of(self, name: str) -> Path:
        """Where the files of a model of this name lie."""
        return self._paths.models / name

    def take_in(self, download: Download, files: Sequence[Path]) -> None:
        """Put the files in their place and record what they are and where they came from.

        Raises ModelKnown if there is a model of that name, DiskFull, ProfileUnwritable.
        """
        name = storable(download.name)
        folder = self.folder_of(name)
        if self._is_known(name):
            raise ModelKnown(model=name)
        make_private_folder(folder, self._paths.profile)
        try:
            for file in files:
                if file.exists():  # or else a crash came between, and it is there already
                    put_in_place(file, folder / file.name)
        except OSError as error:
            raise refusal(error, folder, self._paths.profile) from error
        self._record(name, download, [folder / file.name for file in files])

    def _is_known(self, name: str) -> bool:
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM model WHERE name = ?", (name,)).fetchone()
        return row is not None

    def _record(self, name: str, download: Download, files: Sequence[Path]) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO model (name, kind, keeping, quantization, origin, repository,"
                " commit_id, licence, licence_text, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    ModelKind.CHAT,
                    Keeping.OWNED,
                    quantization_of(download.files[0].path),
                    storable(f"Fetched from {download.repository}"),
                    storable(download.repository),
                    storable(download.commit),
                    storable(download.licence),
                    storable(download.licence_text),
                    time.time(),
                ),
            )
            for number, (path, file) in enumerate(zip(files, download.files, strict=True)):
                connection.execute(
                    "INSERT INTO model_part VALUES (?, ?, ?, ?, ?)",
                    (name, number, os.fsencode(path), file.sha256, file.size),
                )
