"""The port `Reader`, as the services use it: a real child under its real limits."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from desktop.domain.documents import DocumentFacts, OutlineEntry, Page
from desktop.domain.errors import (
    Cancelled,
    DocumentChanged,
    DocumentError,
    DocumentMissing,
    NotAPdf,
    PasswordNeeded,
    PasswordWrong,
)
from desktop.domain.jobs import Cancellation
from desktop.services import ports
from desktop.workers.client import WorkerClient
from desktop.workers.lockdown import PROTECTIONS
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests.samples import AUTHOR, report_pages, write_pdf, write_report


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = reader_client()
    yield client
    client.stop()


@pytest.fixture(scope="module")
def reader(client: WorkerClient) -> ports.Reader:
    return ReaderAdapter(client)


def read(
    reader: ports.Reader, path: Path, password: str | None = None, first_page: int = 1
) -> tuple[DocumentFacts, list[Page]]:
    steps = reader.read(path, password=password, first_page=first_page, cancel=Cancellation())
    facts, *pages = list(steps)
    assert isinstance(facts, DocumentFacts)
    assert all(isinstance(page, Page) for page in pages)
    return facts, [page for page in pages if isinstance(page, Page)]


def test_facts_come_first_and_then_every_page(reader: ports.Reader, tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "lease.pdf",
        ["Preface", "", "The rent is due."],
        "Lease of a warehouse",
        outline=[(0, "Preface", 1), (1, "Rent", 3)],
        labels=[("r", "", 1), ("r", "", 2), ("D", "", 1)],
    )
    facts, pages = read(reader, path)
    assert facts == DocumentFacts(
        page_count=3,
        title="Lease of a warehouse",
        author=AUTHOR,
        created="2024-03-05T09:30:00+00:00",
        outline=(OutlineEntry(0, "Preface", 1), OutlineEntry(1, "Rent", 3)),
    )
    assert pages == [
        Page(1, "i", "Preface", "Preface"),
        Page(2, "ii", "", "Preface"),
        Page(3, "1", "The rent is due.", "Preface › Rent"),
    ]


def test_reading_resumes_at_a_page(reader: ports.Reader, tmp_path: Path) -> None:
    path = write_report(tmp_path / "report.pdf", 9)
    facts, pages = read(reader, path, first_page=7)
    assert facts.page_count == 9
    assert [page.number for page in pages] == [7, 8, 9]
    assert read(reader, path, first_page=10)[1] == []


def test_passwords_are_asked_for_and_tried(reader: ports.Reader, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["confidential"], password="key")
    with pytest.raises(PasswordNeeded) as caught:
        read(reader, path)
    assert caught.value.facts["file"] == "a.pdf"
    with pytest.raises(PasswordWrong):
        read(reader, path, "other")
    assert read(reader, path, "key")[1] == [Page(1, "1", "confidential")]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_every_kind_of_encryption(reader: ports.Reader, tmp_path: Path, algorithm: str) -> None:
    plain = write_pdf(tmp_path / "plain.pdf", ["confidential"], "A title")
    path = tmp_path / "locked.pdf"
    writer = PdfWriter(clone_from=plain)
    writer.encrypt("schlüssel", "owner", algorithm=algorithm)
    writer.write(path)
    with pytest.raises(PasswordNeeded):
        read(reader, path)
    facts, pages = read(reader, path, "schlüssel")
    assert pages == [Page(1, "1", "confidential")]
    assert facts.title == "A title"


def test_what_is_no_document(reader: ports.Reader, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<html></html>")
    with pytest.raises(NotAPdf) as caught:
        read(reader, tmp_path / "page.pdf")
    assert caught.value.facts["file"] == "page.pdf"
    with pytest.raises(DocumentMissing):
        read(reader, tmp_path / "gone.pdf")
    with pytest.raises(DocumentError):
        read(reader, tmp_path / os.fsdecode(b"caf\xe9.pdf"))


def test_a_page_is_drawn_with_its_passage_lit(reader: ports.Reader, tmp_path: Path) -> None:
    path = write_report(tmp_path / "report.pdf", 2)
    text = read(reader, path)[1][1].text
    start = text.index("surplus")
    image = reader.render(
        path,
        2,
        width=600,
        spans=[(start, start + len("surplus"))],
        password=None,
        cancel=Cancellation(),
    )
    assert (image.width, image.height) == (600, 849)
    assert len(image.pixels) == 600 * 849 * 3
    (lit,) = image.lit
    assert 20 < lit.width < 80
    assert 5 < lit.height < 30
    inside = [
        image.pixels[(y * image.width + x) * 3]
        for y in range(round(lit.top), round(lit.top + lit.height))
        for x in range(round(lit.left), round(lit.left + lit.width))
    ]
    assert min(inside) < 100  # there is ink in it
    with pytest.raises(DocumentChanged):
        reader.render(path, 3, width=600, spans=[], password=None, cancel=Cancellation())


def test_a_file_that_was_replaced_is_read_anew(reader: ports.Reader, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["before"])
    assert read(reader, path)[1][0].text == "before"
    write_pdf(path, ["after", "and more"])
    assert [page.text for page in read(reader, path)[1]] == ["after", "and more"]


def test_a_page_is_drawn_while_a_long_document_is_read(
    reader: ports.Reader, tmp_path: Path
) -> None:
    long = write_report(tmp_path / "long.pdf", 60)
    steps = reader.read(long, password=None, first_page=1, cancel=Cancellation())
    assert len(list(itertools.islice(steps, 3))) == 3
    image = reader.render(
        long, 50, width=300, spans=[(0, 10)], password=None, cancel=Cancellation()
    )
    assert image.lit
    assert len([step for step in steps if isinstance(step, Page)]) == 58


def test_stopping_in_the_middle(reader: ports.Reader, client: WorkerClient, tmp_path: Path) -> None:
    path = write_report(tmp_path / "long.pdf", 60)
    cancel = Cancellation()
    steps = reader.read(path, password=None, first_page=1, cancel=cancel)
    next(steps)
    child = client.pid
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(steps)
    abandoned = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    next(abandoned)
    abandoned.close()
    assert len(read(reader, path)[1]) == 60
    assert client.pid == child  # a polite child is not killed


def test_two_threads_read_at_a_time(reader: ports.Reader, tmp_path: Path) -> None:
    found: dict[int, list[str]] = {}

    def one(seed: int) -> None:
        _, pages = read(reader, write_report(tmp_path / f"{seed}.pdf", 5, seed=seed))
        found[seed] = [" ".join(page.text.split()) for page in pages]

    threads = [threading.Thread(target=one, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {1: report_pages(5, seed=1), 2: report_pages(5, seed=2)}


@pytest.mark.skipif(os.name == "nt", reason="a signal of Unix systems")
def test_a_child_that_is_killed_is_replaced_and_reading_goes_on(
    reader: ports.Reader, client: WorkerClient, tmp_path: Path
) -> None:
    path = write_report(tmp_path / "long.pdf", 60)
    steps = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    assert isinstance(next(steps), DocumentFacts)
    first = next(steps)
    assert isinstance(first, Page)
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    numbers = [first.number, *(step.number for step in steps if isinstance(step, Page))]
    assert numbers == list(range(1, 61))


def test_the_reader_is_locked_down(client: WorkerClient) -> None:
    told = client.protections()
    if sys.platform == "linux":
        assert {told[wall] for wall in ("memory", "file writes", "network")} == {"enforced"}
    else:
        assert set(told) == set(PROTECTIONS)


def test_the_parent_loads_nothing_that_reads_documents() -> None:
    heavy = "{'pypdf', 'pypdfium2', 'numpy', 'torch', 'lancedb', 'llama_cpp', 'PySide6'}"
    code = (
        "import sys, desktop.workers.reader.adapter;"
        f"found = {heavy} & set(sys.modules);"
        "sys.exit(' '.join(found) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
