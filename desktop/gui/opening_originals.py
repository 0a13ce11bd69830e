"""Opening the file that a passage is from in the user's own viewer, at its page if it can be told.

The program is another one than ours, chosen by the system; nothing of the file is read here.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop.domain.chat import Citation
from desktop.domain.errors import DocumentMissing, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.gui.notify import words
from desktop.gui.tasks import Tasks
from desktop.gui.viewers import command_at
from desktop.services.library import Library


class OpeningOriginals(QObject):
    """`opened` carries in a few words what came of it, `refused` in a sentence why not."""

    opened = Signal(str)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library = library

    def open(self, citation: Citation, page: int) -> None:
        """Open the document of a citation, at a page from 1."""

        def work(_: Cancellation) -> tuple[Path, list[str] | None]:
            try:
                path = self._library.original(citation.document_id)
            except DocumentMissing:
                # The library may not know the name any more; the citation does.
                raise DocumentMissing(file=citation.document) from None
            return path, command_at(path, page)

        self._tasks.run(work, owner=self, done=self._start, failed=self._refuse)

    def _start(self, found: tuple[Path, list[str] | None]) -> None:
        path, command = found
        if command is not None and QProcess.startDetached(command[0], command[1:])[0]:
            self.opened.emit(self.tr("Opened at this page"))
        elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.opened.emit(self.tr("Opened; your viewer cannot be told the page"))
        else:
            self.refused.emit(self.tr("No program here opens {file}.").format(file=path.name))

    def _refuse(self, error: EscritoireError) -> None:
        self.refused.emit(words(error))
