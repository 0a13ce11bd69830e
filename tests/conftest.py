"""What tests of several rooms share: a real desk on a profile of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.jobs import Cancellation

# Without this, Qt ends the process where there is no screen. A screen of one's own may be named.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shell's background job ignores Ctrl+C, and so would every program the tests start from there.
signal.signal(signal.SIGINT, signal.default_int_handler)

PASSPHRASE = "a desk that locks"


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the starter models, its children warm. Tests keep to collections of their own."""
    desk = open_desk(tmp_path_factory.mktemp("desk") / "profile", PASSPHRASE)
    desk.prepare(Cancellation())
    desk.library.work(Cancellation())
    yield desk
    desk.close()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder for a profile that does not exist yet."""
    return tmp_path / "profile"
