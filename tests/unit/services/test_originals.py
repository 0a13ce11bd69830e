"""Files are opened as texts and saved beside their originals, in what they came in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.changes import changes
from desktop.domain.errors import (
    EscritoireError,
    FileThere,
    FileUnwritable,
    OriginalChanged,
    OriginalStays,
    TextFormatUnknown,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original, OriginalKind
from desktop.domain.review import Review
from desktop.services.originals import Originals
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.new_files import RewrittenFiles
from desktop.storage.paths import Paths
from desktop.storage.store import Store
from desktop.workers.client import WorkerClient
from desktop.workers.reviser.adapter import ReviserAdapter, reviser_client
from tests.letters import PARAGRAPHS, marks, readings, word_document

NOW = Cancellation()


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = reviser_client()
    yield client
    client.stop()


@pytest.fixture
def originals(tmp_path: Path, client: WorkerClient) -> Iterator[Originals]:
    paths = Paths(tmp_path / "profile")
    paths.profile.mkdir()
    database = Database(paths, bytes(32))
    migrate(database, paths.profile, back_up=lambda: None)
    yield Originals(Store(database), ReviserAdapter(client), RewrittenFiles())
    database.close()


def review(original: Original, **words: str) -> Review:
    """A review of the text with these words in place of others, all of it taken."""
    text = original.text
    for old, new in words.items():
        text = text.replace(old, new)
    made = tuple(changes(original.text, text))
    return Review(original.text, made, frozenset(range(len(made))))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Miete fällig\r\nim Mai\r\n".encode(), "UTF-8"),
        (codecs.BOM_UTF8 + "Miete fällig".encode(), "UTF-8 with a byte order mark"),
        (codecs.BOM_UTF16_BE + "Miete fällig".encode("utf-16-be"), "UTF-16BE"),
        (codecs.BOM_UTF16_LE + "Miete fällig".encode("utf-16-le"), "UTF-16LE"),
        (codecs.BOM_UTF32_LE + "Miete fällig".encode("utf-32-le"), "UTF-32LE"),
        ("Miete fällig – „heute“".encode("cp1252"), "windows-1252"),
    ],
)
def test_a_text_keeps_its_encoding_and_line_ends(
    originals: Originals, tmp_path: Path, raw: bytes, name: str
) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(raw)
    original = originals.open(path, NOW)
    assert (original.kind, original.encoding) == (OriginalKind.TEXT, name)
    target = originals.free_name(original)
    assert target == tmp_path / "brief-rewritten.txt"
    # A window's field has made "\n" of the line ends.
    typed = Review(original.text.replace("\r\n", "\n"), (), frozenset())
    assert originals.save(original, typed, target, cancel=NOW).encoding == name
    assert target.read_bytes() == raw
    assert path.read_bytes() == raw


def test_a_character_that_an_encoding_lacks_makes_it_utf_8(
    originals: Originals, tmp_path: Path
) -> None:
    path = tmp_path / "brief.md"
    path.write_bytes("Miete fällig".encode("cp1252"))
    original = originals.open(path, NOW)
    target = tmp_path / "new.md"
    saved = originals.save(original, review(original, fällig="→ Mai"), target, cancel=NOW)
    assert saved.encoding == "UTF-8"
    assert target.read_text(encoding="utf-8") == "Miete → Mai"


def test_what_is_taken_of_the_changes_is_tracked_and_the_rest_is_not_there(
    originals: Originals, tmp_path: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    original = originals.open(path, NOW)
    made = review(original, July="August", Bring="Carry", forms="sheets")
    july = next(n for n, change in enumerate(made.changes) if change.new == "August")
    partly = Review(made.text, made.changes, made.taken - {july})
    originals.set_author("  Ana   Silva ")
    target = tmp_path / "new.docx"
    saved = originals.save(original, partly, target, cancel=NOW)
    assert (saved.path, saved.refused) == (target, 0)
    assert readings(target, taken=False) == readings(path, taken=False)
    assert readings(target, taken=True) == [
        p.replace("Bring", "Carry").replace("forms", "sheets") for p in PARAGRAPHS
    ]
    ours = [mark for mark in marks(target) if mark[1] == "Ana Silva"]
    assert [(kind, text) for kind, _, text in ours] == [
        ("del", "forms"), ("ins", "sheets"), ("del", "Bring"), ("ins", "Carry"),
        ("del", "forms"), ("ins", "sheets"),
    ]  # fmt: skip
    originals.save(original, partly, tmp_path / "by.docx", author="Bob", cancel=NOW)
    assert {mark[1] for mark in marks(tmp_path / "by.docx")} == {"Ana", "Bob"}
    originals.save(original, partly, tmp_path / "plain.txt", cancel=NOW)
    assert (tmp_path / "plain.txt").read_text(encoding="utf-8") == partly.current()


def test_author_is_the_program_until_it_is_set(originals: Originals) -> None:
    assert originals.author() == "Escritoire"
    originals.set_author("Ana")
    assert originals.author() == "Ana"
    originals.set_author("")
    assert originals.author() == "Escritoire"


def test_neither_the_original_nor_another_file_is_written_over(
    originals: Originals, tmp_path: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    link = tmp_path / "link.docx"
    link.symlink_to(path)
    hard = tmp_path / "hard.docx"
    hard.hardlink_to(path)
    original = originals.open(path, NOW)
    made = review(original, July="August")
    for same in (path, link, hard, tmp_path / "." / "letter.docx"):
        with pytest.raises(OriginalStays, match=r"letter-rewritten\.docx"):
            originals.save(original, made, same, replace=True, cancel=NOW)
    there = tmp_path / "letter-rewritten.docx"
    there.write_bytes(b"mine")
    with pytest.raises(FileThere):
        originals.save(original, made, there, cancel=NOW)
    assert there.read_bytes() == b"mine"
    assert originals.free_name(original) == tmp_path / "letter-rewritten-2.docx"
    originals.save(original, made, there, replace=True, cancel=NOW)  # the user said so
    assert readings(there, taken=True)[1].endswith("August.")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_nothing_half_written_is_left(originals: Originals, tmp_path: Path) -> None:
    path = word_document(tmp_path / "letter.docx")
    original = originals.open(path, NOW)
    made = review(original, July="August")
    word_document(path, "<w:p><w:r><w:t>Another letter</w:t></w:r></w:p>")
    cases: list[tuple[Path, type[EscritoireError]]] = [
        (tmp_path / "new.docx", OriginalChanged),
        (tmp_path / "none" / "new.docx", FileUnwritable),
        (tmp_path / "new.pdf", FileUnwritable),
        (tmp_path / "new.eml", FileUnwritable),
    ]
    before = sorted(tmp_path.iterdir())
    for target, error in cases:
        with pytest.raises(error):
            originals.save(original, made, target, cancel=NOW)
    assert sorted(tmp_path.iterdir()) == before


def test_formats_that_are_not_rewritten_are_named(originals: Originals, tmp_path: Path) -> None:
    for name, said in (("a.docm", "macros"), ("a.doc", "old Word"), ("a.dotx", "template")):
        path = tmp_path / name
        path.write_bytes(b"x")
        with pytest.raises(TextFormatUnknown, match=said):
            originals.open(path, NOW)
