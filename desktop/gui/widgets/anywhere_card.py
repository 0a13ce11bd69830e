"""From anywhere, in Settings: the shortcut for a selection, the way where there is none, the tray.

Shows what is kept and what the system made of it; takes no keys from the system itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.models.binding_words import how_to_bind
from desktop.gui.notify import Notifier
from desktop.gui.shortcuts import GlobalShortcut, Standing, State
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.keys_field import KeysField
from desktop.gui.widgets.sheet import Card
from desktop.services.presence import Kept, Presence

Portable = QKeySequence.SequenceFormat.PortableText
Native = QKeySequence.SequenceFormat.NativeText


class AnywhereCard(Card):
    """`changed` carries what is kept now; both switches and the field act at once."""

    changed = Signal(object)

    def __init__(
        self,
        *,
        tasks: Tasks,
        presence: Presence,
        shortcut: GlobalShortcut,
        command: str,
        has_tray: bool,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        """`command` opens the small window when it is run; `has_tray` is the system's."""
        super().__init__("")
        self._tasks = tasks
        self._presence = presence
        self._shortcut = shortcut
        self._command = command
        self._has_tray = has_tray
        self._notifier = notifier
        self._kept = Kept()
        self._decided = 0  # how often something was
        self.setObjectName("settings.anywhere")
        self.title(self.tr("From anywhere"))
        self.say(
            self.tr(
                "Select a text in any program and press the shortcut: a small window offers tones "
                "and voices and puts the result in the text's place. What you had on the clipboard "
                "is there again afterwards."
            )
        )
        self.put(self._shortcut_row())
        self._standing = self.say("")
        self._standing.setObjectName("settings.shortcut_standing")
        self._way = self.say(how_to_bind(sys.platform, os.environ.get("XDG_CURRENT_DESKTOP", "")))
        self._way.setObjectName("settings.shortcut_way")
        self._command_row = self._make_command_row()
        self.put(self._command_row)
        self.stays = QCheckBox(self.tr("Stay in the tray when the window is closed"), self)
        self.stays.setObjectName("settings.stays")
        self.stays.setAccessibleName(self.stays.text())
        self.stays.setEnabled(has_tray)
        self.stays.clicked.connect(self._set_stays)
        self.put(self.stays)
        if not has_tray:
            self.say(self.tr("This desktop shows no tray, so closing the window ends Escritoire."))
        actions.add(
            "settings.switch_shortcut",
            self.tr("Switch the shortcut for a selection on or off"),
            None,
            self.listens.click,
        )
        actions.add(
            "settings.switch_stays",
            self.tr("Stay in the tray when the window is closed, or not"),
            None,
            self.stays.click,
        )
        shortcut.settled.connect(self._show_standing)
        self._show_standing(shortcut.standing)

    def load(self) -> None:
        """Show what is kept, unless something is decided before that is known."""
        decided = self._decided

        def done(kept: Kept) -> None:
            if self._decided == decided:
                self._show(kept)

        self._tasks.run(lambda _: self._presence.kept(), owner=self, done=done)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    # -- what the user decides

    def _switch(self, listens: bool) -> None:
        self._keep_shortcut(self._kept.shortcut, listens=listens)

    def _choose(self) -> None:
        keys = self.keys.keySequence()
        if keys.isEmpty():
            self.keys.setKeySequence(QKeySequence(self._kept.shortcut, Portable))
        elif keys.toString(Portable) != self._kept.shortcut:
            self._keep_shortcut(keys.toString(Portable), listens=self.listens.isChecked())

    def _keep_shortcut(self, shortcut: str, *, listens: bool) -> None:
        def work(_: Cancellation) -> None:
            self._presence.set_shortcut(shortcut, listens=listens)
            if listens:
                self._shortcut.prepare()

        self._change(replace(self._kept, shortcut=shortcut, listens=listens), work)

    def _set_stays(self, stays: bool) -> None:
        self._change(
            replace(self._kept, stays=stays), lambda _: self._presence.set_stays(stays)
        )  # fmt: skip

    def _change(self, kept: Kept, work: Callable[[Cancellation], None]) -> None:
        def failed(error: EscritoireError) -> None:
            self._notifier.trouble(error)
            self.load()

        self._kept = kept
        self._decided += 1
        self._tasks.run(work, owner=self, done=lambda _: self.changed.emit(kept), failed=failed)

    # -- what is shown

    def _show(self, kept: Kept) -> None:
        self._kept = kept
        self.listens.setChecked(kept.listens)
        self.stays.setChecked(kept.stays and self._has_tray)
        if not self.keys.hasFocus():
            self.keys.setKeySequence(QKeySequence(kept.shortcut, Portable))
        self._show_standing(self._shortcut.standing)  # which names the keys

    def _show_standing(self, standing: Standing) -> None:
        said = self._in_words(standing)
        self._standing.setText(said)
        self._standing.setVisible(bool(said))
        trouble = standing.state in {State.TAKEN, State.UNFIT}
        self._standing.setProperty("role", "error" if trouble else "muted")
        self._standing.style().polish(self._standing)
        absent = standing.state is State.ABSENT
        self._way.setVisible(absent)
        self._command_row.setVisible(absent)

    def _in_words(self, standing: Standing) -> str:
        keys = QKeySequence(self._kept.shortcut, Portable).toString(Native)
        template = {
            State.ASKED: self.tr("The system asks you whether Escritoire may have the shortcut."),
            State.READY: self.tr("The system gave it these keys: {given}.")
            if standing.keys
            else self.tr("Ready."),
            State.TAKEN: self.tr(
                "Another program has {keys}. Press other keys in the field above."
            ),
            State.UNFIT: self.tr(
                "{keys} cannot be a shortcut here. Press one key together with Ctrl or Alt in the "
                "field above."
            ),
            State.ABSENT: self.tr(
                "This system gives Escritoire no shortcut, but you can bind one to a command that "
                "opens the small window while Escritoire is open."
            ),
        }.get(standing.state, "")
        return template.format(keys=keys, given=standing.keys)

    # -- how it is made

    def _shortcut_row(self) -> QWidget:
        row, layout = _row(self)
        self.listens = QCheckBox(self.tr("Shortcut for a selection"), row)
        self.listens.setObjectName("settings.listens")
        self.listens.setAccessibleName(self.listens.text())
        self.listens.clicked.connect(self._switch)
        self.keys = KeysField("settings.shortcut", self.tr("Keys of the shortcut"), row)
        self.keys.setToolTip(self.tr("Press the keys that you want"))
        self.keys.setMaximumWidth(24 * theme.GRID)
        self.keys.editingFinished.connect(self._choose)
        layout.addWidget(self.listens)
        layout.addWidget(self.keys)
        layout.addStretch(1)
        return row

    def _make_command_row(self) -> QWidget:
        row, layout = _row(self)
        command = QLabel(self._command, row)
        command.setObjectName("settings.command")
        command.setTextFormat(command.textFormat().PlainText)
        command.setWordWrap(True)
        copy = QPushButton(self.tr("Copy"), row)
        copy.setObjectName("settings.copy_command")
        copy.setAccessibleName(self.tr("Copy the command"))
        copy.setToolTip(self.tr("Copy the command"))
        copy.clicked.connect(self._copy)
        layout.addWidget(command, 1)
        layout.addWidget(copy)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._command)
        self._notifier.say(self.tr("The command was copied."), seconds=3)


def _row(card: Card) -> tuple[QWidget, QHBoxLayout]:
    row = QWidget(card)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2 * theme.GRID)
    return row, layout
