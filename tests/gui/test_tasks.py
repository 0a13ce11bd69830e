"""Background jobs: where they run, where their ends arrive, and when they must not arrive."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled, DiskFull, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.gui.tasks import Tasks

WAIT = 5.0  # seconds; an event that has not come by then never will


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.shutdown()


def test_work_runs_beside_the_main_thread_and_its_result_comes_back_on_it(
    tasks: Tasks, qtbot: QtBot
) -> None:
    threads: list[int] = []
    results: list[tuple[str, int]] = []

    def work(_: Cancellation) -> str:
        threads.append(threading.get_ident())
        return "read"

    owner = QObject()
    tasks.run(work, owner=owner, done=lambda r: results.append((r, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(results))
    assert results == [("read", threading.get_ident())]
    assert threads[0] != threading.get_ident()


def test_a_known_error_reaches_the_callback_that_was_given_for_it(
    tasks: Tasks, qtbot: QtBot
) -> None:
    failures: list[EscritoireError] = []
    owner = QObject()

    def work(_: Cancellation) -> None:
        raise DiskFull(path="notes")

    tasks.run(work, owner=owner, done=pytest.fail, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].facts == {"path": "notes"}


def test_a_bug_is_logged_and_told_even_where_known_errors_have_a_callback(
    tasks: Tasks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    owner = QObject()
    with (
        caplog.at_level(logging.ERROR),
        qtbot.waitSignal(tasks.unhandled, timeout=int(WAIT * 1000)) as told,
    ):
        tasks.run(lambda _: 1 // 0, owner=owner, done=pytest.fail, failed=pytest.fail)
    assert isinstance(told.args[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text


def test_a_job_is_over_before_what_came_of_it_is_told_whatever_that_is(
    tasks: Tasks, qtbot: QtBot
) -> None:
    told: list[str] = []
    owner = QObject()
    tasks.unhandled.connect(lambda _: told.append("bug"))

    def refuse(_: Cancellation) -> None:
        raise DiskFull(path="notes")

    def stop(_: Cancellation) -> None:
        raise Cancelled

    for work in (lambda _: None, refuse, lambda _: 1 // 0, stop):
        count = len(told)
        tasks.run(
            work,
            owner=owner,
            done=lambda _: told.append("done"),
            failed=lambda _: told.append("failed"),
            over=lambda: told.append("over"),
        )
        qtbot.waitUntil(lambda count=count: len(told) > count)
    assert told == ["over", "done", "over", "failed", "over", "bug", "over"]


def test_a_cancelled_job_hears_of_it_and_delivers_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    heard = threading.Event()
    owner = QObject()

    def work(cancel: Cancellation) -> None:
        cancel.listen(heard.set)
        assert heard.wait(WAIT)
        raise Cancelled

    delivered: list[object] = []
    job = tasks.run(work, owner=owner, done=delivered.append)
    job.cancel()
    assert heard.wait(WAIT)
    _settle(tasks, qtbot)
    assert delivered == []


def test_destroying_the_owner_cancels_its_job_and_delivers_nothing(
    tasks: Tasks, qtbot: QtBot
) -> None:
    cancelled = threading.Event()
    begun = threading.Event()
    delivered: list[object] = []
    owner = QObject()

    def work(cancel: Cancellation) -> str:
        cancel.listen(cancelled.set)
        begun.set()
        assert cancelled.wait(WAIT)
        return "too late"

    tasks.run(work, owner=owner, done=delivered.append)
    assert begun.wait(WAIT)
    shiboken6.delete(owner)
    assert cancelled.wait(WAIT)
    _settle(tasks, qtbot)
    assert delivered == []


def test_shutdown_cancels_what_runs_and_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    tasks = Tasks()
    owner = QObject()
    begun = threading.Event()

    def work(cancel: Cancellation) -> None:
        stop = threading.Event()
        cancel.listen(stop.set)
        begun.set()
        assert stop.wait(WAIT)

    tasks.run(work, owner=owner, done=pytest.fail)
    assert begun.wait(WAIT)
    tasks.shutdown()
    assert set(threading.enumerate()) == before
    assert tasks.run(pytest.fail, owner=owner, done=pytest.fail).wished


def _settle(tasks: Tasks, qtbot: QtBot) -> None:
    """Wait until everything that was emitted before has been delivered."""
    owner = QObject()
    settled: list[None] = []
    tasks.run(lambda _: None, owner=owner, done=settled.append)
    qtbot.waitUntil(lambda: bool(settled))
