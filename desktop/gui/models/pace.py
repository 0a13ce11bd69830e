"""How long the indexing of a document will take, judged by how it went so far.

Pure arithmetic: knows pages and a clock, neither Qt nor the document's text.
"""

from __future__ import annotations

from collections import deque

WINDOW = 60.0  # seconds of the past that count
LEAST_PAGES = 3  # before that, any figure would be a guess
LEAST_SECONDS = 2.0


class Pace:
    """The pages done over time, of one document."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, now: float, done: int) -> None:
        """Note that `done` pages are finished at the time `now`, in seconds."""
        if self._marks and done < self._marks[-1][1]:
            self._marks.clear()  # it began anew
        if not self._marks or done > self._marks[-1][1]:
            self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > WINDOW:
            self._marks.popleft()

    def seconds_left(self, pages: int) -> float | None:
        """Seconds that `pages` more pages will take; None while it is too early to say."""
        if len(self._marks) < 2:
            return None
        (first_time, first), (last_time, last) = self._marks[0], self._marks[-1]
        seconds, done = last_time - first_time, last - first
        if done < LEAST_PAGES or seconds < LEAST_SECONDS:
            return None
        return pages * seconds / done
