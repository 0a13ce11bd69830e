"""What leaves this computer, for the window to say: questions to the hub, and downloads.

The one way by which the window asks the hub, so that the foot of the window is never untrue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.errors import EscritoireError
from desktop.domain.hub import Download, DownloadState
from desktop.domain.jobs import Cancellation
from desktop.gui.downloads_bridge import DownloadsBridge
from desktop.gui.tasks import Tasks
from desktop.services.hub import ModelHub

Result = TypeVar("Result")

FETCHING = (DownloadState.RUNNING, DownloadState.VERIFYING)


@dataclass(frozen=True, slots=True)
class Where:
    """Which hub is asked, and whether nobody may be."""

    host: str = ""
    offline: bool = False


class Outgoing(QObject):
    """`changed` says that `in_words` is another; `whereChanged` carries a `Where`."""

    changed = Signal()
    whereChanged = Signal(object)
    _counted = Signal(int)

    def __init__(
        self, tasks: Tasks, hub: ModelHub, bridge: DownloadsBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.where = Where()
        self._tasks = tasks
        self._hub = hub
        self._bridge = bridge
        self._asking = 0
        self._fetched = ""
        self._counted.connect(self._count, Qt.ConnectionType.QueuedConnection)
        bridge.moved.connect(self._moved)
        bridge.ended.connect(self._ended)

    def look(self) -> None:
        """Find out anew which hub is asked, and whether it may be."""

        def where(_: Cancellation) -> Where:
            return Where(self._hub.endpoint.partition("://")[2], self._hub.offline)

        self._tasks.run(where, owner=self, done=self._found)

    def set_offline(self, wanted: bool, failed: Callable[[EscritoireError], object]) -> None:
        """Let nobody be asked any more, or again; `whereChanged` tells what came of it, in any
        case, for whoever shows a switch that was thrown already."""
        self._tasks.run(
            lambda _: self._hub.set_offline(wanted),
            owner=self,
            done=lambda _: None,
            failed=failed,
            over=self.look,
        )

    def ask(
        self,
        work: Callable[[Cancellation], Result],
        *,
        owner: QObject,
        done: Callable[[Result], object],
        failed: Callable[[EscritoireError], object] | None = None,
        over: Callable[[], object] | None = None,
    ) -> Cancellation:
        """As `Tasks.run`, for what asks the hub."""

        def asking(cancel: Cancellation) -> Result:
            self._counted.emit(1)
            try:
                return work(cancel)
            finally:
                self._counted.emit(-1)

        return self._tasks.run(asking, owner=owner, done=done, failed=failed, over=over)

    def in_words(self) -> str:
        """What is connected now, for whoever looks at the foot of the window."""
        if self._fetched:
            template = self.tr("Connected to {host}: fetching {model}")
            return template.format(host=self.where.host, model=self._fetched)
        if self._asking:
            return self.tr("Connected to {host}: asking about models").format(host=self.where.host)
        if self.where.offline:
            return self.tr("Offline: nothing leaves this computer")
        return self.tr("Not connected: nothing leaves this computer")

    def _found(self, where: Where) -> None:
        self.where = where
        self.whereChanged.emit(where)
        self.changed.emit()

    def _count(self, more: int) -> None:
        self._asking += more
        self.changed.emit()

    def _moved(self, download: Download) -> None:
        if download.state in FETCHING:
            self._fetched = download.name
        elif download.name == self._fetched:
            self._fetched = ""
        self.changed.emit()

    def _ended(self) -> None:
        self._fetched = ""  # if another is being fetched, it moves within a moment
        self.changed.emit()
