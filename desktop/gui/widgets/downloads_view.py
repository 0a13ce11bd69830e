"""What is being fetched: a list with progress, and what can be done with the selected download."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.hub import Download
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions
from desktop.gui.downloads_bridge import DownloadsBridge
from desktop.gui.models import figures
from desktop.gui.models.download_words import STOPPED, in_total, row, state_in_words
from desktop.gui.models.rows import RowsModel
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.model_card import ModelCard
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.split import Split
from desktop.services.downloads import Downloads


class DownloadsView(QWidget):
    """`countChanged` carries how many are not finished, `workChanged` one line and a share."""

    countChanged = Signal(int)
    workChanged = Signal(str, float)

    def __init__(
        self,
        *,
        tasks: Tasks,
        downloads: Downloads,
        bridge: DownloadsBridge,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._downloads = downloads
        self._notifier = notifier
        self.rows = RowsModel(lambda download: download.id, row, self)
        self.list = ModelList("models.downloads", self.tr("Downloads"), self.rows, self)
        self.list.selected.connect(self._show_selection)
        self._register(actions)
        self._lay_out()
        bridge.moved.connect(self._moved)
        bridge.ended.connect(self.load)
        bridge.failed.connect(notifier.trouble)

    def load(self) -> None:
        """Show the queue as it is."""
        self._tasks.run(lambda _: self._downloads.downloads(), owner=self, done=self._show)

    def select(self, download_id: int) -> None:
        self.list.select(download_id)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self.list.setFocus()

    # -- what is shown

    def _moved(self, download: Download) -> None:
        if self.rows.row_of(download.id) is None:
            self.rows.insert(self.rows.rowCount(), [download])
        else:
            self.rows.put(download)
        self._follow()

    def _show(self, downloads: list[Download]) -> None:
        self.list.show_records(downloads, [each.id for each in self.list.chosen()])
        self._follow()

    def _follow(self) -> None:
        downloads = self.rows.records()
        self._stack.setCurrentIndex(1 if downloads else 0)
        self.countChanged.emit(len(downloads))
        self.workChanged.emit(*in_total(downloads))
        self._show_selection()

    def _show_selection(self) -> None:
        chosen = self.list.chosen()
        download = chosen[0] if chosen else None
        stopped = download is not None and download.state in STOPPED
        self._pause.setEnabled(download is not None and not stopped)
        self._pause.setVisible(not stopped)
        self._resume.setEnabled(stopped)
        self._resume.setVisible(stopped or download is None)
        self._cancel.setEnabled(download is not None)
        self._split.show_below(download is not None)
        if download is not None:
            self.card.show_model(download.name, self._facts(download))

    def _facts(self, download: Download) -> list[tuple[str, str]]:
        return [
            (self.tr("State"), state_in_words(download)),
            (self.tr("Repository"), download.repository),
            (self.tr("Commit"), download.commit),
            (self.tr("Licence"), download.licence or self.tr("none stated")),
            (self.tr("Size"), figures.size(download.size)),
            *((self.tr("SHA-256"), file.sha256) for file in download.files),
        ]

    # -- what is done

    def _each(self, do: Callable[[int], object]) -> None:
        for download in self.list.chosen():

            def work(_: Cancellation, download_id: int = download.id) -> object:
                return do(download_id)

            self._tasks.run(work, owner=self, done=lambda _: None, failed=self._notifier.trouble)

    # -- how it is made

    def _register(self, actions: Actions) -> None:
        def add(
            name: str, text: str, keys: str, do: Callable[[int], object], in_full: str
        ) -> QAction:
            action = actions.add(
                f"models.{name}", text, keys, lambda: self._each(do), within=self, in_full=in_full
            )
            action.setEnabled(False)
            return action

        self._pause = add(
            "pause",
            self.tr("Pause"),
            "F7",
            self._downloads.pause,
            self.tr("Pause the selected download; what is there stays"),
        )
        self._resume = add(
            "resume",
            self.tr("Resume"),
            "F5",
            self._downloads.resume,
            self.tr("Go on with the selected download where it stopped"),
        )
        self._cancel = add(
            "cancel_download",
            self.tr("Cancel"),
            "Del",
            self._downloads.cancel,
            self.tr("Forget the selected download, and remove what is there of it"),
        )

    def _lay_out(self) -> None:
        buttons = (self._pause, self._resume, self._cancel)
        self.card = ModelCard("models.download", buttons, self)
        self.list.offer(buttons)
        self._split = Split(self.list, self.card, self)
        empty = EmptyState(
            "down",
            self.tr("Nothing is being fetched"),
            self.tr(
                "Find a model and press Download. It comes here with its progress, can be paused, "
                "and moves to Installed once its hash is right."
            ),
            self,
        )
        empty.setObjectName("models.downloads.empty")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
