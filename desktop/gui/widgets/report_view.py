"""The report on a collection: made on a task, listed by what is the matter, saved where wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.completeness import Remark, Report, as_csv
from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions, bind
from desktop.gui.choosing import choose
from desktop.gui.models import report_words
from desktop.gui.models.rows import RowsModel
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.model_list import ModelList
from desktop.services.completeness import Completeness

CSV = ".csv"


class ReportView(QWidget):
    """`closed`: it is not wanted any more; `documentWished` carries the id of one to be looked at;
    `shown` says that a report is there."""

    closed = Signal()
    documentWished = Signal(int)
    shown = Signal()
    _progressed = Signal(int, int)

    def __init__(
        self,
        tasks: Tasks,
        completeness: Completeness,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self.setObjectName("documents.report")
        self._tasks = tasks
        self._completeness = completeness
        self._notifier = notifier
        self._job: Cancellation | None = None
        self.report: Report | None = None
        self.rows = RowsModel(lambda remark: (remark.finding, remark.document.id), report_words.row)
        self.list = ModelList(
            "documents.report.list", self.tr("What there is to say"), self.rows, self, grouped=True
        )
        self.list.opened.connect(self._open)
        self._register(actions)
        self._lay_out()
        self._progressed.connect(self._show_progress)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.list.setFocus()

    def make(self, collection: str) -> None:
        """Make a report on a collection, "" for everything, and show it."""
        self._stop()
        self.report = None
        self._save.setEnabled(False)
        self._title.show_text(self.tr("Report"))
        self._summary.setText("")
        self._show_progress(0, 0)
        self._stack.setCurrentWidget(self._busy)

        def work(cancel: Cancellation) -> Report:
            return self._completeness.report(
                collection or None, progress=self._progressed.emit, cancel=cancel
            )

        self._job = self._tasks.run(work, owner=self, done=self._show, failed=self._fail)

    # -- what is shown

    def _show(self, report: Report) -> None:
        self.report = report
        self._save.setEnabled(True)
        self._title.show_text(report_words.title(report))
        self._summary.setText(report_words.summary(report))
        self.list.show_records(report.remarks, ())
        self._stack.setCurrentWidget(self.list if report.remarks else self._nothing)
        self.list.setFocus()
        self.shown.emit()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._doing.setText(
            self.tr("Comparing documents, {done} of {total}").format(done=done, total=total)
            if total
            else self.tr("Looking at the documents")
        )

    def _fail(self, error: EscritoireError) -> None:
        self._notifier.trouble(error)
        self.closed.emit()

    def _open(self, remark: Remark) -> None:
        self.documentWished.emit(remark.document.id)

    # -- what the user does

    def close_report(self) -> None:
        """Leave it; one that is being made is given up."""
        self._stop()
        self.closed.emit()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _choose_file(self) -> None:
        if self.report is None:
            return
        choose(
            self,
            "documents.report.choose",
            self.tr("Save the report"),
            [self.tr("Texts (*.txt)"), self.tr("Tables (*.csv)")],
            lambda paths: self.save(paths[0]),
            save_as=f"{report_words.title(self.report)}.txt",
        )

    def save(self, path: Path) -> None:
        """Save the report as a table, if the name says so, or else as a text."""
        report = self.report
        if report is None:
            return
        table = path.suffix.lower() == CSV
        text = as_csv(report_words.table(report)) if table else report_words.as_text(report)

        def said(_: object) -> None:
            self._notifier.say(self.tr("The report was saved: {path}").format(path=path))

        self._tasks.run(
            # The dialogue has asked already whether a file of that name may go.
            lambda _: self._completeness.save(path, text, replace=True),
            owner=self,
            done=said,
            failed=self._notifier.trouble,
        )

    # -- how it is made

    def _register(self, actions: Actions) -> None:
        self._close = actions.add(
            "documents.report.close",
            self.tr("Back to the documents"),
            "Esc",
            self.close_report,
            within=self,
        )
        self._save = actions.add(
            "documents.report.save",
            self.tr("Save as"),
            "Ctrl+S",
            self._choose_file,
            within=self,
            in_full=self.tr("Save the report as a text or as a table"),
        )
        self._save.setEnabled(False)

    def _lay_out(self) -> None:
        self._title = ElidedLabel("documents.report.title", "title", self)
        back, save = QPushButton(self), QPushButton(self)
        for button, action in ((back, self._close), (save, self._save)):
            button.setObjectName(f"{action.objectName()}.button")
            bind(button, action)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._title, 1)
        head.addWidget(back)
        head.addWidget(save)
        self._summary = QLabel(self)
        self._summary.setObjectName("documents.report.summary")
        self._summary.setProperty("role", "muted")
        self._summary.setWordWrap(True)
        self._nothing = EmptyState(
            "documents",
            self.tr("Nothing to remark"),
            self.tr("Every page can be found, no file has changed, and nothing is there twice."),
            self,
        )
        self._busy = self._make_busy()
        self._stack = QStackedWidget(self)
        for widget in (self.list, self._nothing, self._busy):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(head)
        layout.addWidget(self._summary)
        layout.addWidget(self._stack, 1)

    def _make_busy(self) -> QWidget:
        busy = QWidget(self)
        self._doing = QLabel(busy)
        self._doing.setObjectName("documents.report.doing")
        self._doing.setProperty("role", "muted")
        self._bar = QProgressBar(busy)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(32 * GRID)
        self._bar.setAccessibleName(self.tr("How far the report is"))
        cancel = QPushButton(self.tr("Cancel"), busy)
        cancel.setObjectName("documents.report.cancel")
        cancel.setAccessibleName(self.tr("Cancel the report"))
        cancel.setToolTip(self.tr("Cancel the report (Esc)"))
        cancel.clicked.connect(self.close_report)
        row = QHBoxLayout()
        row.addWidget(self._bar)
        row.addWidget(cancel)
        row.addStretch(1)
        layout = QVBoxLayout(busy)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._doing)
        layout.addLayout(row)
        layout.addStretch(1)
        return busy
