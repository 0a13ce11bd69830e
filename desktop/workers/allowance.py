"""How long a child may be waited for over one file. A clock and a thread; nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SHORTEST_NAP = 0.05  # seconds; between two looks at a clock that has nearly run out


class TimeAllowance:
    """So many seconds of waiting; when they are used up, `spent` is called once, on a timer thread.

    The clock runs only inside `waiting()`: what the caller does with a page is not the file's
    fault. Thread-safe.
    """

    def __init__(self, seconds: float, spent: Callable[[], None]) -> None:
        self._lock = threading.Lock()
        self._left = seconds
        self._since: float | None = None
        self._spent = spent
        self._exceeded = False
        self._timer: threading.Timer | None = None
        self._closed = False
        self._set_timer(seconds)

    @property
    def exceeded(self) -> bool:
        return self._exceeded

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """The clock runs while inside."""
        with self._lock:
            self._since = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                if self._since is not None:
                    self._left -= time.monotonic() - self._since
                    self._since = None

    def extend(self, seconds: float) -> None:
        """Allow `seconds` more."""
        with self._lock:
            self._left += seconds

    def renew(self, seconds: float) -> None:
        """Allow at least `seconds` from now on."""
        with self._lock:
            now = time.monotonic()
            used = 0.0 if self._since is None else now - self._since
            self._left = max(self._left, used + seconds)

    def close(self) -> None:
        """End the watch; `spent` is not called any more."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _set_timer(self, seconds: float) -> None:
        self._timer = threading.Timer(max(seconds, _SHORTEST_NAP), self._look)
        self._timer.name = "time allowance"
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._closed:
                return
            running = 0.0 if self._since is None else time.monotonic() - self._since
            left = self._left - running
            if left > 0 or self._since is None:
                self._set_timer(left)
                return
            self._exceeded = True
        self._spent()
