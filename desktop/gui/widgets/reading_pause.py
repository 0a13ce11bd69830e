"""Reading and indexing as a whole, paused and gone on with: one line with its button.

Says that questions can be asked meanwhile. What is paused stays so across starts.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.library_bridge import LibraryBridge
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.services.library import Library


class ReadingPause(QWidget):
    """`changed` says whether it is paused now."""

    changed = Signal(bool)

    def __init__(
        self,
        *,
        tasks: Tasks,
        library: Library,
        bridge: LibraryBridge,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self._tasks = tasks
        self._library = library
        self._notifier = notifier
        self.paused = False
        self._at_work = False
        self._hint = QLabel(self)
        self._hint.setObjectName("documents.hint")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._action = actions.add(
            "documents.pause", "", "Ctrl+Shift+B", self._pause_or_go_on, within=within
        )
        button = QPushButton(self)
        button.setObjectName("documents.pause.button")
        bind(button, self._action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self._hint, 1)
        layout.addWidget(button)
        bridge.pausedChanged.connect(self._show)
        self._show(False)

    def load(self) -> None:
        """Show whether it was paused before the last start."""
        self._tasks.run(lambda _: self._library.paused, owner=self, done=self._show)

    def show_work(self, at_work: bool) -> None:
        """Whether there is anything to pause."""
        self._at_work = at_work
        self.setVisible(at_work or self.paused)

    def _pause_or_go_on(self) -> None:
        act = self._library.go_on if self.paused else self._library.pause
        self._tasks.run(
            lambda _: act(), owner=self, done=lambda _: None, failed=self._notifier.trouble
        )

    def _show(self, paused: bool) -> None:
        self.paused = paused
        # One action: its words in the palette are those of the button.
        self._action.setText(
            QCoreApplication.translate("ReadingPause", "Go on reading")
            if paused
            else QCoreApplication.translate("ReadingPause", "Pause reading")
        )
        self._hint.setText(
            self.tr("Reading is paused: answers use the pages that are done so far.")
            if paused
            else self.tr("You can ask already: answers use the pages that are done so far.")
        )
        self.show_work(self._at_work)
        self.changed.emit(paused)
