"""Watched folders on the Documents page: the real window, real files, the system's own notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.domain.documents import DocumentState
from desktop.domain.folders import FolderState, WatchedFolder
from desktop.gui.models.documents import Role
from desktop.gui.models.folder_words import folder_in_words
from desktop.gui.pages.documents import DocumentsPage
from desktop.gui.widgets.folder_row import FolderRow
from tests.gui.conftest import wait_until
from tests.gui.dragging import drag, drop_files, enter


@pytest.fixture
def page(desk_window: Application) -> Iterator[DocumentsPage]:
    desk_window.window.show_page("documents")
    found = desk_window.window.page_widget("documents")
    assert isinstance(found, DocumentsPage)
    desk_window.window.banners.end_all()
    yield found
    assert desk_window.desk is not None
    desk_window.window.banners.end_all()
    for folder in desk_window.desk.folders.folders():
        desk_window.desk.folders.remove(folder.id)
    wait_until(lambda: not page_rows(found))


@pytest.fixture
def matter(tmp_path: Path) -> Path:
    folder = tmp_path / "Matter 7"
    folder.mkdir()
    (folder / "lease.txt").write_text("The lease of the mill was signed by Ida Brandt.")
    return folder


def page_rows(page: DocumentsPage) -> list[FolderRow]:
    return list(page.folders._rows.values())


def row(page: DocumentsPage) -> FolderRow:
    (only,) = page_rows(page)
    return only


def watched(page: DocumentsPage, folder: Path) -> FolderRow:
    """The row of the folder, watched from now on, its documents read."""
    page.folders.watch([folder])
    wait_until(lambda: bool(page_rows(page)))
    wait_until(lambda: row(page).folder.state is FolderState.WATCHED)
    wait_until(lambda: row(page).folder.noticing)
    wait_until(ready(page, "lease.txt"))
    return row(page)


def state_of(page: DocumentsPage, name: str) -> str:
    for at in range(page.model.rowCount()):
        if page.model.document(at).name == name:
            return str(page.model.index(at).data(Role.STATE))
    return ""


def ready(page: DocumentsPage, name: str) -> Callable[[], bool]:
    return lambda: any(
        d.name == name and d.state is DocumentState.READY for d in page.model.documents()
    )


def press(row: FolderRow, qtbot: QtBot, name: str) -> None:
    button = row.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(row: FolderRow, name: str) -> None:
    more = row.findChild(QToolButton, "documents.folder.more")
    assert more is not None
    action = next(a for a in more.menu().actions() if a.objectName() == name)
    assert action.isEnabled()
    action.trigger()


def undo(window: Application, qtbot: QtBot) -> None:
    button = window.window.findChild(QPushButton, "banner.action")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_that_is_put_into_a_watched_folder_comes_by_itself(
    page: DocumentsPage, matter: Path
) -> None:
    shown = watched(page, matter)
    assert page.folders.isVisible()
    (matter / "letters").mkdir()
    (matter / "letters" / "first.txt").write_text("The miller asks for a lower rent.")
    wait_until(ready(page, "first.txt"))
    (matter / "letters" / "first.txt").rename(matter / "letters" / "answered.txt")
    wait_until(ready(page, "answered.txt"))
    assert state_of(page, "first.txt") == ""
    wait_until(lambda: shown.folder.documents == 2)
    assert shown.state.whole() == "2 documents, changes are noticed"


def test_a_file_that_is_gone_is_told_and_its_document_goes_when_that_is_wished(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, matter: Path
) -> None:
    (matter / "bill.txt").write_text("The bill is for 340 euros.")
    shown = watched(page, matter)
    wait_until(ready(page, "bill.txt"))
    (matter / "bill.txt").unlink()
    wait_until(lambda: "Its file is gone" in state_of(page, "bill.txt"))
    wait_until(lambda: shown.folder.gone == 1)
    assert "the file of 1 is gone" in shown.state.whole()
    choose(shown, "documents.folder.remove_gone")
    wait_until(lambda: state_of(page, "bill.txt") == "")
    wait_until(lambda: bool(desk_window.window.banners.texts()))
    undo(desk_window, qtbot)
    wait_until(lambda: state_of(page, "bill.txt") != "")
    choose(shown, "documents.folder.remove_gone")
    wait_until(lambda: "bill.txt" in {d.name for d in page.collections.removed})
    wait_until(lambda: shown.folder.documents == 1)
    assert state_of(page, "bill.txt") == ""


def test_a_folder_is_paused_and_goes_on(page: DocumentsPage, qtbot: QtBot, matter: Path) -> None:
    shown = watched(page, matter)
    press(shown, qtbot, "documents.folder.pause")
    wait_until(lambda: shown.folder.state is FolderState.PAUSED)
    assert shown.state.whole() == "Paused, 1 document"
    (matter / "bill.txt").write_text("The bill is for 340 euros.")
    press(shown, qtbot, "documents.folder.pause")
    wait_until(ready(page, "bill.txt"))


def test_a_folder_is_watched_no_longer_until_that_is_undone(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, matter: Path
) -> None:
    choose(watched(page, matter), "documents.folder.unwatch")
    wait_until(lambda: not page_rows(page))
    assert not page.folders.isVisible()
    assert state_of(page, "lease.txt") == "Ready, 1 page"
    undo(desk_window, qtbot)
    wait_until(lambda: bool(page_rows(page)))


def test_a_folder_dropped_on_the_chat_is_added_and_can_be_watched(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, matter: Path
) -> None:
    desk_window.window.show_page("chat")
    drop_files(desk_window.window, matter)
    wait_until(lambda: any("Matter 7" in text for text in desk_window.window.banners.texts()))
    undo(desk_window, qtbot)  # whose place has the offer
    wait_until(ready(page, "lease.txt"))
    wait_until(lambda: bool(page_rows(page)))
    assert row(page).folder.path == matter


def of_collections(widget: QWidget) -> bool:
    return "documents.collections.list" in (widget.objectName(), widget.parent().objectName())


@pytest.mark.parametrize("name", ["chat", "documents", "models", "settings"])
def test_nothing_on_a_page_keeps_files_from_the_window(
    desk_window: Application, name: str, tmp_path: Path
) -> None:
    """Files and folders come with their paths as text, which fields would take for their own.

    The list of collections does keep them: dropped on one, they are added to that one.
    """
    desk_window.window.show_page(name)
    mime = drag(QUrl.fromLocalFile(str(tmp_path)).toString())
    mime.setText(str(tmp_path))
    window, keeping, fields = desk_window.window, [], 0
    for widget in window.page_widget(name).findChildren(QWidget):
        if widget.acceptDrops() and not of_collections(widget):
            fields += 1
            if enter(widget, mime) and not window.overlay.isVisible():
                keeping.append(f"{widget.objectName()} of {widget.parent().objectName()}")
            window.overlay.hide()
    assert keeping == []
    assert fields


def test_what_cannot_be_watched_is_named(
    desk_window: Application, page: DocumentsPage, matter: Path
) -> None:
    watched(page, matter)
    page.folders.watch([matter])
    wait_until(lambda: bool(desk_window.window.banners.texts()))
    assert "watched already" in desk_window.window.banners.texts()[-1]


def test_reading_as_a_whole_is_paused_and_says_so(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    pause = desk_window.window.actions_.get("documents.pause")
    hint = page.findChild(QLabel, "documents.hint")
    assert isinstance(pause, QAction)
    assert hint is not None
    pause.trigger()
    wait_until(lambda: page.pause.paused)
    assert "paused" in hint.text()
    assert hint.isVisible()
    (tmp_path / "waiting.txt").write_text("It waits.")
    drop_files(desk_window.window, tmp_path / "waiting.txt")
    wait_until(lambda: state_of(page, "waiting.txt") == "Waiting")
    assert desk_window.window.status.text() == ""
    pause.trigger()
    wait_until(ready(page, "waiting.txt"))
    assert not page.pause.paused


@pytest.mark.parametrize(
    ("state", "facts", "words"),
    [
        (FolderState.WAITING, {}, "Waiting to be looked through"),
        (FolderState.CHECKING, {"looked_at": 500}, "Looking through it, 500 files so far"),
        (
            FolderState.AWAY,
            {"documents": 12},
            "Not there now; what was read of 12 documents can be searched",
        ),
        (
            FolderState.WATCHED,
            {
                "documents": 12,
                "gone": 3,
                "left_out": 1,
                "unreadable": (("secret", "permission denied"), ("more", "permission denied")),
                "noticing": True,
            },
            (
                "12 documents, the files of 3 are gone, their text stays, 1 that you removed left "
                "out, secret may not be read (permission denied), nor 1 more, changes are noticed"
            ),
        ),
    ],
)
def test_how_a_folder_stands_is_said_in_words(
    state: FolderState, facts: dict[str, object], words: str
) -> None:
    folder = WatchedFolder(1, Path("/matters/7"), "Documents", state, **facts)  # type: ignore[arg-type]
    assert folder_in_words(folder) == words
