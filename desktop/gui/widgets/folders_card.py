"""The watched folders: the strip on the Documents page that says how each of them stands.

Every call of the service goes through `tasks`; news of its work comes through the bridge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.documents import Document
from desktop.domain.folders import WatchedFolder
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.folders_bridge import FoldersBridge
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.folder_row import FolderRow
from desktop.services.document_folders import DocumentFolders

MOST_SHOWN = 3  # rows; more are scrolled to


class FoldersCard(QFrame):
    """`removeWanted` carries ids of documents to be put away, what to say, and what does it."""

    removeWanted = Signal(list, str, object)

    def __init__(
        self,
        *,
        tasks: Tasks,
        folders: DocumentFolders,
        bridge: FoldersBridge,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self.setObjectName("documents.folders")
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Watched folders"))
        self._tasks = tasks
        self._folders = folders
        self._notifier = notifier
        self._rows: dict[int, FolderRow] = {}
        self.watch_action = actions.add(
            "documents.watch_folder",
            self.tr("Watch a folder"),
            "Ctrl+Shift+W",
            self.choose,
            in_full=self.tr("Watch a folder: what is new or changed in it is read by itself"),
        )
        self.look_action = actions.add(
            "documents.look_through",
            self.tr("Look through the watched folders"),
            "Ctrl+Shift+R",
            self._look_through,
            within=within,
        )
        self._lay_out()
        bridge.folderChanged.connect(self._show)
        bridge.foldersRemoved.connect(self.load)
        bridge.failed.connect(notifier.trouble)
        self._fit()

    def load(self) -> None:
        """Show the folders that are watched."""
        self._tasks.run(lambda _: self._folders.folders(), owner=self, done=self._show_all)

    def choose(self) -> None:
        """Ask for a folder to watch, beside the window, which stays usable."""
        dialogue = QFileDialog(self.window(), self.tr("Watch a folder"))
        dialogue.setObjectName("documents.choose_watched")
        dialogue.setFileMode(QFileDialog.FileMode.Directory)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.filesSelected.connect(lambda names: self.watch([Path(name) for name in names]))
        dialogue.open()

    def watch(self, paths: Sequence[Path]) -> None:
        """Watch folders from now on; says which of them cannot be."""
        for path in paths:
            self._run(partial(self._folders.add, path))

    def offer(self, paths: Sequence[Path], documents: Sequence[Document]) -> None:
        """Offer to watch the folders among paths from which documents were added just now."""
        self._tasks.run(
            lambda _: self._folders.can_be_watched(paths, documents),
            owner=self,
            done=self._offer_to_watch,
        )

    def _offer_to_watch(self, folders: Sequence[Path]) -> None:
        if not folders:
            return
        if len(folders) == 1:
            line = self.tr("The documents in {name} were added as they are now.")
        else:
            line = self.tr("The documents in {count} folders were added as they are now.")
        self._notifier.say(
            line.format(name=folders[0].name or folders[0], count=len(folders)),
            action=self.tr("Watch for changes"),
            act=lambda: self.watch(folders),
        )

    # -- what is done with one of them

    def _look_through(self) -> None:
        for folder_id in self._rows:
            self._run(partial(self._folders.look, folder_id))

    def _remove_gone(self, folder: WatchedFolder) -> None:
        self._tasks.run(
            lambda _: self._folders.gone(folder.id),
            owner=self,
            done=lambda ids: self._put_away(folder, ids),
        )

    def _put_away(self, folder: WatchedFolder, ids: list[int]) -> None:
        if not ids:
            return
        line = (
            self.tr("1 document whose file is gone was removed.")
            if len(ids) == 1
            else self.tr("{count} documents whose files are gone were removed.")
        )
        among = frozenset(ids)
        self.removeWanted.emit(
            ids,
            line.format(count=len(ids)),
            lambda: self._folders.remove_gone(folder.id, among),
        )

    def _unwatch(self, folder: WatchedFolder) -> None:
        self._run(lambda: self._folders.remove(folder.id))
        line = self.tr("{name} is watched no longer. Its documents stay.")
        self._notifier.say(
            line.format(name=folder.path.name or folder.path),
            action=self.tr("Undo"),
            act=lambda: self._run(lambda: self._folders.put_back(folder.id)),
        )

    def _run(self, work: Callable[[], object]) -> None:
        self._tasks.run(
            lambda _: work(), owner=self, done=lambda _: None, failed=self._notifier.trouble
        )

    # -- what is shown

    def _show_all(self, folders: Sequence[WatchedFolder]) -> None:
        shown = {folder.id for folder in folders}
        for folder_id in [known for known in self._rows if known not in shown]:
            row = self._rows.pop(folder_id)
            self._column.removeWidget(row)
            row.deleteLater()
        for folder in folders:
            self._show(folder)
        self._fit()

    def _show(self, folder: WatchedFolder) -> None:
        row = self._rows.get(folder.id)
        if row is not None:
            row.show_folder(folder)
            return
        row = FolderRow(folder, self._inside)
        row.pauseWanted.connect(lambda one: self._run(lambda: self._folders.pause(one.id)))
        row.resumeWanted.connect(lambda one: self._run(lambda: self._folders.resume(one.id)))
        row.lookWanted.connect(lambda one: self._run(lambda: self._folders.look(one.id)))
        row.removeGoneWanted.connect(self._remove_gone)
        row.unwatchWanted.connect(self._unwatch)
        self._rows[folder.id] = row
        self._column.addWidget(row)
        row.show()
        self._fit()

    def _fit(self) -> None:
        """As high as the rows are, up to a few of them."""
        self.setVisible(bool(self._rows))
        self.look_action.setEnabled(bool(self._rows))
        heights = [row.sizeHint().height() for row in self._rows.values()][:MOST_SHOWN]
        spacing = self._column.spacing() * max(0, len(heights) - 1)
        self._scroll.setFixedHeight(sum(heights) + spacing)

    def _lay_out(self) -> None:
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GRID)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("documents.folders.scroll")
        self._scroll.setProperty("role", "strip")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        layout.addWidget(self._scroll)
