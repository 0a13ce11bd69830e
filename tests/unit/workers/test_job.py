"""What waits for whoever asked for a job: in order, bounded, and with one end."""

from __future__ import annotations

import signal
import sys
import threading
import time

import pytest

from desktop.domain.errors import Cancelled, NotAPdf
from desktop.workers import job as jobs
from desktop.workers.job import Breach, Deaf, Job, Silent
from desktop.workers.protocol import Rehearsed


def take(job: Job, *, grace_s: float = 0.0, stall_s: float | None = 0.0) -> object:
    """The one thing that `Job.take` gives."""
    given = [
        item
        for item in job.take(grace_s=grace_s, stall_s=stall_s, heard_at=lambda: 0.0)
        if item is not None
    ]
    assert len(given) == 1
    return given[0]


def test_outputs_come_in_order_before_the_end() -> None:
    job = Job(1, max_ahead=0)
    job.put(Rehearsed(0), 10)
    job.put(Rehearsed(1), 10)
    job.end(Rehearsed(2))

    assert [take(job), take(job), take(job), take(job)] == [
        Rehearsed(0),
        Rehearsed(1),
        Rehearsed(2),
        Rehearsed(2),
    ]


def test_only_the_newest_progress_waits_and_only_if_it_grew() -> None:
    job = Job(1, max_ahead=0)
    for done in (1, 5, 3):
        job.progress(done, 4)

    assert take(job) == (5, 5)
    with pytest.raises(Silent):
        take(job)


def test_only_the_first_end_counts() -> None:
    job = Job(1, max_ahead=0)
    error = NotAPdf(file="a.pdf")
    job.end(error)
    job.end(Rehearsed(0))

    assert take(job) is error


def test_nothing_may_come_after_the_end() -> None:
    job = Job(1, max_ahead=0)
    job.end(Rehearsed(0))
    with pytest.raises(Breach):
        job.put(Rehearsed(0), 1)
    with pytest.raises(Breach):
        job.progress(1, 1)


def test_outputs_that_nobody_takes_are_bounded_in_number_and_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = Job(1, max_ahead=2)
    job.put(Rehearsed(0), 1)
    job.put(Rehearsed(1), 1)
    with pytest.raises(Breach):
        job.put(Rehearsed(2), 1)

    monkeypatch.setattr(jobs, "MAX_WAITING", 1_000)
    heavy = Job(2, max_ahead=0)
    heavy.put(Rehearsed(0), 900)
    take(heavy)
    heavy.put(Rehearsed(1), 900)
    with pytest.raises(Breach):
        heavy.put(Rehearsed(2), 101)


def test_a_cancelled_job_has_nothing_left_and_ends_cancelled_whatever_the_child_says() -> None:
    job = Job(1, max_ahead=1)
    job.put(Rehearsed(0), 1)
    job.cancel()
    job.put(Rehearsed(1), 1)
    job.put(Rehearsed(2), 1)
    with pytest.raises(Deaf):
        take(job)

    job.end(Rehearsed(3))
    assert isinstance(take(job), Cancelled)


def test_the_grace_counts_from_the_first_cancellation() -> None:
    job = Job(1, max_ahead=0)
    job.cancel()
    began = time.monotonic()
    with pytest.raises(Deaf):
        take(job, grace_s=0.05)
    job.cancel()
    with pytest.raises(Deaf):
        take(job, grace_s=0.05)

    assert time.monotonic() - began >= 0.04


def test_whatever_the_child_said_to_others_is_a_sign_of_life() -> None:
    job = Job(1, max_ahead=0)
    began = time.monotonic()
    with pytest.raises(Silent):
        job.take(grace_s=1, stall_s=0.02, heard_at=lambda: began + 0.1)

    assert time.monotonic() - began >= 0.1


def test_a_step_of_an_hour_is_borne_as_long_as_it_shows_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, last_sign = 0.0, 3_600.0

    class Clock:
        @staticmethod
        def monotonic() -> float:
            nonlocal now
            now += 30
            return now

    monkeypatch.setattr(jobs, "time", Clock)
    monkeypatch.setattr(jobs, "LOOK_UP_S", 0.0)
    with pytest.raises(Silent):
        Job(1, max_ahead=0).take(
            grace_s=1, stall_s=120, heard_at=lambda: min(now - now % 100, last_sign)
        )

    assert last_sign + 120 <= now <= last_sign + 180


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_that_does_not_wake_the_waiting_thread_is_noticed_all_the_same() -> None:
    job = Job(1, max_ahead=0)

    def interrupt() -> None:
        while True:
            with job._changed:
                if job._changed._waiters:
                    break
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    def handle(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, handle)
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            take(job, stall_s=None)
    finally:
        thread.join()
        signal.signal(signal.SIGUSR1, before)


def test_a_job_whose_outputs_are_dropped_after_its_end_is_cancelled_and_not_done() -> None:
    job = Job(1, max_ahead=0)
    job.put(Rehearsed(0), 10)
    job.end(Rehearsed(1))
    job.cancel()

    assert isinstance(take(job), Cancelled)


def test_a_job_that_ended_with_nothing_waiting_is_done_whatever_is_wished_later() -> None:
    job = Job(1, max_ahead=0)
    job.end(Rehearsed(1))
    job.cancel()

    assert take(job) == Rehearsed(1)
