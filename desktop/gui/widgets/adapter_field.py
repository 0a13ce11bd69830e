"""The one adapter (LoRA) that a voice may carry, with its strength."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QWidget

from desktop.domain.models import Adapter
from desktop.gui import theme
from desktop.gui.choosing import choose
from desktop.gui.widgets.adapter_list import STEP, STRONGEST, WEAKEST
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.still_wheel import StillWheel


class AdapterField(QWidget):
    """`changed` says that it is another one, or applied otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._adapter: Adapter | None = None
        self._wheel = StillWheel(self)
        self._name = ElidedLabel("voices.adapter", "text", self)
        self.strength = QDoubleSpinBox(self)
        self.strength.setObjectName("voices.adapter.strength")
        self.strength.setAccessibleName(self.tr("Strength of the adapter"))
        self.strength.setRange(WEAKEST, STRONGEST)
        self.strength.setSingleStep(STEP)
        self.strength.setLocale(QLocale())
        self.strength.valueChanged.connect(self._strengthened)
        self._wheel.watch(self.strength)
        self._choose = QPushButton(self.tr("Choose an adapter"), self)
        self._choose.setObjectName("voices.adapter.choose")
        self._choose.setAccessibleName(self._choose.text())
        self._choose.clicked.connect(self.choose)
        self._remove = QPushButton(self.tr("Leave out"), self)
        self._remove.setObjectName("voices.adapter.remove")
        self._remove.setAccessibleName(self.tr("Leave the adapter out"))
        self._remove.clicked.connect(lambda: self._set(None))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._name, 1)
        for widget in (self.strength, self._remove, self._choose):
            layout.addWidget(widget)
        self.show_adapter(None)

    def adapter(self) -> Adapter | None:
        return self._adapter

    def show_adapter(self, adapter: Adapter | None) -> None:
        self._adapter = adapter
        some = adapter is not None
        self._name.show_text(adapter.path.name if adapter else self.tr("None"))
        self.strength.setVisible(some)
        self._remove.setVisible(some)
        if adapter is not None:
            self.strength.blockSignals(True)
            self.strength.setValue(adapter.strength)
            self.strength.blockSignals(False)

    def choose(self) -> None:
        choose(
            self,
            "voices.adapter.file",
            self.tr("Choose an adapter"),
            [self.tr("GGUF files (*.gguf)"), self.tr("All files (*)")],
            lambda paths: self.take(paths[0]),
        )

    def take(self, path: Path) -> None:
        """Take the adapter in this file."""
        self._set(Adapter(path, 1.0))

    def _set(self, adapter: Adapter | None) -> None:
        self.show_adapter(adapter)
        self.changed.emit()

    def _strengthened(self, value: float) -> None:
        if self._adapter is not None:
            self._adapter = replace(self._adapter, strength=value)
            self.changed.emit()
