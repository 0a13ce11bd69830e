"""The whole way on a real X server: a selection in another program, the shortcut, Replace."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("Xlib", reason="only Linux has X11")

from Xlib import XK, X
from Xlib.display import Display

from desktop.desk import open_desk
from desktop.gui.foreground.x11 import X11Foreground

PASSPHRASE = "a desk that locks"
ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool", "xclip")
PATIENCE_S = 60.0  # a model is loaded meanwhile, on a busy machine
TEXT = (
    "we has recieved your letter and we thanks you for it. Please to wait until the work are done."
)
BEFORE = "what was there"
SMALL, FIELD = "^Rewrite", "^Another program$"

missing = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
]


class Screen:
    """An X server with a window manager, and the programs on it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        reading, writing = os.pipe()
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24"]
        self._run(server, dict(os.environ), passed=(writing,))
        os.close(writing)
        with os.fdopen(reading) as number:
            display = f":{number.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.environment.pop("WAYLAND_DISPLAY", None)
        self._run(["openbox"], self.environment)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return self._run([sys.executable, "-m", *words], self.environment)

    def _run(
        self, command: list[str], environment: dict[str, str], passed: tuple[int, ...] = ()
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, pass_fds=passed
        )
        assert process.stdout is not None
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        self._stack.callback(process.stdout.close)
        return process

    def tell(self, *words: str) -> str:
        done = subprocess.run(
            words, env=self.environment, stdout=subprocess.PIPE, text=True, check=False
        )
        return done.stdout.strip()

    def copy(self, text: str) -> None:
        # xclip stays behind to hand the text over, and would keep a pipe open.
        subprocess.run(
            ("xclip", "-selection", "clipboard"),
            env=self.environment, input=text, stdout=subprocess.DEVNULL, text=True, check=True,
        )  # fmt: skip

    def held(self, selection: str) -> str:
        """What the clipboard, or the primary selection, is."""
        return self.tell("xclip", "-o", "-selection", selection)

    def window(self, title: str) -> str:
        """The id of the visible window of that title, "" if there is none."""
        found = self.tell("xdotool", "search", "--onlyvisible", "--name", title).split()
        return found[-1] if found else ""

    def active(self) -> str:
        return self.tell("xdotool", "getactivewindow")

    def height(self, title: str) -> int:
        shape = self.tell("xdotool", "getwindowgeometry", "--shell", self.window(title))
        return next((int(n[7:]) for n in shape.splitlines() if n.startswith("HEIGHT=")), 0)

    def press(self, keys: str, title: str = "") -> None:
        """Press keys as the keyboard does; only while the window of that title has it, if one is
        named. (Sent to a window, they leave its modifiers held down when it is hidden by them.)"""
        if not title or self.active() == self.window(title) != "":
            self.tell("xdotool", "key", keys)


@pytest.fixture
def screen() -> Iterator[Screen]:
    with ExitStack() as stack:
        yield Screen(stack)


def until(holds: Callable[[], bool], act: Callable[[], object] = lambda: None) -> None:
    """Act again and again until it holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"it did not become so within {PATIENCE_S} seconds"
        act()


def select_all(screen: Screen) -> None:
    """All of the other program's text, with the keyboard there."""
    until(
        lambda: screen.active() == screen.window(FIELD) != "",
        lambda: screen.tell("xdotool", "windowactivate", screen.window(FIELD)),
    )
    until(lambda: screen.held("primary") == TEXT, lambda: screen.press("ctrl+a", FIELD))


def test_keys_are_pressed_where_the_letters_are_now(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a switch from one layout to another, while Escritoire is open."""
    monkeypatch.setenv("DISPLAY", screen.environment["DISPLAY"])
    foreground, other = X11Foreground(), Display()
    window = other.screen().root.create_window(
        0, 0, 9, 9, 0, X.CopyFromParent, override_redirect=True, event_mask=X.KeyPressMask
    )
    window.map()
    window.set_input_focus(X.RevertToParent, X.CurrentTime)
    other.sync()

    def pressed() -> int:
        foreground.copy()
        other.sync()
        presses = []
        while other.pending_events():
            event = other.next_event()
            if event.type == X.KeyPress:
                presses.append(event.detail)
        return presses[-1]

    c, j = (other.keysym_to_keycode(XK.string_to_keysym(letter)) for letter in "cj")
    assert pressed() == c
    swapped = [other.get_keyboard_mapping(code, 1)[0] for code in (j, c)]
    for code, symbols in zip((c, j), swapped, strict=True):
        other.change_keyboard_mapping(code, [symbols])
    other.sync()
    assert pressed() == j
    other.close()
    foreground.end()


@pytest.mark.slow
def test_what_is_selected_elsewhere_is_rewritten_there_and_the_clipboard_stays(
    screen: Screen, tmp_path: Path
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    profile = tmp_path / "profile"
    desk = open_desk(profile, PASSPHRASE)
    desk.presence.set_shortcut("Ctrl+Alt+R", listens=True)
    desk.close()
    unlocking = ("--profile", str(profile), "--passphrase-file", str(secret))
    application = screen.start("desktop", *unlocking)
    until(lambda: screen.window("^Escritoire") != "")
    field = screen.start("tests.gui.field_program", TEXT)
    screen.copy(BEFORE)
    until(lambda: screen.held("clipboard") == BEFORE)
    select_all(screen)

    until(lambda: screen.window(SMALL) != "", lambda: screen.press("ctrl+alt+r"))
    until(lambda: screen.active() == screen.window(SMALL))
    before = screen.height(SMALL)
    until(lambda: screen.height(SMALL) > before, lambda: screen.press("ctrl+Return", SMALL))
    until(
        lambda: screen.window(SMALL) == "", lambda: screen.press("ctrl+shift+Return", SMALL)
    )  # fmt: skip

    assert field.stdout is not None
    assert select.select([field.stdout], [], [], PATIENCE_S)[0]
    pasted = json.loads(field.stdout.readline())
    assert pasted != TEXT
    until(lambda: screen.held("clipboard") == BEFORE)
    assert screen.window(SMALL) == ""
    application.send_signal(signal.SIGTERM)
    application.wait(PATIENCE_S)
    desk = open_desk(profile, PASSPHRASE)
    assert [record.output for record in desk.rewriting.history()] == [pasted]
    desk.close()
