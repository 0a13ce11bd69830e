"""How one client treats many jobs: order, interruption, bounds, errors and threads.

Played by the dummy child, whose acts can be told to the step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from desktop.domain.errors import (
    Cancelled,
    EmbedderMissing,
    EscritoireError,
    ModelWillNotLoad,
    NotAPdf,
    PromptTooLong,
    WorkerCrashed,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.workers import protocol
from desktop.workers.protocol import Rehearse, Rehearsed
from tests.rehearsal import MakeClient, begin, dummies, play


@pytest.fixture
def make() -> Iterator[MakeClient]:
    with dummies() as made:
        yield made


def test_output_and_progress_come_in_order_and_then_the_result(make: MakeClient) -> None:
    job = make().follow(Rehearse("count", 50, "lease"), cancel=Cancellation())
    seen: list[protocol.Body | Progress] = []
    while True:
        try:
            seen.append(next(job))
        except StopIteration as finished:
            result = finished.value
            break

    outputs = [step for step in seen if isinstance(step, Rehearsed)]
    progress = [step for step in seen if isinstance(step, Progress)]
    assert outputs == [Rehearsed(step, "lease") for step in range(50)]
    assert all(before.done < after.done for before, after in pairwise(progress))
    assert progress[-1] == Progress(50, 50)
    assert result == Rehearsed(50, "lease")


def test_nothing_is_started_for_a_job_that_nobody_wants_any_more(make: MakeClient) -> None:
    client, cancel = make(), Cancellation()
    cancel.cancel()

    with pytest.raises(Cancelled):
        client.call(Rehearse("count"), cancel=cancel)
    assert client.pid is None


def test_starting_twice_is_starting_once(make: MakeClient) -> None:
    client = make()
    client.start()
    pid = client.pid
    client.start()
    play(client, "count", 1)

    assert client.pid == pid
    assert pid not in (None, os.getpid())


def test_a_stopped_client_refuses_work_until_it_is_started_again(make: MakeClient) -> None:
    client = make()
    play(client, "count")
    client.stop()
    client.stop()
    with pytest.raises(Cancelled):
        play(client, "count")
    assert client.pid is None

    client.start()
    assert play(client, "count", 2) == Rehearsed(2)


def test_a_known_error_crosses_with_its_facts_and_our_words(make: MakeClient) -> None:
    client = make()
    with pytest.raises(NotAPdf) as refused:
        play(client, "fail", text="not_a_pdf")
    assert str(refused.value).startswith("a.pdf is not a PDF")
    pid = client.pid
    with pytest.raises(PromptTooLong) as long:
        play(client, "fail", text="prompt_too_long")
    assert long.value.facts["tokens"] == 7
    assert client.pid == pid


def test_a_bug_of_the_worker_fails_its_job_and_names_the_bug(make: MakeClient) -> None:
    client = make()
    with pytest.raises(WorkerCrashed) as crash:
        play(client, "break")
    pid = client.pid

    assert crash.value.facts == {"worker": "dummy", "cause": "ZeroDivisionError"}
    assert play(client, "count", 1) == Rehearsed(1)
    assert client.pid == pid


@pytest.mark.parametrize("error", [EmbedderMissing, ModelWillNotLoad])
def test_a_worker_that_cannot_be_built_fails_every_job_with_the_reason(
    make: MakeClient, error: type[EscritoireError]
) -> None:
    client = make(build_fails=error.code)
    for _ in range(2):
        with pytest.raises(error):
            play(client, "count")


def test_a_request_over_the_size_of_a_message_is_refused_before_it_is_sent(
    make: MakeClient,
) -> None:
    client = make()
    with pytest.raises(ValueError, match="bytes"):
        play(client, "count", text="x" * (protocol.MAX_TO_CHILD + 1))

    assert play(client, "count", 1) == Rehearsed(1)


def test_interactive_work_does_not_wait_for_background_work(make: MakeClient) -> None:
    client = make(max_queued=8)
    background = begin(client, "count", 100_000, background=True)
    more = next(background)

    assert play(client, "count", 20) == Rehearsed(20)
    assert next(background) == Rehearsed(more.step + 1)
    background.close()


def test_a_job_that_is_far_ahead_rests_and_later_goes_on(make: MakeClient) -> None:
    client = make(max_queued=2)
    ahead = begin(client, "count", 30)  # interactive, and nobody takes its outputs
    assert play(client, "count", 5) == Rehearsed(5)

    assert [step.step for step in ahead] == list(range(1, 30))


def test_a_resting_job_ends_at_once_when_another_is_running(make: MakeClient) -> None:
    client = make(max_queued=1)
    cancel = Cancellation()
    background = begin(client, "count", 100, background=True, cancel=cancel)
    running = begin(client, "wait")
    pid = client.pid
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(background)
    running.close()

    assert play(client, "count", 1) == Rehearsed(1)
    assert client.pid == pid


def test_a_job_that_has_not_begun_is_cancelled_without_killing_the_one_that_runs(
    make: MakeClient,
) -> None:
    client = make()
    running = begin(client, "wait")
    pid = client.pid
    cancel = Cancellation()
    with ThreadPoolExecutor(1) as pool:
        queued = pool.submit(client.call, Rehearse("count", 1), cancel=cancel)
        cancel.cancel()
        with pytest.raises(Cancelled):
            queued.result(20)
    running.close()

    assert play(client, "count", 1) == Rehearsed(1)
    assert client.pid == pid


def test_many_threads_share_one_child_and_each_gets_its_own(make: MakeClient) -> None:
    client = make()

    def work(thread: int) -> bool:
        for turn in range(20):
            text = f"{thread}.{turn}"
            job = client.run(Rehearse("count", 5, text), cancel=Cancellation())
            if list(job) != [Rehearsed(step, text) for step in range(5)]:
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_many_threads_cancel_and_crash_and_each_job_still_ends_once(make: MakeClient) -> None:
    client = make()

    def work(thread: int) -> str:
        ends = []
        for turn in range(6):
            cancel = Cancellation()
            act = ("count", "abort", "fail", "wait")[(thread + turn) % 4]
            job = client.run(
                Rehearse(act, 3, "not_a_pdf"), cancel=cancel, stall_s=20, background=turn % 2 == 0
            )
            try:
                for _ in job:
                    if act == "wait":
                        cancel.cancel()
                ends.append("done")
            except (Cancelled, NotAPdf, WorkerCrashed) as end:
                ends.append(type(end).__name__)
        return ",".join(ends)

    with ThreadPoolExecutor(6) as pool:
        ends = [end for line in pool.map(work, range(6)) for end in line.split(",")]
    assert len(ends) == 36
    assert ends.count("WorkerCrashed") >= 9  # every abort, and whoever was with it
    assert set(ends) <= {"done", "Cancelled", "NotAPdf", "WorkerCrashed"}
