"""escritoire folders: each command a start of its own, as a script has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commanding import Terminal

pytestmark = pytest.mark.usefixtures("no_models")  # words alone are searched


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "first.txt").write_text("The miller asks for a lower rent.")
    (folder / "second.txt").write_text("The rent stays as it is.")
    return folder


def test_a_watched_folder_is_read_listed_refreshed_and_left(
    terminal: Terminal, letters: Path
) -> None:
    added = terminal.type("folders", "add", "--collection", "Mill", letters)
    assert (added.code, added.out) == (0, f"{letters}: watched, 2 documents\n")
    (letters / "third.txt").write_text("The miller thanks for the quince jam.")
    (letters / "second.txt").unlink()
    refreshed = terminal.type("folders", "refresh")
    assert refreshed.out == f"{letters}: watched, 3 documents, the files of 1 are gone\n"
    tidied = terminal.type("folders", "refresh", "--remove-gone", "--json", letters)
    (folder,) = tidied.json["folders"]
    assert (folder["documents"], folder["gone"], folder["left_out"]) == (2, 0, 0)
    assert (folder["collection"], folder["state"]) == ("Mill", "watched")
    assert folder["checked"] is not None
    left = terminal.type("folders", "remove", letters)
    assert (left.code, left.out) == (0, f"{letters}: watched no longer\n")
    assert "2 documents" in left.err
    assert terminal.type("folders", "list", "--json").json == {"folders": [], "paused": False}
    assert "third.txt" in terminal.type("search", "quince jam").out


def test_a_folder_can_be_removed_with_its_documents(terminal: Terminal, letters: Path) -> None:
    terminal.type("folders", "add", letters)
    removed = terminal.type("folders", "remove", "--documents", "--json", letters)
    assert removed.json == {"removed": str(letters), "documents": 2}
    assert "first.txt" not in terminal.type("search", "miller rent").out


def test_a_paused_folder_waits(terminal: Terminal, letters: Path) -> None:
    terminal.type("folders", "add", letters)
    assert terminal.type("folders", "pause", letters).out == f"{letters}: paused\n"
    (letters / "third.txt").write_text("The miller thanks for the quince jam.")
    assert terminal.type("folders", "refresh").out == f"{letters}: paused, 2 documents\n"
    terminal.type("folders", "resume", letters)
    assert terminal.type("folders", "refresh").out == f"{letters}: watched, 3 documents\n"


def test_everything_can_be_paused_and_says_so(terminal: Terminal, letters: Path) -> None:
    assert terminal.type("folders", "pause", "--json").json == {"paused": "everything"}
    listed = terminal.type("folders", "list")
    assert "escritoire folders resume" in listed.err
    assert terminal.type("folders", "list", "--json").json["paused"]
    # What is asked for by name is read all the same.
    assert terminal.type("folders", "add", letters).out == f"{letters}: watched, 2 documents\n"
    terminal.type("folders", "resume")
    assert not terminal.type("folders", "list", "--json").json["paused"]


def test_what_is_no_watched_folder_is_named(terminal: Terminal, letters: Path) -> None:
    terminal.type("folders", "add", letters / "nowhere").complains("nowhere", "not there now")
    terminal.type("folders", "refresh", letters).complains(str(letters), "not a watched folder")
    terminal.type("folders", "add", letters)
    terminal.type("folders", "add", letters).complains(str(letters), "watched already")
    unplugged = letters.rename(letters.with_name("elsewhere"))
    away = terminal.type("folders", "refresh")
    assert away.code == 3
    assert away.out == f"{letters}: away, 2 documents\n"
    assert "not there now" in away.err
    assert terminal.type("folders", "list", "--json").json["folders"][0]["state"] == "away"
    unplugged.rename(letters)
    assert terminal.type("folders", "refresh").code == 0


def test_a_file_that_cannot_be_read_is_named_when_it_comes(
    terminal: Terminal, letters: Path
) -> None:
    (letters / "broken.pdf").write_text("no PDF at all")
    added = terminal.type("folders", "add", letters)
    assert added.code == 3
    assert "broken.pdf is not a PDF" in added.err
    assert terminal.type("folders", "refresh").code == 0  # it was said, and nothing has changed
