"""The thread of the downloads, and their news. See `work_bridge`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.hub import DownloadState
from desktop.gui.work_bridge import WorkBridge
from desktop.services.downloads import Downloads


class DownloadsBridge(WorkBridge):
    """Fetches whatever is queued. `ended`: one is no more; it is on the shelf, or cancelled."""

    moved = Signal(object)  # Download
    ended = Signal()

    def __init__(self, downloads: Downloads, parent: QObject | None = None) -> None:
        super().__init__(
            "downloads",
            downloads.work,
            downloads.changed,
            lambda download: download.state is DownloadState.QUEUED,
            parent,
        )
        self.told.connect(self.moved)
        self.gone.connect(self.ended)
