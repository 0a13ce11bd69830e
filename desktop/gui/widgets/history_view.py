"""Earlier rewrites: when, in which manner, by which model; opened again, removed, or never kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.domain.rewrites import Rewritten, StoredRewrite
from desktop.domain.tone import Tone
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.marking import markings
from desktop.gui.models.rows import RowsModel
from desktop.gui.models.voice_words import rewrite_row
from desktop.gui.notify import Notifier
from desktop.gui.rewrite_bridge import Outcome
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.model_list import ModelList
from desktop.services.rewriting import Rewriting

MOST = 500  # rewrites that are listed


class HistoryView(QWidget):
    """`opened` carries the `Outcome` of an earlier rewrite, ready to be looked at."""

    opened = Signal(object)

    def __init__(
        self,
        *,
        tasks: Tasks,
        rewriting: Rewriting,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._tasks = tasks
        self._rewriting = rewriting
        self._notifier = notifier
        self._titles: dict[str, str] = {}  # of tones
        self.rows = RowsModel(
            lambda past: past.id, lambda past: rewrite_row(past, self._titles), self
        )
        self.list = ModelList("history.list", self.tr("Earlier rewrites"), self.rows, self)
        self.list.opened.connect(self._open)
        self.list.selected.connect(self._follow)
        self.nothing = QCheckBox(self.tr("Keep nothing from now on"), self)
        self.nothing.setObjectName("history.keep_nothing")
        self.nothing.setAccessibleName(self.nothing.text())
        self.nothing.setToolTip(self.tr("Rewrites leave no trace; those listed here stay"))
        self.nothing.clicked.connect(self._keep)
        add = partial(actions.add, within=self)
        self._open_one = add("history.open", self.tr("Open again"), "Ctrl+Return",
                             lambda: self._open(self._chosen()))  # fmt: skip
        self._remove_one = add("history.remove", self.tr("Remove"), "Del", self.remove,
                               in_full=self.tr("Remove the rewrite from the history"))  # fmt: skip
        self._forget = add("history.forget", self.tr("Forget all"), None, self.forget,
                           in_full=self.tr("Forget all earlier rewrites"))  # fmt: skip
        self.list.offer((self._open_one, self._remove_one))
        self._lay_out()
        self._follow()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        (self.list if self.rows.rowCount() else self.nothing).setFocus()

    def load(self) -> None:
        """Show what is kept now."""

        def work(_: Cancellation) -> tuple[list[StoredRewrite], bool]:
            return self._rewriting.history(MOST), self._rewriting.keeps_history

        def done(found: tuple[list[StoredRewrite], bool]) -> None:
            past, keeps = found
            self.list.show_records(past, ())
            self.nothing.setChecked(not keeps)
            self._follow()

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)

    def name_tones(self, tones: Sequence[Tone]) -> None:
        """Call these tones by their titles."""
        language = QLocale().name().partition("_")[0]
        self._titles = {tone.name: tone.title(language) for tone in tones}

    def remove(self) -> None:
        """Take the selected rewrite out; for a while that can be undone."""
        past = self._chosen()
        if past is None:
            return

        def work(_: Cancellation) -> list[StoredRewrite]:
            self._rewriting.remove(past)
            return [past]

        self._take_out(work, lambda _: self.tr("The rewrite was removed."))

    def forget(self) -> None:
        """Forget them all; for a while that can be undone."""
        self._take_out(
            lambda _: self._rewriting.forget(),
            lambda count: self.tr("{count} rewrites were forgotten.").format(count=count),
        )

    def _take_out(
        self, work: Callable[[Cancellation], list[StoredRewrite]], say: Callable[[int], str]
    ) -> None:
        """Have some removed, and say so once they are, with the way back."""

        def put_back(removed: list[StoredRewrite]) -> None:
            for past in removed:
                self._rewriting.put_back(past)

        def undo(removed: list[StoredRewrite]) -> None:
            self._tasks.run(
                lambda _: put_back(removed),
                owner=self,
                done=lambda _: self.load(),
                failed=self._notifier.trouble,
            )

        def done(removed: list[StoredRewrite]) -> None:
            self.load()
            self._notifier.say(
                say(len(removed)), action=self.tr("Undo"), act=partial(undo, removed)
            )

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)

    def _keep(self, nothing: bool) -> None:
        def failed(error: EscritoireError) -> None:
            self.nothing.setChecked(not nothing)  # as it still is
            self._notifier.trouble(error)

        self._tasks.run(
            lambda _: self._rewriting.keep_history(not nothing),
            owner=self,
            done=lambda _: self.load(),
            failed=failed,
        )

    def _open(self, past: StoredRewrite | None) -> None:
        if past is None:
            return

        def work(_: Cancellation) -> Outcome:
            again: Rewritten = self._rewriting.open_again(past)
            marked = markings(again.text, again.output, again.changes)
            return Outcome(again, marked, stopped=past.record.unwritten > 0)

        self._tasks.run(work, owner=self, done=self.opened.emit, failed=self._notifier.trouble)

    def _chosen(self) -> StoredRewrite | None:
        chosen = self.list.chosen()
        return chosen[0] if chosen else None

    def _follow(self) -> None:
        some = self._chosen() is not None
        self._open_one.setEnabled(some)
        self._remove_one.setEnabled(some)
        self._forget.setEnabled(self.rows.rowCount() > 0)
        self._stack.setCurrentIndex(1 if self.rows.rowCount() else 0)

    def _lay_out(self) -> None:
        empty = EmptyState(
            "rewrite",
            self.tr("No earlier rewrites"),
            self.tr(
                "What you rewrite is listed here, on this computer alone, until you remove it."
            ),
            self,
        )
        empty.setObjectName("history.empty")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GRID)
        foot.addWidget(self.nothing, 1)
        for action in (self._forget, self._remove_one, self._open_one):
            button = QPushButton(self)
            button.setObjectName(f"{action.objectName()}.button")
            if action is self._open_one:
                button.setProperty("kind", "primary")
            bind(button, action)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
