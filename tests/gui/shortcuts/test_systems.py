"""What of the shortcuts and keys of Windows and macOS can be checked on any system: translations
and layouts. The sizes are those that their documentation and headers give for 64 bits."""

from __future__ import annotations

import ctypes
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from desktop.gui.foreground.windows import Input, KeyInput, with_control
from desktop.gui.shortcuts import macos, windows
from desktop.gui.shortcuts.absent import AbsentShortcut
from desktop.gui.shortcuts.keys import masked, taken_apart

pytestmark = pytest.mark.skipif(sys.maxsize < 2**32, reason="layouts of 64 bits")


@pytest.mark.parametrize(
    ("keys", "name", "on_windows", "on_macos"),
    [
        ("Ctrl+Alt+R", "R", (0x52, 0x3), (0x0F, 0x0900)),
        ("Meta+Shift+F12", "F12", (0x7B, 0xC), (0x6F, 0x1200)),
        ("Ctrl+PgDown", "PgDown", (0x22, 0x2), (0x79, 0x0100)),
        ("Alt+0", "0", (0x30, 0x1), (0x1D, 0x0800)),
        ("Ctrl+Space", "Space", (0x20, 0x2), (0x31, 0x0100)),
    ],
)
def test_keys_are_translated(
    keys: str, name: str, on_windows: tuple[int, int], on_macos: tuple[int, int]
) -> None:
    found = taken_apart(QKeySequence(keys))
    assert found is not None
    assert found[0] == name
    assert (windows.key_code(name), masked(found[1], windows.MODIFIERS)) == on_windows
    assert (macos.CODES[name], masked(found[1], macos.MODIFIERS)) == on_macos


@pytest.mark.parametrize("keys", ["", "R", "Shift+F5", "Ctrl+K, Ctrl+R"])
def test_what_would_be_lost_to_every_program_is_no_shortcut(keys: str) -> None:
    assert taken_apart(QKeySequence(keys)) is None


def test_keys_that_only_a_layout_knows_have_no_code_of_their_own() -> None:
    assert [windows.key_code(name) for name in ("Ö", ",", "F25", "F0", "")] == [0] * 5


def test_every_named_key_is_one_that_qt_writes_so() -> None:
    for name in {*windows.NAMED, *macos.CODES}:
        key = QKeySequence(name)[0].key()
        assert key is not Qt.Key.Key_unknown
        assert QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == name
    assert len(set(macos.CODES.values())) == len(macos.CODES)


def test_the_layouts_are_those_of_windows() -> None:
    assert ctypes.sizeof(windows.Message) == 48
    assert windows.Message.wparam.offset == 16
    assert ctypes.sizeof(KeyInput) == 24
    assert ctypes.sizeof(Input) == 40
    assert Input.any.offset == 8


def test_the_message_of_a_hot_key_is_a_press(qtbot: QtBot) -> None:
    shortcut = AbsentShortcut()
    heard = windows.MessageFilter(shortcut)
    hot_key = windows.Message(None, windows.WM_HOTKEY, windows.ID)
    with qtbot.waitSignal(shortcut.pressed):
        assert heard.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(hot_key))[0]
    another = windows.Message(None, windows.WM_HOTKEY, windows.ID + 1)
    with qtbot.assertNotEmitted(shortcut.pressed):
        assert not heard.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(another))[0]


def test_ctrl_is_held_around_the_letter() -> None:
    said = [(one.kind, one.any.key.key, one.any.key.flags) for one in with_control("v")]
    assert said == [(1, 0x11, 0), (1, 0x56, 0), (1, 0x56, 2), (1, 0x11, 2)]


def test_the_layouts_are_those_of_carbon() -> None:
    assert (ctypes.sizeof(macos.EventType), ctypes.sizeof(macos.HotKeyId)) == (8, 8)
    assert macos.four_letters("keyb") == 0x6B657962
