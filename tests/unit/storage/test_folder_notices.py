"""What the system tells of changes in folders: the real file system, the real notices."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage.folder_notices import FolderNotices

LONG_S = 30.0  # on a busy computer
SHORT_S = 0.3


@pytest.fixture
def notices() -> Iterator[FolderNotices]:
    threads = set(threading.enumerate())
    notices = FolderNotices(quiet_s=0.05)
    yield notices
    notices.end()
    assert set(threading.enumerate()) == threads


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in "abc"]
    for folder in made:
        folder.mkdir()
    return made


def test_a_change_is_told_with_its_folder_and_reading_is_none(
    notices: FolderNotices, folders: list[Path]
) -> None:
    assert notices.follow(folders) == set(folders)
    (folders[1] / "below").mkdir()
    (folders[1] / "below" / "lease.txt").write_text("signed")
    assert notices.wait(LONG_S) == {folders[1]}
    while notices.wait(SHORT_S):  # what came late of it
        pass
    (folders[1] / "below" / "lease.txt").read_text()
    assert notices.wait(SHORT_S) == set()


def test_to_leave_one_folder_is_no_gap_for_the_others(
    notices: FolderNotices, folders: list[Path]
) -> None:
    notices.follow(folders)
    (folders[0] / "lease.txt").write_text("signed")
    assert notices.follow(folders[:2]) == set(folders[:2])
    (folders[2] / "bill.txt").write_text("paid")
    assert notices.wait(LONG_S) == {folders[0]}


def test_a_folder_that_was_deleted_and_made_again_is_followed_again(
    notices: FolderNotices, folders: list[Path]
) -> None:
    notices.follow(folders[:1])
    shutil.rmtree(folders[0])
    assert notices.wait(LONG_S) == {folders[0]}
    folders[0].mkdir()
    assert notices.follow(folders[:1]) == {folders[0]}
    while notices.wait(SHORT_S):
        pass
    (folders[0] / "lease.txt").write_text("signed")
    assert notices.wait(LONG_S) == {folders[0]}


def test_the_wait_ends_when_it_is_woken(notices: FolderNotices, folders: list[Path]) -> None:
    notices.follow(folders)
    notices.wake()
    assert notices.wait(LONG_S) == set()


def test_a_folder_that_is_not_there_is_not_followed(
    notices: FolderNotices, folders: list[Path]
) -> None:
    nowhere = folders[0] / "nowhere"
    assert notices.follow([nowhere, folders[1]]) == {folders[1]}
    nowhere.mkdir()
    assert notices.follow([nowhere, folders[1]]) == {nowhere, folders[1]}
