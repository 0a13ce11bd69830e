"""The child's side, driven in this process: what it keeps open, and what it lets go."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.domain.errors import Cancelled, DocumentError, WorkerCrashed
from desktop.workers import protocol
from desktop.workers.host import JobContext, Mark
from desktop.workers.reader.config import Config
from desktop.workers.reader.worker import ReaderWorker, build
from tests.samples import write_pdf, write_report


def worker(**settings: int) -> ReaderWorker:
    return build(msgspec.msgpack.encode(Config(**settings)))


def run(
    reader: ReaderWorker, request: protocol.Request
) -> tuple[list[protocol.Body], protocol.Body]:
    steps = reader.handle(request, JobContext())
    said: list[protocol.Body] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return said, end.value
        if not isinstance(step, Mark):
            said.append(step)


def test_everything_said_fits_the_protocol(tmp_path: Path) -> None:
    path = str(write_report(tmp_path / "a.pdf", 3))
    reader = worker()
    said, done = run(reader, protocol.ReadDocument(path))
    assert [type(body) for body in said] == [protocol.DocumentOpened] + 3 * [protocol.PageText]
    assert done == protocol.DocumentRead(3)
    _, pixels = run(reader, protocol.RenderPage(path, 1, 10_000, [(0, 50)] * 20))
    for body in (*said, pixels):
        raw = protocol.encode(protocol.Output(1, body))
        assert len(raw) < protocol.MAX_FROM_CHILD
        assert protocol.decode_from_child(raw) == protocol.Output(1, body)


def test_a_file_stays_open_from_page_to_page(tmp_path: Path) -> None:
    reader = worker(kept_open=2)
    paths = [str(write_pdf(tmp_path / f"{name}.pdf", [name])) for name in "abc"]
    run(reader, protocol.RenderPage(paths[0], 1, 50))
    (kept,) = reader._open.values()
    run(reader, protocol.RenderPage(paths[0], 1, 80))
    assert list(reader._open.values()) == [kept]
    file = kept.file
    del kept
    run(reader, protocol.RenderPage(paths[1], 1, 50))
    assert not file.closed
    run(reader, protocol.RenderPage(paths[2], 1, 50))
    assert file.closed


def test_a_file_that_changed_is_opened_anew(tmp_path: Path) -> None:
    reader = worker()
    path = tmp_path / "a.pdf"
    write_pdf(path, ["before"])
    run(reader, protocol.ReadDocument(str(path)))
    write_pdf(path, ["afterwards"])
    said, _ = run(reader, protocol.ReadDocument(str(path)))
    assert said[-1] == protocol.PageText(1, "1", "afterwards")
    assert len(reader._open) == 1


def test_a_file_in_use_is_not_closed_by_others(tmp_path: Path) -> None:
    reader = worker(kept_open=1)
    long = str(write_report(tmp_path / "long.pdf", 4))
    steps = reader.handle(protocol.ReadDocument(long), JobContext())
    assert isinstance(next(steps), Mark)
    assert isinstance(next(steps), protocol.DocumentOpened)
    for name in "ab":
        other = str(write_pdf(tmp_path / f"{name}.pdf", [name]))
        run(reader, protocol.RenderPage(other, 1, 50))
    assert sum(isinstance(step, protocol.PageText) for step in steps) == 4


def test_a_password_opens_only_its_own_request(tmp_path: Path) -> None:
    reader = worker()
    path = str(write_pdf(tmp_path / "a.pdf", ["secret"], password="key"))
    run(reader, protocol.RenderPage(path, 1, 50, [], "key"))
    with pytest.raises(DocumentError):
        run(reader, protocol.RenderPage(path, 1, 50, []))


def test_a_cancelled_drawing_ends(tmp_path: Path) -> None:
    path = str(write_report(tmp_path / "a.pdf", 1))
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        list(worker().handle(protocol.RenderPage(path, 1, 500), context))


def test_a_request_for_another_worker_is_refused() -> None:
    with pytest.raises(WorkerCrashed):
        run(worker(), protocol.WarmUp())


def test_closing_lets_every_file_go(tmp_path: Path) -> None:
    reader = worker()
    run(reader, protocol.ReadDocument(str(write_pdf(tmp_path / "a.pdf", ["text"]))))
    files = [pdf.file for pdf in reader._open.values()]
    reader.close()
    assert files
    assert all(file.closed for file in files)
