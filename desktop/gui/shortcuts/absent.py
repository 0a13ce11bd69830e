"""A system that lets no program have a global shortcut."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from desktop.gui.shortcuts import GlobalShortcut, State


class AbsentShortcut(GlobalShortcut):
    """Settles as absent, whatever is asked."""

    def take(self, keys: QKeySequence) -> None:  # noqa: ARG002 (any)
        self.settle(State.ABSENT)

    def release(self) -> None:
        self.settle(State.OFF)

    def end(self) -> None:
        pass
