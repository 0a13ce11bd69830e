"""From anywhere: the small window, the selection and back, the shortcut's card, the tray."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.domain.clipboard import HINT
from desktop.domain.errors import DiskFull
from desktop.domain.fitting import Fit, Placement
from desktop.domain.jobs import Cancellation
from desktop.domain.memory import Memory, MemoryTaken
from desktop.gui.foreground import Foreground
from desktop.gui.from_anywhere import FromAnywhere
from desktop.gui.models.binding_words import how_to_bind
from desktop.gui.notify import Notice
from desktop.gui.passing import is_secret, kept_aside
from desktop.gui.selection import Handed, Selection
from desktop.gui.shortcuts import Standing, State
from desktop.gui.shortcuts.absent import AbsentShortcut
from desktop.gui.small_window import beside
from desktop.gui.tray import Tray
from desktop.services.answer_events import SteppedDown
from desktop.services.hub import ModelHub
from desktop.services.presence import Kept
from desktop.storage import summons
from desktop.storage.paths import Paths
from tests.gui.conftest import Starter, wait_until

LONG_WAIT = 20_000  # milliseconds, for a busy machine
ROOM = QRect(0, 0, 1000, 800)
OTHER = 7  # a window
NOTHING = MemoryTaken(0, 0, 0)


class OtherProgram(Foreground):
    """Copies `selected` and reads what is pasted, as the keys would have it do."""

    may_type = True

    def __init__(self) -> None:
        self.selected = ""
        self.pasted: list[str] = []
        self.takes = True

    def window(self) -> int | None:
        return OTHER

    def copy(self) -> None:
        if self.selected:
            QGuiApplication.clipboard().setText(self.selected)

    def paste(self) -> None:
        if self.takes:
            self.pasted.append(QGuiApplication.clipboard().text())


@pytest.fixture
def other(qapp: object) -> Iterator[OtherProgram]:
    QGuiApplication.clipboard().setText("what was there")
    yield OtherProgram()
    QGuiApplication.clipboard().clear()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_a_window_stays_beside_the_pointer_and_within_its_screen() -> None:
    size = QSize(300, 200)
    assert beside(QPoint(100, 100), size, ROOM) == QPoint(116, 116)
    assert beside(QPoint(990, 790), size, ROOM) == QPoint(674, 574)
    second = QRect(-1000, 0, 1000, 800)
    assert beside(QPoint(-5, 5), size, second) == QPoint(-321, 21)
    assert beside(QPoint(5, 5), QSize(2000, 100), ROOM).x() == 0


def test_a_selection_is_copied_and_the_clipboard_is_what_it_was(
    other: OtherProgram, qtbot: QtBot
) -> None:
    other.selected = "we has it"
    selection = Selection(other)
    with qtbot.waitSignal(selection.taken, timeout=LONG_WAIT) as taken:
        selection.take()
    assert taken.args == ["we has it"]
    assert clipboard() == "what was there"


def test_nothing_selected_is_told_and_the_clipboard_is_what_it_was(
    other: OtherProgram, qtbot: QtBot
) -> None:
    selection = Selection(other)
    with qtbot.waitSignal(selection.taken, timeout=LONG_WAIT) as taken:
        selection.take()
    assert taken.args == [""]
    assert clipboard() == "what was there"


def test_a_result_is_pasted_and_the_clipboard_is_what_it_was(
    other: OtherProgram, qtbot: QtBot
) -> None:
    selection = Selection(other)
    with qtbot.waitSignal(selection.handed, timeout=LONG_WAIT) as handed:
        selection.replace("we have it", OTHER)
    assert handed.args == [Handed.REPLACED]
    assert other.pasted == ["we have it"]
    assert clipboard() == "what was there"


@pytest.mark.parametrize("gone", [True, False])
def test_what_cannot_be_pasted_is_left_on_the_clipboard(
    other: OtherProgram, qtbot: QtBot, gone: bool
) -> None:
    other.takes = False
    selection = Selection(other)
    with qtbot.waitSignal(selection.handed, timeout=LONG_WAIT) as handed:
        selection.replace("we have it", OTHER + 1 if gone else OTHER)
    assert handed.args == [Handed.LEFT]
    assert clipboard() == "we have it"


def test_what_a_password_manager_put_there_is_not_read(other: OtherProgram, qtbot: QtBot) -> None:
    password = QMimeData()
    password.setText("hunter2")
    password.setData(HINT, b"secret")
    assert is_secret(password)
    assert not kept_aside(password).formats()
    QGuiApplication.clipboard().setMimeData(password)
    selection = Selection(other)
    for take in (selection.take, selection.take_clipboard):
        with qtbot.waitSignal(selection.secret, timeout=LONG_WAIT):
            take()
    assert clipboard() == "hunter2"


def test_each_desktop_is_told_its_own_way() -> None:
    gnome, kde, sway, unknown = (
        how_to_bind("linux", desktop) for desktop in ("ubuntu:GNOME", "KDE", "sway", "")
    )
    assert "Custom Shortcuts" in gnome
    assert len({gnome, kde, sway, unknown, how_to_bind("darwin", "")}) == 5


@pytest.mark.parametrize("asked", [summons.Asked.CLIPBOARD, summons.Asked.SELECTION])
def test_a_command_opens_the_small_window_with_the_clipboard(
    desk_window: Application, asked: summons.Asked
) -> None:
    """For the selection too, on a system that gives none; that is said then."""
    QGuiApplication.clipboard().setText("we has recieved it")
    outside = desk_window.joined.outside
    paths = Paths(desk_window.profile)
    assert summons.is_open(paths)
    summons.ask(paths, asked)
    wait_until(outside.small.isVisible)
    assert outside.small._page is not None
    field = outside.small._page.desk.field
    wait_until(lambda: field.whole_text() == "we has recieved it")
    why = outside.small.findChild(QLabel, "small.why")
    assert why is not None
    said = "gives no program what is selected" in why.text()
    assert said is (asked is summons.Asked.SELECTION)
    assert not outside.small.actions_.get("small.replace").isVisible()
    outside.small.actions_.get("small.open").trigger()
    assert not outside.small.isVisible()
    assert desk_window.window.page == "rewrite"


def test_without_replace_the_window_says_why(
    desk_window: Application, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Wayland: what is selected can be read, but nobody types into another program."""
    outside = desk_window.joined.outside
    monkeypatch.setattr(Selection, "read_in_place", True)
    monkeypatch.setattr(other, "may_type", False)
    monkeypatch.setattr(other, "window", lambda: None)
    asked = FromAnywhere(AbsentShortcut(), other, outside.small)
    asked.open_selection()
    why = outside.small.findChild(QLabel, "small.why")
    assert why is not None
    assert "No program may type into another" in why.text()
    asked.end()


