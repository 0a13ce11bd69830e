"""The Models page: what is installed, what can be found, what is being fetched.

Only puts its parts together: each view does its own work through the services.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.hardware import Computer
from desktop.domain.hub import Download
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.downloads_bridge import DownloadsBridge
from desktop.gui.model_jobs import ModelJobs
from desktop.gui.model_services import ModelServices
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.reembedding_bridge import ReembeddingBridge
from desktop.gui.shelf_bridge import ShelfBridge
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.bringing import Bringing
from desktop.gui.widgets.downloads_view import DownloadsView
from desktop.gui.widgets.find_view import FindView
from desktop.gui.widgets.installed_view import InstalledView
from desktop.gui.widgets.newer_versions import NewerVersions
from desktop.gui.widgets.offer_actions import OfferActions
from desktop.gui.widgets.search_actions import SearchActions
from desktop.gui.widgets.segments import Segments
from desktop.gui.widgets.shelf_actions import ShelfActions
from desktop.gui.widgets.this_computer import ThisComputer

INSTALLED, FIND, DOWNLOADS = range(3)


class ModelsPage(QWidget):
    """`workChanged` says in one line what is being done and how far it is (0 to 1; -1: nothing),
    `fetchChanged` the same of downloads, `embedChanged` of a switch to another embedder.
    `chosen` says that another model answers from now on, `shelfChanged` that models
    came, went or were set otherwise.
    """

    workChanged = Signal(str, float)
    fetchChanged = Signal(str, float)
    embedChanged = Signal(str, float)
    chosen = Signal()
    shelfChanged = Signal()

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: ModelServices,
        shelf: ShelfBridge,
        downloads: DownloadsBridge,
        reembedding: ReembeddingBridge,
        outgoing: Outgoing,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        super().__init__()
        self.setObjectName("models")
        self.jobs = ModelJobs(tasks, self)
        self.installed = InstalledView(tasks, services, self)
        self._shelf_actions = ShelfActions(
            tasks=tasks,
            services=services,
            jobs=self.jobs,
            view=self.installed,
            notifier=notifier,
            actions=actions,
            within=self.installed,
        )
        self.searching = SearchActions(
            tasks=tasks,
            services=services,
            bridge=reembedding,
            view=self.installed,
            notifier=notifier,
            actions=actions,
            within=self.installed,
        )
        self.newer = NewerVersions(
            services=services,
            outgoing=outgoing,
            view=self.installed,
            notifier=notifier,
            actions=actions,
            within=self.installed,
        )
        self.installed.lay_out(
            (
                *self.searching.in_order,
                *self._shelf_actions.in_order,
                self.searching.stay_action,
                self.newer.action,
            )
        )
        self.bringing = Bringing(
            tasks=tasks,
            services=services,
            jobs=self.jobs,
            view=self.installed,
            notifier=notifier,
            actions=actions,
            within=self,
        )
        self.computer = ThisComputer(
            tasks=tasks, services=services, view=self.installed, actions=actions, parent=self
        )
        self.finding = FindView(
            services=services, outgoing=outgoing, notifier=notifier, actions=actions, parent=self
        )
        self._offer_actions = OfferActions(
            services=services, view=self.finding, actions=actions, within=self.finding
        )
        self.finding.lay_out(self._offer_actions.in_order)
        self.fetching = DownloadsView(
            tasks=tasks,
            downloads=services.downloads,
            bridge=downloads,
            notifier=notifier,
            actions=actions,
            parent=self,
        )
        self._views = (self.installed, self.finding, self.fetching)
        self._lay_out(actions)
        self.jobs.progress.connect(self.workChanged)
        self.fetching.workChanged.connect(self.fetchChanged)
        self.searching.workChanged.connect(self.embedChanged)
        self.fetching.countChanged.connect(self._count)
        self._shelf_actions.chosen.connect(self.chosen)
        self.bringing.came.connect(self._show_brought)
        self.computer.examined.connect(self._show_computer)
        self._offer_actions.queued.connect(self._show_queued)
        self.newer.queued.connect(self._show_queued)
        shelf.changed.connect(self.installed.load)
        shelf.changed.connect(self.shelfChanged)
        self.show_view(INSTALLED)

    def load(self) -> None:
        """Show what is here, and find out what this computer is."""
        self.installed.load()
        self.fetching.load()
        self.searching.load()
        self.computer.examine()

    def add(self, paths: Sequence[Path]) -> None:
        """Bring models that were dropped on the window."""
        self.show_view(INSTALLED)
        self.bringing.add(paths)

    def show_view(self, number: int) -> None:
        """Open one of the three views."""
        self._segments.press(number)
        self._stack.setCurrentIndex(number)
        self._views[number].setFocus()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self._views[self._stack.currentIndex()].setFocus()

    # -- what comes of what was done

    def _show_computer(self, computer: Computer) -> None:
        self.installed.show_computer(computer)
        self.finding.show_computer(computer)

    def _show_brought(self, names: list[str]) -> None:
        self.show_view(INSTALLED)
        self.installed.select(names)

    def _show_queued(self, download: Download) -> None:
        self.show_view(DOWNLOADS)
        self.fetching.load()
        self.fetching.select(download.id)

    def _count(self, downloads: int) -> None:
        name = self.tr("Downloads")
        if downloads:
            name = self.tr("Downloads ({count})").format(count=downloads)
        self._segments.name(DOWNLOADS, name)

    # -- how it is made

    def _lay_out(self, actions: Actions) -> None:
        title = QLabel(self.tr("Models"), self)
        title.setProperty("role", "title")
        pack = QPushButton(self)
        pack.setObjectName("models.pack.button")
        bind(pack, self.bringing.packing)
        add = QPushButton(self)
        add.setObjectName("models.add")
        add.setProperty("kind", "primary")
        self.bringing.dress(add)
        stop = QPushButton(self)
        stop.setObjectName("models.stop.button")
        bind(stop, actions.get("models.stop"))
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(title, 1)
        for button in (stop, pack, add):
            head.addWidget(button)
        views = (
            ("installed", self.tr("Installed"), "Alt+1", INSTALLED),
            ("find", self.tr("Find"), "Alt+2", FIND),
            ("downloads", self.tr("Downloads"), "Alt+3", DOWNLOADS),
        )
        shown = [
            actions.add(
                f"models.show_{name}",
                text,
                keys,
                partial(self.show_view, number),
                within=self,
                in_full=self.tr("Models: {view}").format(view=text),
            )
            for name, text, keys, number in views
        ]
        self._segments = Segments(self.tr("Views of models"), shown, self)
        bar = QHBoxLayout()
        bar.addWidget(self._segments)
        bar.addStretch(1)
        self._stack = QStackedWidget(self)
        for view in self._views:
            self._stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        layout.setSpacing(theme.GRID + theme.GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.computer)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
