"""One watched folder: its name, how it stands, and what can be done with it.

Carries out nothing itself; each button says which folder is meant.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.folders import FolderState, WatchedFolder
from desktop.gui import theme
from desktop.gui.models.folder_words import all_unreadable, folder_in_words
from desktop.gui.widgets.elided_label import ElidedLabel

ICON = 20


class FolderRow(QWidget):
    """The signals carry the folder."""

    pauseWanted = Signal(object)
    resumeWanted = Signal(object)
    lookWanted = Signal(object)
    removeGoneWanted = Signal(object)
    unwatchWanted = Signal(object)

    def __init__(self, folder: WatchedFolder, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"documents.folder.{folder.id}")
        self.folder = folder
        self._icon = QLabel(self)
        self._name = ElidedLabel("documents.folder.name", "text", self)
        self.state = ElidedLabel("documents.folder.state", "muted", self)
        self._pause = QPushButton(self)
        self._pause.setObjectName("documents.folder.pause")
        self._pause.setProperty("kind", "quiet")
        self._pause.clicked.connect(self._pause_or_resume)
        self._more = QToolButton(self)
        self._more.setObjectName("documents.folder.more")
        self._more.setText("…")
        self._more.setProperty("role", "more")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._make_menu())
        self._lay_out()
        self._dress()
        self.show_folder(folder)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        drawn = theme.icon("folder", theme.tokens().muted, ICON)
        self._icon.setPixmap(drawn.pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))

    def show_folder(self, folder: WatchedFolder) -> None:
        """Show how it stands now."""
        self.folder = folder
        self._name.show_text(str(folder.path))
        self.state.show_text(folder_in_words(folder), all_unreadable(folder))
        paused = folder.state is FolderState.PAUSED
        self._pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        names = {
            self._pause: self.tr("Go on with {name}") if paused else self.tr("Pause {name}"),
            self._more: self.tr("More for {name}"),
        }
        for button, sentence in names.items():
            button.setAccessibleName(sentence.format(name=folder.path.name))
            button.setToolTip(sentence.format(name=folder.path.name))
        self._look.setEnabled(not paused and folder.state is not FolderState.CHECKING)
        self._remove_gone.setEnabled(folder.gone > 0)
        self._remove_gone.setText(
            self.tr("Remove the documents whose files are gone ({count})").format(count=folder.gone)
            if folder.gone
            else self.tr("Remove the documents whose files are gone")
        )

    def _pause_or_resume(self) -> None:
        paused = self.folder.state is FolderState.PAUSED
        (self.resumeWanted if paused else self.pauseWanted).emit(self.folder)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("documents.folder.menu")
        self._look = menu.addAction(self.tr("Look through it now"))
        self._look.setObjectName("documents.folder.look")
        self._look.triggered.connect(lambda: self.lookWanted.emit(self.folder))
        self._remove_gone = menu.addAction("")
        self._remove_gone.setObjectName("documents.folder.remove_gone")
        self._remove_gone.triggered.connect(lambda: self.removeGoneWanted.emit(self.folder))
        unwatch = menu.addAction(self.tr("Watch it no longer"))
        unwatch.setObjectName("documents.folder.unwatch")
        unwatch.triggered.connect(lambda: self.unwatchWanted.emit(self.folder))
        return menu

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self.state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(self._pause)
        layout.addWidget(self._more)