def test_what_may_keep_one_waiting_is_done_on_a_thread_before_the_keys_are_taken(
    desk_window: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = desk_window.joined.outside
    shortcut, done = outside.from_anywhere.shortcut, []
    main = threading.current_thread()
    monkeypatch.setattr(
        shortcut, "prepare", lambda: done.append(threading.current_thread() is main)
    )
    monkeypatch.setattr(shortcut, "take", lambda _keys: done.append("taken"))
    outside.card._keep_shortcut("Ctrl+Alt+R", listens=True)
    wait_until(lambda: "taken" in done)
    assert done == [False, "taken"]
    kept = outside._look(Cancellation())  # as at the next start
    assert kept.listens
    assert done[2:] == [True]
    outside.card._keep_shortcut("Ctrl+Alt+R", listens=False)
    wait_until(lambda: not outside._kept.listens)
    assert len(done) == 3


def test_settings_say_how_to_bind_where_the_system_has_no_shortcut(
    desk_window: Application,
) -> None:
    outside = desk_window.joined.outside
    desk_window.window.show_page("settings")
    card = outside.card
    card.listens.click()
    shortcut = outside.from_anywhere.shortcut
    wait_until(lambda: shortcut.standing == Standing(State.ABSENT))
    assert card._command_row.isVisible()
    assert "rewrite --selection" in card._command
    shortcut.settle(State.TAKEN)
    assert "Ctrl+Alt+R" in card._standing.text()
    card._show(Kept(shortcut="Ctrl+Alt+E", listens=True))
    assert "Ctrl+Alt+E" in card._standing.text()
    card.listens.click()
    wait_until(lambda: shortcut.standing == Standing(State.OFF))
    assert not card._command_row.isVisible()


@pytest.fixture
def with_tray(
    start: Starter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Application, Tray]:
    """The application where there is a tray, which the systems that tests run on may not have."""
    monkeypatch.setattr(Tray, "is_available", lambda: True)
    application = start.opened(tmp_path / "profile")
    assert application.joined is not None
    assert application.joined.outside.tray is not None
    return application, application.joined.outside.tray


def action(tray: Tray, name: str) -> QAction:
    return next(each for each in tray.menu.actions() if each.objectName() == name)


def test_the_tray_switches_offline_and_says_what_came_of_it(
    with_tray: tuple[Application, Tray], monkeypatch: pytest.MonkeyPatch
) -> None:
    application, tray = with_tray
    offline = action(tray, "tray.offline")
    assert application.desk is not None
    hub = application.desk.hub
    wait_until(lambda: "Not connected" in tray.icon.toolTip())
    offline.trigger()
    wait_until(lambda: "Offline" in tray.icon.toolTip())
    assert hub.offline
    offline.trigger()
    wait_until(lambda: "Not connected" in tray.icon.toolTip())
    assert not offline.isChecked()

    def refuse(_hub: ModelHub, _wanted: bool) -> None:
        raise DiskFull(path="desk.db")

    monkeypatch.setattr(ModelHub, "set_offline", refuse)
    offline.trigger()
    assert offline.isChecked()
    wait_until(lambda: not offline.isChecked())
    assert not hub.offline


def test_closing_hides_the_window_in_the_tray_from_which_it_comes_and_ends(
    with_tray: tuple[Application, Tray],
) -> None:
    application, tray = with_tray
    window, outside = application.window, application.joined.outside
    window.show_page("settings")
    outside.card.stays.click()
    wait_until(lambda: outside._kept.stays)
    window.close()
    assert not window.isVisible()
    action(tray, "tray.open").trigger()
    assert window.isVisible()
    action(tray, "tray.quit").trigger()
    wait_until(lambda: application._closing)
    outside._follow(Kept(listens=True))  # as it comes from a thread that looked before
    application._do_as_asked(summons.Asked.CLIPBOARD)
    assert outside.from_anywhere.shortcut.standing == Standing(State.OFF)
    assert not outside.small.isVisible()
    wait_until(lambda: application.is_closed)


def test_what_happens_in_the_small_window_is_said_there(desk_window: Application) -> None:
    joined = desk_window.joined
    said: dict[str, list[Notice]] = {"window": [], "small": []}
    desk_window.window.notifier.posted.connect(said["window"].append)
    joined.outside.small.notifier.posted.connect(said["small"].append)
    wanted = Placement("A card", 24, 4096, Memory(NOTHING, NOTHING, 0), Fit.FITS, 0, 0)
    event = SteppedDown("Small Model", wanted, replace(wanted, gpu_layers=12))
    joined.small_rewrites.steppedDown.emit(event)
    assert (len(said["window"]), len(said["small"])) == (0, 1)
    joined.rewrites.steppedDown.emit(event)
    assert (len(said["window"]), len(said["small"])) == (1, 1)


def test_what_others_copy_is_not_asked_about_while_nothing_is_under_way(
    other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = Selection(other)
    monkeypatch.setattr(selection, "_held", lambda _mode: pytest.fail("it was asked"))
    selection._changed()
    selection.replace("we have it", None)  # and nothing to put back is kept
    assert clipboard() == "we have it"


def test_while_it_stays_closing_hides_the_window(desk_window: Application, qtbot: QtBot) -> None:
    window = desk_window.window
    window.stay(True)
    with qtbot.waitSignal(window.hidden, timeout=LONG_WAIT):
        window.close()
    assert not window.isVisible()
    assert desk_window.desk is not None
    assert not desk_window.is_closed
    window.bring_to_front()
    window.stay(False)


def test_a_reader_that_does_not_tire_keeps_nothing_from_being_put_back(
    other: OtherProgram, qtbot: QtBot
) -> None:
    selection = Selection(other)
    poll = QTimer(interval=50)
    poll.timeout.connect(clipboard)
    poll.start()
    with qtbot.waitSignal(selection.handed, timeout=LONG_WAIT):
        selection.replace("we have it", OTHER)
    poll.stop()
    assert clipboard() == "what was there"


def test_what_is_copied_meanwhile_stays_on_the_clipboard(other: OtherProgram, qtbot: QtBot) -> None:
    selection = Selection(other)
    with qtbot.waitSignal(selection.handed, timeout=LONG_WAIT):
        selection.replace("we have it", OTHER)
        wait_until(lambda: other.pasted != [])
        QGuiApplication.clipboard().setText("copied meanwhile")
    assert clipboard() == "copied meanwhile"


def test_a_password_that_replace_would_clear_is_said_beforehand(
    desk_window: Application, other: OtherProgram
) -> None:
    outside = desk_window.joined.outside
    asked = FromAnywhere(AbsentShortcut(), other, outside.small)
    other.selected = "we has recieved it"
    other.has_selection = False
    why = outside.small.findChild(QLabel, "small.why")
    assert why is not None
    asked.open_selection()
    wait_until(outside.small.isVisible)
    assert "password" not in why.text()
    outside.small.close()
    password = QMimeData()
    password.setText("hunter2")
    password.setData(HINT, b"secret")
    QGuiApplication.clipboard().setMimeData(password)
    asked._taken("we has recieved it")
    assert "Replace cannot put it back" in why.text()
    asked.window.close()
