"""The global shortcut on Windows: RegisterHotKey, whose message comes into Qt's event loop.

Sources: "RegisterHotKey", "WM_HOTKEY", "Virtual-Key Codes" and "MSG" in the Windows documentation.
Sizes are those of 64-bit Windows on every system, so that they can be checked on any.
"""

from __future__ import annotations

import ctypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from desktop.gui.shortcuts import GlobalShortcut, State
from desktop.gui.shortcuts.keys import masked, taken_apart

ID = 1  # of the shortcut, among those of this thread
WM_HOTKEY = 0x0312
NO_REPEAT = 0x4000
ALREADY_REGISTERED = 1409
MODIFIERS = {
    Qt.KeyboardModifier.AltModifier: 0x1,
    Qt.KeyboardModifier.ControlModifier: 0x2,
    Qt.KeyboardModifier.ShiftModifier: 0x4,
    Qt.KeyboardModifier.MetaModifier: 0x8,
}
NAMED = {
    "Backspace": 0x08, "Tab": 0x09, "Return": 0x0D, "Pause": 0x13, "Esc": 0x1B, "Space": 0x20,
    "PgUp": 0x21, "PgDown": 0x22, "End": 0x23, "Home": 0x24, "Left": 0x25, "Up": 0x26,
    "Right": 0x27, "Down": 0x28, "Print": 0x2C, "Ins": 0x2D, "Del": 0x2E,
}  # fmt: skip
FIRST_F, LAST_F = 0x70, 24


class Message(ctypes.Structure):
    """MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


def key_code(name: str) -> int:
    """The virtual-key code of Qt's name for a key; 0 where only the keyboard's layout tells."""
    if name in NAMED:
        return NAMED[name]
    if len(name) == 1 and name.isascii() and name.isalnum():
        return ord(name.upper())
    if name[:1] == "F" and name[1:].isdecimal() and 1 <= int(name[1:]) <= LAST_F:
        return FIRST_F + int(name[1:]) - 1
    return 0


class MessageFilter(QAbstractNativeEventFilter):
    """Presses the shortcut when its message goes by."""

    def __init__(self, shortcut: GlobalShortcut) -> None:
        super().__init__()
        self._shortcut = shortcut

    def nativeEventFilter(self, _kind: Any, message: Any) -> Any:
        said = Message.from_address(int(message))
        if said.message == WM_HOTKEY and said.wparam == ID:
            self._shortcut.pressed.emit()
            return True, 0
        return False, 0


class WindowsShortcut(GlobalShortcut):
    """Raises OSError or AttributeError where there is no Windows to ask."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By name: what is looked up knows nothing of Windows when it is checked elsewhere.
        self._user32 = getattr(ctypes, "WinDLL")("user32", use_last_error=True)  # noqa: B009
        self._user32.VkKeyScanW.restype = ctypes.c_int16
        self._user32.VkKeyScanW.argtypes = [ctypes.c_wchar]
        self._user32.RegisterHotKey.argtypes = [
            ctypes.c_void_p, ctypes.c_int32, ctypes.c_uint32, ctypes.c_uint32,
        ]  # fmt: skip
        self._user32.UnregisterHotKey.argtypes = [ctypes.c_void_p, ctypes.c_int32]
        self._taken = False
        self._filter = MessageFilter(self)
        application = QGuiApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)

    def take(self, keys: QKeySequence) -> None:
        self._give_back()
        wanted = taken_apart(keys)
        code = 0 if wanted is None else key_code(wanted[0]) or self._by_layout(wanted[0])
        if wanted is None or not code:
            self.settle(State.UNFIT)
            return
        mask = masked(wanted[1], MODIFIERS) | NO_REPEAT
        self._taken = bool(self._user32.RegisterHotKey(None, ID, mask, code))
        if self._taken:
            self.settle(State.READY)
        else:
            error = getattr(ctypes, "get_last_error")()  # noqa: B009
            self.settle(State.TAKEN if error == ALREADY_REGISTERED else State.UNFIT)

    def release(self) -> None:
        self._give_back()
        self.settle(State.OFF)

    def end(self) -> None:
        self._give_back()
        application = QGuiApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)

    def _give_back(self) -> None:
        if self._taken:
            self._user32.UnregisterHotKey(None, ID)
            self._taken = False

    def _by_layout(self, name: str) -> int:
        """The key that types this character, if one does; its modifiers are the user's."""
        found = self._user32.VkKeyScanW(name.lower()) if len(name) == 1 else -1
        return 0 if found == -1 else found & 0xFF
