"""The file that the text to be rewritten is from: chosen, opened and saved, beside the window.

Asks with dialogues that leave the window usable, and calls the services on tasks. Shows no text.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original, OriginalKind, Saved
from desktop.domain.review import Review
from desktop.gui.models.original_words import saved_in_words
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.text_field import FILES
from desktop.services.originals import Originals


class OriginalFiles(QObject):
    """`chosen` carries paths that the user picked, `opened` the file, `saved` where it lies in
    words."""

    chosen = Signal(list)
    opened = Signal(object)
    saved = Signal(str)

    def __init__(
        self, tasks: Tasks, originals: Originals, notifier: Notifier, page: QWidget
    ) -> None:
        super().__init__(page)
        self._tasks = tasks
        self._originals = originals
        self._notifier = notifier
        self._page = page
        self._asked = 0  # files; only the one asked for last is shown

    def choose(self) -> None:
        """Ask for a file."""
        dialogue = QFileDialog(self._page.window(), self.tr("Open a text"))
        dialogue.setObjectName("rewrite.choose")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        patterns = " ".join(f"*{ending}" for ending in FILES)
        texts = self.tr("Texts, Word documents and mails")
        dialogue.setNameFilters([f"{texts} ({patterns})", f"{self.tr('All files')} (*)"])
        dialogue.filesSelected.connect(lambda names: self.chosen.emit([Path(n) for n in names]))
        dialogue.open()

    def open(self, path: Path) -> None:
        """Open a file; the one in hand stays if that fails."""
        self._asked += 1
        asked = self._asked

        def done(original: Original) -> None:
            if asked == self._asked:
                self.opened.emit(original)

        self._tasks.run(
            lambda cancel: self._originals.open(path, cancel),
            owner=self,
            done=done,
            failed=self._notifier.trouble,
        )

    def let_go(self) -> None:
        """What was asked for is not wanted any more."""
        self._asked += 1

    def save(self, original: Original, review: Review) -> None:
        """Ask where what is taken in the review goes, and save it there."""
        self._tasks.run(
            lambda _: self._originals.free_name(original),
            owner=self,
            done=lambda name: self._ask_where(original, review, name),
            failed=self._notifier.trouble,
        )

    def _ask_where(self, original: Original, review: Review, proposed: Path) -> None:
        dialogue = QFileDialog(self._page.window(), self.tr("Save the rewritten file"))
        dialogue.setObjectName("rewrite.save_as")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        filters = [f"{self.tr('Plain text')} (*.txt *.md)"]
        if original.kind is OriginalKind.DOCX:
            filters.insert(0, f"{self.tr('Word document with tracked changes')} (*.docx)")
        elif original.kind is OriginalKind.MAIL:
            filters.insert(0, f"{self.tr('Mail')} (*.eml)")
        dialogue.setNameFilters(filters)
        dialogue.setDefaultSuffix(proposed.suffix.lstrip("."))
        dialogue.setDirectory(str(proposed.parent))
        dialogue.selectFile(proposed.name)
        dialogue.fileSelected.connect(lambda name: self.write(original, review, Path(name)))
        dialogue.open()

    def write(self, original: Original, review: Review, path: Path) -> None:
        """Save to a path that the user chose, and said of that what is there may go."""

        def work(cancel: Cancellation) -> Saved:
            return self._originals.save(original, review, path, replace=True, cancel=cancel)

        self._tasks.run(
            work,
            owner=self,
            done=lambda saved: self.saved.emit(saved_in_words(saved, original)),
            failed=self._notifier.trouble,
        )
