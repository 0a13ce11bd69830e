"""Watched folders over a real desk, a real store and a real file system."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import Cancelled, FolderAway, FolderKnown, FolderNotWatched
from desktop.domain.folders import (
    FileKnown,
    FileThere,
    FolderState,
    Unreadable,
    WatchedFolder,
    compare,
)
from desktop.domain.jobs import Cancellation
from desktop.services import records
from desktop.storage.folder_files import FolderFiles
from tests.conftest import PASSPHRASE
from tests.samples import report_pages, write_pdf


@pytest.fixture
def matter(tmp_path: Path) -> Path:
    """A folder with three documents, and much that is none."""
    folder = tmp_path / "Matter 7"
    (folder / "letters").mkdir(parents=True)
    (folder / "lease.txt").write_text("The lease of the mill was signed by Ida Brandt.")
    (folder / "letters" / "first.md").write_text("The miller asks for a lower rent.")
    (folder / "letters" / "second.txt").write_text("The rent stays as it is.")
    (folder / "~$lease.txt").write_text("Ida")
    (folder / ".~lock.lease.txt#").write_text("Ida")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / ".git").mkdir()
    (folder / ".git" / "description.txt").write_text("no document")
    (folder / "program.exe").write_bytes(b"MZ")
    return folder


@pytest.fixture
def watched(desk: Desk, matter: Path) -> Iterator[WatchedFolder]:
    """The folder, watched and read."""
    folder = desk.folders.add(matter, f"of {matter.parent.name}")
    keep_up(desk)
    yield folder
    desk.folders.remove(folder.id)


def keep_up(desk: Desk) -> None:
    """Look through every folder, and read what is to be read."""
    for folder in desk.folders.folders():
        desk.folders.look(folder.id)
    desk.folders.work(Cancellation())
    desk.library.work(Cancellation())


def documents(desk: Desk, folder: WatchedFolder) -> dict[str, Document]:
    """The documents of the folder's collection by their path within it."""
    found = desk.library.documents(folder.collection)
    return {os.path.relpath(d.path, folder.path): d for d in found}


def now(desk: Desk, folder: WatchedFolder) -> WatchedFolder:
    return next(f for f in desk.folders.folders() if f.id == folder.id)


def found(desk: Desk, query: str, document: Document) -> list[str]:
    passages = desk.retrieval.search(query, document_ids=[document.id], cancel=Cancellation())
    return [passage.text for passage in passages]


def later(path: Path) -> None:
    """Let a file look as if it was written after it was last looked at."""
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1_000_000_000))


def test_what_lies_in_a_watched_folder_is_read_and_what_is_no_document_is_not(
    desk: Desk, watched: WatchedFolder
) -> None:
    known = documents(desk, watched)
    assert sorted(known) == ["lease.txt", "letters/first.md", "letters/second.txt"]
    assert {d.state for d in known.values()} == {DocumentState.READY}
    stands = now(desk, watched)
    assert (stands.state, stands.documents, stands.gone) == (FolderState.WATCHED, 3, 0)
    assert stands.checked > 0
    assert "Ida Brandt" in found(desk, "Who signed the lease?", known["lease.txt"])[0]


def test_a_new_file_comes_in_and_only_a_changed_one_is_read_again(
    desk: Desk, watched: WatchedFolder
) -> None:
    before = documents(desk, watched)
    (watched.path / "bill.txt").write_text("The bill is for 340 euros.")
    lease, touched = watched.path / "lease.txt", watched.path / "letters" / "first.md"
    lease.write_text("The lease of the mill was ended by Ulf Kern.")
    later(lease)
    later(touched)
    queued: list[str] = []
    unlisten = desk.library.changed.listen(
        lambda d: queued.append(d.name) if d and d.state is DocumentState.QUEUED else None
    )
    keep_up(desk)
    unlisten()
    after = documents(desk, watched)
    assert sorted(queued) == ["bill.txt", "lease.txt"]
    assert after["lease.txt"].id == before["lease.txt"].id
    assert after["lease.txt"].sha256 != before["lease.txt"].sha256
    assert "Ulf Kern" in found(desk, "Who ended the lease?", after["lease.txt"])[0]
    assert after["bill.txt"].state is DocumentState.READY
    queued.clear()
    unlisten = desk.library.changed.listen(lambda d: queued.append(d.name) if d else None)
    keep_up(desk)
    unlisten()
    assert queued == []


