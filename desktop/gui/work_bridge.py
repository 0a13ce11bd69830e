"""Between a service that works through a queue and the window: its one thread, its news as signals.

News comes from worker threads, many times a second; the window hears of each record at most ten
times a second, always as it is by then, on the main thread. Nothing here shows anything.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.errors import Cancelled
from desktop.domain.jobs import Cancellation
from desktop.services.hooks import Hook

UPDATE_EVERY = 100  # milliseconds
SLICE_S = 0.008  # for which records are told in one go
PAUSE_MS = 8  # until more of them are, so that what the user does comes in between

log = logging.getLogger(__name__)


class WorkBridge(QObject):
    """Owns the one thread that calls `work`, which sleeps until there is something to do.

    A record that `waits` says of that it is to be worked on, whoever put it there, wakes the thread
    once it was started. Records have an `id`; `changes` tells of None when one is no more.
    """

    told = Signal(object)  # a record
    gone = Signal()
    failed = Signal(object)  # Exception: what is wrong with the computer, or a bug of ours
    _news = Signal()

    def __init__(
        self,
        name: str,
        work: Callable[[Cancellation], object],
        changes: Hook[Any],
        waits: Callable[[Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._work = work
        self._waits = waits
        self._lock = threading.Lock()
        self._latest: dict[int, Any] = {}
        self._gone = False
        self._telling = False  # the main thread knows that there is something to fetch
        self._wake = threading.Event()
        self._cancellation = Cancellation()
        self._cancellation.listen(self._wake.set)
        flush = QTimer(self, singleShot=True, interval=UPDATE_EVERY)
        flush.timeout.connect(self._flush)
        self._news.connect(flush.start, Qt.ConnectionType.QueuedConnection)
        self._waiting: dict[int, Any] = {}  # what the main thread has still to tell
        self._gone_waits = False
        self._go_on = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._go_on.timeout.connect(self._flush)
        self._unlisten = changes.listen(self._hear)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work from now on, beginning with what the last run left unfinished."""
        if self._thread is None and not self._cancellation.wished:
            self._wake.set()
            self._thread = threading.Thread(target=self._run, name=self._name)
            self._thread.start()

    def shutdown(self) -> None:
        """End the work under way, to be resumed at the next start, and wait for the thread.

        Any thread but the main one may wait this long.
        """
        self._cancellation.cancel()
        if self._thread is not None:
            self._thread.join()
        self._unlisten()

    def wake(self) -> None:
        """Look whether there is something to do. Any thread may ask for it."""
        self._wake.set()

    # -- on worker threads

    def _hear(self, record: Any) -> None:
        if record is not None and self._waits(record):
            self._wake.set()
        with self._lock:
            if record is None:
                self._gone = True
            else:
                self._latest[record.id] = record
            telling, self._telling = self._telling, True
        if not telling and not self._cancellation.wished:
            self._news.emit()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._cancellation.raise_if_wished()
                self._work(self._cancellation)
            except Cancelled:
                return
            except Exception as error:
                if self._cancellation.wished:
                    return  # with a child that was ended
                log.warning("%s ended early: %s", self._name, type(error).__name__, exc_info=error)
                self.failed.emit(error)

    # -- on the main thread

    def _flush(self) -> None:
        """Tell what is new, for a moment; the rest of ten thousand records waits its turn."""
        with self._lock:
            self._waiting |= self._latest
            self._latest = {}
            gone, self._gone = self._gone, False
            self._telling = False
        self._gone_waits = self._gone_waits or gone
        until = time.perf_counter() + SLICE_S
        while self._waiting and time.perf_counter() < until:
            self.told.emit(self._waiting.pop(next(iter(self._waiting))))
        if self._waiting:
            self._go_on.start()
        elif self._gone_waits:
            self._gone_waits = False
            self.gone.emit()
