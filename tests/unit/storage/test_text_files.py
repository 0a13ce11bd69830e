"""Text as offices save it, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import FileUnreadable, TextFormatUnknown, TextTooLong
from desktop.storage.text_files import LARGEST, decoded, read_text

TEXT = "Grüße an Ünal,\r\nam 3. Mai – „bald“\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_encoding_of_an_office_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


def test_utf_16_of_either_order_is_read() -> None:
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be"), "x") == TEXT
    assert decoded(b"\xff\xfe" + TEXT.encode("utf-16-le"), "x") == TEXT


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK\x03\x04", "a Word document"),
        ("a.eml", b"From: x", "a saved mail"),
        ("a.PDF", b"x", "a PDF"),
        ("a.txt", b"%PDF-1.7", "a PDF"),
        ("a.txt", b"PK\x03\x04rest", "an archive"),
        ("a.md", b"\xd0\xcf\x11\xe0", "an old Office document"),
        ("a.txt", bytes(range(256)) * 20, "no text"),
        ("a.txt", "x".encode("utf-16-le") * 20, "no text"),  # without a byte order mark
        ("a.txt", b"\xff\xfea", "breaks off"),
    ],
)
def test_what_is_no_plain_text_is_named(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TextFormatUnknown, match=reason):
        read_text(path)


def test_a_stray_control_character_is_no_reason_to_refuse() -> None:
    assert decoded(b"one\0two", "x") == "one\0two"


def test_too_much_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(TextTooLong):
        decoded(b"x" * (LARGEST + 1), "x")


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_text(tmp_path / "absent.txt")
    with pytest.raises(FileUnreadable):
        read_text(tmp_path)
