"""One hook a service: it says what it changed, and whoever shows that refreshes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

What = TypeVar("What")


class Hook(Generic[What]):
    """Calls its listeners with what changed, on the thread that changed it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[What], None]] = []

    def listen(self, listener: Callable[[What], None]) -> Callable[[], None]:
        """Be told of every change from now on; returns how to stop listening."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._forget(listener)

    def tell(self, what: What) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(what)

    def _forget(self, listener: Callable[[What], None]) -> None:
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)
