"""What is shown in the place of an answer until its first words come."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.gui import answer_bridge as stages
from desktop.gui.models.document_words import time_in_words
from desktop.gui.theme import GRID


class Waiting(QWidget):
    """A sentence on what is being waited for, and how much of it is done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chat.waiting")
        self._words = QLabel(self)
        self._words.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(24 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)

    def show_progress(
        self, stage: str, done: int, total: int, *, stopping: bool, seconds_left: float | None
    ) -> None:
        self.setVisible(stage not in {stages.REASONING, stages.WRITING} or stopping)
        said = self._sentence(stage, done, total, stopping=stopping)
        if stage == stages.PARTS and not stopping and seconds_left is not None:
            said = f"{said}, {time_in_words(seconds_left)}"
        self._words.setText(said)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._words.text())

    def _sentence(self, stage: str, done: int, total: int, *, stopping: bool) -> str:
        if stopping:
            return self.tr("Stopping")
        simple = {
            stages.SEARCHING: self.tr("Searching your documents"),
            stages.SUMMARISING: self.tr("Summarising the oldest questions"),
        }
        if stage in simple:
            return simple[stage]
        if stage == stages.LOADING:
            if not done:
                return self.tr("Loading the model")
            return self.tr("Loading the model, {percent} %").format(percent=100 * done // total)
        locale = QLocale()
        if stage == stages.PARTS:
            return self.tr("Reading the document, {done} of {total} parts").format(
                done=locale.toString(done), total=locale.toString(total)
            )
        return self.tr("Reading passages, {done} of {total} tokens").format(
            done=locale.toString(done), total=locale.toString(total)
        )

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 5 * GRID)
