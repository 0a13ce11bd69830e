"""The library's thread, which reads and indexes, and its news. See `work_bridge`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.documents import DocumentState
from desktop.gui.work_bridge import WorkBridge
from desktop.services.library import Library


class LibraryBridge(WorkBridge):
    """Reads and indexes whatever is queued, unless that is paused."""

    documentChanged = Signal(object)  # Document
    documentsRemoved = Signal()
    pausedChanged = Signal(bool)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(
            "library",
            library.work_unless_paused,
            library.changed,
            lambda document: document.state is DocumentState.QUEUED,
            parent,
        )
        self.told.connect(self.documentChanged)
        self.gone.connect(self.documentsRemoved)
        self._unlisten_pausing = library.pausing.listen(self._hear_paused)

    def shutdown(self) -> None:
        self._unlisten_pausing()
        super().shutdown()

    def _hear_paused(self, paused: bool) -> None:
        self.pausedChanged.emit(paused)
        if not paused:
            self.wake()
