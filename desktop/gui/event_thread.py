"""A thread that does one thing at a time for the window and tells of it while it does.

What happens there arrives on the main thread in order, in bundles at most every 30 ms, so that a
fast model cannot flood the window. Knows nothing of what is done; nothing here waits on the main
thread except `shutdown`.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import Loading, PartsRead, Prefilling, Reasoned, Wrote

BUNDLE_MS = 30  # what arrives within it reaches the window together


class Request(Protocol):
    """What the thread is to do, and how it is called off."""

    @property
    def cancel(self) -> Cancellation: ...


class EventThread(QObject):
    """Lives on the main thread, where `told` carries one event after the other.

    `work` does one request on the thread, and posts what happens; it raises nothing. The thread
    starts with the first request.
    """

    told = Signal(object)
    _arrived = Signal()

    def __init__(self, name: str, work: Callable[[Any], None], parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._work = work
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._events: list[object] = []
        self._waking = False
        self._thread: threading.Thread | None = None
        self._request: Request | None = None
        self.closed = False
        self._bundle = QTimer(self)
        self._bundle.setSingleShot(True)
        self._bundle.setInterval(BUNDLE_MS)
        self._bundle.timeout.connect(self._deliver)
        self._arrived.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    # -- the main thread's side

    @property
    def busy(self) -> bool:
        """Whether a request was begun that has not been ended."""
        return self._request is not None

    def begin(self, request: Request) -> None:
        """Have it done next."""
        self._request = request
        if self._thread is None:
            self._thread = threading.Thread(target=self._work_all, name=self._name)
            self._thread.start()
        self._requests.put(request)

    def end(self) -> None:
        """The request in hand is over: its last event has been told."""
        self._request = None

    def stop(self) -> None:
        """Wish for the end of the request in hand. Never blocks."""
        if self._request is not None:
            # Listeners of a cancellation may write to a pipe: not on this thread.
            stop = self._request.cancel.cancel
            threading.Thread(target=stop, name=f"{self._name}: stop").start()

    def shutdown(self) -> None:
        """Stop what is in hand, refuse what is new and wait until the thread has ended.

        Any thread may call it; nothing is told afterwards.
        """
        self.closed = True
        request = self._request
        if request is not None:
            request.cancel.cancel()
        if self._thread is not None:
            self._requests.put(None)
            self._thread.join()

    def _wake(self) -> None:
        if not self._bundle.isActive():
            self._bundle.start()

    def _deliver(self) -> None:
        with self._lock:
            events, self._events = self._events, []
            self._waking = False
        if self.closed:
            return
        for event in _bundled(events):
            self.told.emit(event)

    # -- the thread's side

    @property
    def waits(self) -> bool:
        """Whether another request waits already."""
        return not self._requests.empty()

    def post(self, event: object) -> None:
        """Tell the main thread of it."""
        with self._lock:
            self._events.append(event)
            waking, self._waking = self._waking, True
        if not waking and not self.closed:
            self._arrived.emit()

    def _work_all(self) -> None:
        while (request := self._requests.get()) is not None:
            self._work(request)


def _bundled(events: list[object]) -> list[object]:
    """The same events, with neighbouring pieces of text joined and overtaken progress left out."""
    bundled: list[object] = []
    for event in events:
        last = bundled[-1] if bundled else None
        if isinstance(event, Wrote) and isinstance(last, Wrote):
            bundled[-1] = Wrote(last.text + event.text)
        elif isinstance(event, Reasoned) and isinstance(last, Reasoned):
            bundled[-1] = Reasoned(last.text + event.text)
        elif isinstance(event, Loading | PartsRead | Prefilling) and type(event) is type(last):
            bundled[-1] = event
        else:
            bundled.append(event)
    return bundled
