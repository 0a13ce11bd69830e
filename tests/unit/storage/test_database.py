from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.chat import Citation
from desktop.domain.documents import DocumentState, Page
from desktop.domain.errors import StoreDamaged, StoreNewer
from desktop.domain.models import (
    InstalledModel,
    Keeping,
    ModelKind,
    ModelPart,
    Provenance,
    Speed,
)
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS, migrate
from desktop.storage.paths import Paths
from desktop.storage.store import Store

from .conftest import KEY


def test_the_database_keeps_its_promises(database: Database) -> None:
    promised = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,  # MEMORY
    }
    with database.reading() as connection:
        for name, value in promised.items():
            assert connection.execute(f"PRAGMA {name}").fetchone()[0] == value, name
        assert connection.execute("PRAGMA cipher_version").fetchone() is not None


def test_a_transaction_happens_whole_or_not_at_all(database: Database, store: Store) -> None:
    def fail_halfway() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO setting VALUES ('half', 'done')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert store.setting("half") is None
    store.set_setting("after", "works")
    assert store.setting("after") == "works"


def test_another_key_opens_nothing_and_changes_nothing(paths: Paths, database: Database) -> None:
    database.close()
    before = paths.database.read_bytes()
    with pytest.raises(StoreDamaged) as refused:
        Database(paths, bytes(32))
    assert refused.value.facts == {"profile": str(paths.profile), "backups": str(paths.backups)}
    assert paths.database.read_bytes() == before


def test_what_is_no_database_is_refused_and_left_alone(paths: Paths) -> None:
    paths.database.write_bytes(b"SQLite format 3\0" + bytes(8000))
    with pytest.raises(StoreDamaged):
        Database(paths, KEY)
    assert paths.database.read_bytes() == b"SQLite format 3\0" + bytes(8000)


def test_migrations_run_once_and_in_order(paths: Paths) -> None:
    database = Database(paths, KEY)
    ran: list[str] = []
    backed_up: list[int] = []

    def first(connection: object) -> None:
        ran.append("first")

    def second(connection: object) -> None:
        ran.append("second")

    for steps in ((first,), (first, second), (first, second)):
        migrate(database, paths.profile, lambda: backed_up.append(len(ran)), steps)
    assert ran == ["first", "second"]
    assert backed_up == [1]  # nothing to lose before the first, and nothing to do the last time
    with pytest.raises(StoreNewer):
        migrate(database, paths.profile, lambda: None, (first,))
    database.close()


def test_a_migration_that_fails_leaves_the_older_version(paths: Paths, database: Database) -> None:
    def broken(connection: object) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")  # type: ignore[attr-defined]
        raise RuntimeError

    for _ in range(2):  # the second time, too, it begins with a store of the older version
        with pytest.raises(RuntimeError):
            migrate(database, paths.profile, lambda: None, (*MIGRATIONS, broken))
    with database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'")
        assert tables.fetchone()[0] == 0


def test_a_store_reopens_with_its_key(paths: Paths, database: Database, store: Store) -> None:
    store.set_setting("kept", "yes")
    database.close()
    again = Database(paths, KEY)
    assert Store(again).setting("kept") == "yes"
    again.close()


def test_a_reference_to_nothing_is_our_bug_and_not_the_disks(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.add_document(Path("/files/a.pdf"), 999)
    assert store.documents() == []


OF_THE_FIRST_SCHEMA = (
    "INSERT INTO collection (name) VALUES ('Matter')",
    (
        "INSERT INTO document (path, name, state, page_count, pages_read, pages_indexed, vectors,"
        " embedder, added) VALUES (CAST('/files/a.pdf' AS BLOB), 'a.pdf', 'ready', 1, 1, 1, 1,"
        " 'an embedder', 1)"
    ),
    "INSERT INTO collection_document VALUES (1, 1)",
    (
        "INSERT INTO page (document_id, number, label, text, has_text, chunks, embedded)"
        " VALUES (1, 1, '1', 'The heron waits.', 1, 1, 1)"
    ),
    "INSERT INTO chunk (document_id, page, start, end) VALUES (1, 1, 0, 16)",
    "INSERT INTO words (rowid, text) VALUES (1, 'The heron waits.')",
    "INSERT INTO embedding VALUES (1, x'00000000')",
    "INSERT INTO conversation (title, created, updated) VALUES ('Herons', 1, 1)",
    (
        "INSERT INTO turn (conversation_id, role, text, state, created)"
        " VALUES (1, 'assistant', 'A heron.', 'complete', 1)"
    ),
    (
        "INSERT INTO turn (conversation_id, role, text, state, created)"
        " VALUES (1, 'user', 'Where?', 'complete', 2)"
    ),
    "INSERT INTO citation VALUES (1, 1, 1, 'a.pdf', 1, '1', 4, 9, 'heron')",
    "INSERT INTO setting VALUES ('name', 'value')",
    "INSERT INTO risk VALUES ('read', 'a.pdf', 1)",
)


def test_a_store_of_the_first_schema_keeps_everything_and_gains_models(
    paths: Paths, tmp_path: Path
) -> None:
    database = Database(paths, KEY)
    migrate(database, paths.profile, lambda: None, MIGRATIONS[:1])
    with database.transaction() as connection:
        for statement in OF_THE_FIRST_SCHEMA:
            connection.execute(statement)
    backed_up: list[int] = []
    migrate(database, paths.profile, lambda: backed_up.append(1))
    assert backed_up == [1]
    store = Store(database)
    (document,) = store.documents()
    assert (document.path, document.state) == (Path("/files/a.pdf"), DocumentState.READY)
    assert (document.pages_read, document.pages_unsure) == (1, 0)
    assert store.page(1, 1) == Page(1, "1", "The heron waits.")
    assert [*store.vectors("an embedder")] == [[(1, 1, bytes(4))]]
    assert (store.serving_embedder(), store.vector_count("an embedder")) == ("an embedder", 1)
    assert store.chunks_without_vector(1, "an embedder") == []
    assert store.search_words("heron", limit=9, document_ids=None)[0].chunk_id == 1
    assert store.called(["heron", "a"], document_ids=None) == (1, {"heron": [1], "a": [1]})
    assert [conversation.title for conversation in store.conversations()] == ["Herons"]
    turn, following = store.turns(1)
    assert (turn.parent, following.parent, following.text) == (0, turn.id, "Where?")
    assert [hit.turn_id for hit in store.mentions(["heron"], limit=9)] == [0, 1]
    assert turn.citations == (Citation(1, 1, "a.pdf", 1, "1", 4, 9, "heron"),)
    assert store.setting("name") == "value"
    assert store.open_risks() == [("read", "a.pdf")]
    assert store.models() == []
    part = ModelPart(Path(os.fsdecode(b"/files/\xff.gguf")), "00", 7)
    model = InstalledModel(
        *("heron", ModelKind.CHAT, Keeping.OWNED, (part,), 2048, 7, "Q4_1"),
        Provenance("a disk", "owner/heron", "c0ffee", "mit", "Permission"),
        added=3.0,
    )
    store.add_model(model)
    speed = Speed(1.0, 2.0, 3.0, 4, 5, 6.0)
    store.set_speed("00", speed)
    assert store.models() == [replace(model, speed=speed)]
    store.remove_model("heron")
    assert store.models() == []
    database.close()
