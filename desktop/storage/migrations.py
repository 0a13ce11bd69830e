"""How a store of any earlier version becomes one of today's: an append-only list.

A migration that was published is never edited, moved or removed. PRAGMA user_version counts those
that were applied; each runs in a transaction with its count, so that a crash leaves a store of one
version or of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.domain.errors import StoreNewer
from desktop.storage.chunks import index_words
from desktop.storage.database import Database
from desktop.storage.naming import name_document
from desktop.storage.schema import (
    CONDENSED,
    EMBEDDERS,
    FIRST_SCHEMA,
    FOLDERS,
    FORMATS,
    MODELS,
    NAMING,
    REMOVALS,
    SUMMARIES,
    TALKING,
    VOICE_ADAPTERS,
    WRITING,
)

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

Migration = Callable[["Connection"], None]


def lay_out(connection: Connection) -> None:
    """Documents with pages, chunks, words and vectors; conversations; journal; settings."""
    for statement in FIRST_SCHEMA:
        connection.execute(statement)


def add_models(connection: Connection) -> None:
    """Models with their provenance and speed; downloads; the ledger of requests."""
    for statement in MODELS:
        connection.execute(statement)


def add_writing(connection: Connection) -> None:
    """Voices with their pairs; the history of rewrites."""
    for statement in WRITING:
        connection.execute(statement)


def add_voice_adapters(connection: Connection) -> None:
    """The LoRA that a voice may carry."""
    for statement in VOICE_ADAPTERS:
        connection.execute(statement)


def add_formats(connection: Connection) -> None:
    """Headings, units and OCR's findings of pages; what a citation says of its place."""
    for statement in FORMATS:
        connection.execute(statement)


def keep_embedders_apart(connection: Connection) -> None:
    """Vectors of several embedders at once, so that one can take over from another."""
    for statement in EMBEDDERS:
        connection.execute(statement)


def add_names(connection: Connection) -> None:
    """What documents are called; and the words of their chunks anew, with what they stand in."""
    for statement in NAMING:
        connection.execute(statement)
    for (document_id,) in connection.execute("SELECT id FROM document").fetchall():
        name_document(connection, document_id)
        index_words(connection, document_id)


def let_documents_be_put_back(connection: Connection) -> None:
    """Documents that were removed and are not yet gone; sketches of texts."""
    for statement in REMOVALS:
        connection.execute(statement)


def watch_folders(connection: Connection) -> None:
    """Watched folders with the files found in them; documents whose file is gone."""
    for statement in FOLDERS:
        connection.execute(statement)


def branch_conversations(connection: Connection) -> None:
    """Turns as a tree; folders, pins and the archive; the index of everything that was said."""
    for statement in TALKING:
        connection.execute(statement)


def add_summaries(connection: Connection) -> None:
    """What was written of the parts of documents, so that a summary goes on where it stopped."""
    for statement in SUMMARIES:
        connection.execute(statement)


def condense_conversations(connection: Connection) -> None:
    """What becomes of conversations that do not fit into a prompt any more."""
    for statement in CONDENSED:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (
    lay_out,
    add_models,
    add_writing,
    add_voice_adapters,
    add_formats,
    keep_embedders_apart,
    add_names,
    let_documents_be_put_back,
    watch_folders,
    branch_conversations,
    add_summaries,
    condense_conversations,
)


def migrate(
    database: Database,
    profile: Path,
    back_up: Callable[[], object],
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Bring the store up to date; `back_up` is called first if there is anything to lose.

    Raises StoreNewer if the store knows migrations that this version does not.
    """
    with database.reading() as connection:
        applied: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if applied > len(migrations):
        raise StoreNewer(profile=str(profile))
    if 0 < applied < len(migrations):
        back_up()
    for number, migration in enumerate(migrations[applied:], start=applied + 1):
        with database.transaction() as connection:
            migration(connection)
            connection.execute(f"PRAGMA user_version = {number}")