def test_a_renamed_file_is_the_same_document_and_is_not_embedded_again(
    desk: Desk, watched: WatchedFolder
) -> None:
    before = documents(desk, watched)
    (watched.path / "letters").rename(watched.path / "post")
    (watched.path / "lease.txt").rename(watched.path / "post" / "contract.txt")
    states: list[DocumentState] = []
    unlisten = desk.library.changed.listen(lambda d: states.append(d.state) if d else None)
    keep_up(desk)
    unlisten()
    after = documents(desk, watched)
    assert {name: d.id for name, d in after.items()} == {
        "post/first.md": before["letters/first.md"].id,
        "post/second.txt": before["letters/second.txt"].id,
        "post/contract.txt": before["lease.txt"].id,
    }
    assert after["post/contract.txt"].name == "contract.txt"
    assert set(states) == {DocumentState.READY}
    assert now(desk, watched).gone == 0


def test_a_file_moved_from_one_folder_to_another_moves_with_what_was_read_of_it(
    desk: Desk, watched: WatchedFolder, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "old.txt").write_text("An old letter.")
    other = desk.folders.add(archive, f"archive of {tmp_path.name}")
    keep_up(desk)
    before = documents(desk, watched)["lease.txt"]
    (watched.path / "lease.txt").rename(archive / "lease.txt")
    keep_up(desk)
    moved = documents(desk, other)["lease.txt"]
    assert (moved.id, moved.gone, moved.state) == (before.id, False, DocumentState.READY)
    assert (now(desk, watched).documents, now(desk, other).documents) == (2, 2)
    desk.folders.remove(other.id)


def test_a_copy_is_a_document_of_its_own(desk: Desk, watched: WatchedFolder) -> None:
    before = documents(desk, watched)
    text = (watched.path / "lease.txt").read_text()
    (watched.path / "copy.txt").write_text(text)
    keep_up(desk)
    after = documents(desk, watched)
    assert after["lease.txt"] == before["lease.txt"]
    assert after["copy.txt"].id != before["lease.txt"].id


def test_a_deleted_file_is_noticed_its_text_stays_and_it_may_come_back(
    desk: Desk, watched: WatchedFolder
) -> None:
    path = watched.path / "lease.txt"
    text = path.read_text()
    path.unlink()
    keep_up(desk)
    document = documents(desk, watched)["lease.txt"]
    assert (document.gone, document.state) == (True, DocumentState.READY)
    assert now(desk, watched).gone == 1
    assert desk.folders.gone(watched.id) == [document.id]
    assert "Ida Brandt" in found(desk, "Who signed the lease?", document)[0]
    path.write_text(text)
    keep_up(desk)
    back = documents(desk, watched)["lease.txt"]
    assert (back.id, back.gone) == (document.id, False)


def test_a_folder_that_was_emptied_is_there_and_its_files_are_gone(
    desk: Desk, watched: WatchedFolder
) -> None:
    for document in documents(desk, watched).values():
        document.path.unlink()
    keep_up(desk)
    stands = now(desk, watched)
    assert (stands.state, stands.documents, stands.gone) == (FolderState.WATCHED, 3, 3)
    assert desk.folders.remove_gone(watched.id) == 3
    assert documents(desk, watched) == {}
    stands = now(desk, watched)
    assert (stands.documents, stands.gone, stands.left_out) == (0, 0, 0)


def test_removed_because_its_file_was_gone_a_document_is_put_back_into_its_folder(
    desk: Desk, watched: WatchedFolder
) -> None:
    before = documents(desk, watched)["lease.txt"]
    text = before.path.read_text()
    before.path.unlink()
    keep_up(desk)
    desk.folders.remove_gone(watched.id)
    keep_up(desk)
    desk.library.restore(before.id)
    assert (now(desk, watched).documents, now(desk, watched).gone) == (3, 1)
    desk.folders.remove_gone(watched.id)
    before.path.write_text(text)
    keep_up(desk)
    assert documents(desk, watched)["lease.txt"].gone is False
    assert now(desk, watched).documents == 3


