"""Collections on the Documents page, and what was removed: the real window over a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMenu, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.desk import Desk
from desktop.domain.documents import Document, DocumentState
from desktop.gui.models.collections import (
    DOCUMENTS,
    CollectionsModel,
    Entry,
    Kind,
    documents_of,
    dragged,
)
from desktop.gui.models.documents import DocumentsModel
from desktop.gui.pages.documents import DocumentsPage
from desktop.gui.widgets.drop_overlay import DropOverlay
from tests.gui.conftest import wait_until
from tests.gui.dragging import drag, drop_files, enter
from tests.samples import write_report

LEASES = Entry(Kind.COLLECTION, 2, "Leases", 7)
ENTRIES = [Entry(Kind.ALL, 3), LEASES, Entry(Kind.REMOVED, 1)]
MOVE = Qt.DropAction.CopyAction


# -- the models alone


@pytest.fixture
def model(qapp: QApplication, qtmodeltester: ModelTester) -> CollectionsModel:
    model = CollectionsModel()
    model.show_entries(ENTRIES)
    qtmodeltester.check(model)
    return model


def test_a_collection_is_renamed_in_place_and_nothing_else_is(model: CollectionsModel) -> None:
    told: list[tuple[str, str]] = []
    model.renamed.connect(lambda old, new: told.append((old, new)))
    editable = [
        bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsEditable) for row in (0, 1, 2)
    ]
    assert editable == [False, True, False]
    assert model.setData(model.index(1), "  Old   leases ")
    assert not model.setData(model.index(1), "  ")
    assert model.setData(model.index(1), "Leases")
    assert told == [("Leases", "Old leases")]
    assert model.index(1).data() == "Leases"  # until the store says so


def test_a_screen_reader_hears_how_many_there_are(model: CollectionsModel) -> None:
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1, 2)]
    assert spoken == [
        "All documents, documents: 3",
        "Leases, documents: 2",
        "Removed, documents: 1",
    ]


def test_files_and_documents_are_dropped_where_they_may_be(model: CollectionsModel) -> None:
    files: list[tuple[list[Path], str]] = []
    documents: list[tuple[list[int], str]] = []
    model.filesDropped.connect(lambda paths, name: files.append((paths, name)))
    model.documentsDropped.connect(lambda ids, name: documents.append((ids, name)))
    paths = drag("file:///a/b.pdf", "file:///a/model.gguf", "https://example.org/c.pdf")

    def drop(mime: QMimeData, row: int) -> bool:
        return model.dropMimeData(mime, MOVE, -1, -1, model.index(row))

    assert [drop(paths, row) for row in (0, 1, 2)] == [True, True, False]
    assert files == [([Path("/a/b.pdf")], ""), ([Path("/a/b.pdf")], "Leases")]
    assert [drop(dragged([4, 5]), row) for row in (0, 1, 2)] == [False, True, False]
    assert documents == [([4, 5], "Leases")]
    assert not drop(drag("file:///a/model.gguf"), 1)
    assert not model.dropMimeData(paths, MOVE, 1, 0, model.index(-1))


@pytest.mark.parametrize("content", [b"", b"[", b"{}", b'"7"', b"[true, null, 7.5]"])
def test_ids_that_another_program_made_up_are_not_believed(content: bytes) -> None:
    mime = QMimeData()
    mime.setData(DOCUMENTS, content)
    assert documents_of(mime) == []


def record(number: int, name: str) -> Document:
    return Document(number, Path("/matter") / name, name, DocumentState.READY)


def names(model: DocumentsModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_the_list_shows_a_collection_and_what_was_removed(
    qapp: QApplication, qtmodeltester: ModelTester
) -> None:
    model = DocumentsModel()
    qtmodeltester.check(model)
    model.reset([record(1, "a"), record(2, "b"), record(3, "c")])
    model.narrow(frozenset({2, 3}))
    assert names(model) == ["b", "c"]
    model.put(record(1, "a"))
    model.put(record(4, "d"))
    assert names(model) == ["b", "c"]
    assert (model.row_of(1), model.row_of(3), model.ids()) == (None, 1, {1, 2, 3, 4})
    model.hide(3)
    assert names(model) == ["b"]
    model.set_removed([record(3, "c"), record(9, "x")], set())
    model.narrow(None, removed=True)
    assert names(model) == ["c", "x"]
    model.put(record(3, "c"))
    assert names(model) == ["c", "x"]
    model.show(record(3, "c"))
    assert names(model) == ["x"]
    model.set_removed([], set())
    assert names(model) == []
    model.narrow(None)
    assert names(model) == ["a", "b", "c", "d"]
    model.put(record(1, "z"))  # renamed
    assert names(model) == ["b", "c", "d", "z"]
    model.hide_all({2, 3, 4})
    assert names(model) == ["z"]


# -- the page


@pytest.fixture
def page(desk_window: Application) -> DocumentsPage:
    desk_window.window.show_page("documents")
    found = desk_window.window.page_widget("documents")
    assert isinstance(found, DocumentsPage)
    desk_window.window.banners.end_all()
    return found


@pytest.fixture
def desk(desk_window: Application) -> Desk:
    assert desk_window.desk is not None
    return desk_window.desk


def entries(page: DocumentsPage) -> dict[str, int]:
    """What the list says, and how many documents are in each."""
    model = page.collections.list.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return {str(row.data()): row.data(CollectionsModel.ENTRY).count for row in rows}


def choose(page: DocumentsPage, name: str) -> None:
    wait_until(lambda: name in entries(page))
    model = page.collections.list.model()
    page.collections.list.setCurrentIndex(model.index(list(entries(page)).index(name), 0))


def ready(page: DocumentsPage, name: str) -> Document:
    def holds() -> bool:
        states = [d.state for d in page.model.documents() if d.name == name]
        return states == [DocumentState.READY]

    wait_until(holds)
    return next(d for d in page.model.documents() if d.name == name)


def press(page: DocumentsPage, qtbot: QtBot, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def undo(window: Application, qtbot: QtBot) -> None:
    wait_until(lambda: window.window.findChild(QPushButton, "banner.action") is not None)
    button = window.window.findChild(QPushButton, "banner.action")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    window.window.banners.end_all()


def make(page: DocumentsPage, qtbot: QtBot, name: str) -> None:
    """A new collection, named in its place."""
    press(page, qtbot, "documents.collection.add")
    wait_until(lambda: page.collections.list.findChild(QLineEdit) is not None)
    editor = page.collections.list.findChild(QLineEdit)
    assert editor is not None
    assert editor.text().startswith("New collection")
    editor.selectAll()
    qtbot.keyClicks(editor, name)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait_until(lambda: name in entries(page))


def test_a_collection_is_made_filled_renamed_and_removed_with_an_undo(
    desk_window: Application, page: DocumentsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    make(page, qtbot, "Aldermoor")
    assert page.collections.name == "Aldermoor"
    drop_files(desk_window.window, write_report(tmp_path / "deed.pdf", 1))
    ready(page, "deed.pdf")
    wait_until(lambda: entries(page)["Aldermoor"] == 1)
    assert [d.name for d in desk.library.documents("Aldermoor")] == ["deed.pdf"]
    qtbot.keyClick(page.collections.list, Qt.Key.Key_F2)
    editor = page.collections.list.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Fernleigh")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait_until(lambda: "Fernleigh" in entries(page))
    assert "Aldermoor" not in entries(page)
    page.collections.list.setFocus()
    qtbot.keyClick(page.collections.list, Qt.Key.Key_Delete)
    wait_until(lambda: "Fernleigh" not in entries(page))
    assert page.collections.entry.kind is Kind.ALL
    assert "deed.pdf" in [d.name for d in desk.library.documents()]
    undo(desk_window, qtbot)
    wait_until(lambda: entries(page).get("Fernleigh") == 1)


def test_a_document_is_put_into_another_collection_and_taken_out(
    desk_window: Application, page: DocumentsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("One", "Two"):
        desk.collections.add(name)
    page.add([write_report(tmp_path / "shared.pdf", 1)], "One")
    document = ready(page, "shared.pdf")
    choose(page, "One")
    wait_until(lambda: page.model.row_of(document.id) is not None)
    page.select(document.id)
    press(page, qtbot, "documents.put.button")
    menu = page.findChild(QMenu, "documents.put.menu")
    assert menu is not None
    offered = {action.text(): action for action in menu.actions()}
    assert "Two" in offered
    assert "One" not in offered
    offered["Two"].trigger()
    menu.close()
    wait_until(lambda: entries(page)["Two"] == 1)
    press(page, qtbot, "documents.take.button")
    wait_until(lambda: entries(page)["One"] == 0)
    assert document.id in [d.id for d in desk.library.documents("Two")]
    undo(desk_window, qtbot)
    wait_until(lambda: entries(page)["One"] == 1)
    mime = page.model.mimeData([page.model.index(0)])
    target = page.collections.list.model()
    row = list(entries(page)).index("Documents")
    assert target.dropMimeData(mime, MOVE, -1, -1, target.index(row, 0))
    wait_until(lambda: document.id in [d.id for d in desk.library.documents("Documents")])


def test_files_are_dropped_on_a_collection_which_the_veil_leaves_free(
    desk_window: Application, page: DocumentsPage, desk: Desk, tmp_path: Path
) -> None:
    desk.collections.add("Dropped on")
    wait_until(lambda: "Dropped on" in entries(page))
    path = write_report(tmp_path / "dropped.pdf", 1)
    mime = drag(QUrl.fromLocalFile(str(path)).toString())
    assert enter(desk_window.window, mime)
    overlay = desk_window.window.findChild(DropOverlay)
    assert overlay is not None
    shown = page.collections.mapTo(desk_window.window, page.collections.rect().center())
    assert not overlay.geometry().contains(shown)
    overlay.hide()
    model = page.collections.list.model()
    row = list(entries(page)).index("Dropped on")
    assert model.dropMimeData(mime, MOVE, -1, -1, model.index(row, 0))
    ready(page, "dropped.pdf")
    assert [d.name for d in desk.library.documents("Dropped on")] == ["dropped.pdf"]


def test_what_was_removed_is_listed_put_back_and_removed_for_good(
    desk_window: Application, page: DocumentsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    drop_files(
        desk_window.window, *(write_report(tmp_path / f"{n}.pdf", 1) for n in ("up", "down"))
    )
    choose(page, "All documents")
    for name in ("up.pdf", "down.pdf"):
        page.select(ready(page, name).id)
        press(page, qtbot, "documents.remove.button")
    choose(page, "Removed")
    wait_until(lambda: names(page.model) == ["down.pdf", "up.pdf"])
    page.select(page.model.document(1).id)
    press(page, qtbot, "documents.restore.button")
    wait_until(lambda: names(page.model) == ["down.pdf"])
    page.select(page.model.document(0).id)
    press(page, qtbot, "documents.forget.button")
    wait_until(lambda: "Removed" not in entries(page))
    assert page.collections.entry.kind is Kind.ALL
    assert desk.library.removed() == []
    assert "up.pdf" in names(page.model)
    assert "down.pdf" not in [d.name for d in desk.library.documents()]


def test_a_question_looks_in_several_collections(
    desk_window: Application, page: DocumentsPage, desk: Desk
) -> None:
    for name in ("North", "South", "West"):
        desk.collections.add(name)
    desk_window.window.show_page("chat")
    scope = desk_window.joined.chat._view.scope  # type: ignore[union-attr]
    desk_window.window.actions_.get("chat.scope").trigger()
    wait_until(scope._menu.isVisible)
    several = next(a for a in scope._menu.actions() if a.objectName() == "chat.scope.several")
    several.trigger()
    scope._menu.close()
    ticks = scope._collections.findChild(QListView, "chat.collections.list")
    assert ticks is not None
    for row in range(ticks.model().rowCount()):
        if ticks.model().index(row, 0).data() in ("North", "West"):
            ticks.model().setData(
                ticks.model().index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
            )
    scope._collections.close()
    assert scope.scope.collections == ("North", "West")
    assert scope.text() == "North, West"
    desk_window.window.show_page("documents")
