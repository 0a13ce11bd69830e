"""The clock over one document: it runs while the child is waited for, and only then."""

import threading
import time

from desktop.workers.allowance import TimeAllowance


def test_waiting_too_long_is_noticed_while_it_lasts() -> None:
    noticed = threading.Event()
    allowance = TimeAllowance(0.1, noticed.set)
    with allowance.waiting():
        assert noticed.wait(10)
    assert allowance.exceeded
    allowance.close()


def test_time_between_the_waits_is_free() -> None:
    noticed = threading.Event()
    allowance = TimeAllowance(0.3, noticed.set)
    for _ in range(3):
        with allowance.waiting():
            pass
        assert not noticed.wait(0.2)
    assert not allowance.exceeded
    allowance.close()


def test_several_waits_add_up() -> None:
    noticed = threading.Event()
    allowance = TimeAllowance(0.5, noticed.set)
    ends = time.monotonic() + 10
    while not noticed.is_set() and time.monotonic() < ends:
        with allowance.waiting():
            noticed.wait(0.02)
    assert allowance.exceeded
    allowance.close()


def test_what_is_earned_is_added() -> None:
    noticed = threading.Event()
    allowance = TimeAllowance(0.1, noticed.set)
    allowance.extend(60)
    with allowance.waiting():
        assert not noticed.wait(0.4)
    allowance.close()


def test_a_closed_allowance_is_silent_and_leaves_no_thread() -> None:
    noticed = threading.Event()
    allowance = TimeAllowance(0.1, noticed.set)
    with allowance.waiting():
        allowance.close()
        assert not noticed.wait(0.3)
    assert not [thread for thread in threading.enumerate() if thread.name == "time allowance"]
