from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop.domain.errors import StoreDamaged
from desktop.storage.backups import EVERY_S, KEPT, Backups
from desktop.storage.database import Database
from desktop.storage.paths import Paths
from desktop.storage.profile import open_profile
from desktop.storage.store import Store

PASSPHRASE = "blue heron"


def age(path: Path, seconds: float) -> None:
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def test_a_backup_is_put_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE) as opened:
        opened.store.set_setting("when", "before")
        copy = opened.back_up()
        opened.store.set_setting("when", "after")
    damaged = bytes(10_000)
    opened.paths.database.write_bytes(damaged)
    opened.paths.key_file.unlink()
    with pytest.raises(StoreDamaged) as refused:
        open_profile(tmp_path, PASSPHRASE)
    assert refused.value.facts["backups"] == str(copy.parent)
    aside = Backups(opened.paths).put_back(copy)
    with open_profile(tmp_path, PASSPHRASE) as restored:
        assert restored.store.setting("when") == "before"
    assert (aside / "store.db").read_bytes() == damaged


def test_the_log_of_a_damaged_store_is_not_replayed_over_a_backup(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE) as opened:
        copy = opened.back_up()
        opened.store.set_setting("when", "after")
        log = Path(f"{opened.paths.database}-wal")
        content = log.read_bytes()
    log.write_bytes(content)  # as a crash would leave it
    aside = Backups(opened.paths).put_back(copy)
    assert (aside / log.name).read_bytes() == content
    with open_profile(tmp_path, PASSPHRASE) as restored:
        assert restored.store.setting("when") is None


def test_the_newest_few_are_kept(paths: Paths, database: Database) -> None:
    paths.key_file.write_bytes(b"{}")
    backups = Backups(paths)
    made = [backups.make(database) for _ in range(KEPT + 2)]
    assert backups.all() == made[:1:-1]
    assert len(list(paths.backups.iterdir())) == 2 * KEPT  # each with its key file, nothing else


def test_a_backup_that_is_stopped_leaves_nothing_behind(paths: Paths, database: Database) -> None:
    paths.key_file.write_bytes(b"{}")
    stop = threading.Event()
    stop.set()
    assert Backups(paths).make(database, stop) is None
    assert list(paths.backups.iterdir()) == []


def test_a_damaged_store_does_not_become_a_backup(
    paths: Paths, database: Database, store: Store
) -> None:
    paths.key_file.write_bytes(b"{}")
    store.set_setting("long", "x" * 100_000)
    backups = Backups(paths)
    good = backups.make(database)
    database.close()
    content = paths.database.read_bytes()
    still_open = Database(paths, bytes(range(32)))
    for page in range(len(content) // 4096):  # whichever page it is
        with paths.database.open("r+b") as file:
            file.seek(page * 4096 + 2000)
            file.write(bytes([content[page * 4096 + 2000] ^ 1]))
        with pytest.raises(StoreDamaged):
            backups.make(still_open)
        paths.database.write_bytes(content)
    still_open.close()
    assert backups.all() == [good]
    assert len(list(paths.backups.iterdir())) == 2


def test_a_backup_shows_one_moment_while_the_store_is_written(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE) as opened:
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                opened.store.set_setting("a", str(number))
                opened.store.set_setting("b", str(number))

        writing = threading.Thread(target=write)
        writing.start()
        try:
            copies = [opened.back_up() for _ in range(3)]
        finally:
            stop.set()
            writing.join()
        key = opened._key
    for copy in copies:
        database = Database(opened.paths, key, copy)
        store = Store(database)
        first, second = int(store.setting("a") or 0), int(store.setting("b") or 0)
        assert first - second in (0, 1)
        database.close()


def test_a_backup_is_due_when_the_store_changed_and_the_last_is_a_day_old(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE):
        pass
    opened = open_profile(tmp_path, PASSPHRASE)
    backing_up = opened._backing_up
    assert backing_up is not None
    backing_up.wait()
    backups = opened.backups
    opened.store.set_setting("changed", "yes")
    opened.close()
    (copy,) = backups.all()
    assert not backups.due()
    age(copy, EVERY_S + 1)
    assert backups.due()
    age(opened.paths.database, 2 * EVERY_S)
    assert not backups.due()  # nothing changed since
