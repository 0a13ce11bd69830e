"""Short background jobs: blocking calls of the services, kept off the main thread.

A job runs on one of a few plain threads; what it returns or raises comes back on the main thread.
Nothing here knows what a job does, and nothing here waits on the main thread except `shutdown`.
"""

from __future__ import annotations

import logging
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.errors import Cancelled, EscritoireError
from desktop.domain.jobs import Cancellation

Result = TypeVar("Result")

THREADS = 4
SWITCH_S = 0.0005  # for which a thread keeps Python to itself while others wait

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How one job ended, on its way back to the main thread."""

    owner: weakref.ref[QObject]
    cancellation: Cancellation
    done: Callable[[Any], object]
    failed: Callable[[EscritoireError], object] | None
    over: Callable[[], object] | None
    result: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """Runs jobs beside the main thread. Lives on the main thread.

    `unhandled` carries, on the main thread, each exception that no `failed` was given for: known
    errors without a callback, and bugs of ours, which are logged as well.
    """

    unhandled = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By default a thread that computes keeps the others waiting for 5 ms each time they ask,
        # and to draw a view asks dozens of times.
        sys.setswitchinterval(SWITCH_S)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="task")
        self._lock = threading.Lock()
        self._running: set[Cancellation] = set()
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Cancellation], Result],
        *,
        owner: QObject,
        done: Callable[[Result], object],
        failed: Callable[[EscritoireError], object] | None = None,
        over: Callable[[], object] | None = None,
    ) -> Cancellation:
        """Run `work` on a thread and call `done` or `failed` on the main thread.

        `over` is called before them, and also where neither is, as after a bug of ours. None is
        called once the returned Cancellation was used or `owner` was destroyed; the destruction of
        `owner` cancels the job. After `shutdown` nothing is run any more.
        """
        cancellation = Cancellation()
        with self._lock:
            if self._closed:
                cancellation.cancel()
                return cancellation
            self._running.add(cancellation)
        owner.destroyed.connect(cancellation.cancel)
        outcome = _Outcome(weakref.ref(owner), cancellation, done, failed, over)
        self._pool.submit(self._work, work, outcome)
        return cancellation

    def shutdown(self) -> None:
        """Cancel every job, refuse new ones and wait until the threads have ended.

        Any thread may call it; nothing is delivered afterwards.
        """
        with self._lock:
            self._closed = True
            running = list(self._running)
        for cancellation in running:
            cancellation.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, work: Callable[[Cancellation], Any], outcome: _Outcome) -> None:
        cancellation = outcome.cancellation
        try:
            cancellation.raise_if_wished()
            result = work(cancellation)
        except Exception as error:  # noqa: BLE001 (told apart on the main thread)
            outcome = replace(outcome, error=error)
        else:
            outcome = replace(outcome, result=result)
        finally:
            with self._lock:
                self._running.discard(cancellation)
        if not self._closed:
            self._ended.emit(outcome)

    def _deliver(self, outcome: _Outcome) -> None:
        error = outcome.error
        if error is not None and not isinstance(error, EscritoireError | Cancelled):
            log.error("a background job failed", exc_info=error)
        owner = outcome.owner()
        if owner is None or not shiboken6.isValid(owner):
            return
        owner.destroyed.disconnect(outcome.cancellation.cancel)
        if outcome.cancellation.wished:
            return
        if outcome.over is not None:
            outcome.over()
        if isinstance(error, Cancelled):
            return
        if error is None:
            outcome.done(outcome.result)
        elif isinstance(error, EscritoireError) and outcome.failed is not None:
            outcome.failed(error)
        else:
            self.unhandled.emit(error)
