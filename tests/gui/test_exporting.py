"""Chats and answers exported from the Chat page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListView, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.documents import Document, Page
from desktop.domain.exports import Wish
from desktop.domain.jobs import Cancellation
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests.foreign_chats import chatgpt
from tests.gui.scripted import MEMBERS, PAGES, VANS, ScriptedChat, passage, record_document, written
from tests.samples import write_pdf

LONG_WAIT = 20_000  # milliseconds; a reader starts meanwhile


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("exports") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture(scope="module")
def library(store: Store) -> Iterator[Library]:
    client = reader_client()
    yield Library(store, ReaderAdapter(client), None)  # type: ignore[arg-type]
    client.stop()


@pytest.fixture
def document(store: Store, library: Library, tmp_path: Path) -> Document:
    path = write_pdf(tmp_path / "report.pdf", PAGES)
    found = library._reader.read(path, password=None, first_page=1, cancel=Cancellation())
    return record_document(store, path, [page for page in found if isinstance(page, Page)])


@pytest.fixture
def chat(
    qapp: object, qtbot: QtBot, store: Store, library: Library, document: Document
) -> Iterator[ScriptedChat]:
    """A chat in which one question was answered."""
    chat = ScriptedChat(store, library)
    assert not chat.actions.get("chat.export").isEnabled()
    page = library.page(document.id, 1)
    assert page is not None
    passages = [passage(document, 1, page.text), passage(document, 2, VANS)]
    chat.answering.script = written(f"{MEMBERS} {VANS} Everybody is happy.", passages)
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("Who keeps the old fee?")
    yield chat
    chat.close()


def answer(chat: ScriptedChat, qtbot: QtBot, path: Path) -> Path:
    """Choose that path in the dialogue that is open, and wait for the file."""
    dialogue = chat.window.findChild(QFileDialog, "chat.export.choose")
    assert dialogue is not None
    with qtbot.waitSignal(chat.exports.exported, timeout=LONG_WAIT):
        dialogue.filesSelected.emit([str(path)])
        dialogue.close()
    return path


def test_the_chat_in_view_is_exported_by_its_keys(
    chat: ScriptedChat, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.keyClick(
        chat.page,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    path = answer(chat, qtbot, tmp_path / "chat.md")
    text = path.read_text()
    assert f"{VANS}[^2]" in text
    assert "Everybody is happy.[^unsupported]" in text
    assert "Who keeps the old fee?" in text
    assert chat.notices[-1].text == "Exported to chat.md."
    menu = chat.find(QListView, "chat.list").actions()
    assert chat.actions.get("chat.export") in menu


def test_an_answer_is_exported_as_pdf_with_the_pages_that_it_cites(
    chat: ScriptedChat, qtbot: QtBot, tmp_path: Path
) -> None:
    tool = chat.find(QToolButton, "chat.answer.export")
    menu = tool.menu()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    path = answer(chat, qtbot, tmp_path / "answer.pdf")
    pages = PdfReader(path).pages
    assert len(pages) == 3
    assert "1 report.pdf, page 1" in " ".join(pages[0].extract_text().split())
    assert [len(page.images) for page in pages] == [0, 1, 1]


def test_pages_of_a_file_that_is_gone_are_said_to_be_missing(
    chat: ScriptedChat, qtbot: QtBot, tmp_path: Path, document: Document
) -> None:
    document.path.unlink()
    chat.actions.get("chat.export_pages").trigger()
    path = answer(chat, qtbot, tmp_path / "chat.json")
    assert "pages" not in json.loads(path.read_text())["turns"][1]
    assert "changed or has none: 2." in chat.notices[-1].text


def test_a_new_chat_has_nothing_to_export(chat: ScriptedChat) -> None:
    assert chat.actions.get("chat.export").isEnabled()
    chat.actions.get("chat.new").trigger()
    assert not chat.actions.get("chat.export").isEnabled()


def test_a_folder_that_cannot_be_written_is_told(
    chat: ScriptedChat, qtbot: QtBot, tmp_path: Path
) -> None:
    chat.actions.get("chat.export").trigger()
    dialogue = chat.window.findChild(QFileDialog, "chat.export.choose")
    assert dialogue is not None
    dialogue.filesSelected.emit([str(tmp_path / "nowhere" / "chat.docx")])
    dialogue.close()
    qtbot.waitUntil(lambda: chat.notices[-1].trouble, timeout=LONG_WAIT)
    assert "chat.docx cannot be written" in chat.notices[-1].text


def test_a_stopped_export_leaves_nothing(chat: ScriptedChat, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "chat.docx"
    chat.exports.write(chat.page.conversation_id, path, Wish(pages=True))
    waiting = chat.notices[-1]
    assert (waiting.text, waiting.action) == ("Exporting to chat.docx", "Stop")
    waiting.act()
    chat.exports.write(chat.page.conversation_id, tmp_path / "other.docx", Wish(pages=True))
    qtbot.waitUntil(lambda: "Exported" in chat.notices[-1].text, timeout=LONG_WAIT)
    assert [one.name for one in tmp_path.iterdir() if "docx" in one.name] == ["other.docx"]


def test_chats_of_another_program_are_taken_in_and_listed(
    chat: ScriptedChat, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([chatgpt("Notice periods"), {"mapping": 1}]))
    chat.actions.get("chat.import").trigger()
    dialogue = chat.window.findChild(QFileDialog, "chat.import.choose")
    assert dialogue is not None
    with qtbot.waitSignal(chat.imports.imported, timeout=LONG_WAIT):
        dialogue.filesSelected.emit([str(path)])
        dialogue.close()
    said = "Chats taken in: 1. Left out, because they cannot be read or say nothing: 1."
    assert chat.notices[-1].text == said
    shown = chat.find(QListView, "chat.list").model()
    qtbot.waitUntil(
        lambda: "Notice periods" in [shown.index(row, 0).data() for row in range(shown.rowCount())],
        timeout=LONG_WAIT,
    )
