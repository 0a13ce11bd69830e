"""The adapters (LoRA) that a model is loaded with, each with its strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.models import Adapter
from desktop.gui import theme

WEAKEST, STRONGEST, STEP = -4.0, 4.0, 0.1


class AdapterList(QWidget):
    """A row an adapter. Whether one was made for the model is found out when that is loaded."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("models.adapters")
        self._rows: list[tuple[Adapter, QDoubleSpinBox, QWidget]] = []
        self._none = QLabel(self.tr("None"), self)
        self._none.setProperty("role", "muted")
        self._add = QPushButton(self.tr("Add an adapter"), self)
        self._add.setObjectName("models.adapters.add")
        self._add.setAccessibleName(self._add.text())
        self._add.setToolTip(self.tr("Load a LoRA in a GGUF file together with this model"))
        self._add.clicked.connect(self.choose)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self._none)
        layout.addLayout(self._column)
        layout.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_adapters(self, adapters: Sequence[Adapter]) -> None:
        for _, _, row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for adapter in adapters:
            self.add(adapter)
        self._none.setVisible(not adapters)

    def adapters(self) -> tuple[Adapter, ...]:
        """As they are set now."""
        return tuple(
            replace(adapter, strength=strength.value()) for adapter, strength, _ in self._rows
        )

    def choose(self) -> None:
        """Ask for files, beside the window, which stays usable."""
        dialogue = QFileDialog(self.window(), self.tr("Add an adapter"))
        dialogue.setObjectName("models.adapters.choose")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialogue.setNameFilters([self.tr("GGUF files (*.gguf)"), self.tr("All files (*)")])
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.filesSelected.connect(self._chosen)
        dialogue.open()

    def _chosen(self, names: Sequence[str]) -> None:
        for name in names:
            self.add(Adapter(Path(name)))

    def add(self, adapter: Adapter) -> None:
        """One more row."""
        row = QWidget(self)
        name = QLabel(row)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setText(adapter.path.name)
        strength = QDoubleSpinBox(row)
        strength.setObjectName("models.adapters.strength")
        strength.setRange(WEAKEST, STRONGEST)
        strength.setSingleStep(STEP)
        strength.setLocale(QLocale())
        strength.setValue(adapter.strength)
        spoken = self.tr("Strength of {adapter}").format(adapter=adapter.path.name)
        strength.setAccessibleName(spoken)
        remove = QPushButton(self.tr("Leave out"), row)
        remove.setObjectName("models.adapters.remove")
        remove.setAccessibleName(self.tr("Leave {name} out").format(name=adapter.path.name))
        entry = (adapter, strength, row)
        remove.clicked.connect(lambda: self._remove(entry))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(name, 1)
        layout.addWidget(strength)
        layout.addWidget(remove)
        self._rows.append(entry)
        self._column.addWidget(row)
        self._none.hide()

    def _remove(self, entry: tuple[Adapter, QDoubleSpinBox, QWidget]) -> None:
        self._rows.remove(entry)
        entry[2].hide()
        entry[2].deleteLater()
        self._none.setVisible(not self._rows)
        self._add.setFocus()
