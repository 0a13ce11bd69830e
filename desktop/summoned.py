"""What a process asks of another that has the profile open: to hear it, and to ask it.

Looks on a thread whenever something in the profile's folder changes; what is done then, the
application knows.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from desktop.gui.tasks import Tasks
from desktop.storage import summons
from desktop.storage.paths import Paths
from desktop.storage.summons import Asked


def call_to_front(profile: Path) -> None:
    """Ask whoever has the profile open to show its window; may block."""
    with suppress(OSError):  # a disk that is full: whoever asks has nobody to tell
        summons.ask(Paths(profile), Asked.FRONT)


class Summoned(QObject):
    """`came` carries what was `Asked`, also before there was anybody to hear it."""

    came = Signal(object)

    def __init__(self, profile: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = Paths(profile)
        self._tasks = tasks
        self._watcher = QFileSystemWatcher([str(profile)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()

    def end(self) -> None:
        """Look no more."""
        self._watcher.directoryChanged.disconnect()

    def _look(self) -> None:
        self._tasks.run(lambda _: summons.take(self._paths), owner=self, done=self._tell)

    def _tell(self, asked: Asked | None) -> None:
        if asked is not None:
            self.came.emit(asked)
