"""The window around the pages: rail, palette, banners, drops, words for errors. No desk needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import ERRORS, DiskFull, DocumentMissing
from desktop.gui import theme
from desktop.gui.main_window import MainWindow
from desktop.gui.notify import our_bug, words, words_for_record
from desktop.gui.widgets.banner import MOST
from tests.gui.dragging import drag, drop, enter

PAGES = ("chat", "documents", "rewrite", "models", "settings")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    window = MainWindow()
    window.show()
    window.activateWindow()
    yield window
    window.let_close()
    window.deleteLater()


def button(window: MainWindow, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


# -- rail and palette


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_from_the_rail(window: MainWindow, qtbot: QtBot, name: str) -> None:
    entry = button(window, f"nav.{name}")
    assert entry.accessibleName()
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert window.page == name
    assert [p for p in PAGES if button(window, f"nav.{p}").isChecked()] == [name]
    assert window.page_widget(name).isVisible()


@pytest.mark.parametrize(("number", "name"), list(enumerate(PAGES, 1)))
def test_each_page_opens_by_its_number(
    window: MainWindow, qtbot: QtBot, number: int, name: str
) -> None:
    qtbot.keyClick(window, str(number), Qt.KeyboardModifier.ControlModifier)
    assert window.page == name
    assert f"Ctrl+{number}" in button(window, f"nav.{name}").toolTip()


def test_the_palette_finds_an_action_by_part_of_its_words_and_carries_it_out(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, "k", Qt.KeyboardModifier.ControlModifier)
    field = window.findChild(QLineEdit, "palette.field")
    assert field is not None
    assert field.isVisible()
    qtbot.keyClicks(field, "ett")
    assert window.palette_.list.count() == 1
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.page == "settings"
    assert not window.palette_.isVisible()


def test_the_palette_offers_every_enabled_action_and_no_other(window: MainWindow) -> None:
    done: list[str] = []
    window.actions_.add("test.on", "Count the seals", None, lambda: done.append("on"))
    off = window.actions_.add("test.off", "Melt the seals", None, lambda: done.append("off"))
    off.setEnabled(False)
    window.palette_.open()
    window.palette_.field.setText("seals")
    assert window.palette_.list.count() == 1
    window.palette_.field.returnPressed.emit()
    assert done == ["on"]


def test_escape_closes_the_palette_and_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.palette_.open()
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Escape)
    assert not window.palette_.isVisible()
    assert window.page == "chat"


def test_an_action_is_registered_once(window: MainWindow) -> None:
    with pytest.raises(ValueError, match=r"window\.palette"):
        window.actions_.add("window.palette", "Again", None, lambda: None)


def test_no_two_actions_of_the_window_share_their_keys(window: MainWindow) -> None:
    keys = [a.shortcut().toString() for a in window.actions_.all() if not a.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


# -- banners


def test_a_known_error_is_told_in_a_banner_that_stays_until_dismissed(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.notifier.trouble(DiskFull(path="the profile"))
    assert window.banners.texts() == [str(DiskFull(path="the profile"))]
    qtbot.mouseClick(button(window, "banner.dismiss"), Qt.MouseButton.LeftButton)
    assert window.banners.texts() == []
    assert not window.banners.isVisible()


def test_a_banner_shows_a_hostile_name_as_it_is(window: MainWindow) -> None:
    window.notifier.trouble(DocumentMissing(file="<img src='//host/x.png'>.pdf"))
    label = window.findChild(QLabel, "banner.text")
    assert label is not None
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<img src='//host/x.png'>.pdf" in label.text()


def test_the_action_of_a_banner_is_carried_out_instead_of_what_closing_does(
    window: MainWindow, qtbot: QtBot
) -> None:
    done: list[str] = []
    window.notifier.say(
        "Removed.",
        action="Undo",
        act=lambda: done.append("undone"),
        closed=lambda: done.append("closed"),
    )
    qtbot.mouseClick(button(window, "banner.action"), Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert window.banners.texts() == []


@pytest.mark.parametrize("how", ["time", "withdrawn", "crowded out", "window closed"])
def test_a_banner_that_ends_unused_says_so_once(window: MainWindow, qtbot: QtBot, how: str) -> None:
    done: list[str] = []
    notice = window.notifier.say(
        "Removed.",
        action="Undo",
        act=lambda: done.append("undone"),
        closed=lambda: done.append("closed"),
        seconds=0.05 if how == "time" else None,
    )
    if how == "withdrawn":
        window.notifier.withdraw(notice)
    elif how == "crowded out":
        for number in range(MOST):
            window.notifier.say(f"Note {number}")
    elif how == "window closed":
        window.close()
    qtbot.waitUntil(lambda: done == ["closed"], timeout=2000)
    window.banners.end_all()
    assert done == ["closed"]


def test_the_same_trouble_told_twice_is_shown_once(window: MainWindow) -> None:
    for _ in range(3):
        window.notifier.trouble(DiskFull(path="the profile"))
    assert len(window.banners.texts()) == 1


# -- words


def test_every_error_has_words_with_its_facts_filled_in() -> None:
    for kind in ERRORS.values():
        template = kind.sentence + kind.remedy
        facts = {name: f"<{name}>" for name in re.findall(r"(?<!{){(\w+)}", template)}
        told = words(kind(**facts))
        assert all(value in told for value in facts.values()), kind.code
        assert words_for_record(kind.code, dict(facts)) == told
        assert "!" not in told


def test_a_bug_is_told_without_its_details() -> None:
    told = our_bug(KeyError("/home/anna/secret.pdf"))
    assert "KeyError" in told
    assert "secret" not in told


# -- dropping


def test_dragging_files_says_what_dropping_does_and_dropping_passes_them_on(
    window: MainWindow, tmp_path: Path
) -> None:
    window.take_files()
    dropped: list[list[Path]] = []
    window.filesDropped.connect(dropped.append)
    files = [tmp_path / "a b.pdf", tmp_path / "ü.pdf"]
    mime = drag(*(QUrl.fromLocalFile(str(file)).toString() for file in files))
    assert enter(window, mime)
    assert window.overlay.isVisible()
    assert window.overlay.size() == window.size()
    drop(window, mime)
    assert not window.overlay.isVisible()
    assert dropped == [files]


def test_dragging_away_takes_the_veil_back(window: MainWindow, tmp_path: Path) -> None:
    window.take_files()
    assert enter(window, drag(tmp_path.as_uri()))
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.overlay.isVisible()


def test_links_are_not_taken_and_nothing_is_before_the_desk_is_open(
    window: MainWindow, tmp_path: Path
) -> None:
    assert not enter(window, drag(tmp_path.as_uri()))
    window.take_files()
    assert not enter(window, drag("https://example.org/report.pdf"))
    assert not window.overlay.isVisible()


# -- look


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(colours: theme.Tokens) -> None:
    text_on_ground = [
        (colours.text, ground)
        for ground in (
            colours.window,
            colours.surface,
            colours.sunken,
            colours.hover,
            colours.accent_soft,
            colours.danger_soft,
            colours.lit,
        )
    ]
    text_on_ground += [
        (colours.muted, ground)
        for ground in (colours.window, colours.surface, colours.sunken, colours.accent_soft)
    ]
    text_on_ground += [
        (colours.accent, colours.surface),
        (colours.accent, colours.window),
        (colours.accent, colours.accent_soft),
        (colours.on_accent, colours.accent),
        (colours.danger, colours.surface),
        (colours.danger, colours.accent_soft),
    ]
    for text, ground in text_on_ground:
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(colours.strong_border, colours.surface) >= 3
    assert contrast(colours.strong_border, colours.window) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_icon_draws_something_in_the_colour_asked_for(qapp: QApplication) -> None:
    names = [path.stem for path in theme.resource("icons").glob("*.svg")]
    assert "documents" in names
    for name in names:
        image = theme.icon(name, "#ff0000", 20).pixmap(20).toImage()
        drawn = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert drawn, name
        assert all(colour.red() > 200 and colour.blue() < 60 for colour in drawn), name


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit):
            assert widget.accessibleName(), widget.objectName()
            assert widget.objectName()
