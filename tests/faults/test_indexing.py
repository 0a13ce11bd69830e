"""What becomes of reading and indexing when processes die in the middle of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.documents import Chunk, Document, DocumentState, Page
from desktop.domain.jobs import Cancellation
from tests.conftest import PASSPHRASE
from tests.samples import report_pages, write_pdf, write_report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

PAGES = 120


def by_id(desk: Desk, document_id: int) -> Document:
    return next(d for d in desk.library.documents() if d.id == document_id)


def killed_after(profile: Path, pages_read: int, pages_indexed: int) -> None:
    """Work on the profile in a process that is killed when it said to be so far."""
    command = [sys.executable, "-m", "tests.faults.indexing_child", str(profile), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        for line in working.stdout:
            read, indexed = map(int, line.split())
            if read >= pages_read and indexed >= pages_indexed:
                working.send_signal(signal.SIGKILL)
                break
    assert working.returncode == -signal.SIGKILL


def test_reading_goes_on_at_the_page_where_it_was_killed(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCRITOIRE_MODELS", str(tmp_path))  # none: pages are read, not embedded
    path = write_report(tmp_path / "report.pdf", PAGES)
    desk = open_desk(profile, PASSPHRASE)
    (document,) = desk.library.add([path]).documents
    desk.close()
    killed_after(profile, pages_read=20, pages_indexed=0)

    desk = open_desk(profile, PASSPHRASE)
    desk.library.recover()
    left = by_id(desk, document.id)
    assert 20 <= left.pages_read < PAGES
    numbers: list[int] = []
    store = desk._profile.store
    add_page = store.add_page

    def noted(document_id: int, page: Page, chunks: Sequence[Chunk]) -> None:
        numbers.append(page.number)
        add_page(document_id, page, chunks)

    monkeypatch.setattr(store, "add_page", noted)
    desk.library.work(Cancellation())
    done = by_id(desk, document.id)
    desk.close()
    assert numbers == list(range(left.pages_read + 1, PAGES + 1))
    assert (done.state, done.pages_read) == (DocumentState.READY, PAGES)


@pytest.mark.slow
@pytest.mark.timeout(300)  # two starts of the embedding model
def test_nothing_is_embedded_twice_because_of_a_kill(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "report.pdf", report_pages(PAGES, seed=9, sentences=1))
    desk = open_desk(profile, PASSPHRASE)
    (document,) = desk.library.add([path]).documents
    desk.close()
    killed_after(profile, pages_read=1, pages_indexed=1)

    desk = open_desk(profile, PASSPHRASE)
    desk.library.recover()
    store = desk._profile.store
    embedder = store.serving_embedder()
    kept = store.vector_count(embedder)
    made: list[int] = []
    add_vectors = store.add_vectors

    def noted(key: str, vectors: Sequence[tuple[int, bytes]]) -> None:
        made.extend(chunk_id for chunk_id, _ in vectors)
        add_vectors(key, vectors)

    before = {chunk_id for rows in store.vectors(embedder) for chunk_id, _, _ in rows}
    monkeypatch.setattr(store, "add_vectors", noted)
    desk.library.work(Cancellation())
    done = by_id(desk, document.id)
    total = store.vector_count(embedder)
    desk.close()
    assert kept
    assert not before & set(made)
    assert made
    assert len(made) == len(set(made)) == total - kept
    assert (done.state, done.pages_indexed) == (DocumentState.READY, PAGES)


def test_a_file_that_crashes_the_reader_is_left_alone_after_once(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader dies of a fault of memory while it has the file, as PDFium may."""
    monkeypatch.setenv("ESCRITOIRE_MODELS", str(tmp_path))
    poison = write_report(tmp_path / "a poison.pdf", 400)
    honest = write_report(tmp_path / "b honest.pdf", 3)
    desk = open_desk(profile, PASSPHRASE)
    first, second = desk.library.add([poison, honest]).documents
    crashes: list[int] = []

    def crash(changed: Document | None) -> None:
        if changed and changed.id == first.id and changed.pages_read and not crashes:
            reader = desk._clients[0].pid
            assert reader is not None
            crashes.append(reader)
            os.kill(reader, signal.SIGSEGV)

    unlisten = desk.library.changed.listen(crash)
    desk.library.work(Cancellation())
    unlisten()
    assert len(crashes) == 1
    poisoned = by_id(desk, first.id)
    assert (poisoned.state, poisoned.error_code) == (DocumentState.FAILED, "document_quarantined")
    assert by_id(desk, second.id).state is DocumentState.READY
    begun: list[int] = []
    desk.library.changed.listen(lambda d: begun.append(d.id) if d else None)
    desk.library.recover()
    desk.library.work(Cancellation())
    assert begun == []
    desk.close()


def test_a_question_does_not_wait_for_what_is_being_indexed(desk: Desk, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "long.pdf", report_pages(300, seed=11, sentences=2))
    (document,) = desk.library.add([path], "a long one").documents
    begun = threading.Event()

    def look(changed: Document | None) -> None:
        if changed and changed.id == document.id and changed.pages_indexed:
            begun.set()

    unlisten = desk.library.changed.listen(look)
    cancel = Cancellation()
    work = threading.Thread(target=desk.library.work_unless_paused, args=(cancel,))
    work.start()
    try:
        assert begun.wait(60)
        found = desk.retrieval.search("What did the tenant record?", cancel=Cancellation())
        assert found
        assert any(passage.similarity is not None for passage in found)  # it was embedded
        assert by_id(desk, document.id).state is not DocumentState.READY
    finally:
        desk.library.stop(document.id)
        work.join(60)
        unlisten()
        desk.library.remove(document.id)
    assert not work.is_alive()
