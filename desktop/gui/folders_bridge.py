"""The two threads of watched folders, one that looks through them and one that finds out when.

See `work_bridge`; nothing here is shown.
"""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Signal

from desktop.domain.folders import FolderState
from desktop.gui.work_bridge import WorkBridge
from desktop.services.document_folders import DocumentFolders

log = logging.getLogger(__name__)


class FoldersBridge(WorkBridge):
    """Keeps the library up with the watched folders."""

    folderChanged = Signal(object)  # WatchedFolder
    foldersRemoved = Signal()

    def __init__(self, folders: DocumentFolders, parent: QObject | None = None) -> None:
        super().__init__(
            "folders",
            folders.work,
            folders.changed,
            lambda folder: folder.due and folder.state is not FolderState.PAUSED,
            parent,
        )
        self.told.connect(self.folderChanged)
        self.gone.connect(self.foldersRemoved)
        self.service = folders
        self._noticing: threading.Thread | None = None

    def start(self) -> None:
        super().start()
        if self._noticing is None and not self._cancellation.wished:
            self._noticing = threading.Thread(target=self._notice, name="folders: noticing")
            self._noticing.start()

    def shutdown(self) -> None:
        super().shutdown()
        if self._noticing is not None:
            self._noticing.join()

    def _notice(self) -> None:
        try:
            self.service.notice(self._cancellation)
        except Exception as error:  # what is wrong with the store, and bugs of ours
            if not self._cancellation.wished:
                log.warning("noticing ended early", exc_info=error)
                self.failed.emit(error)
