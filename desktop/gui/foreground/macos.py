"""Other programs on macOS: the frontmost one, and the keys as Quartz events.

macOS lets a program press keys only where the user has allowed it, under Accessibility; until then
nothing is sent. Sources: "AXIsProcessTrusted", "CGEventPost", "CGEventSourceFlagsState",
"NSRunningApplication" in Apple's documentation; objc/message.h for the calls.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any

from desktop.gui.foreground import Foreground

SERVICES = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
APPKIT = "/System/Library/Frameworks/AppKit.framework/AppKit"
OBJC = "/usr/lib/libobjc.A.dylib"
C, V = 0x08, 0x09  # places on the keyboard
COMMAND = 1 << 20
HELD = (1 << 17) | (1 << 18) | (1 << 19) | COMMAND  # Shift, Control, Option, Command
HID_TAP, SESSION = 0, 0
IGNORING_OTHERS = 1 << 1


class MacForeground(Foreground):
    """A window is a program here, by its process id. Raises OSError or AttributeError where there
    is no macOS to ask."""

    needs_permission = True

    def __init__(self) -> None:
        self._services = services = ctypes.CDLL(SERVICES)
        services.AXIsProcessTrusted.restype = ctypes.c_bool
        services.CGEventCreateKeyboardEvent.restype = ctypes.c_void_p
        services.CGEventCreateKeyboardEvent.argtypes = [
            ctypes.c_void_p, ctypes.c_uint16, ctypes.c_bool,
        ]  # fmt: skip
        services.CGEventSetFlags.argtypes = [ctypes.c_void_p, ctypes.c_uint64]
        services.CGEventPost.argtypes = [ctypes.c_uint32, ctypes.c_void_p]
        services.CGEventSourceFlagsState.restype = ctypes.c_uint64
        services.CGEventSourceFlagsState.argtypes = [ctypes.c_int32]
        services.CFRelease.argtypes = [ctypes.c_void_p]
        ctypes.CDLL(APPKIT)
        self._objc = objc = ctypes.CDLL(OBJC)
        objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
        objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]

    @property
    def may_type(self) -> bool:  # type: ignore[override]
        return bool(self._services.AXIsProcessTrusted())

    def window(self) -> int | None:
        workspace = self._send(self._class(b"NSWorkspace"), b"sharedWorkspace")
        front = self._send(workspace, b"frontmostApplication")
        return self._send(front, b"processIdentifier", kind=ctypes.c_int32) if front else None

    def bring(self, window: int) -> None:
        program = self._send(
            self._class(b"NSRunningApplication"),
            b"runningApplicationWithProcessIdentifier:",
            ctypes.c_int32(window),
        )
        if program:
            self._send(
                program, b"activateWithOptions:", ctypes.c_ulong(IGNORING_OTHERS),
                kind=ctypes.c_bool,
            )  # fmt: skip

    def bring_ours(self, window: int) -> None:  # noqa: ARG002 (which of our windows, Qt knows)
        self.bring(os.getpid())

    def is_ready(self, window: int) -> bool:
        held = self._services.CGEventSourceFlagsState(SESSION) & HELD
        return self.may_type and self.window() == window and not held

    def copy(self) -> None:
        self._press(C)

    def paste(self) -> None:
        self._press(V)

    def _press(self, code: int) -> None:
        for down in (True, False):
            event = self._services.CGEventCreateKeyboardEvent(None, code, down)
            if event:
                self._services.CGEventSetFlags(event, COMMAND)
                self._services.CGEventPost(HID_TAP, event)
                self._services.CFRelease(event)

    def _class(self, name: bytes) -> Any:
        return self._objc.objc_getClass(name)

    def _send(self, to: Any, message: bytes, *words: Any, kind: Any = ctypes.c_void_p) -> Any:
        """Send a message; the call has to have the types that the method has."""
        types: tuple[Any, ...] = (ctypes.c_void_p, ctypes.c_void_p, *(type(word) for word in words))
        address = ctypes.cast(self._objc.objc_msgSend, ctypes.c_void_p).value
        call = ctypes.CFUNCTYPE(kind, *types)(address or 0)
        return call(to, self._objc.sel_registerName(message), *words)
