"""A real, empty store for each test, under a fixed key: unlocking a profile takes longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths
from desktop.storage.store import Store

KEY = bytes(range(32))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    database = Database(paths, KEY)
    migrate(database, paths.profile, back_up=lambda: None)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)
