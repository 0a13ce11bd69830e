"""Long work on models that are here: bringing, verifying, measuring, packing. One at a time.

Each runs on a task; how far it is reaches the main thread a few times a second. Knows no widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation, Progress
from desktop.gui.models import figures
from desktop.gui.tasks import Tasks

Result = TypeVar("Result")
Told = Callable[[Progress], None]

UPDATE_EVERY = 100  # milliseconds


class ModelJobs(QObject):
    """`progress` says in one line what is done and how far it is (0 to 1; -1: nothing is)."""

    progress = Signal(str, float)
    busyChanged = Signal(bool)
    _news = Signal()
    _broke = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._lock = threading.Lock()
        self._latest: Progress | None = None
        self._told = False
        self._running: Cancellation | None = None
        self._doing = ""
        self._in_bytes = True
        self._broke.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._flush = QTimer(self, singleShot=True, interval=UPDATE_EVERY)
        self._flush.timeout.connect(self._say)
        self._news.connect(self._flush.start, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._running is not None

    def start(
        self,
        doing: str,
        work: Callable[[Told, Cancellation], Result],
        *,
        done: Callable[[Result], object],
        failed: Callable[[EscritoireError], object],
        in_bytes: bool = True,
    ) -> bool:
        """Begin; False, and nothing is done, while something else is. `doing` says what it is."""
        if self.busy:
            return False

        def end(outcome: Callable[[Result], object]) -> Callable[[Result], None]:
            def ended(result: Result) -> None:
                self._end()
                outcome(result)

            return ended

        def failing(error: EscritoireError) -> None:
            self._end()
            failed(error)

        def working(cancel: Cancellation) -> Result:
            try:
                return work(self._hear, cancel)
            except EscritoireError:
                raise
            except Exception:
                self._broke.emit()  # whoever listens to the tasks says what it was
                raise

        self._doing, self._in_bytes = doing, in_bytes
        self._running = self._tasks.run(working, owner=self, done=end(done), failed=failing)
        self.busyChanged.emit(True)
        self.progress.emit(doing, 0.0)
        return True

    def cancel(self) -> None:
        """Wish for the end of what runs. Never blocks; neither `done` nor `failed` follows."""
        running = self._running
        if running is not None:
            # Listeners of a cancellation may write to a pipe: not on this thread.
            threading.Thread(target=running.cancel, name="model-job-stop").start()
            self._end()

    def _end(self) -> None:
        if self._running is None:
            return
        self._running = None
        with self._lock:
            self._latest = None
        self.busyChanged.emit(False)
        self.progress.emit("", -1.0)

    def _hear(self, progress: Progress) -> None:
        """On a worker thread, as often as the work likes."""
        with self._lock:
            self._latest = progress
            told, self._told = self._told, True
        if not told:
            self._news.emit()

    def _say(self) -> None:
        with self._lock:
            latest, self._told = self._latest, False
        if latest is None or not self.busy:
            return
        share = latest.done / latest.total if latest.total else 0.0
        if self._in_bytes:
            template = self.tr("{doing}, {done} of {total}")
            line = template.format(
                doing=self._doing, done=figures.size(latest.done), total=figures.size(latest.total)
            )
        else:
            line = self.tr("{doing}, {percent} %").format(
                doing=self._doing, percent=round(100 * share)
            )
        self.progress.emit(line, share)