def test_removed_for_good_because_its_file_was_gone_a_document_may_come_again(
    desk: Desk, watched: WatchedFolder
) -> None:
    path = watched.path / "lease.txt"
    text = path.read_text()
    path.unlink()
    keep_up(desk)
    desk.folders.remove_gone(watched.id)
    desk.library.settle()
    path.write_text(text)
    keep_up(desk)
    assert documents(desk, watched)["lease.txt"].state is DocumentState.READY
    assert now(desk, watched).left_out == 0


def test_a_document_whose_file_the_user_deleted_after_it_stays_out(
    desk: Desk, watched: WatchedFolder
) -> None:
    document = documents(desk, watched)["lease.txt"]
    desk.library.remove(document.id)
    document.path.unlink()
    keep_up(desk)
    desk.library.restore(document.id)
    keep_up(desk)
    assert documents(desk, watched)["lease.txt"].gone
    assert now(desk, watched).documents == 3


def test_a_folder_is_watched_on_without_its_collection(desk: Desk, watched: WatchedFolder) -> None:
    gone = desk.collections.remove(watched.collection)
    (watched.path / "bill.txt").write_text("The bill is for 340 euros.")
    keep_up(desk)
    assert now(desk, watched).collection == ""
    assert now(desk, watched).documents == 4
    assert "bill.txt" in {d.name for d in desk.library.documents()}
    (watched.path / "bill.txt").rename(watched.path / "paid.txt")
    desk.collections.put_back(gone)
    assert now(desk, watched).collection == watched.collection
    (watched.path / "second bill.txt").write_text("The bill is for 100 euros.")
    keep_up(desk)
    assert sorted(documents(desk, watched)) == [
        "lease.txt",
        "letters/first.md",
        "letters/second.txt",
        "paid.txt",
        "second bill.txt",
    ]


def test_what_was_read_before_its_folder_is_watched_is_read_again_if_it_changed_since(
    desk: Desk, matter: Path
) -> None:
    lease = matter / "lease.txt"
    collection = f"of {matter.parent.name}"
    desk.library.add([matter], collection)
    desk.library.work(Cancellation())
    lease.write_text("The lease of the mill was ended by Ulf Kern.")
    folder = desk.folders.add(matter, collection)
    keep_up(desk)
    assert desk.folders._standings.of(folder.id).again_at < time.monotonic() + 60
    keep_up(desk)
    known = documents(desk, folder)["lease.txt"]
    assert "Ulf Kern" in found(desk, "Who ended the lease?", known)[0]
    desk.folders.remove(folder.id)


def test_a_file_that_moved_where_another_document_was_takes_nothing_from_it(
    desk: Desk, watched: WatchedFolder
) -> None:
    before = documents(desk, watched)
    records = desk._profile.store
    place = str(before["letters/first.md"].path)
    there = FileThere(place, 1, 1)
    assert not records.move_document(before["lease.txt"].id, watched.id, there)
    assert documents(desk, watched) == before
    desk.library.remove(before["lease.txt"].id)
    elsewhere = FileThere(place + ".txt", 1, 1)
    assert not records.move_document(before["lease.txt"].id, watched.id, elsewhere)


def test_what_the_user_removed_stays_out_until_it_is_added_by_hand(
    desk: Desk, watched: WatchedFolder
) -> None:
    document = documents(desk, watched)["lease.txt"]
    desk.library.remove(document.id)
    later(watched.path / "lease.txt")
    keep_up(desk)
    assert "lease.txt" not in documents(desk, watched)
    assert (now(desk, watched).documents, now(desk, watched).left_out) == (2, 1)
    desk.library.add([watched.path / "lease.txt"], watched.collection)
    keep_up(desk)
    assert documents(desk, watched)["lease.txt"].state is DocumentState.READY
    assert now(desk, watched).left_out == 0


