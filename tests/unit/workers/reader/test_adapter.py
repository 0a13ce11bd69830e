"""What the parent makes of a child that dies, and of one that lies.

The child here is scripted, because no real one lies on demand; the real one is in
tests/contract/test_reader.py and tests/faults/test_documents.py.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from desktop.domain.documents import DocumentFacts, OutlineEntry, Page, ScanLine, Unit
from desktop.domain.errors import (
    DocumentDamaged,
    DocumentError,
    DocumentQuarantined,
    DocumentTooDemanding,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.jobs import Cancellation
from desktop.workers import protocol
from desktop.workers.ending import STOPPED_WITH_ANOTHER
from desktop.workers.protocol import (
    DocumentOpened,
    DocumentRead,
    PagePixels,
    PageText,
    ScanBegun,
)
from desktop.workers.reader.adapter import DRAWING_ATTEMPTS, READING_ATTEMPTS, ReaderAdapter

PATH = Path("/nowhere/lease.pdf")
Script = Sequence[protocol.Body | Exception]


class ScriptedClient:
    """Plays one script after the other; a script ends with its result or its error."""

    def __init__(self, *scripts: Script) -> None:
        self.scripts = list(scripts)
        self.requests: list[protocol.Request] = []
        self.will_not_start = False

    def protections(self) -> dict[str, str]:
        if self.will_not_start:
            raise crash("exit 1")
        return {}

    def run(
        self, request: protocol.Request, *, cancel: Cancellation, background: bool = False
    ) -> Generator[protocol.Body, None, protocol.Body]:
        self.requests.append(request)
        *said, last = self.scripts.pop(0)
        for body in said:
            assert not isinstance(body, Exception)
            yield body
        if isinstance(last, Exception):
            raise last
        return last


def reader(client: ScriptedClient) -> ReaderAdapter:
    return ReaderAdapter(client)  # type: ignore[arg-type]


def read(client: ScriptedClient) -> list[object]:
    return list(reader(client).read(PATH, password=None, first_page=1, cancel=Cancellation()))


def draw(client: ScriptedClient) -> object:
    return reader(client).render(PATH, 1, width=2, spans=[], password=None, cancel=Cancellation())


def crash(cause: str) -> WorkerCrashed:
    return WorkerCrashed(worker="reader", cause=cause)


@pytest.mark.parametrize(
    ("ending", "error", "facts"),
    [
        (crash("signal 11 SIGSEGV"), DocumentQuarantined, {}),
        (crash("it sent what it may not"), DocumentQuarantined, {}),
        (crash("KeyError"), DocumentQuarantined, {}),
        (crash("memory limit"), DocumentTooDemanding, {"resource": "memory"}),
        (crash("signal 6 SIGABRT"), DocumentTooDemanding, {"resource": "memory"}),
        (WorkerStalled(worker="reader", seconds=9), DocumentTooDemanding, {"resource": "time"}),
        (DocumentDamaged(file="/etc/passwd"), DocumentDamaged, {}),
    ],
)
def test_the_end_of_a_child_is_told_about_the_document(
    ending: Exception, error: type[DocumentError], facts: dict[str, str]
) -> None:
    for attempt in (read, draw):
        with pytest.raises(error) as caught:
            attempt(ScriptedClient([ending]))
        assert caught.value.facts == {"file": "lease.pdf"} | facts


def test_a_broken_installation_is_blamed_on_no_document() -> None:
    for attempt in (read, draw):
        client = ScriptedClient()
        client.will_not_start = True
        for broken in (client, ScriptedClient([crash("ModuleNotFoundError")])):
            with pytest.raises(WorkerCrashed):
                attempt(broken)


def test_who_was_stopped_with_another_goes_on_where_it_was() -> None:
    client = ScriptedClient(
        [DocumentOpened(3), PageText(1, "1", "one"), crash(STOPPED_WITH_ANOTHER)],
        [DocumentOpened(3), PageText(2, "2", "two"), crash("signal 9 SIGKILL, perhaps ...")],
        [DocumentOpened(3), PageText(3, "3", "three"), DocumentRead(3)],
    )
    assert [getattr(step, "text", "facts") for step in read(client)] == [
        "facts",
        "one",
        "two",
        "three",
    ]
    resumed = [getattr(request, "first_page", 0) for request in client.requests]
    assert resumed == [1, 2, 3]


def test_nothing_is_tried_for_ever() -> None:
    dying = [crash("signal 9 SIGKILL, perhaps for lack of memory")]
    for attempt, times in ((read, READING_ATTEMPTS), (draw, DRAWING_ATTEMPTS)):
        client = ScriptedClient(*[dying] * 20)
        with pytest.raises(DocumentTooDemanding):
            attempt(client)
        assert len(client.requests) == times


def test_a_crash_in_company_is_tried_again_alone() -> None:
    opened, done = DocumentOpened(1), [PageText(1, "1", "one"), DocumentRead(1)]
    client = ScriptedClient([opened, crash("signal 11 SIGSEGV")], [opened, *done])
    shared = reader(client)
    steps = shared.read(PATH, password=None, first_page=1, cancel=Cancellation())
    assert isinstance(next(steps), DocumentFacts)
    client.scripts.insert(0, [PagePixels(1, 1, b"rgb")])
    shared.render(PATH, 1, width=1, spans=[], password=None, cancel=Cancellation())
    assert len(list(steps)) == 1


@pytest.mark.parametrize(
    "script",
    [
        [PageText(1, "1", "before the facts"), DocumentRead(1)],
        [DocumentOpened(2), PageText(2, "2", "out of order"), DocumentRead(2)],
        [DocumentOpened(1), PageText(1, "1", "a"), PageText(1, "1", "twice"), DocumentRead(1)],
        [DocumentOpened(1), PageText(1, "1", "a"), PageText(2, "2", "more"), DocumentRead(1)],
        [DocumentOpened(1), PagePixels(1, 1, b"rgb"), DocumentRead(1)],
        [DocumentOpened(3), PageText(1, "1", "a"), DocumentRead(3)],
    ],
)
def test_a_child_that_lies_is_not_believed(script: Script) -> None:
    with pytest.raises(DocumentQuarantined):
        read(ScriptedClient(script))


@pytest.mark.parametrize(
    "script",
    [[PagePixels(2, 2, b"short")], [PagePixels(1, 1, b"too long")], [DocumentRead(1)]],
)
def test_an_image_is_as_large_as_it_says_or_nothing(script: Script) -> None:
    with pytest.raises(DocumentQuarantined):
        draw(ScriptedClient(script))


def test_bookmarks_beyond_the_last_page_are_left_out() -> None:
    opened = DocumentOpened(1, outline=[(0, "here", 1), (0, "nowhere", 7), (1, "never", 0)])
    facts = read(ScriptedClient([opened, PageText(1, "1", ""), DocumentRead(1)]))[0]
    assert isinstance(facts, DocumentFacts)
    assert facts.outline == (OutlineEntry(0, "here", 1),)


@pytest.mark.parametrize(
    "said",
    [
        [ScanBegun(1)],  # before the facts
        [DocumentOpened(2), ScanBegun(2)],  # not the next page
        [DocumentOpened(2), ScanBegun(1), ScanBegun(1)],  # time twice for one page
        [DocumentOpened(2), PageText(1, "1", "text", unit="film")],
        [DocumentOpened(2), PageText(1, "1", "text", lines=[(0, 5, 0, 0, 1, 1)])],
        [DocumentOpened(2), PageText(1, "1", "text", lines=[(3, 2, 0, 0, 1, 1)])],
    ],
)
def test_a_child_that_lies_about_a_scan_is_not_believed(said: list[protocol.Body]) -> None:
    with pytest.raises(DocumentQuarantined):
        read(ScriptedClient([*said, DocumentRead(2)]))


def test_a_scan_is_announced_again_by_the_next_child() -> None:
    page = PageText(1, "1", "text", "A heading", "scan", 0.5, [(0, 4, 0, 0, 1, 1)])
    client = ScriptedClient(
        [DocumentOpened(1), ScanBegun(1), crash(STOPPED_WITH_ANOTHER)],
        [DocumentOpened(1), ScanBegun(1), page, DocumentRead(1)],
    )
    _, got = read(client)
    line = ScanLine(0, 4, 0, 0, 1, 1)
    assert got == Page(1, "1", "text", "A heading", Unit.SCAN, 0.5, (line,))
