"""Which chats are listed (all, a folder, the archive), and the field where a folder is named.

Says what is wished for; calls no service.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.domain.chat import Folder
from desktop.gui import theme
from desktop.gui.actions import Actions, with_shortcut
from desktop.gui.models.conversations import ARCHIVE, EVERYTHING
from desktop.gui.theme import GRID

LONGEST_NAME = 60  # characters


class FolderBar(QWidget):
    """`viewed` carries EVERYTHING, ARCHIVE or a folder's id; `renamed` a folder's id and its new
    name; `removed` its id."""

    viewed = Signal(int)
    renamed = Signal(int, str)
    removed = Signal(int)

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = EVERYTHING
        self._folders: list[Folder] = []
        self._button = QToolButton(self)
        self._button.setObjectName("chat.folder")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._dress()
        self._menu = QMenu(self)
        action = actions.add(
            "chat.folder",
            self.tr("Choose which chats are listed"),
            "Ctrl+Shift+L",
            self.open,
            within=within,
        )
        self._button.setToolTip(with_shortcut(action.text(), action))
        self._button.clicked.connect(self.open)
        self._name = QLineEdit(self)
        self._name.setObjectName("chat.folder.name")
        self._name.setMaxLength(LONGEST_NAME)
        self._name.hide()
        self._name.returnPressed.connect(self._take_name)
        self._name.installEventFilter(self)
        self._named: Callable[[str], object] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._name)
        self._say()

    @property
    def folders(self) -> Sequence[Folder]:
        return self._folders

    def set_folders(self, folders: Sequence[Folder]) -> None:
        """The folders that there are; one that is viewed and gone gives way to everything."""
        self._folders = list(folders)
        if self.view > 0 and self.view not in {folder.id for folder in folders}:
            self.show_view(EVERYTHING)
        self._say()

    def show_view(self, view: int) -> None:
        """List those chats from now on."""
        if view != self.view:
            self.view = view
            self.viewed.emit(view)
        self._say()

    def ask_name(self, prompt: str, named: Callable[[str], object], name: str = "") -> None:
        """Have a folder named in the field; `named` is called with what was typed, if anything."""
        self._named = named
        self._name.setAccessibleName(prompt)
        self._name.setPlaceholderText(prompt)
        self._name.setText(name)
        self._name.selectAll()
        self._name.show()
        self._name.setFocus()

    def open(self) -> None:
        """Show the choice."""
        self._menu.clear()
        group = QActionGroup(self._menu)
        for view, text in (
            (EVERYTHING, self.tr("All chats")),
            *((folder.id, folder.name) for folder in self._folders),
            (ARCHIVE, self.tr("Archive")),
        ):
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(view == self.view)
            action.triggered.connect(partial(self.show_view, view))
            group.addAction(action)
        if self.view > 0:
            self._menu.addSeparator()
            rename = self._menu.addAction(self.tr("Rename folder"))
            rename.triggered.connect(self._rename)
            remove = self._menu.addAction(self.tr("Remove folder, keep its chats"))
            remove.triggered.connect(lambda: self.removed.emit(self.view))
        self._menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _rename(self) -> None:
        folder_id = self.view
        self.ask_name(
            self.tr("Name of the folder"),
            lambda name: self.renamed.emit(folder_id, name),
            self._title(),
        )

    def _title(self) -> str:
        if self.view == EVERYTHING:
            return self.tr("All chats")
        if self.view == ARCHIVE:
            return self.tr("Archive")
        return next((one.name for one in self._folders if one.id == self.view), "")

    def _say(self) -> None:
        title = self._title()
        self._button.setText(
            self.fontMetrics().elidedText(
                title.replace("&", "&&"), Qt.TextElideMode.ElideRight, 22 * GRID
            )
        )
        self._button.setAccessibleName(self.tr("Chats listed: {which}").format(which=title))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self._name and escapes:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() is QEvent.Type.KeyPress:
                self._end_naming()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self._button.setIcon(theme.icon("folder"))

    def _take_name(self) -> None:
        name, named = self._name.text().strip(), self._named
        self._end_naming()
        if name and named is not None:
            named(name)

    def _end_naming(self) -> None:
        self._named = None
        self._name.hide()
        self._button.setFocus()
