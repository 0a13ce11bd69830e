"""Appearance, in Settings: language, colours, size of text, spacing. Each acts at once but the
language, which what is on screen cannot change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QWidget

from desktop.domain.appearance import SYSTEMS_LANGUAGE, TEXT_SIZES, Appearance, Scheme
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.languages import NAMES
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.sheet import Card
from desktop.gui.widgets.still_wheel import StillWheel

NAME, WIDE = 16 * theme.GRID, 30 * theme.GRID


class AppearanceCard(Card):
    """`changed` carries the appearance that the user wants from now on."""

    changed = Signal(object)

    def __init__(
        self,
        *,
        appearance: Appearance,
        keep: Callable[[Appearance], object],
        tasks: Tasks,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        """`keep` writes a file, and is called on a task."""
        super().__init__("")
        self._appearance = appearance
        self._keep = keep
        self._tasks = tasks
        self._notifier = notifier
        self._wheel = StillWheel(self)
        self.setObjectName("settings.appearance")
        self.title(self.tr("Appearance"))
        languages = [(SYSTEMS_LANGUAGE, self.tr("As the system")), *NAMES.items()]
        self.language = self._choice("language", languages, appearance.language)
        self.scheme = self._choice(
            "scheme",
            [
                (Scheme.SYSTEM.value, self.tr("As the system")),
                (Scheme.LIGHT.value, self.tr("Light")),
                (Scheme.DARK.value, self.tr("Dark")),
            ],
            appearance.scheme.value,
        )
        sizes = [(size, self.tr("{size} %").format(size=size)) for size in TEXT_SIZES]
        self.text_size = self._choice("text_size", sizes, appearance.text_size)
        self.compact = QCheckBox(self.tr("Put rows and controls closer together"), self)
        self.compact.setObjectName("settings.compact")
        self.compact.setAccessibleName(self.compact.text())
        self.compact.setChecked(appearance.compact)
        form = QWidget(self)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(2 * theme.GRID)
        rows.setVerticalSpacing(theme.GRID)
        for name, field in (
            (self.tr("&Language"), self.language),
            (self.tr("&Colours"), self.scheme),
            (self.tr("Size of &text"), self.text_size),
        ):
            field.setAccessibleName(name.replace("&", ""))
            label = QLabel(name, form)
            label.setBuddy(field)
            label.setMinimumWidth(NAME)
            rows.addRow(label, field)
        rows.addRow("", self.compact)
        self.put(form)
        self.language.activated.connect(self._choose)
        self.scheme.activated.connect(self._choose)
        self.text_size.activated.connect(self._choose)
        self.compact.clicked.connect(self._choose)
        actions.add(
            "settings.larger_text",
            self.tr("Larger text"),
            "Ctrl+Alt++",
            lambda: self._step(1),
            in_full=self.tr("Make the text of the window larger"),
        )
        actions.add(
            "settings.smaller_text",
            self.tr("Smaller text"),
            "Ctrl+Alt+-",
            lambda: self._step(-1),
            in_full=self.tr("Make the text of the window smaller"),
        )
        actions.add(
            "settings.usual_text",
            self.tr("Text of the usual size"),
            "Ctrl+Alt+0",
            lambda: self._pick(TEXT_SIZES.index(100)),
        )

    # -- what the user decides

    def _step(self, by: int) -> None:
        self._pick(self.text_size.currentIndex() + by)

    def _pick(self, index: int) -> None:
        if 0 <= index < self.text_size.count():
            self.text_size.setCurrentIndex(index)
            self._choose()

    def _choose(self) -> None:
        before = self._appearance
        wanted = replace(
            before,
            language=self.language.currentData(),
            scheme=Scheme(self.scheme.currentData()),
            text_size=self.text_size.currentData(),
            compact=self.compact.isChecked(),
        )
        if wanted == before:
            return
        self._appearance = wanted
        self.changed.emit(wanted)

        def kept(_: object) -> None:
            if wanted.language != before.language:
                self._notifier.say(
                    self.tr("The language changes when Escritoire is opened the next time.")
                )

        self._tasks.run(
            lambda _: self._keep(wanted), owner=self, done=kept, failed=self._notifier.trouble
        )

    # -- how it is made

    def _choice(
        self, name: str, offered: Sequence[tuple[object, str]], chosen: object
    ) -> QComboBox:
        field = QComboBox(self)
        field.setObjectName(f"settings.{name}")
        field.setMaximumWidth(WIDE)
        self._wheel.watch(field)
        for value, text in offered:
            field.addItem(text, value)
        field.setCurrentIndex(max(0, field.findData(chosen)))
        return field
