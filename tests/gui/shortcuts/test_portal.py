"""The shortcut of the desktop portal: against a portal of our own, on a bus of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

pytest.importorskip("jeepney", reason="only Linux has desktop portals")

from desktop.gui.shortcuts import Standing, State
from desktop.gui.shortcuts.portal import PortalShortcut, given_keys, trigger

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_MS = 20_000
KEYS = QKeySequence("Ctrl+Alt+R")

needs_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="not installed: dbus-daemon"
)

Portal = Callable[[str], "subprocess.Popen[str]"]


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Portal]:
    """A session bus, on which a call starts the portal."""
    with ExitStack() as stack:

        def run(*command: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            stack.callback(process.stdout.close)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        where = f"--address=unix:path={tmp_path / 'bus'}"
        bus = run("dbus-daemon", "--session", "--nofork", "--print-address", where)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", line(bus))

        def start(answer: str) -> subprocess.Popen[str]:
            program = run(sys.executable, "-m", "tests.gui.shortcuts.portal_program", answer)
            assert line(program) == "ready"
            return program

        yield start


@needs_bus
def test_the_portal_is_asked_and_its_key_is_heard(portal: Portal, qtbot: QtBot) -> None:
    program = portal("0")
    shortcut = PortalShortcut()
    shortcut.prepare()
    stood: list[Standing] = []
    shortcut.settled.connect(stood.append)
    presses: list[bool] = []
    shortcut.pressed.connect(lambda: presses.append(True))
    shortcut.take(KEYS)
    assert shortcut.standing == Standing(State.ASKED)
    qtbot.waitUntil(lambda: len(stood) == 3, timeout=PATIENCE_MS)
    assert stood[1:] == [
        Standing(State.READY, "Press Ctrl+Alt+R"),
        Standing(State.READY, "Press F9"),
    ]
    assert presses == [True]
    assert line(program) == "CTRL+ALT+r"
    shortcut.release()
    assert shortcut.standing == Standing(State.OFF)
    assert line(program) == "closed"
    shortcut.end()


@needs_bus
def test_a_user_who_refuses_is_told_the_other_way(portal: Portal, qtbot: QtBot) -> None:
    portal("1")
    shortcut = PortalShortcut()
    shortcut.prepare()
    shortcut.take(KEYS)
    qtbot.waitUntil(lambda: shortcut.standing == Standing(State.ABSENT), timeout=PATIENCE_MS)
    shortcut.end()


@needs_bus
def test_a_desktop_without_a_portal_has_no_shortcut(portal: Portal, qtbot: QtBot) -> None:
    shortcut = PortalShortcut()
    shortcut.prepare()
    shortcut.take(KEYS)
    qtbot.waitUntil(lambda: shortcut.standing == Standing(State.ABSENT), timeout=PATIENCE_MS)
    shortcut.end()
    shortcut.end()
    shortcut.take(KEYS)
    assert shortcut.standing == Standing(State.ABSENT)


def test_without_a_bus_there_is_no_shortcut(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    shortcut = PortalShortcut()
    shortcut.prepare()
    shortcut.take(KEYS)
    assert shortcut.standing == Standing(State.ABSENT)
    shortcut.end()


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("Ctrl+Alt+R", "CTRL+ALT+r"),
        ("Ctrl+Shift+F5", "CTRL+SHIFT+F5"),
        ("Meta+PgUp", "LOGO+Prior"),
        ("Alt+,", "ALT+comma"),
        ("R", ""),
        ("Shift+R", ""),
        ("Ctrl+K, Ctrl+R", ""),
    ],
)
def test_keys_are_written_as_the_portal_does(keys: str, written: str) -> None:
    assert trigger(QKeySequence(keys)) == written


@pytest.mark.parametrize(
    "results",
    [None, [], {}, {"shortcuts": 3}, {"shortcuts": ("a(sa{sv})", [("other", {})])},
     {"shortcuts": ("a(sa{sv})", [("rewrite-selection", {"trigger_description": ("u", 3)})])}],
)  # fmt: skip
def test_what_the_portal_did_not_say_is_nothing(results: object) -> None:
    assert given_keys(results) == ""
