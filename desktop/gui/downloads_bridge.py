"""Between the downloads and the window: the thread that fetches, and its news as Qt signals.

News comes from worker threads; the window hears of each download at most ten times a second, always
with its latest record, on the main thread. Nothing here shows anything.
"""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.errors import Cancelled
from desktop.domain.hub import Download, DownloadState
from desktop.domain.jobs import Cancellation
from desktop.services.downloads import Downloads

UPDATE_EVERY = 100  # milliseconds

log = logging.getLogger(__name__)


class DownloadsBridge(QObject):
    """Owns the one thread that calls `Downloads.work`, which sleeps until something is queued.

    `moved` carries a download, `ended` says that one is no more: it is on the shelf, or cancelled.
    """

    moved = Signal(object)  # Download
    ended = Signal()
    failed = Signal(object)  # Exception: what is wrong with the computer, or a bug of ours
    _news = Signal()

    def __init__(self, downloads: Downloads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._downloads = downloads
        self._lock = threading.Lock()
        self._latest: dict[int, Download] = {}
        self._gone = False
        self._told = False  # the main thread knows that there is something to fetch
        self._wake = threading.Event()
        self._cancellation = Cancellation()
        self._cancellation.listen(self._wake.set)
        flush = QTimer(self, singleShot=True, interval=UPDATE_EVERY)
        flush.timeout.connect(self._flush)
        self._news.connect(flush.start, Qt.ConnectionType.QueuedConnection)
        self._unlisten = downloads.changed.listen(self._hear)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Fetch from now on, beginning with what the last run left unfinished."""
        if self._thread is None and not self._cancellation.wished:
            self._wake.set()
            self._thread = threading.Thread(target=self._work, name="downloads")
            self._thread.start()

    def shutdown(self) -> None:
        """End what is being fetched, to be resumed at the next start, and wait for the thread.

        Any thread but the main one may wait this long.
        """
        self._cancellation.cancel()
        if self._thread is not None:
            self._thread.join()
        self._unlisten()

    # -- on worker threads

    def _hear(self, download: Download | None) -> None:
        if download is not None and download.state is DownloadState.QUEUED:
            self._wake.set()
        with self._lock:
            if download is None:
                self._gone = True
            else:
                self._latest[download.id] = download
            told, self._told = self._told, True
        if not told and not self._cancellation.wished:
            self._news.emit()

    def _work(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._cancellation.raise_if_wished()
                self._downloads.work(self._cancellation)
            except Cancelled:
                return
            except Exception as error:
                if self._cancellation.wished:
                    return  # with a child that was ended
                log.warning("fetching ended early: %s", type(error).__name__, exc_info=error)
                self.failed.emit(error)

    # -- on the main thread

    def _flush(self) -> None:
        with self._lock:
            latest, self._latest = self._latest, {}
            gone, self._gone = self._gone, False
            self._told = False
        for download in latest.values():
            self.moved.emit(download)
        if gone:
            self.ended.emit()
