"""The window of another program that has the keyboard, and the keys for copying and pasting in it.

A file a system. Where a system lets no program type into another, `may_type` is false and nothing
is sent. Only those two key presses can be sent; no text is typed and nothing is read.
"""

from __future__ import annotations

import logging

from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)


class Foreground:
    """The system that has nothing of it; the others override what they can.

    A window is whatever the system calls it by; None is no window.
    """

    may_type = False
    has_selection = False  # what is selected can be read without copying it
    needs_permission = False  # the user has to allow typing in the system's settings

    def window(self) -> int | None:
        """The window that has the keyboard now."""
        return None

    def bring(self, window: int) -> None:
        """Wish for that window to have the keyboard."""

    def bring_ours(self, window: int) -> None:
        """Wish for a window of our own to have the keyboard, named as Qt does."""
        self.bring(window)

    def is_ready(self, window: int) -> bool:
        """Whether keys sent now reach that window, and no modifier is held down meanwhile."""
        return self.may_type and self.window() == window

    def copy(self) -> None:
        """Press the keys for copying."""

    def paste(self) -> None:
        """Press the keys for pasting."""

    def end(self) -> None:
        """Let go of the system."""


class Wayland(Foreground):
    """There a program reads what is selected, once it has the keyboard, and types nowhere."""

    has_selection = True


def foreground_of_this_system() -> Foreground:
    """The one that fits the platform Qt runs on."""
    platform = QGuiApplication.platformName()
    try:
        if platform == "xcb":
            from desktop.gui.foreground.x11 import X11Foreground

            return X11Foreground()
        if platform == "windows":
            from desktop.gui.foreground.windows import WindowsForeground

            return WindowsForeground()
        if platform == "cocoa":
            from desktop.gui.foreground.macos import MacForeground

            return MacForeground()
    except Exception as error:  # noqa: BLE001 (a display that refuses, a library that is not there)
        log.warning("other windows are not known on %s: %s", platform, error)
    return Wayland() if platform == "wayland" else Foreground()
