"""Voices: how an office writes."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.models import Adapter
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.storage.rows import StorePart, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

_VOICE = (
    "SELECT id, name, guideline, rules, prefer, avoid, greeting, closing, adapter,"
    " adapter_strength FROM voice"
)


class Voices(StorePart):
    """The part of `services.ports.Store` that is written like."""

    def voices(self) -> list[Voice]:
        """By name."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{_VOICE} ORDER BY name").fetchall()
            return [_voice(connection, row) for row in rows]

    def voice(self, name: str) -> Voice | None:
        with self._database.reading() as connection:
            row = connection.execute(f"{_VOICE} WHERE name = ?", (storable(name),)).fetchone()
            return None if row is None else _voice(connection, row)

    def save_voice(self, voice: Voice) -> None:
        """Keep a voice; one of the same name is replaced, in one transaction."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO voice (name, guideline, rules, prefer, avoid, greeting, closing,"
                " adapter, adapter_strength, changed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " guideline = excluded.guideline, rules = excluded.rules,"
                " prefer = excluded.prefer, avoid = excluded.avoid, greeting = excluded.greeting,"
                " closing = excluded.closing, adapter = excluded.adapter,"
                " adapter_strength = excluded.adapter_strength, changed = excluded.changed"
                " RETURNING id",
                (
                    storable(voice.name),
                    storable(voice.guideline),
                    _packed(voice.rules),
                    _packed(voice.use),
                    _packed(voice.avoid),
                    storable(voice.greeting),
                    storable(voice.closing),
                    os.fsencode(voice.adapter.path) if voice.adapter else None,
                    voice.adapter.strength if voice.adapter else 1.0,
                    time.time(),
                ),
            ).fetchone()
            connection.execute("DELETE FROM voice_pair WHERE voice_id = ?", (row[0],))
            connection.executemany(
                "INSERT INTO voice_pair VALUES (?, ?, ?, ?)",
                [
                    (row[0], number, storable(pair.before), storable(pair.after))
                    for number, pair in enumerate(voice.pairs, 1)
                ],
            )

    def remove_voice(self, name: str) -> bool:
        """Remove a voice; whether there was one."""
        with self._database.transaction() as connection:
            removed = connection.execute("DELETE FROM voice WHERE name = ?", (storable(name),))
            return removed.rowcount > 0


def _voice(connection: Connection, row: tuple[Any, ...]) -> Voice:
    id_, name, guideline, rules, use, avoid, greeting, closing, adapter, strength = row
    pairs = connection.execute(
        "SELECT before, after FROM voice_pair WHERE voice_id = ? ORDER BY number", (id_,)
    )
    return Voice(
        name=name,
        pairs=tuple(Pair(*pair) for pair in pairs),
        guideline=guideline,
        rules=tuple(json.loads(rules)),
        use=tuple(json.loads(use)),
        avoid=tuple(json.loads(avoid)),
        greeting=greeting,
        closing=closing,
        adapter=None if adapter is None else Adapter(Path(os.fsdecode(adapter)), strength),
    )


def _packed(listed: tuple[str, ...]) -> str:
    return json.dumps([storable(one) for one in listed], ensure_ascii=False)