def test_a_folder_that_cannot_be_reached_is_away_and_loses_nothing(
    desk: Desk, watched: WatchedFolder
) -> None:
    before = documents(desk, watched)
    unplugged = watched.path.with_name("elsewhere")
    watched.path.rename(unplugged)
    keep_up(desk)
    stands = now(desk, watched)
    assert (stands.state, stands.gone, stands.documents) == (FolderState.AWAY, 0, 3)
    watched.path.mkdir()  # where a share was mounted that is not there now
    desk._profile.store.note_checked(watched.id, stands.checked, "the share's", ())
    keep_up(desk)
    stands = now(desk, watched)
    assert (stands.state, stands.gone) == (FolderState.AWAY, 0)
    assert "empty" in stands.away
    assert documents(desk, watched) == before
    watched.path.rmdir()
    unplugged.rename(watched.path)
    keep_up(desk)
    assert now(desk, watched).state is FolderState.WATCHED
    assert documents(desk, watched) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="all is open to root")
def test_a_folder_in_it_that_may_not_be_read_is_named(desk: Desk, watched: WatchedFolder) -> None:
    shut = watched.path / "letters"
    shut.chmod(0)
    try:
        keep_up(desk)
    finally:
        shut.chmod(0o700)
    assert now(desk, watched).unreadable == (("letters", "permission denied"),)
    assert now(desk, watched).gone == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_in_a_ring_have_an_end(desk: Desk, watched: WatchedFolder) -> None:
    (watched.path / "letters" / "again").symlink_to(watched.path)
    (watched.path / "a.txt").symlink_to(watched.path / "b.txt")
    (watched.path / "b.txt").symlink_to(watched.path / "a.txt")
    (watched.path / "nowhere.txt").symlink_to(watched.path / "gone.txt")
    keep_up(desk)
    assert len(documents(desk, watched)) == 3
    assert now(desk, watched).unreadable == ()


def test_a_paused_folder_is_neither_looked_at_nor_read_from(
    desk: Desk, watched: WatchedFolder
) -> None:
    (watched.path / "long.txt").write_text("A line.\n" * 200)
    desk.folders.look(watched.id)
    desk.folders.work(Cancellation())
    desk.folders.pause(watched.id)
    (watched.path / "bill.txt").write_text("The bill is for 340 euros.")
    keep_up(desk)
    known = documents(desk, watched)
    assert known["long.txt"].state is DocumentState.QUEUED
    assert "bill.txt" not in known
    assert now(desk, watched).state is FolderState.PAUSED
    desk.folders.resume(watched.id)
    keep_up(desk)
    assert documents(desk, watched)["long.txt"].state is DocumentState.READY
    assert documents(desk, watched)["bill.txt"].state is DocumentState.READY


def test_a_folder_is_watched_once_and_must_be_there(
    desk: Desk, watched: WatchedFolder, tmp_path: Path
) -> None:
    for known in (watched.path, watched.path / "letters", tmp_path):
        with pytest.raises(FolderKnown) as caught:
            desk.folders.add(known)
        assert str(watched.path) in str(caught.value)
    for none in (tmp_path / "nowhere", watched.path / "lease.txt"):
        with pytest.raises(FolderAway):
            desk.folders.add(none)
    assert desk.folders.find(watched.path / "letters" / "..").id == watched.id
    with pytest.raises(FolderNotWatched):
        desk.folders.find(tmp_path)


def test_a_removed_folder_leaves_its_documents_and_can_be_put_back(
    desk: Desk, watched: WatchedFolder
) -> None:
    out = documents(desk, watched)["letters/first.md"]
    desk.library.remove(out.id)
    desk.folders.remove(watched.id)
    (watched.path / "bill.txt").write_text("The bill is for 340 euros.")
    keep_up(desk)
    assert sorted(documents(desk, watched)) == ["lease.txt", "letters/second.txt"]
    desk.folders.put_back(watched.id)
    keep_up(desk)
    assert sorted(documents(desk, watched)) == ["bill.txt", "lease.txt", "letters/second.txt"]


def test_a_look_can_be_cancelled_and_is_taken_up_again(desk: Desk, watched: WatchedFolder) -> None:
    (watched.path / "bill.txt").write_text("The bill is for 340 euros.")
    cancel = Cancellation()
    cancel.cancel()
    desk.folders.look(watched.id)
    with pytest.raises(Cancelled):
        desk.folders.work(cancel)
    assert now(desk, watched).due
    desk.folders.work(Cancellation())
    assert "bill.txt" in documents(desk, watched)


# -- what tells of changes


