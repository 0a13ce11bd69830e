"""The ledger in Settings: every request, to be read here or taken along as a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QWidget,
)

from desktop.domain.errors import FileUnwritable
from desktop.domain.hub import Request
from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.model_services import ModelServices
from desktop.gui.models.ledger import LedgerModel, as_csv
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.sheet import Card

HEIGHT = 36 * theme.GRID
PATH = 3  # the column that takes the room there is


class LedgerCard(Card):
    """Reads the ledger on a task: when it comes into view, and after anything was asked."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: ModelServices,
        outgoing: Outgoing,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__("")
        self._tasks = tasks
        self._services = services
        self._notifier = notifier
        self.setObjectName("settings.ledger_card")
        self.title(self.tr("Ledger"))
        self._said = self.say("")
        self._said.setObjectName("settings.ledger.said")
        self.rows = LedgerModel(self)
        self.table = self._make_table()
        self.put(self.table)
        self._export = actions.add(
            "settings.export_ledger",
            self.tr("Export as CSV"),
            None,
            self.choose,
            within=within,
            in_full=self.tr("Export the ledger of requests as CSV"),
        )
        button = QPushButton(self)
        button.setObjectName("settings.export_ledger.button")
        bind(button, self._export)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(button)
        layout.addStretch(1)
        self.put(row)
        outgoing.changed.connect(self._look_if_seen)
        self._show([])

    def load(self) -> None:
        """Read the ledger anew."""
        self._tasks.run(lambda _: self._services.requests(), owner=self, done=self._show)

    def choose(self) -> None:
        """Ask where the table is to be written."""
        dialogue = QFileDialog(self.window(), self.tr("Export the ledger"))
        dialogue.setObjectName("settings.export_ledger.choose")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setDefaultSuffix("csv")
        dialogue.selectFile("escritoire-ledger.csv")
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.filesSelected.connect(lambda names: self.export(Path(names[0])))
        dialogue.open()

    def export(self, path: Path) -> None:
        """Write the whole ledger to `path`."""

        def write(_: Cancellation) -> int:
            requests = self._services.requests()
            try:
                path.write_text(as_csv(requests), encoding="utf-8", newline="")
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise FileUnwritable(file=str(path), reason=reason) from error
            return len(requests)

        def done(count: int) -> None:
            template = self.tr("{count} requests were written to {path}.")
            self._notifier.say(template.format(count=count, path=path))

        self._tasks.run(write, owner=self, done=done, failed=self._notifier.trouble)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def _look_if_seen(self) -> None:
        if self.isVisible():
            self.load()

    def _show(self, requests: list[Request]) -> None:
        self.rows.show_requests(requests)
        self.table.setVisible(bool(requests))
        self._export.setEnabled(bool(requests))
        if requests:
            said = self.tr(
                "Every request that left this computer, and every one that was refused before it "
                "could, the newest first. A path is shown without its query."
            )
        else:
            said = self.tr("No request has left this computer.")
        self._said.setText(said)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("settings.ledger")
        table.setAccessibleName(self.tr("Requests that left this computer"))
        table.setModel(self.rows)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFixedHeight(HEIGHT)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(3 * theme.GRID + theme.GRID // 2)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((20, 11, 12, 26, 11, 12)):
            table.setColumnWidth(column, width * theme.GRID)
        header.setSectionResizeMode(PATH, QHeaderView.ResizeMode.Stretch)
        return table
