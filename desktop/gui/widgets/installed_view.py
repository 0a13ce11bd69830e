"""The models on this computer: the list, and a card for the one that is selected.

Looks at the shelf on a task whenever it changes, and judges afterwards, which takes longer. What is
done with a model is done elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import EscritoireError, ModelMissing
from desktop.domain.fitting import Placement
from desktop.domain.hardware import Computer
from desktop.domain.jobs import Cancellation
from desktop.domain.models import InstalledModel, LoadSettings, ModelKind
from desktop.gui.model_services import ModelServices
from desktop.gui.models.installed_words import Shown, facts, row
from desktop.gui.models.rows import RowsModel
from desktop.gui.models.search_words import GROUPS, Part
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.licence_text import LicenceText
from desktop.gui.widgets.model_card import ModelCard
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.run_settings import RunSettings
from desktop.gui.widgets.split import Split

Judged = Mapping[str, Placement | EscritoireError]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the shelf held when it was looked at."""

    models: list[Shown]
    settings: dict[str, LoadSettings]
    licences: dict[str, str]  # their texts
    watched: list[Path]
    known_folders: list[Path]


class InstalledView(QWidget):
    """`looked` comes after the list was filled anew, `selected` when other models are selected.

    `settingsApplied` carries a model's name and how it is to be loaded; `judgingChanged` comes when
    judging begins or ends.
    """

    looked = Signal()
    selected = Signal()
    settingsApplied = Signal(str, object)
    judgingChanged = Signal()

    def __init__(self, tasks: Tasks, services: ModelServices, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._settings: dict[str, LoadSettings] = {}
        self._licences: dict[str, str] = {}
        self._judged: Judged = {}
        self._judging: Cancellation | None = None
        self._judge_again = False
        self._looking = False
        self._looked_once = False
        self._again = False
        self._card_of = ""
        self._wished: list[str] = []
        self.computer: Computer | None = None
        self.watched: list[Path] = []
        self.known_folders: list[Path] = []
        self.rows = RowsModel(lambda shown: (shown.name, shown.removed), row, self)
        self.list = ModelList(
            "models.list", self.tr("Installed models"), self.rows, self, several=True, grouped=True
        )
        self.list.selected.connect(self._show_selection)
        self.licence = LicenceText("models.licence", self)
        self.run_settings = RunSettings(self)
        self.run_settings.applied.connect(self.settingsApplied)

    def lay_out(self, actions: Sequence[QAction]) -> None:
        """Put the parts together; `actions` are what can be done with a model."""
        self.card = ModelCard("models.selected", actions, self, primary=3)  # a Use for each kind
        self.card.put(self.licence)
        self.card.put(self.run_settings)
        self.list.offer(actions)
        self._split = Split(self.list, self.card, self)
        empty = EmptyState(
            "models",
            self.tr("No models yet"),
            self.tr(
                "Drop a GGUF file anywhere on this window, add one from disk, or find one that "
                "runs well here. Until then, answers quote your documents word for word."
            ),
            self,
        )
        empty.setObjectName("models.empty")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._split)
        self._stack.setCurrentWidget(self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        order: list[QWidget] = [self.list, *self.card.buttons, self.licence.button]
        order += [self.licence.text, self.run_settings.device]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self.list.setFocus()

    # -- what the page asks of it

    def load(self) -> None:
        """Look at the shelf anew; at once, or after the look under way."""
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        self._tasks.run(self._look, owner=self, done=self._show, over=self._end_looking)

    def chosen(self) -> list[Shown]:
        """The selected models, from the top."""
        return self.list.chosen()

    def select(self, names: Sequence[str]) -> None:
        """Select these models, now or when they have come."""
        self._wished = list(names)
        self._take_wishes()

    def show_computer(self, computer: Computer) -> None:
        """What there is to run models on is known."""
        self.computer = computer
        self._show_selection()

    # -- looking and judging, on worker threads

    def _look(self, _: Cancellation) -> _Seen:
        shelf = self._services.shelf
        try:
            answers = self._services.chat_models.chosen().name
        except ModelMissing:
            answers = ""
        parts = self._parts()
        models = [
            Shown(
                model,
                model.name == answers,
                shelf.trouble_of(model),
                part=parts.get(model.name, Part.NONE),
            )
            for model in shelf.installed()
        ]
        models += [Shown(model, removed=True) for model in shelf.removed()]
        models.sort(key=lambda shown: GROUPS.index(shown.model.kind))
        settings_of = self._services.chat_models.settings_of
        settings = {shown.name: settings_of(shown.name) for shown in models}
        licences = {
            shown.name: self._services.licence_text(shown.model.provenance) for shown in models
        }
        return _Seen(models, settings, licences, shelf.watched(), shelf.known_folders())

    def _parts(self) -> dict[str, Part]:
        """What models do for searching, by their names."""
        models = self._services.search_models
        parts = {models.coming(): Part.COMING, models.serving(): Part.SEARCHES}
        if models.reranking:
            parts[models.chosen_reranker()] = Part.ORDERS
        parts.pop("", None)
        return parts

    @property
    def judging(self) -> bool:
        return self._judging is not None

    def judge(self) -> None:
        """Find out where each model would go; at once, or after the judging under way."""
        self._judge_again = self.judging
        if self.judging:
            return
        models: list[InstalledModel] = [
            shown.model
            for shown in self.rows.records()
            if shown.model.kind is ModelKind.CHAT and not shown.removed and not shown.trouble
        ]
        if models:
            self._judging = self._tasks.run(
                lambda cancel: self._services.judging.shelf(models, cancel),
                owner=self,
                done=self._show_judged,
                over=self._end_judging,
            )
            self.judgingChanged.emit()

    def stop_judging(self) -> None:
        """Leave what was judged before as it is. Never blocks."""
        judging = self._judging
        if judging is not None:
            # Listeners of a cancellation may write to a pipe: not on this thread.
            threading.Thread(target=judging.cancel, name="judging-stop").start()
            self._judge_again = False
            self._end_judging()

    def _end_judging(self) -> None:
        self._judging = None
        self.judgingChanged.emit()

    # -- on the main thread

    def _end_looking(self) -> None:
        self._looking = False

    def _show(self, seen: _Seen) -> None:
        self._settings, self._licences = seen.settings, seen.licences
        self.watched, self.known_folders = seen.watched, seen.known_folders
        models = [replace(shown, judged=self._judged.get(shown.name)) for shown in seen.models]
        keys = [(shown.name, shown.removed) for shown in self.chosen()]
        self.list.show_records(models, keys)
        self._stack.setCurrentIndex(1 if models else 0)
        if not self._looked_once:
            self._looked_once = True
            self._wished = self._wished or [shown.name for shown in models if shown.answers]
        self._take_wishes()
        self._show_selection()
        self.looked.emit()
        if self._again:
            self.load()
        else:
            self.judge()

    def _show_judged(self, judged: Judged) -> None:
        self._judged = judged
        for shown in self.rows.records():
            if not shown.removed:
                self.rows.put(replace(shown, judged=judged.get(shown.name)))
        self._show_selection()
        if self._judge_again:
            self.judge()

    def _take_wishes(self) -> None:
        there = [name for name in self._wished if self.rows.row_of((name, False)) is not None]
        if there:
            self._wished = []
            self.list.clearSelection()
            for name in there:
                self.list.select((name, False), also=True)

    def _show_selection(self) -> None:
        chosen = self.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        self._split.show_below(bool(chosen))
        self.licence.show_text(self._licences.get(one.name, "") if one is not None else "")
        if one is not None:
            self.card.show_model(one.name, facts(one))
            settings = self._settings.get(one.name, LoadSettings())
            self.run_settings.show_model(one.model, settings, self.computer)
        elif chosen:
            several = self.tr("{count} models").format(count=len(chosen))
            self.card.show_model(several, ())
        runs = one is not None and one.model.kind is ModelKind.CHAT and not one.removed
        self.run_settings.setVisible(runs)
        if one is not None and one.name != self._card_of:
            self._card_of = one.name
            self._split.to_top()
        self.selected.emit()
