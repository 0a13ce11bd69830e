"""The global shortcut on X11: a passive grab of the key on the root window.

Has a connection of its own to the X server, which the event loop watches. Locks are modifiers to X:
a grab holds for one state of Num Lock and Caps Lock, so that every state is grabbed.

Source: "GrabKey" in the X Window System Protocol, version 11.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeySequence
from Xlib import XK, X, error
from Xlib.display import Display

from desktop.gui.shortcuts import GlobalShortcut, State
from desktop.gui.shortcuts.keys import masked, taken_apart

NUM_LOCK = "Num_Lock"
REPEATS_WITHIN_MS = 700  # a key that is held down is pressed again and again
MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: X.ControlMask,
    Qt.KeyboardModifier.ShiftModifier: X.ShiftMask,
    Qt.KeyboardModifier.AltModifier: X.Mod1Mask,
    Qt.KeyboardModifier.MetaModifier: X.Mod4Mask,
}
# What X calls the keys that Qt writes otherwise.
NAMES = {
    "Space": "space", "Ins": "Insert", "Del": "Delete", "PgUp": "Prior", "PgDown": "Next",
    "Esc": "Escape", "Backspace": "BackSpace",
}  # fmt: skip


class X11Shortcut(GlobalShortcut):
    """Raises Xlib's errors if there is no X server to connect to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = Display()
        self._root = self._display.screen().root
        self._keys = QKeySequence()
        self._code = 0
        self._grabbed: list[int] = []  # masks
        self._ended = False
        self._last = -REPEATS_WITHIN_MS  # when it was pressed last, by the server's clock
        self._notifier = QSocketNotifier(
            self._display.fileno(), QSocketNotifier.Type.Read, self
        )  # fmt: skip
        self._notifier.activated.connect(self._read)

    def take(self, keys: QKeySequence) -> None:
        self._give_back()
        self._keys = keys
        self._code, mask = self._found(keys)
        if not self._code or not mask:
            self.settle(State.UNFIT)
            return
        refused = error.CatchError(error.BadAccess)
        for locks in self._locks():
            self._root.grab_key(
                self._code, mask | locks, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused
            )
            self._grabbed.append(mask | locks)
        self._sync()
        if refused.get_error():
            self._give_back()
            self.settle(State.TAKEN)
        else:
            self.settle(State.READY)

    def release(self) -> None:
        self._keys = QKeySequence()
        self._give_back()
        self.settle(State.OFF)

    def end(self) -> None:
        self._notifier.setEnabled(False)
        self._grabbed.clear()
        self._ended = True
        self._display.close()  # which gives back what was grabbed

    def _give_back(self) -> None:
        unheld = error.CatchError(error.BadAccess)
        for mask in self._grabbed:
            self._root.ungrab_key(self._code, mask, onerror=unheld)
        self._grabbed.clear()
        self._sync()

    def _sync(self) -> None:
        self._display.sync()
        # What came meanwhile is read already, and will not wake the event loop.
        QTimer.singleShot(0, self, self._read)

    def _found(self, keys: QKeySequence) -> tuple[int, int]:
        """Key code and modifiers as X has them; (0, 0) for what X has not."""
        wanted = taken_apart(keys)
        if wanted is None:
            return 0, 0
        name, held = wanted
        mask = masked(held, MODIFIERS)
        name = NAMES.get(name, name.lower() if len(name) == 1 else name)
        symbol = XK.string_to_keysym(name) or (ord(name) if len(name) == 1 else 0)
        return (self._display.keysym_to_keycode(symbol) if symbol else 0), mask

    def _locks(self) -> list[int]:
        """Every state of the two locks, as masks."""
        code = self._display.keysym_to_keycode(XK.string_to_keysym(NUM_LOCK))
        mapping = self._display.get_modifier_mapping()
        num = next((1 << n for n, codes in enumerate(mapping) if code and code in codes), 0)
        return sorted({0, X.LockMask, num, X.LockMask | num})

    def _read(self) -> None:
        while not self._ended and self._display.pending_events():
            self._hear(self._display.next_event())

    def _hear(self, event: Any) -> None:
        if event.type == X.MappingNotify:
            self._display.refresh_keyboard_mapping(event)
            if self._grabbed:
                self.take(self._keys)  # the same key may have another code now
        elif event.type == X.KeyPress and event.detail == self._code:
            repeated = 0 <= event.time - self._last < REPEATS_WITHIN_MS
            self._last = event.time
            # The keyboard belongs to us until the key is let go, and no window could have it.
            self._display.ungrab_keyboard(event.time)
            self._display.flush()
            if not repeated:
                self.pressed.emit()
