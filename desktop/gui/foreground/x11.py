"""Other windows on X11: the window manager says which is active, XTEST presses the keys.

Sources: "_NET_ACTIVE_WINDOW" in the Extended Window Manager Hints; the XTEST Extension Protocol.
"""

from __future__ import annotations

from Xlib import XK, X, Xatom
from Xlib.display import Display
from Xlib.error import XError
from Xlib.ext import xtest
from Xlib.protocol.event import ClientMessage

from desktop.gui.foreground import Foreground

ACTIVE = "_NET_ACTIVE_WINDOW"
FROM_A_PAGER = 2  # source indication: the user wishes it, whoever has the keyboard
HELD = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask


class X11Foreground(Foreground):
    """Raises Xlib's errors if there is no X server to connect to, or none that has XTEST."""

    may_type = True
    has_selection = True

    def __init__(self) -> None:
        self._display = Display()
        self._root = self._display.screen().root
        self._active = self._display.intern_atom(ACTIVE)
        self.may_type = self._display.query_extension(xtest.extname) is not None

    def window(self) -> int | None:
        found = self._root.get_full_property(self._active, Xatom.WINDOW)
        if found is not None and found.value and found.value[0]:
            return int(found.value[0])
        # Without a window manager the keyboard is all that tells.
        focus = self._display.get_input_focus().focus
        return None if isinstance(focus, int) else int(focus.id)

    def bring(self, window: int) -> None:
        if self._is_managed():
            wish = ClientMessage(
                window=self._display.create_resource_object("window", window),
                client_type=self._active,
                data=(32, [FROM_A_PAGER, X.CurrentTime, 0, 0, 0]),
            )
            mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
            self._root.send_event(wish, event_mask=mask)
        else:
            self._display.set_input_focus(
                window, X.RevertToParent, X.CurrentTime, onerror=lambda *_: None
            )
        self._display.flush()

    def is_ready(self, window: int) -> bool:
        try:
            focus = self._display.get_input_focus().focus
            held = self._root.query_pointer().mask & HELD
        except XError:
            return False
        # While windows change places, nobody has the keyboard.
        return self.window() == window and not isinstance(focus, int) and not held

    def copy(self) -> None:
        self._press("c")

    def paste(self) -> None:
        self._press("v")

    def end(self) -> None:
        self._display.close()

    def _follow_keyboard(self) -> None:
        """Have the letters where they are now: the user may have changed the keyboard's layout."""
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.MappingNotify:
                self._display.refresh_keyboard_mapping(event)

    def _is_managed(self) -> bool:
        return self._root.get_full_property(self._active, Xatom.WINDOW) is not None

    def _press(self, letter: str) -> None:
        self._follow_keyboard()
        control = self._display.keysym_to_keycode(XK.XK_Control_L)
        key = self._display.keysym_to_keycode(XK.string_to_keysym(letter))
        for kind, code in (
            (X.KeyPress, control),
            (X.KeyPress, key),
            (X.KeyRelease, key),
            (X.KeyRelease, control),
        ):
            xtest.fake_input(self._display, kind, code)
        self._display.sync()
