"""The global shortcut on macOS: Carbon's hot keys, which need no permission.

A key is named by its place: letters are those of a US keyboard. Sources: CarbonEvents.h (hot keys,
event handlers) and Events.h (key codes, modifiers) of Apple's HIToolbox.
"""

from __future__ import annotations

import ctypes
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence

from desktop.gui.shortcuts import GlobalShortcut, State
from desktop.gui.shortcuts.keys import masked, taken_apart

CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
HOT_KEY_PRESSED = 5
EXISTS = -9878  # eventHotKeyExistsErr
# Qt's Ctrl is the Command key on macOS, and its Meta is Control.
MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: 0x0100,
    Qt.KeyboardModifier.ShiftModifier: 0x0200,
    Qt.KeyboardModifier.AltModifier: 0x0800,
    Qt.KeyboardModifier.MetaModifier: 0x1000,
}
CODES = {
    "A": 0x00, "S": 0x01, "D": 0x02, "F": 0x03, "H": 0x04, "G": 0x05, "Z": 0x06, "X": 0x07,
    "C": 0x08, "V": 0x09, "B": 0x0B, "Q": 0x0C, "W": 0x0D, "E": 0x0E, "R": 0x0F, "Y": 0x10,
    "T": 0x11, "1": 0x12, "2": 0x13, "3": 0x14, "4": 0x15, "6": 0x16, "5": 0x17, "9": 0x19,
    "7": 0x1A, "8": 0x1C, "0": 0x1D, "O": 0x1F, "U": 0x20, "I": 0x22, "P": 0x23, "Return": 0x24,
    "L": 0x25, "J": 0x26, "K": 0x28, "N": 0x2D, "M": 0x2E, "Tab": 0x30, "Space": 0x31,
    "Backspace": 0x33, "Esc": 0x35, "F5": 0x60, "F6": 0x61, "F7": 0x62, "F3": 0x63, "F8": 0x64,
    "F9": 0x65, "F11": 0x67, "F10": 0x6D, "F12": 0x6F, "Home": 0x73, "PgUp": 0x74, "Del": 0x75,
    "F4": 0x76, "End": 0x77, "F2": 0x78, "PgDown": 0x79, "F1": 0x7A, "Left": 0x7B, "Right": 0x7C,
    "Down": 0x7D, "Up": 0x7E,
}  # fmt: skip


def four_letters(code: str) -> int:
    """A four-character code as the number that it is."""
    return int.from_bytes(code.encode("ascii"), "big")


class EventType(ctypes.Structure):
    """EventTypeSpec."""

    _fields_ = (("of", ctypes.c_uint32), ("kind", ctypes.c_uint32))


class HotKeyId(ctypes.Structure):
    """EventHotKeyID."""

    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


HANDLER = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacShortcut(GlobalShortcut):
    """Raises OSError or AttributeError where there is no Carbon to ask."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._carbon = carbon = ctypes.CDLL(CARBON)
        carbon.GetApplicationEventTarget.restype = ctypes.c_void_p
        carbon.InstallEventHandler.argtypes = [
            ctypes.c_void_p, HANDLER, ctypes.c_ulong, ctypes.POINTER(EventType),
            ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p),
        ]  # fmt: skip
        carbon.RegisterEventHotKey.argtypes = [
            ctypes.c_uint32, ctypes.c_uint32, HotKeyId, ctypes.c_void_p, ctypes.c_uint32,
            ctypes.POINTER(ctypes.c_void_p),
        ]  # fmt: skip
        carbon.UnregisterEventHotKey.argtypes = [ctypes.c_void_p]
        carbon.RemoveEventHandler.argtypes = [ctypes.c_void_p]
        self._handler = HANDLER(self._heard)  # kept, for Carbon keeps only its address
        self._installed = ctypes.c_void_p()
        self._taken = ctypes.c_void_p()
        wanted = EventType(four_letters("keyb"), HOT_KEY_PRESSED)
        if carbon.InstallEventHandler(
            carbon.GetApplicationEventTarget(), self._handler, 1, ctypes.byref(wanted), None,
            ctypes.byref(self._installed),
        ):  # fmt: skip
            raise OSError("Carbon installs no handler")

    def take(self, keys: QKeySequence) -> None:
        self._give_back()
        wanted = taken_apart(keys)
        if wanted is None or wanted[0] not in CODES:
            self.settle(State.UNFIT)
            return
        status = self._carbon.RegisterEventHotKey(
            CODES[wanted[0]], masked(wanted[1], MODIFIERS), HotKeyId(four_letters("Escr"), 1),
            self._carbon.GetApplicationEventTarget(), 0, ctypes.byref(self._taken),
        )  # fmt: skip
        if status:
            self._taken = ctypes.c_void_p()
            self.settle(State.TAKEN if status == EXISTS else State.UNFIT)
        else:
            self.settle(State.READY)

    def release(self) -> None:
        self._give_back()
        self.settle(State.OFF)

    def end(self) -> None:
        self._give_back()
        if self._installed:
            self._carbon.RemoveEventHandler(self._installed)
            self._installed = ctypes.c_void_p()

    def _heard(self, _next: Any, _event: Any, _data: Any) -> int:
        self.pressed.emit()
        return 0

    def _give_back(self) -> None:
        if self._taken:
            self._carbon.UnregisterEventHotKey(self._taken)
            self._taken = ctypes.c_void_p()
