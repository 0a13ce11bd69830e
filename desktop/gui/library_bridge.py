"""Between the library and the window: the thread that indexes, and its news as Qt signals.

News comes from worker threads many times a second; the window hears of each document at most ten
times a second, always with its latest record, on the main thread. Nothing here shows anything.
"""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import Cancelled
from desktop.domain.jobs import Cancellation
from desktop.services.library import Library

UPDATE_EVERY = 100  # milliseconds

log = logging.getLogger(__name__)


class LibraryBridge(QObject):
    """Owns the one thread that calls `Library.work`, which sleeps until there is something to do.

    A document that was queued, by whomever, wakes it once it was started.
    """

    documentChanged = Signal(object)  # Document
    documentsRemoved = Signal()
    failed = Signal(object)  # Exception: what is wrong with the computer, or a bug of ours
    _news = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lock = threading.Lock()
        self._latest: dict[int, Document] = {}
        self._removed = False
        self._told = False  # the main thread knows that there is something to fetch
        self._wake = threading.Event()
        self._cancellation = Cancellation()
        self._cancellation.listen(self._wake.set)
        self._flush_timer = QTimer(self, singleShot=True, interval=UPDATE_EVERY)
        self._flush_timer.timeout.connect(self._flush)
        self._news.connect(self._flush_timer.start, Qt.ConnectionType.QueuedConnection)
        self._unlisten = library.changed.listen(self._hear)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work from now on, beginning with what the last run left unfinished."""
        if self._thread is None and not self._cancellation.wished:
            self._wake.set()
            self._thread = threading.Thread(target=self._work, name="library")
            self._thread.start()

    @property
    def _ending(self) -> bool:
        return self._cancellation.wished

    def shutdown(self) -> None:
        """End the work under way, to be resumed at the next start, and wait for the thread.

        Any thread but the main one may wait this long.
        """
        self._cancellation.cancel()
        if self._thread is not None:
            self._thread.join()
        self._unlisten()

    # -- on worker threads

    def _hear(self, document: Document | None) -> None:
        if document is not None and document.state is DocumentState.QUEUED:
            self._wake.set()
        with self._lock:
            if document is None:
                self._removed = True
            else:
                self._latest[document.id] = document
            told, self._told = self._told, True
        if not told and not self._cancellation.wished:
            self._news.emit()

    def _work(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._cancellation.raise_if_wished()
                self._library.work(self._cancellation)
            except Cancelled:
                return
            except Exception as error:
                if self._ending:
                    return  # with a child that was ended
                log.warning("indexing ended early: %s", type(error).__name__, exc_info=error)
                self.failed.emit(error)

    # -- on the main thread

    def _flush(self) -> None:
        with self._lock:
            latest, self._latest = self._latest, {}
            removed, self._removed = self._removed, False
            self._told = False
        for document in latest.values():
            self.documentChanged.emit(document)
        if removed:
            self.documentsRemoved.emit()
