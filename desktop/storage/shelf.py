"""The records of the models that are not the installation's own: what, from where, how fast.

Knows rows alone: whether the files are there, and are what they were, `models.py` finds out.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.models import InstalledModel, Keeping, ModelKind, ModelPart, Provenance, Speed
from desktop.storage.rows import StorePart, storable

if TYPE_CHECKING:
    from sqlite3 import Connection


class ModelRecords(StorePart):
    """The part of `services.ports.Store` that knows models."""

    def models(self) -> list[InstalledModel]:
        """Every model on record, the one added first coming first; not whether it is verified."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, kind, keeping, context_window, parameters, quantization, origin,"
                " repository, commit_id, licence, licence_text, added FROM model"
                " ORDER BY added, name"
            ).fetchall()
            return [_model(connection, row) for row in rows]

    def add_model(self, model: InstalledModel) -> None:
        """Record a model with its parts, in place of the one that had its name."""
        source = model.provenance
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM model WHERE name = ?", (storable(model.name),))
            connection.execute(
                "INSERT INTO model VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    storable(model.name),
                    model.kind.value,
                    model.keeping.value,
                    model.context_window,
                    model.parameters,
                    storable(model.quantization),
                    storable(source.origin),
                    storable(source.repository),
                    storable(source.commit),
                    storable(source.licence),
                    storable(source.licence_text),
                    model.added,
                ),
            )
            connection.executemany(
                "INSERT INTO model_part VALUES (?, ?, ?, ?, ?)",
                [
                    (storable(model.name), number, os.fsencode(part.path), part.sha256, part.size)
                    for number, part in enumerate(model.parts, start=1)
                ],
            )

    def remove_model(self, name: str) -> None:
        """Forget a model; its speed is kept, for it may come back."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM model WHERE name = ?", (storable(name),))

    def speed(self, sha256: str) -> Speed | None:
        """What was measured of the model whose first file has this hash."""
        with self._database.reading() as connection:
            return _speed(connection, sha256)

    def set_speed(self, sha256: str, speed: Speed) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO model_speed VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    sha256,
                    speed.prefill,
                    speed.decode,
                    speed.load_s,
                    speed.memory,
                    speed.threads,
                    speed.measured,
                ),
            )


def _model(connection: Connection, row: tuple[Any, ...]) -> InstalledModel:
    name, kind, keeping, window, parameters, quantization, *source, added = row
    parts = tuple(
        ModelPart(Path(os.fsdecode(path)), sha256, size)
        for path, sha256, size in connection.execute(
            "SELECT path, sha256, size FROM model_part WHERE model = ? ORDER BY number", (name,)
        )
    )
    return InstalledModel(
        name=name,
        kind=ModelKind(kind),
        keeping=Keeping(keeping),
        parts=parts,
        context_window=window,
        parameters=parameters,
        quantization=quantization,
        provenance=Provenance(*source),
        added=added,
        speed=_speed(connection, parts[0].sha256) if parts else None,
    )


def _speed(connection: Connection, sha256: str) -> Speed | None:
    row = connection.execute(
        "SELECT prefill, decode, load_s, memory, threads, measured FROM model_speed"
        " WHERE sha256 = ?",
        (sha256,),
    ).fetchone()
    return None if row is None else Speed(*row)
