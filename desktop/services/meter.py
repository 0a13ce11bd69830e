"""Counting bytes for whoever watches: what was read is added up and told as progress."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.jobs import Progress

Told = Callable[[Progress], None]


def untold(_: Progress) -> None:
    """For work that nobody watches."""


class Meter:
    """Adds up bytes of `total` and tells each sum, on the thread that reads."""

    def __init__(self, total: int, told: Told) -> None:
        self._done = 0
        self._total = total
        self._told = told

    def count(self, read: int) -> None:
        """So many bytes more; files that have grown since do not go past the total."""
        self._done += read
        self._told(Progress(min(self._done, self._total), self._total))
