"""In Settings: the script that scans are read in, and files for those not carried along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from desktop.domain.jobs import Cancellation
from desktop.domain.scripts import CARRIED, WHERE, Script
from desktop.gui.actions import Actions, bind
from desktop.gui.choosing import choose
from desktop.gui.models.script_words import files_in_words, script_in_words
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.sheet import Card
from desktop.gui.widgets.still_wheel import StillWheel
from desktop.services.scripts import Scripts


class ScriptsCard(Card):
    """Says what is carried along and what is not; nothing is fetched from here."""

    def __init__(
        self,
        tasks: Tasks,
        scripts: Scripts,
        notifier: Notifier,
        actions: Actions,
        within: QWidget | None = None,
    ) -> None:
        super().__init__("", within)
        self._tasks = tasks
        self._scripts = scripts
        self._notifier = notifier
        self.setObjectName("settings.scripts_card")
        self.title(self.tr("Scans"))
        self.say(
            self.tr(
                "Pages that are images are read on this computer, in the letters chosen here. What "
                "was read before stays; a selected scan can be read again on the Documents page."
            )
        )
        self.choice = QComboBox(self)
        self.choice.setObjectName("settings.script")
        self.choice.setAccessibleName(self.tr("Letters that scans are read in"))
        self._wheel = StillWheel(self)
        self._wheel.watch(self.choice)
        self.choice.currentIndexChanged.connect(self._choose)
        self.missing = self.say("")
        self.missing.setObjectName("settings.scripts_missing")
        add = QPushButton(self)
        add.setObjectName("settings.script.add")
        action = actions.add(
            "settings.script.add",
            self.tr("Add a file for scans"),
            None,
            self._ask,
            in_full=self.tr("Add a file that scans of other letters are read with"),
        )
        bind(add, action)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.choice, 1)
        layout.addWidget(add)
        self.put(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        def work(_: Cancellation) -> tuple[str, list[Script]]:
            return self._scripts.chosen(), self._scripts.there()

        self._tasks.run(work, owner=self, done=self._show, failed=self._notifier.trouble)

    def _show(self, seen: tuple[str, list[Script]]) -> None:
        chosen, there = seen
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for name in (CARRIED, *(script.name for script in there)):
                self.choice.addItem(script_in_words(name), name)
            self.choice.setCurrentIndex(self.choice.findData(chosen))
        missing = [script for script in self._scripts.known if script not in there]
        self.missing.setVisible(bool(missing))
        self.missing.setText(
            self.tr(
                "Not carried along, and not fetched by Escritoire: the files below, published at "
                "{where} (onnx/PP-OCRv5/rec). Added here, they are checked by their hashes. Arabic "
                "and Hebrew cannot be read.\n{files}"
            ).format(where=WHERE, files=files_in_words(missing))
        )

    def _choose(self) -> None:
        name = str(self.choice.currentData() or CARRIED)

        def said(_: None) -> None:
            self._notifier.say(
                self.tr("Scans are read from now on in: {script}.").format(
                    script=script_in_words(name)
                ),
                seconds=3,
            )

        self._tasks.run(
            lambda _: self._scripts.choose(name),
            owner=self,
            done=said,
            failed=self._notifier.trouble,
        )

    def _ask(self) -> None:
        choose(
            self,
            "settings.script.choose",
            self.tr("Add a file for scans"),
            [self.tr("Files for scans (*.onnx)"), self.tr("All files (*)")],
            lambda paths: self.add_file(paths[0]),
        )

    def add_file(self, path: Path) -> None:
        """Take in a file, and read scans with it from now on."""

        def work(cancel: Cancellation) -> Script:
            script = self._scripts.bring(path, cancel)
            self._scripts.choose(script.name)
            return script

        def done(script: Script) -> None:
            self._notifier.say(
                self.tr("Scans are read from now on in: {script}.").format(
                    script=script_in_words(script.name)
                )
            )
            self._look()

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)
