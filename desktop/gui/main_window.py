"""The main window: rail, pages, banners, status line, and the whole of it a place to drop files.

Shows what it is given and passes on what the user wants; knows no service and no page by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.shards import is_gguf
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.command_palette import CommandPalette
from desktop.gui.files_pass import FilesPass
from desktop.gui.notify import Notifier
from desktop.gui.widgets.banner import Banners
from desktop.gui.widgets.drop_overlay import DropOverlay
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.rail import Rail
from desktop.gui.widgets.status_line import StatusLine

FIRST_SIZE = (1120, 760)
LEAST_SIZE = (800, 560)


class MainWindow(QMainWindow):
    """`filesDropped` and `modelsDropped` carry paths; `closing` comes once, when the user closes
    the window for good; `hidden` comes instead while it `stays`."""

    filesDropped = Signal(list)
    modelsDropped = Signal(list)
    closing = Signal()
    hidden = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Escritoire")
        self.setWindowIcon(theme.icon("escritoire", theme.tokens().accent, 32))
        self.resize(*FIRST_SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.setAcceptDrops(True)
        self._may_close = False
        self._closing = False
        self._stays = False
        self._takes_files = False
        self._drags_models = False
        self._pages: dict[str, QWidget] = {}
        self._files_pass = FilesPass(self)
        self.page = ""
        self.covering: QWidget | None = None
        self.notifier = Notifier(self)
        self.actions_ = Actions(self)
        self._lay_out()
        self._add_pages()
        self.overlay = DropOverlay(self)
        self.palette_ = CommandPalette(self.actions_, self)
        self.actions_.add("window.palette", self.tr("Find a command"), "Ctrl+K", self.palette_.open)
        self.actions_.add("window.close", self.tr("Close the window"), "Ctrl+Q", self._close)
        self.actions_.add("window.quit", self.tr("Quit Escritoire"), None, self.quit)
        self.show_page("chat")
        self.setFocus()

    # -- pages

    def set_page(self, name: str, page: QWidget) -> None:
        """Put a page in the place that waited for it."""
        old = self._pages[name]
        self._stack.insertWidget(self._stack.indexOf(old), page)
        self._stack.removeWidget(old)
        self._files_pass.watch(page)
        old.deleteLater()
        self._pages[name] = page
        if self.page == name:
            self._stack.setCurrentWidget(page)

    def show_page(self, name: str) -> None:
        """Open a page, unless something covers them all."""
        self.page = name
        self._rail.show_page(name)
        self._stack.setCurrentWidget(self._pages[name])
        self._pages[name].setFocus()

    def page_widget(self, name: str) -> QWidget:
        return self._pages[name]

    def cover(self, widget: QWidget) -> None:
        """Show `widget` in place of rail and pages, until `uncover`."""
        self.uncover()
        self.covering = widget
        self._room.addWidget(widget)
        self._room.setCurrentWidget(widget)
        widget.setFocus()

    def uncover(self) -> None:
        """Show rail and pages again."""
        self._room.setCurrentIndex(0)
        if self.covering is not None:
            self._room.removeWidget(self.covering)
            self.covering.deleteLater()
            self.covering = None

    def spare(self, widget: QWidget) -> None:
        """Files may be dropped on this widget itself, where it is in sight."""
        self.overlay.spared = widget

    def take_files(self) -> None:
        """From now on files may be dropped."""
        self._takes_files = True

    def bring_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def stay(self, stays: bool) -> None:
        """Whether closing the window only hides it, because something else brings it back."""
        self._stays = stays

    def quit(self) -> None:
        """Close the window for good, wherever it is."""
        self._stays = False
        self.close()
        if not self._closing:  # Qt closes nothing that is hidden already
            self._begin_to_close()

    def let_close(self) -> None:
        """Close for good: nothing is left to be done."""
        self._may_close = True
        self.close()

    # -- what Qt tells

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if self._stays:
            self.hide()
            self.hidden.emit()
        elif not self._closing:
            self._begin_to_close()

    def _begin_to_close(self) -> None:
        self._closing = True
        self.banners.end_all()
        self.hide()
        self.closing.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = _local_files(event)
        if self._takes_files and paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drags_models = not sorted_out(paths)[1]
            self.overlay.cover(models=self._drags_models)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.overlay.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.overlay.hide()
        paths = _local_files(event)
        if self._takes_files and paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            models, files = sorted_out(paths)
            if models:
                self.modelsDropped.emit(models)
            if files:
                self.filesDropped.emit(files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.overlay.isVisible():
            self.overlay.cover(models=self._drags_models)
        if self.palette_.isVisible():
            self.palette_.close_palette()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._rail.dress()
        super().changeEvent(event)

    # -- how it is made

    def _lay_out(self) -> None:
        self._rail = Rail(self)
        self._stack = QStackedWidget(self)
        self.banners = Banners(self.notifier, self)
        self.status = StatusLine(self)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.banners)
        beside.addWidget(self._stack, 1)
        desk = QWidget(self)
        across = QHBoxLayout(desk)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail)
        across.addLayout(beside, 1)
        self._room = QStackedWidget(self)
        self._room.addWidget(desk)
        whole = QWidget(self)
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._room, 1)
        down.addWidget(self.status)
        self.setCentralWidget(whole)

    def _add_pages(self) -> None:
        pages = (
            ("chat", self.tr("Chat")),
            ("documents", self.tr("Documents")),
            ("rewrite", self.tr("Rewrite")),
            ("models", self.tr("Models")),
            ("settings", self.tr("Settings")),
        )
        for number, (name, text) in enumerate(pages, 1):
            show = partial(self.show_page, name)
            action = self.actions_.add(f"window.{name}", text, f"Ctrl+{number}", show)
            self._rail.add_page(name, action, at_the_foot=name == "settings")
            waiting = EmptyState(name, text, self.tr("Opening your desk"), self)
            self._pages[name] = waiting
            self._stack.addWidget(waiting)

    def _close(self) -> None:
        self.close()


def sorted_out(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Models and everything else among paths, told by their names without looking at them."""
    models = [path for path in paths if is_gguf(path)]
    return models, [path for path in paths if path not in models]


def _local_files(event: QDropEvent) -> list[Path]:
    """The local files and folders among what is dragged, without looking at them."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
