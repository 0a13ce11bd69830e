"""One job as the parent sees it: what its child has said and nobody has taken yet.

The child's reading thread puts messages in, the thread that asked for the job takes them out. What
waits here is bounded, because the child is not trusted: a job whose outputs pile up is a breach.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from desktop.domain.errors import Cancelled, EscritoireError
from desktop.workers import protocol

MAX_WAITING: Final = 256 * 1024 * 1024  # bytes of outputs that nobody has taken

# A wait without a limit is deaf to Ctrl+C: on Windows until it ends, elsewhere if the signal comes
# in the instant between Python's last look for signals and the system's wait.
LOOK_UP_S: Final = 0.2

End = protocol.Body | EscritoireError | Cancelled
Progress = tuple[int, int]


class Breach(Exception):
    """The child said what the protocol does not allow at this point."""


class Deaf(Exception):
    """The child did not end a cancelled job within its grace."""


class Silent(Exception):
    """The child gave no sign of life for as long as the job would wait."""


class Job:
    """A job's outputs, progress and end. Thread-safe."""

    def __init__(self, number: int, max_ahead: int) -> None:
        self.number = number
        self.max_ahead = max_ahead
        self._changed = threading.Condition()  # guards what follows
        self._outputs: deque[tuple[protocol.Body, int]] = deque()
        self._waiting_bytes = 0
        self._progress: Progress | None = None
        self._reported = -1
        self._end: End | None = None
        self._cancelled_at: float | None = None

    # -- what the reading thread hears

    def put(self, body: protocol.Body, size: int) -> None:
        """The child sent an output in a message of `size` bytes. Raises Breach if it may not."""
        with self._changed:
            if self._end is not None:
                raise Breach
            if self._cancelled_at is not None:
                return
            self._outputs.append((body, size))
            self._waiting_bytes += size
            if self._waiting_bytes > MAX_WAITING:
                raise Breach
            if self.max_ahead and len(self._outputs) > self.max_ahead:
                raise Breach
            self._changed.notify_all()

    def progress(self, done: int, total: int) -> None:
        """The child reported progress; only growth counts. Raises Breach after the end."""
        with self._changed:
            if self._end is not None:
                raise Breach
            if done > self._reported:
                self._reported = done
                self._progress = (done, max(done, total))
                self._changed.notify_all()

    def end(self, end: End) -> None:
        """The job is over; only the first end counts."""
        with self._changed:
            if self._end is None:
                self._end = Cancelled() if self._cancelled_at is not None else end
                self._changed.notify_all()

    # -- what the asking thread does

    def cancel(self) -> None:
        """Nobody wants the job any more: drop what waits, and start the grace. Idempotent."""
        with self._changed:
            if self._cancelled_at is None:
                self._cancelled_at = time.monotonic()
                if self._outputs and self._end is not None:
                    # It ended well, but what is dropped here belongs to it: it is not whole.
                    self._end = Cancelled()
                self._outputs.clear()
                self._progress = None
                self._changed.notify_all()

    @property
    def ended(self) -> bool:
        with self._changed:
            return self._end is not None

    def take(
        self, *, grace_s: float, stall_s: float | None, heard_at: Callable[[], float]
    ) -> tuple[protocol.Body | None, Progress | None, End | None]:
        """Wait for the next (output, progress, end), one of which is given.

        `heard_at` tells when the child last said anything (`time.monotonic`). Raises Deaf `grace_s`
        seconds after `cancel`, Silent when the child has been silent for `stall_s` of this wait.
        """
        began = time.monotonic()
        with self._changed:
            while True:
                if self._progress is not None:
                    progress, self._progress = self._progress, None
                    return None, progress, None
                if self._outputs:
                    body, size = self._outputs.popleft()
                    self._waiting_bytes -= size
                    return body, None, None
                if self._end is not None:
                    return None, None, self._end
                now = time.monotonic()
                if self._cancelled_at is not None:
                    left = self._cancelled_at + grace_s - now
                    if left <= 0:
                        raise Deaf
                elif stall_s is not None:
                    left = max(began, heard_at()) + stall_s - now
                    if left <= 0:
                        raise Silent
                else:
                    left = LOOK_UP_S
                self._changed.wait(min(left, LOOK_UP_S))
