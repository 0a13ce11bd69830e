"""Documents made to hurt, through the real child under its real limits.

Each either reads, or ends in one error that names it and its trouble; the child is back for the
next one, and an honest file among them is always read.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.documents import DocumentFacts, Page, PageImage
from desktop.domain.errors import (
    Cancelled,
    DocumentDamaged,
    DocumentError,
    DocumentTooDemanding,
    DocumentUnreadable,
    FormatNotSupported,
    NoPages,
    NotAPdf,
    PasswordNeeded,
)
from desktop.domain.jobs import Cancellation
from desktop.workers.client import WorkerClient
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests.faults import hostile_pdfs as hostile
from tests.samples import write_pdf, write_report


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = reader_client()
    yield client
    client.stop()


@pytest.fixture
def reader(client: WorkerClient) -> ReaderAdapter:
    return ReaderAdapter(client)


@pytest.fixture(autouse=True)
def _honest_file_afterwards(reader: ReaderAdapter, tmp_path: Path) -> Iterator[None]:
    """Whatever a test did to the reader, the next document is read."""
    yield
    path = write_pdf(tmp_path / "honest.pdf", ["An honest page."])
    assert read(reader, path) == ["An honest page."]


def read(reader: ReaderAdapter, path: Path) -> list[str]:
    """The text of every page."""
    steps = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    facts = next(steps)
    assert isinstance(facts, DocumentFacts)
    texts = [page.text for page in steps if isinstance(page, Page)]
    assert len(texts) == facts.page_count
    return texts


def draw(reader: ReaderAdapter, path: Path) -> PageImage:
    return reader.render(path, 1, width=500, spans=[(0, 20)], password=None, cancel=Cancellation())


def written(folder: Path, content: bytes) -> Path:
    path = folder / "hostile.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "make",
    [
        hostile.flate_bomb,
        hostile.nested_flate_bomb,
        hostile.object_stream_bomb,
        hostile.operator_bomb,
        hostile.text_bomb,
        hostile.form_bomb,
    ],
)
def test_bombs_end_at_the_memory_limit(
    reader: ReaderAdapter, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    path = written(tmp_path, make())
    with pytest.raises(DocumentTooDemanding) as caught:
        read(reader, path)
    assert caught.value.facts == {"file": "hostile.pdf", "resource": "memory"}


@pytest.mark.parametrize(
    "make",
    [
        hostile.form_that_draws_itself,
        hostile.image_bomb,
        hostile.pattern_bomb,
        hostile.endless_outline,
        hostile.xref_cycle,
        hostile.absurd_media_box,
        lambda: hostile.page_count_lie(7),
        lambda: hostile.page_count_lie(1_000_000),
        lambda: hostile.page_count_lie(1_000_000_000),
        lambda: hostile.page_count_lie(-1),
    ],
)
def test_what_can_be_read_is_read(
    reader: ReaderAdapter, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    path = written(tmp_path, make())
    (text,) = read(reader, path)
    assert "Still readable" in text
    image = draw(reader, path)
    assert image.width == 500
    assert len(image.pixels) == image.width * image.height * 3


@pytest.mark.parametrize("make", [hostile.huge_media_box, hostile.deep_operands])
def test_what_is_huge_or_deep_on_a_page_costs_that_page_alone(
    reader: ReaderAdapter, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    path = written(tmp_path, make())
    assert len(read(reader, path)) == 1
    assert draw(reader, path).width == 500


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (hostile.cyclic_page_tree, DocumentDamaged),
        (hostile.deep_page_tree, DocumentDamaged),
        (hostile.deep_arrays, DocumentDamaged),
        (hostile.no_pages, NoPages),
        (lambda: b"%PDF-1.7\n%%EOF\n", DocumentDamaged),
        (lambda: b"%PDF-1.7\n" + b"\0" * 100_000, DocumentDamaged),
        (lambda: b"<html>%PDF</html>", NotAPdf),
        (lambda: b"", NotAPdf),
    ],
)
def test_what_cannot_be_read_is_named(
    reader: ReaderAdapter, tmp_path: Path, make: Callable[[], bytes], error: type[DocumentError]
) -> None:
    path = written(tmp_path, make())
    for attempt in (read, draw):
        with pytest.raises(error) as caught:
            attempt(reader, path)
        assert caught.value.facts["file"] == "hostile.pdf"
        assert "(file)" not in str(caught.value)


def test_time_is_limited_as_memory_is(client: WorkerClient, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.text_bomb(40))
    hurried = ReaderAdapter(client, file_s=1.0, drawing_s=0.3)
    for attempt in (read, draw):
        with pytest.raises(DocumentTooDemanding) as caught:
            attempt(hurried, path)
        assert caught.value.facts == {"file": "hostile.pdf", "resource": "time"}


def test_a_page_is_drawn_for_a_document_while_another_brings_the_reader_down(
    reader: ReaderAdapter, tmp_path: Path
) -> None:
    """Who was only standing by is not blamed: reading goes on where it was."""
    honest = write_report(tmp_path / "report.pdf", 60)
    bomb = written(tmp_path, hostile.form_bomb())
    steps = reader.read(honest, password=None, first_page=1, cancel=Cancellation())
    facts, first = next(steps), next(steps)
    assert isinstance(facts, DocumentFacts)
    assert isinstance(first, Page)
    with pytest.raises(DocumentTooDemanding):
        draw(reader, bomb)
    numbers = [first.number, *(page.number for page in steps if isinstance(page, Page))]
    assert numbers == list(range(1, 61))


def test_stopping_a_bomb(reader: ReaderAdapter, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.text_bomb(40))
    cancel = Cancellation()
    steps = reader.read(path, password=None, first_page=1, cancel=cancel)
    assert isinstance(next(steps), DocumentFacts)
    stop = threading.Timer(0.3, cancel.cancel)
    stop.start()
    with pytest.raises(Cancelled):
        list(steps)
    stop.join()


@pytest.mark.skipif(os.name == "nt", reason="the kinds of file of a Unix system")
def test_what_is_no_file(reader: ReaderAdapter, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "b.pdf")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    for path, error in (
        (tmp_path / "pipe.pdf", NotAPdf),
        (tmp_path, FormatNotSupported),
        (Path("/dev/zero"), FormatNotSupported),
        (tmp_path / "a.pdf", DocumentUnreadable),
    ):
        with pytest.raises(error) as caught:
            read(reader, path)
        assert caught.value.facts["file"] == path.name


def test_an_encrypted_file_asks_and_a_cut_one_is_damaged(
    reader: ReaderAdapter, tmp_path: Path
) -> None:
    locked = write_pdf(tmp_path / "locked.pdf", ["secret"], password="key")
    with pytest.raises(PasswordNeeded):
        read(reader, locked)
    whole = write_report(tmp_path / "whole.pdf", 5).read_bytes()
    for part in (0.1, 0.5, 0.9):
        with pytest.raises(DocumentDamaged):
            read(reader, written(tmp_path, whole[: int(len(whole) * part)]))


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be changed there")
@pytest.mark.parametrize("change", ["truncate", "overwrite", "remove"])
def test_a_file_that_changes_while_it_is_read(
    reader: ReaderAdapter, tmp_path: Path, change: str
) -> None:
    path = write_report(tmp_path / "moving.pdf", 60)
    steps = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    next(steps)
    if change == "truncate":
        os.truncate(path, 2_000)
    elif change == "overwrite":
        path.write_bytes(b"x" * path.stat().st_size)
    else:
        path.unlink()
    error = None
    try:
        pages = list(steps)
    except DocumentError as caught:
        error = caught
    if error is None:
        assert len(pages) == 60  # old content, or pages that are empty now
    else:
        assert error.facts["file"] == "moving.pdf"


def test_noise_never_brings_anything_but_a_known_error(
    reader: ReaderAdapter, tmp_path: Path
) -> None:
    outcomes: dict[str, int] = {}
    for content in hostile.mutations(seed=11, how_many=300):
        path = written(tmp_path, content)
        try:
            read(reader, path)
            draw(reader, path)
            outcome = "read"
        except DocumentError as error:
            outcome = error.code
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert sum(outcomes.values()) == 300
    assert outcomes["read"] > 20
    assert outcomes["document_damaged"] > 5
    assert "document_quarantined" not in outcomes