class Noticing:
    """`DocumentFolders.notice` on a thread, and whoever waits for a folder to stand in some way."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._cancel = Cancellation()
        self._news = threading.Condition()
        self._unlisten = desk.folders.changed.listen(self._hear)
        self._thread = threading.Thread(target=desk.folders.notice, args=(self._cancel,))
        self._thread.start()

    def _hear(self, _folder: WatchedFolder | None) -> None:
        with self._news:
            self._news.notify_all()

    def wait_for(self, folder: WatchedFolder, holds: Callable[[WatchedFolder], bool]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: holds(now(self._desk, folder)), 30)

    def end(self) -> None:
        self._cancel.cancel()
        self._thread.join()
        self._unlisten()


@pytest.fixture
def noticing(desk: Desk, watched: WatchedFolder) -> Iterator[Noticing]:
    noticing = Noticing(desk)
    yield noticing
    noticing.end()


def test_a_change_in_a_folder_makes_it_due_and_reading_it_does_not(
    desk: Desk, watched: WatchedFolder, noticing: Noticing
) -> None:
    noticing.wait_for(watched, lambda folder: folder.noticing and folder.due)
    desk.folders.work(Cancellation())
    assert not now(desk, watched).due
    below = watched.path / "letters" / "2026"
    below.mkdir()
    (below / "third.txt").write_text("The rent is lowered by a tenth.")
    noticing.wait_for(watched, lambda folder: folder.due)
    desk.folders.work(Cancellation())
    desk.library.work(Cancellation())
    assert documents(desk, watched)["letters/2026/third.txt"].state is DocumentState.READY


def test_a_paused_or_removed_folder_is_not_followed(
    desk: Desk, watched: WatchedFolder, noticing: Noticing
) -> None:
    noticing.wait_for(watched, lambda folder: folder.noticing)
    desk.folders.pause(watched.id)
    desk.folders.resume(watched.id)
    noticing.wait_for(watched, lambda folder: folder.noticing and folder.due)


# -- pausing everything


def test_reading_can_be_paused_as_a_whole_across_starts(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCRITOIRE_MODELS", str(tmp_path))  # none: found by word alone
    monkeypatch.setattr(records, "TELL_EVERY", 0.0)  # else sixty pages may be read between two
    path = write_pdf(tmp_path / "long.pdf", report_pages(60, seed=6, sentences=2))
    desk = open_desk(profile, PASSPHRASE)
    (document,) = desk.library.add([path]).documents

    def pause(changed: Document | None) -> None:
        if changed and changed.pages_read > 5 and not desk.library.paused:
            desk.library.pause()

    desk.library.changed.listen(pause)
    desk.library.work_unless_paused(Cancellation())
    left = next(d for d in desk.library.documents() if d.id == document.id)
    assert left.state is DocumentState.READING
    assert 5 < left.pages_read < 60
    desk.close()
    desk = open_desk(profile, PASSPHRASE)
    assert desk.library.paused
    desk.library.work_unless_paused(Cancellation())
    same = next(d for d in desk.library.documents() if d.id == document.id)
    assert (same.state, same.pages_read) == (left.state, left.pages_read)
    desk.library.go_on()
    desk.library.work_unless_paused(Cancellation())
    done = next(d for d in desk.library.documents() if d.id == document.id)
    assert (done.state, done.pages_read) == (DocumentState.READY, 60)
    desk.close()


# -- what may not be read


def test_what_may_not_be_read_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's refusal is played: nothing is closed to the root of a container."""
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "b.txt").write_text("b")
    really = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return really(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = list(FolderFiles().listing(tmp_path, Cancellation()))
    assert [file.path for file in found if isinstance(file, FileThere)] == [str(tmp_path / "a.txt")]
    assert Unreadable(str(tmp_path / "shut"), "permission denied") in found


def test_what_lies_in_a_folder_that_may_not_be_read_is_not_taken_for_gone() -> None:
    known = {
        path: FileKnown(path, 1, 1, number, DocumentState.READY, "11")
        for number, path in enumerate(("/m/shut/a.txt", "/m/shutters.txt", "/m/b.txt"), 1)
    }
    there = {"/m/b.txt": FileThere("/m/b.txt", 1, 1)}
    compared = compare(there, known, ["/m/shut"], "/")
    assert [file.path for file in compared.missing] == ["/m/shutters.txt"]
    assert (compared.new, compared.changed, compared.back) == ([], [], [])
