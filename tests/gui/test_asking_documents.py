"""What is asked of selected documents, in the real window: a summary of one, two side by side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget

from desktop.app import Application
from desktop.domain.chat import AnswerKind, AnswerMode, Turn, TurnState
from desktop.domain.documents import DocumentState
from desktop.gui.pages.chat import ChatPage
from desktop.gui.pages.documents import DocumentsPage
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.mode_button import ModeButton
from desktop.gui.widgets.sources import SourcesPanel
from desktop.gui.widgets.turn import AnswerView
from tests.gui.conftest import wait_for, wait_until
from tests.gui.dragging import drop_files
from tests.samples import write_pdf

LEASE = (
    "The lease of the warehouse in Aldermoor was signed by Maria Okafor on 12 March 2019. "
    "The rent of the warehouse is 1,200 euros a month. The landlord repairs the roof."
)
VANS = "The auditor of Dunmere Optics recorded the sale of two delivery vans in week 12."


@pytest.fixture(scope="module")
def filled(desk_window: Application, tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The window with two documents in it."""
    folder = tmp_path_factory.mktemp("asked")
    lease, vans = write_pdf(folder / "lease.pdf", [LEASE]), write_pdf(folder / "vans.pdf", [VANS])
    drop_files(desk_window.window, lease, vans)
    wait_until(lambda: {"lease.pdf", "vans.pdf"} <= ready(desk_window))
    return desk_window


def documents(application: Application) -> DocumentsPage:
    page = application.window.page_widget("documents")
    assert isinstance(page, DocumentsPage)
    return page


def chat(application: Application) -> ChatPage:
    page = application.window.page_widget("chat")
    assert isinstance(page, ChatPage)
    return page


def ready(application: Application) -> set[str]:
    known = documents(application).model.documents()
    return {one.name for one in known if one.state is DocumentState.READY}


def select(application: Application, *names: str) -> DocumentsPage:
    application.window.show_page("documents")
    page = documents(application)
    selection = page.list.selectionModel()
    selection.clearSelection()
    for row in range(page.model.rowCount()):
        here = page.model.index(row)
        if here.data() in names:
            selection.select(here, QItemSelectionModel.SelectionFlag.Select)
    assert {one.name for one in page.selected()} == set(names)
    return page


def finished(application: Application) -> tuple[Turn, AnswerView]:
    assert application.joined is not None
    (turn,) = wait_for(application.joined.answers.finished, 110)
    assert isinstance(turn, Turn)
    (view,) = chat(application).findChildren(AnswerView)
    return turn, view


def test_a_selected_document_is_summarised_in_a_chat_with_its_places(filled: Application) -> None:
    page = select(filled, "lease.pdf")
    button = page.findChild(QPushButton, "documents.summarise.button")
    assert button is not None
    assert button.isVisible()
    offered = [action.text() for action in button.menu().actions()]
    assert offered == ["In short", "In a few paragraphs", "At length"]
    button.menu().actions()[0].trigger()
    assert filled.window.page == "chat"
    turn, view = finished(filled)
    assert turn.state is TurnState.COMPLETE
    assert turn.record is not None
    assert (turn.record.kind, turn.record.of_document) == (AnswerKind.SUMMARISED, "lease.pdf")
    questions = chat(filled).findChildren(QLabel, "chat.question")
    assert [one.text() for one in questions] == ["Summarise lease.pdf in short"]
    assert chat(filled).findChild(QToolButton, "chat.scope").text() == "1 chosen document"
    chip = view.findChild(QToolButton, "chat.chip")
    assert chip is not None
    chip.click()
    sources = chat(filled).findChild(SourcesPanel)
    assert sources is not None
    wait_until(sources.isVisible)


def test_two_selected_documents_answer_side_by_side(filled: Application) -> None:
    page = select(filled, "lease.pdf", "vans.pdf")
    button = page.findChild(QPushButton, "documents.summarise.button")
    assert button is not None
    assert not button.isVisible()
    filled.window.actions_.get("documents.compare").trigger()
    assert filled.window.page == "chat"
    mode = chat(filled).findChild(ModeButton)
    assert mode is not None
    assert mode.mode is AnswerMode.COMPARE
    field = chat(filled).findChild(QPlainTextEdit, "chat.input")
    QTest.keyClicks(field, "How much is the rent of the warehouse in Aldermoor?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    turn, view = finished(filled)
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.COMPARED
    names = view.findChildren(ElidedLabel, "chat.column.document")
    assert [name.whole() for name in names] == ["lease.pdf", "vans.pdf"]
    lease, vans = view.findChildren(QWidget, "chat.column")
    text = lease.findChild(AnswerText, "chat.column.text")
    assert "1,200" in text.toPlainText()
    assert lease.findChildren(QToolButton, "chat.chip")
    silent = vans.findChild(QLabel, "chat.column.silent")
    assert silent is not None
    assert silent.text() == "Nothing in vans.pdf answers this."
    mode.choose(AnswerMode.ANSWER)
