"""How a model runs: its device, and behind a disclosure what few people need to change.

Says the defaults, and refuses plainly what cannot be. Nothing is made smaller silently.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ContextTooLong, EscritoireError
from desktop.domain.hardware import Computer
from desktop.domain.memory import BATCH, USUAL_WINDOW
from desktop.domain.models import AUTOMATIC, CPU, CacheType, InstalledModel, LoadSettings
from desktop.gui import theme
from desktop.gui.models import figures
from desktop.gui.models.computer_words import gpu_in_words
from desktop.gui.notify import words
from desktop.gui.widgets.adapter_list import AdapterList
from desktop.gui.widgets.still_wheel import StillWheel

ALL_THAT_FIT = -1  # of the layers: the program chooses
MOST_LAYERS = 999
MOST_TOKENS = 10_000_000
MOST_BATCH = 8192
FIELD = 36 * theme.GRID
TALL = 4 * theme.GRID

Field = TypeVar("Field", bound=QWidget)


class RunSettings(QWidget):
    """`applied` carries the name of the model and the `LoadSettings` it is to have."""

    applied = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("models.settings")
        self._model: InstalledModel | None = None
        self._settings = LoadSettings()
        self._applied: list[LoadSettings] = []  # and not shown since, oldest first
        self._computer: Computer | None = None
        self._wheel = StillWheel(self)
        heading = QLabel(self.tr("How it runs"), self)
        heading.setProperty("role", "heading")
        self.device = self._field(QComboBox(self), "device", self.tr("Device"))
        self._advanced = self._make_advanced()
        self._disclosure = self._make_disclosure()
        self.refusal = QLabel(self)
        self.refusal.setObjectName("models.settings.refusal")
        self.refusal.setProperty("role", "error")
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        first = self._form(self)
        first.addRow(self._label(self.device), self.device)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(heading)
        layout.addLayout(first)
        layout.addWidget(self._disclosure, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._advanced)
        layout.addWidget(self.refusal)
        layout.addLayout(self._make_buttons())

    def show_model(
        self, model: InstalledModel, settings: LoadSettings, computer: Computer | None
    ) -> None:
        """Show how a model is loaded now, unless its fields show that already."""
        shown = (self._model and self._model.name, self._settings, self._computer)
        self._model = model
        if shown == (model.name, settings, computer):
            return
        # A computer looked at anew has other figures, and what was applied is told when it is kept:
        # what is being typed meanwhile stays, and what was said of it. Before the computer was
        # looked at at all, its devices could not be chosen.
        same = shown[0] == model.name and settings in (self._settings, *self._applied)
        wanted = self._wanted() if same else settings
        if self._computer is None:
            wanted = replace(wanted, device=settings.device)
        refused = same and not self.refusal.isHidden()
        if not same:
            self._applied.clear()
        elif settings in self._applied:
            del self._applied[: self._applied.index(settings) + 1]
        self._settings, self._computer = settings, computer
        self._fill(wanted)
        self.refusal.setVisible(refused)

    # -- what the user does

    def apply(self) -> None:
        """Keep what the fields say, or say why it cannot be."""
        model = self._model
        if model is None:
            return
        wanted = self._wanted()
        if model.context_window and wanted.context_window > model.context_window:
            tokens = wanted.context_window
            self.refuse(
                model.name,
                ContextTooLong(model=model.name, limit=model.context_window, tokens=tokens),
            )
            self.window_.setFocus()
            return
        self.refusal.hide()
        self._applied.append(wanted)
        self.applied.emit(model.name, wanted)

    def restore(self) -> None:
        """Let the program choose everything again."""
        self._fill(LoadSettings())
        self.apply()

    def refuse(self, name: str, error: EscritoireError) -> bool:
        """Say beside the fields, which stay, why a model cannot run so; False for another."""
        if self._model is None or self._model.name != name:
            return False
        self.refusal.setText(words(error))
        self.refusal.show()
        return True

    def _wanted(self) -> LoadSettings:
        layers = self.layers.value()
        return replace(
            self._settings,
            device=self.device.currentData() or AUTOMATIC,
            gpu_layers=None if layers == ALL_THAT_FIT else layers,
            context_window=self.window_.value(),
            cache_type=CacheType(self.cache.currentData()),
            threads=self.threads.value(),
            batch=self.batch.value(),
            memory_map=self.memory_map.isChecked(),
            memory_lock=self.memory_lock.isChecked(),
            adapters=self.adapters.adapters(),
        )

    # -- what is shown

    def _fill(self, settings: LoadSettings) -> None:
        self.refusal.hide()
        self._fill_devices(settings.device)
        self.layers.setValue(ALL_THAT_FIT if settings.gpu_layers is None else settings.gpu_layers)
        window = self._model.context_window if self._model else 0
        usual = figures.tokens(min(window or USUAL_WINDOW, USUAL_WINDOW))
        self.window_.setSpecialValueText(self.tr("Usual ({tokens})").format(tokens=usual))
        limit = figures.tokens(window) if window else ""
        hint = self.tr("This model takes at most {tokens}.").format(tokens=limit) if window else ""
        self.window_.setToolTip(hint)
        self.window_.setAccessibleDescription(hint)
        self.window_.setValue(settings.context_window)
        self.cache.setCurrentIndex(max(0, self.cache.findData(settings.cache_type.value)))
        self.threads.setValue(settings.threads)
        self.batch.setValue(settings.batch)
        self.memory_map.setChecked(settings.memory_map)
        self.memory_lock.setChecked(settings.memory_lock)
        self.adapters.show_adapters(settings.adapters)

    def _fill_devices(self, chosen: str) -> None:
        self.device.clear()
        self.device.addItem(self.tr("Automatic: wherever it fits best"), AUTOMATIC)
        self.device.addItem(self.tr("Processor"), CPU)
        for gpu in self._computer.gpus if self._computer else ():
            self.device.addItem(gpu_in_words(gpu), gpu.name)
        if self.device.findData(chosen) < 0:
            self.device.addItem(self.tr("{device}, not here now").format(device=chosen), chosen)
        self.device.setCurrentIndex(self.device.findData(chosen))

    # -- how it is made

    def _make_advanced(self) -> QWidget:
        advanced = QWidget(self)
        advanced.setObjectName("models.settings.advanced")
        advanced.hide()
        form = self._form(advanced)
        form.setContentsMargins(0, 0, 0, 0)
        self.layers = self._spin("layers", self.tr("Layers on the GPU"), ALL_THAT_FIT, MOST_LAYERS)
        self.layers.setSpecialValueText(self.tr("As many as fit"))
        self.window_ = self._spin("window", self.tr("Context window, in tokens"), 0, MOST_TOKENS)
        self.window_.setSingleStep(1024)
        self.cache = self._field(QComboBox(self), "cache", self.tr("Cache of keys and values"))
        for type_, text in (
            (CacheType.F16, self.tr("16 bits (usual)")),
            (CacheType.Q8_0, self.tr("8 bits: half the memory")),
            (CacheType.Q4_0, self.tr("4 bits: a quarter of the memory, less exact")),
        ):
            self.cache.addItem(text, type_.value)
        most = self._spin("threads", self.tr("Threads"), 0, 512)
        most.setSpecialValueText(self.tr("As measured, or one a core (usual)"))
        self.threads = most
        self.batch = self._spin("batch", self.tr("Batch, in tokens"), 0, MOST_BATCH)
        self.batch.setSpecialValueText(self.tr("Usual ({tokens})").format(tokens=BATCH))
        self.memory_map = self._check("map", self.tr("Map the file into memory (usually not)"))
        self.memory_lock = self._check("lock", self.tr("Keep it from being swapped (usually not)"))
        self.adapters = AdapterList(self)
        for field in (self.layers, self.window_, self.cache, self.threads, self.batch):
            form.addRow(self._label(field), field)
        form.addRow("", self.memory_map)
        form.addRow("", self.memory_lock)
        adapters = QLabel(self.tr("Adapters (LoRA)"), self)
        adapters.setProperty("role", "muted")
        form.addRow(adapters, self.adapters)
        return advanced

    def _make_disclosure(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("models.settings.more")
        button.setText(self.tr("Advanced"))
        button.setAccessibleName(self.tr("Advanced settings of this model"))
        button.setCheckable(True)
        button.setArrowType(Qt.ArrowType.RightArrow)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.toggled.connect(self._disclose)
        return button

    def _disclose(self, shown: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self._disclosure.setArrowType(arrow)
        self._advanced.setVisible(shown)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        for name, text, tip, do in (
            (
                "apply",
                self.tr("Apply"),
                self.tr("Load the model so from the next question on"),
                self.apply,
            ),
            (
                "restore",
                self.tr("Use the defaults"),
                self.tr("Let the program choose again"),
                self.restore,
            ),
        ):
            button = QPushButton(text, self)
            button.setObjectName(f"models.settings.{name}")
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.clicked.connect(do)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _spin(self, name: str, spoken: str, least: int, most: int) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(least, most)
        spin.setGroupSeparatorShown(True)
        spin.lineEdit().setTextMargins(theme.GRID - 1, 0, 0, 0)  # which no style sheet reaches
        return self._field(spin, name, spoken)

    def _check(self, name: str, text: str) -> QCheckBox:
        check = self._field(QCheckBox(text, self), name, text)
        check.setMaximumWidth(2 * FIELD)
        return check

    def _field(self, field: Field, name: str, spoken: str) -> Field:
        field.setObjectName(f"models.settings.{name}")
        field.setAccessibleName(spoken)
        field.setMaximumWidth(FIELD)
        field.setMinimumHeight(TALL)
        self._wheel.watch(field)
        return field

    def _label(self, field: QWidget) -> QLabel:
        label = QLabel(field.accessibleName(), self)
        label.setProperty("role", "muted")
        label.setBuddy(field)
        return label

    def _form(self, parent: QWidget) -> QFormLayout:
        form = QFormLayout() if parent is self else QFormLayout(parent)
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return form
