"""How a child ended, in words."""

from __future__ import annotations

import pytest

from desktop.workers import host
from desktop.workers.ending import MEMORY_LIMIT, Ending


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (0, "exit 0"),
        (3, "exit 3"),
        (-6, "signal 6 SIGABRT"),
        (-11, "signal 11 SIGSEGV"),
        (-9, "signal 9 SIGKILL, perhaps for lack of memory"),
        (None, "gone"),
        (-250, "signal 250"),
        (host.EXIT_OUT_OF_MEMORY, MEMORY_LIMIT),
        (host.EXIT_MISUNDERSTOOD, "it was told what it cannot read"),
    ],
)
def test_an_end_explains_itself(code: int | None, cause: str) -> None:
    assert Ending(code).cause == cause


def test_our_own_reason_goes_before_the_signal_we_sent() -> None:
    assert Ending(-9, "it sent what it may not").cause == "it sent what it may not"
