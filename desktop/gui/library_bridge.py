"""The library's thread, which reads and indexes, and its news. See `work_bridge`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.documents import DocumentState
from desktop.gui.work_bridge import WorkBridge
from desktop.services.library import Library


class LibraryBridge(WorkBridge):
    """Reads and indexes whatever is queued."""

    documentChanged = Signal(object)  # Document
    documentsRemoved = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(
            "library",
            library.work,
            library.changed,
            lambda document: document.state is DocumentState.QUEUED,
            parent,
        )
        self.told.connect(self.documentChanged)
        self.gone.connect(self.documentsRemoved)
