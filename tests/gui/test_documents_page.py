"""The Documents page: its model alone, then the page in the real window over a real desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import DiskFull, DocumentDamaged
from desktop.gui.models.document_words import in_total, progress, state_in_words, time_in_words
from desktop.gui.models.documents import DocumentsModel, Role
from desktop.gui.models.pace import Pace
from desktop.gui.pages.documents import DocumentsPage
from desktop.gui.widgets.document_actions import MANY
from tests.gui.conftest import wait_until
from tests.gui.dragging import drop_files
from tests.samples import write_pdf, write_report

State = DocumentState


def record(number: int, name: str, state: State = State.READY, **facts: Any) -> Document:
    return Document(number, Path("/matters/lease") / name, name, state, **facts)


# -- the model


@pytest.fixture
def model(qapp: QApplication, qtmodeltester: ModelTester) -> DocumentsModel:
    model = DocumentsModel()
    qtmodeltester.check(model)
    return model


def names(model: DocumentsModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_documents_stand_in_order_of_their_names_however_they_come(
    model: DocumentsModel,
) -> None:
    model.reset([record(1, "b.pdf"), record(2, "A.pdf")])
    model.put(record(3, "aa.pdf"))
    assert names(model) == ["A.pdf", "aa.pdf", "b.pdf"]


def test_news_replaces_the_record_in_its_row(model: DocumentsModel) -> None:
    model.reset([record(1, "a.pdf", State.QUEUED), record(2, "b.pdf", State.QUEUED)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.put(record(2, "b.pdf", State.INDEXING, page_count=10, pages_read=10, pages_indexed=5))
    assert changed == [1]
    assert model.index(1).data(Role.STATE) == "Indexing, 5 of 10 pages"
    assert model.index(1).data(Role.PROGRESS) == pytest.approx(0.55)
    assert model.rowCount() == 2


def test_a_hidden_document_stays_out_of_sight_until_it_is_shown(model: DocumentsModel) -> None:
    model.reset([record(1, "a.pdf"), record(2, "b.pdf")])
    hidden = model.hide(1)
    assert hidden == record(1, "a.pdf")
    model.put(record(1, "a.pdf", State.CANCELLED))
    model.reset([record(1, "a.pdf"), record(2, "b.pdf")])
    assert names(model) == ["b.pdf"]
    model.show(record(1, "a.pdf"))
    assert names(model) == ["a.pdf", "b.pdf"]


def test_a_renamed_document_moves_to_where_its_name_belongs(model: DocumentsModel) -> None:
    model.reset([record(1, "a.pdf"), record(2, "b.pdf"), record(3, "c.pdf")])
    model.put(record(1, "bb.pdf"))
    assert names(model) == ["b.pdf", "bb.pdf", "c.pdf"]
    assert model.row_of(1) == 1


def test_what_is_at_work_is_counted_as_it_changes(model: DocumentsModel) -> None:
    model.reset([record(1, "a.pdf", State.QUEUED), record(2, "b.pdf"), record(3, "c.pdf")])
    assert model.at_work.documents == 1
    working = record(2, "b.pdf", State.INDEXING, page_count=10, pages_read=10, pages_indexed=5)
    model.put(working)
    model.put(record(1, "a.pdf", State.READY, page_count=4))
    assert in_total(model.at_work) == in_total([working])
    model.hide(2)
    assert in_total(model.at_work) == ("", -1.0)


def test_a_screen_reader_hears_the_name_and_the_state(model: DocumentsModel) -> None:
    model.put(record(1, "a.pdf", page_count=2))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.pdf, Ready, 2 pages"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (record(1, "a.pdf", State.QUEUED), "Waiting"),
        (record(1, "a.pdf", State.READING), "Opening"),
        (
            record(1, "a.pdf", State.READING, page_count=480, pages_read=312),
            "Reading, 312 of 480 pages",
        ),
        (record(1, "a.pdf", page_count=1), "Ready, 1 page"),
        (
            record(1, "a.pdf", page_count=480, pages_without_text=3),
            "Ready, 480 pages, 3 without text",
        ),
        (
            record(1, "a.pdf", page_count=4, pages_without_text=4),
            "No text found: 4 pages",
        ),
        (record(1, "a.pdf", State.LOCKED, error_code="password_needed"), "Needs its password"),
        (
            record(1, "a.pdf", State.LOCKED, error_code="password_wrong"),
            "That password does not open it",
        ),
        (
            record(1, "a.pdf", State.CANCELLED, page_count=9, pages_read=4),
            "Stopped, 4 of 9 pages can be searched",
        ),
        (
            record(
                1, "a.pdf", State.FAILED, error_code="document_damaged", error_facts={"file": "a"}
            ),
            f"Failed: {DocumentDamaged(file='a')}",
        ),
    ],
)
def test_each_state_is_said_in_words(document: Document, words: str) -> None:
    assert state_in_words(document) == words
    at_work = document.state in (State.QUEUED, State.READING, State.INDEXING)
    assert (progress(document) is not None) == at_work


def test_the_time_left_follows_the_pace_and_is_not_guessed() -> None:
    pace = Pace()
    pace.mark(100.0, 0)
    assert pace.seconds_left(480) is None
    pace.mark(101.0, 2)
    assert pace.seconds_left(478) is None  # a second is too short to tell
    pace.mark(110.0, 20)
    assert pace.seconds_left(240) == pytest.approx(120.0)
    assert time_in_words(120.0) == "about 2 min left"
    pace.mark(111.0, 0)  # begun anew
    assert pace.seconds_left(480) is None


def test_several_documents_make_one_line() -> None:
    at_work = [
        record(1, "a.pdf", State.INDEXING, page_count=10, pages_read=10, pages_indexed=5),
        record(2, "b.pdf", State.READING, page_count=30, pages_read=3),
    ]
    line, share = in_total(at_work)
    assert line == "Indexing, 5 of 40 pages in 2 documents"
    assert 0 < share < 1
    assert in_total([]) == ("", -1.0)


# -- the page


@pytest.fixture
def page(desk_window: Application) -> DocumentsPage:
    desk_window.window.show_page("documents")
    found = desk_window.window.page_widget("documents")
    assert isinstance(found, DocumentsPage)
    desk_window.window.banners.end_all()
    return found


def shown(page: DocumentsPage, name: str) -> Document | None:
    return next((d for d in page.model.documents() if d.name == name), None)


def in_state(page: DocumentsPage, name: str, state: State) -> Callable[[], bool]:
    def holds() -> bool:
        document = shown(page, name)
        return document is not None and document.state is state

    return holds


def press(page: DocumentsPage, qtbot: QtBot, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def select(page: DocumentsPage, name: str) -> Document:
    document = shown(page, name)
    assert document is not None, name
    page.select(document.id)
    return document


def test_a_dropped_report_is_read_indexed_and_ready_with_progress_on_the_way(
    desk_window: Application, page: DocumentsPage, tmp_path: Path
) -> None:
    shares: list[float] = []
    page.workChanged.connect(lambda _line, share: shares.append(share))
    drop_files(desk_window.window, write_report(tmp_path / "ledger.pdf", 6))
    wait_until(in_state(page, "ledger.pdf", State.READY))
    row = page.model.row_of(select(page, "ledger.pdf").id)
    assert page.model.index(row).data(Role.STATE) == "Ready, 6 pages"
    wait_until(lambda: shares[-1] == -1.0)
    assert max(shares) > 0
    assert desk_window.window.status.text() == ""


def test_a_removed_document_comes_back_with_undo_and_can_until_it_is_gone(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    drop_files(desk_window.window, write_report(tmp_path / "minutes.pdf", 1))
    wait_until(in_state(page, "minutes.pdf", State.READY))
    document = select(page, "minutes.pdf")
    press(page, qtbot, "documents.remove.button")
    assert shown(page, "minutes.pdf") is None
    wait_until(lambda: desk_window.window.findChild(QPushButton, "banner.action") is not None)
    undo = desk_window.window.findChild(QPushButton, "banner.action")
    assert undo is not None
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    wait_until(lambda: shown(page, "minutes.pdf") is not None)
    select(page, "minutes.pdf")
    press(page, qtbot, "documents.remove.button")
    assert desk_window.desk is not None
    library = desk_window.desk.library
    wait_until(lambda: document.id in [d.id for d in library.removed()])
    desk_window.window.banners.end_all()
    assert document.id not in [d.id for d in library.documents()]
    assert (tmp_path / "minutes.pdf").exists()


def test_adding_a_removed_document_again_keeps_it(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_report(tmp_path / "kept.pdf", 1)
    drop_files(desk_window.window, path)
    wait_until(in_state(page, "kept.pdf", State.READY))
    document = select(page, "kept.pdf")
    press(page, qtbot, "documents.remove.button")
    assert desk_window.desk is not None
    library = desk_window.desk.library
    wait_until(lambda: document.id in [d.id for d in library.removed()])
    drop_files(desk_window.window, path)
    wait_until(in_state(page, "kept.pdf", State.READY))
    desk_window.window.banners.end_all()
    assert document.id not in [d.id for d in library.removed()]
    assert document.id in [d.id for d in library.documents()]


def test_what_goes_and_comes_without_the_page_is_out_of_sight_and_in_it_again(
    desk_window: Application, page: DocumentsPage, tmp_path: Path
) -> None:
    path = write_report(tmp_path / "elsewhere.pdf", 1)
    drop_files(desk_window.window, path)
    wait_until(in_state(page, "elsewhere.pdf", State.READY))
    document = select(page, "elsewhere.pdf")
    assert desk_window.desk is not None
    desk_window.desk.library.remove(document.id)
    wait_until(lambda: shown(page, "elsewhere.pdf") is None)
    desk_window.desk.library.add([path])
    wait_until(lambda: shown(page, "elsewhere.pdf") is not None)


def test_documents_that_cannot_be_removed_are_in_sight_again(
    desk_window: Application, page: DocumentsPage, tmp_path: Path
) -> None:
    drop_files(desk_window.window, write_report(tmp_path / "stays.pdf", 1))
    wait_until(in_state(page, "stays.pdf", State.READY))
    document = select(page, "stays.pdf")

    def refuse() -> None:
        raise DiskFull(path="the store")

    others = list(range(900_000, 900_000 + MANY))  # all are taken out of sight at once
    for ids in ([document.id], [document.id, *others]):
        page.doing.put_away(ids, "removed", refuse)
        assert shown(page, "stays.pdf") is None
        wait_until(lambda: shown(page, "stays.pdf") is not None)
        assert not page.doing.leaving
    assert "The disk is full" in desk_window.window.banners.texts()[-1]
    desk_window.window.banners.end_all()


def test_a_locked_document_asks_for_its_password_in_place(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    drop_files(
        desk_window.window, write_pdf(tmp_path / "sealed.pdf", ["The seal is red."], password="wax")
    )
    wait_until(in_state(page, "sealed.pdf", State.LOCKED))
    select(page, "sealed.pdf")
    field = page.findChild(QLineEdit, "documents.password")
    assert field is not None
    assert field.isVisible()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "candle")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    state = page.findChild(QLabel, "documents.selected.state")
    assert state is not None
    wait_until(lambda: "does not open" in state.text())
    qtbot.keyClicks(field, "wax")
    press(page, qtbot, "documents.unlock")
    wait_until(in_state(page, "sealed.pdf", State.READY))
    assert not field.isVisible()


def test_a_file_that_is_no_pdf_fails_by_itself_and_can_be_tried_again(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.pdf"
    wrong.write_text("not a PDF at all")
    drop_files(desk_window.window, wrong, write_report(tmp_path / "right.pdf", 1))
    wait_until(in_state(page, "wrong.pdf", State.FAILED))
    wait_until(in_state(page, "right.pdf", State.READY))
    write_report(wrong, 1)
    select(page, "wrong.pdf")
    press(page, qtbot, "documents.again.button")
    wait_until(in_state(page, "wrong.pdf", State.READY))


def test_refused_files_are_named_in_one_banner(
    desk_window: Application, page: DocumentsPage, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    drop_files(desk_window.window, tmp_path / "gone.pdf", tmp_path / "gone too.pdf", empty)
    wait_until(lambda: bool(desk_window.window.banners.texts()))
    (text,) = desk_window.window.banners.texts()
    assert "gone.pdf is not there." in text
    assert "2 more files were not added." in text


def test_a_document_at_work_can_be_cancelled_and_what_was_read_stays(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    drop_files(desk_window.window, write_report(tmp_path / "long.pdf", 150))
    wait_until(lambda: (shown(page, "long.pdf") or record(0, "")).pages_read > 0)
    document = select(page, "long.pdf")
    press(page, qtbot, "documents.cancel.button")
    wait_until(in_state(page, "long.pdf", State.CANCELLED))
    assert desk_window.desk is not None
    stored = next(d for d in desk_window.desk.library.documents() if d.id == document.id)
    assert stored.pages_read > 0
    assert stored.pages_indexed < 150
