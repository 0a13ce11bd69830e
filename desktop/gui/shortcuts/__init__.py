"""A shortcut that works while another program has the keyboard: what a system has to offer for it.

A file a system. Which one is asked follows from the platform that Qt runs on; one that is not known
is taken for one that offers nothing, and says so.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

log = logging.getLogger(__name__)


class State(Enum):
    """OFF was not asked for; ASKED is not known yet; TAKEN by another program; UNFIT are keys that
    no system takes; ABSENT is a system that lets no program have one, or a user who refused."""

    OFF = auto()
    ASKED = auto()
    READY = auto()
    TAKEN = auto()
    UNFIT = auto()
    ABSENT = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of the wish for a shortcut; `keys` in the system's words, where it chose them."""

    state: State
    keys: str = ""


class GlobalShortcut(QObject):
    """One shortcut. `pressed` comes wherever the keyboard is; `settled` carries a `Standing`.

    Lives on the main thread, and so do its signals.
    """

    pressed = Signal()
    settled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.standing = Standing(State.OFF)

    def prepare(self) -> None:
        """Do what may keep one waiting, on a worker thread, before `take`. Raises nothing."""

    def take(self, keys: QKeySequence) -> None:
        """Have these keys instead of those before; `settled` follows, perhaps only later."""
        raise NotImplementedError

    def release(self) -> None:
        """Give the keys back."""
        raise NotImplementedError

    def end(self) -> None:
        """Release, and let go of the system."""
        raise NotImplementedError

    def settle(self, state: State, keys: str = "") -> None:
        self.standing = Standing(state, keys)
        self.settled.emit(self.standing)


def shortcut_of_this_system(parent: QObject | None = None) -> GlobalShortcut:
    """The one that fits the platform Qt runs on."""
    from desktop.gui.shortcuts.absent import AbsentShortcut

    platform = QGuiApplication.platformName()
    try:
        if platform == "xcb":
            from desktop.gui.shortcuts.x11 import X11Shortcut

            return X11Shortcut(parent)
        if platform == "wayland":
            from desktop.gui.shortcuts.portal import PortalShortcut

            return PortalShortcut(parent)
        if platform == "windows":
            from desktop.gui.shortcuts.windows import WindowsShortcut

            return WindowsShortcut(parent)
        if platform == "cocoa":
            from desktop.gui.shortcuts.macos import MacShortcut

            return MacShortcut(parent)
    except Exception as error:  # noqa: BLE001 (a display that refuses, a library that is not there)
        log.warning("no global shortcut on %s: %s", platform, error)
    return AbsentShortcut(parent)
