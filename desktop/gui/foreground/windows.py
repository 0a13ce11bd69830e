"""Other windows on Windows: the foreground window, and SendInput for the keys.

What runs with more rights than we have takes no keys from us; the paste is then not read, and that
is noticed. Sources: "SendInput", "INPUT", "KEYBDINPUT", "GetAsyncKeyState" in the Windows
documentation. Sizes are those of 64-bit Windows on every system.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from desktop.gui.foreground import Foreground

KEYBOARD, KEY_UP = 1, 0x0002
CONTROL = 0x11
HELD = (0x10, CONTROL, 0x12, 0x5B, 0x5C)  # Shift, Ctrl, Alt, both Windows keys


class KeyInput(ctypes.Structure):
    """KEYBDINPUT."""

    _fields_ = (
        ("key", ctypes.c_uint16),
        ("scan", ctypes.c_uint16),
        ("flags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("extra", ctypes.c_size_t),
    )


class _Any(ctypes.Union):
    # The largest of the three kinds, MOUSEINPUT, gives the size: two LONG, three DWORD, a pointer.
    _fields_ = (("key", KeyInput), ("mouse", ctypes.c_size_t * 4))


class Input(ctypes.Structure):
    """INPUT."""

    _fields_ = (("kind", ctypes.c_uint32), ("any", _Any))


def with_control(letter: str) -> ctypes.Array[Input]:
    """Ctrl and the letter pressed and let go."""
    code = ord(letter.upper())
    return _inputs(((CONTROL, 0), (code, 0), (code, KEY_UP), (CONTROL, KEY_UP)))


def _inputs(presses: Sequence[tuple[int, int]]) -> ctypes.Array[Input]:
    inputs = (Input * len(presses))()
    for made, (code, flags) in zip(inputs, presses, strict=True):
        made.kind = KEYBOARD
        made.any.key = KeyInput(code, 0, flags, 0, 0)
    return inputs


class WindowsForeground(Foreground):
    """Raises OSError or AttributeError where there is no Windows to ask."""

    may_type = True

    def __init__(self) -> None:
        self._user32 = getattr(ctypes, "WinDLL")("user32", use_last_error=True)  # noqa: B009
        self._user32.GetForegroundWindow.restype = ctypes.c_void_p
        self._user32.SetForegroundWindow.argtypes = [ctypes.c_void_p]
        self._user32.GetAsyncKeyState.restype = ctypes.c_int16
        self._user32.GetAsyncKeyState.argtypes = [ctypes.c_int32]
        self._user32.SendInput.argtypes = [ctypes.c_uint32, ctypes.c_void_p, ctypes.c_int32]

    def window(self) -> int | None:
        found = self._user32.GetForegroundWindow()
        return int(found) if found else None

    def bring(self, window: int) -> None:
        # Allowed: we have the keyboard, or were just called by a shortcut of ours.
        self._user32.SetForegroundWindow(window)

    def is_ready(self, window: int) -> bool:
        return self.window() == window and not any(
            self._user32.GetAsyncKeyState(key) < 0 for key in HELD
        )

    def copy(self) -> None:
        self._send(with_control("c"))

    def paste(self) -> None:
        self._send(with_control("v"))

    def _send(self, inputs: ctypes.Array[Input]) -> None:
        self._user32.SendInput(len(inputs), ctypes.byref(inputs), ctypes.sizeof(Input))
