"""Cancelling: one object that says "stop", heard at once on every side of a job.

Pure standard library; no thread is started here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from desktop.domain.errors import Cancelled


class Progress(NamedTuple):
    """How far a job has come: `done` of `total`, in whatever the job counts. Only grows."""

    done: int
    total: int


class Cancellation:
    """The wish to end a job. Thread-safe; once wished, never taken back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wished = threading.Event()
        self._listeners: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Wish for the end; every listener is called once, on this thread."""
        with self._lock:
            if self._wished.is_set():
                return
            self._wished.set()
            listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener()

    @property
    def wished(self) -> bool:
        return self._wished.is_set()

    def raise_if_wished(self) -> None:
        """Raise `Cancelled` if the end was wished for."""
        if self.wished:
            raise Cancelled

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` at the wish for the end (now, if it was); returns how to unsubscribe."""
        with self._lock:
            if not self._wished.is_set():
                self._listeners.append(listener)
                return lambda: self._forget(listener)
        listener()
        return lambda: None

    def _forget(self, listener: Callable[[], None]) -> None:
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)
