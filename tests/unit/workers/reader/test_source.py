"""Paths that are not what a reader hopes for."""

import os
from pathlib import Path

import pytest

from desktop.domain.errors import DocumentMissing, DocumentUnreadable, NotAPdf
from desktop.workers.reader.source import identity, is_cut_short, open_source
from tests.samples import write_pdf


def test_a_pdf_opens_at_its_start(tmp_path: Path) -> None:
    with open_source(str(write_pdf(tmp_path / "a.pdf", ["text"]))) as file:
        assert file.read(5) == b"%PDF-"


def test_a_header_may_come_a_little_late(tmp_path: Path) -> None:
    path = tmp_path / "late.pdf"
    path.write_bytes(b"x" * 900 + b"%PDF-1.7")
    open_source(str(path)).close()
    path.write_bytes(b"x" * 1100 + b"%PDF-1.7")
    with pytest.raises(NotAPdf):
        open_source(str(path))


@pytest.mark.parametrize("content", [b"", b"<html>no</html>", b"PK\x03\x04" + bytes(5000)])
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(NotAPdf) as caught:
        open_source(str(path))
    assert caught.value.facts == {"file": "report.pdf"}


def test_no_file_at_all(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "gone.pdf", tmp_path / "file" / "below.pdf"):
        with pytest.raises(DocumentMissing):
            open_source(str(path))
        with pytest.raises(DocumentMissing):
            identity(str(path))


@pytest.mark.skipif(os.name == "nt", reason="the kinds of file of a Unix system")
def test_pipes_folders_and_devices_do_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (tmp_path / "pipe.pdf", tmp_path, Path("/dev/zero")):
        with pytest.raises(NotAPdf):
            open_source(str(path))


@pytest.mark.skipif(os.name == "nt", reason="the kinds of file of a Unix system")
def test_links_that_go_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to(tmp_path / "b.pdf")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    with pytest.raises(DocumentUnreadable) as caught:
        open_source(str(tmp_path / "a.pdf"))
    assert "links" in caught.value.facts["reason"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["text"])
    path.chmod(0)
    with pytest.raises(DocumentUnreadable) as caught:
        open_source(str(path))
    assert caught.value.facts["reason"] == "permission denied"


def test_the_end_mark_is_looked_for_at_the_end(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "a.pdf", ["text"]).read_bytes()
    for content, cut_short in (
        (whole, False),
        (whole + b"\0" * 9_000, False),
        (whole + b"\r\n--boundary--" * 20, False),
        (whole[:-20], True),
        (whole + b"x" * 9_000, True),
        (b"", True),
    ):
        (tmp_path / "b.pdf").write_bytes(content)
        with (tmp_path / "b.pdf").open("rb") as file:
            assert is_cut_short(file) is cut_short


def test_another_content_is_another_identity(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["text"])
    before = identity(str(path))
    assert identity(str(path)) == before
    path.write_bytes(path.read_bytes() + b"\n")
    assert identity(str(path)) != before
