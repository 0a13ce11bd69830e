"""The Sources panel over a real reader: the lit page, its text where the page cannot be had."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.documents import Document, Page
from desktop.domain.jobs import Cancellation
from desktop.gui.widgets.page_view import PageView
from desktop.gui.widgets.sources import SourcesPanel
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests.gui.scripted import (
    MEMBERS,
    PAGES,
    VANS,
    ScriptedChat,
    passage,
    record_document,
    written,
)
from tests.samples import write_pdf

LONG_WAIT = 20_000  # milliseconds; a reader starts meanwhile


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("sources") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture(scope="module")
def library(store: Store) -> Iterator[Library]:
    client = reader_client()
    yield Library(store, ReaderAdapter(client), None)  # type: ignore[arg-type]
    client.stop()


@pytest.fixture
def document(store: Store, library: Library, tmp_path: Path) -> Document:
    """A real PDF, its pages stored as the real reader reads them."""
    path = write_pdf(tmp_path / "report.pdf", PAGES)
    reader = library._reader
    found = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    return record_document(store, path, [page for page in found if isinstance(page, Page)])


@pytest.fixture
def chat(
    qapp: object, store: Store, library: Library, document: Document
) -> Iterator[ScriptedChat]:
    chat = ScriptedChat(store, library)
    pages = [library.page(document.id, number) for number in (1, 2)]
    texts = [page.text for page in pages if page is not None]
    members = texts[0].index("Members")
    first = passage(document, 1, texts[0])
    chat.answering.script = written(f"{MEMBERS} {VANS}", [first, passage(document, 2, texts[1])])
    assert members > 0
    yield chat
    chat.close()


def cite(chat: ScriptedChat, qtbot: QtBot, at: int = 0) -> SourcesPanel:
    """Ask, and press the chip at `at`; the panel with its page on screen."""
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("Who keeps the old fee?")
    panel = chat.find(SourcesPanel, "chat.sources")
    assert not panel.isVisible()
    chips = chat.page.findChildren(QToolButton, "chat.chip")
    assert len(chips) == 2
    with qtbot.waitSignal(panel.shown, timeout=LONG_WAIT):
        chips[at].click()
    assert panel.isVisible()
    return panel


def place(panel: SourcesPanel) -> str:
    label = panel.findChild(QLabel, "sources.place")
    assert label is not None
    return label.accessibleName()


def painted(view: PageView, where: QRect) -> QImage:
    sheet = view.widget()
    return sheet.grab(where).toImage()


def yellowish(image: QImage) -> float:
    """The share of pixels that are clearly more yellow than blue."""
    pixels = [
        QColor(image.pixel(x, y)) for x in range(image.width()) for y in range(image.height())
    ]
    return sum(colour.red() - colour.blue() > 60 for colour in pixels) / len(pixels)


def test_a_chip_opens_the_page_with_exactly_the_passage_lit(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    panel = cite(chat, qtbot)
    view = chat.find(PageView, "sources.page")
    lit = view.lit_region()
    assert not lit.isEmpty()
    assert yellowish(painted(view, lit)) > 0.5
    below = lit.translated(0, 2 * lit.height())
    assert yellowish(painted(view, below)) == 0.0
    assert view.viewport().rect().contains(lit.translated(view.widget().pos()).topLeft())
    assert place(panel) == "Page 1, source 1 of 2"
    assert view.widget().accessibleDescription().startswith("Members who paid")


def test_next_and_previous_source_go_round(chat: ScriptedChat, qtbot: QtBot) -> None:
    panel = cite(chat, qtbot)
    for shortcut, expected in (
        (Qt.Key.Key_Right, "Page 2, source 2 of 2"),
        (Qt.Key.Key_Right, "Page 1, source 1 of 2"),
        (Qt.Key.Key_Left, "Page 2, source 2 of 2"),
    ):
        with qtbot.waitSignal(panel.shown, timeout=LONG_WAIT):
            QTest.keyClick(panel, shortcut, Qt.KeyboardModifier.AltModifier)
        assert place(panel) == expected


def test_other_pages_are_unlit_and_the_last_one_is_known(chat: ScriptedChat, qtbot: QtBot) -> None:
    panel = cite(chat, qtbot)
    view = chat.find(PageView, "sources.page")
    with qtbot.waitSignal(panel.shown, timeout=LONG_WAIT):
        chat.actions.get("sources.page_down").trigger()
    assert panel.page == 2
    assert view.lit_region().isEmpty()
    down = chat.find(QToolButton, "sources.page_down.button")
    assert down.isEnabled()
    chat.actions.get("sources.page_down").trigger()
    qtbot.waitUntil(lambda: not down.isEnabled(), timeout=LONG_WAIT)
    assert panel.page == 2


def test_zooming_asks_for_a_sharper_page(chat: ScriptedChat, qtbot: QtBot) -> None:
    panel = cite(chat, qtbot)
    view = chat.find(PageView, "sources.page")
    before = view.widget().width()
    with qtbot.waitSignal(panel.shown, timeout=LONG_WAIT):
        for _ in range(3):
            chat.actions.get("sources.larger").trigger()
    assert view.zoom == 2.0
    assert view.widget().width() > 1.9 * before
    page = view.widget()._page
    assert page.image.width() == view.width_wanted()
    assert yellowish(painted(view, view.lit_region())) > 0.5


def test_one_button_fits_the_page_again(chat: ScriptedChat, qtbot: QtBot) -> None:
    cite(chat, qtbot)
    view = chat.find(PageView, "sources.page")
    chat.actions.get("sources.smaller").trigger()
    assert view.zoom < 1.0
    chat.find(QToolButton, "sources.fit.button").click()
    assert view.zoom == 1.0


def test_the_original_opens_in_the_viewer_of_the_system_at_the_page_in_view(
    chat: ScriptedChat,
    qtbot: QtBot,
    document: Document,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, does in (
        ("xdg-mime", "echo org.gnome.Evince.desktop"),
        ("evince", f'printf "%s\\n" "$@" > "{told}"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    panel = cite(chat, qtbot, at=1)
    chat.find(QToolButton, "sources.open.button").click()
    qtbot.waitUntil(lambda: place(panel) == "Opened at this page", timeout=LONG_WAIT)
    with told.open() as said:  # waits for the viewer to write
        assert said.read().splitlines() == ["--page-index=2", str(document.path)]


def test_an_original_that_is_gone_is_not_opened_and_that_is_said(
    chat: ScriptedChat, qtbot: QtBot, document: Document
) -> None:
    cite(chat, qtbot)
    document.path.unlink()
    chat.actions.get("sources.open").trigger()
    trouble = chat.find(QLabel, "sources.trouble")
    qtbot.waitUntil(lambda: "report.pdf is not there." in trouble.text(), timeout=LONG_WAIT)
    assert trouble.isVisible()


def test_letters_of_the_stored_text_grow_and_shrink(
    chat: ScriptedChat, qtbot: QtBot, document: Document
) -> None:
    document.path.unlink()
    cite(chat, qtbot)
    text = chat.find(QPlainTextEdit, "sources.text")
    before = text.fontMetrics().height()
    for _ in range(4):
        chat.actions.get("sources.larger").trigger()
    assert text.fontMetrics().height() > before
    chat.actions.get("sources.fit").trigger()
    assert text.fontMetrics().height() == before


def test_copying_takes_the_words_and_where_they_stand(chat: ScriptedChat, qtbot: QtBot) -> None:
    cite(chat, qtbot, at=1)
    chat.actions.get("sources.copy").trigger()
    assert QGuiApplication.clipboard().text() == f"“{VANS}” (report.pdf, p. 2)"


def test_escape_closes_the_panel_and_returns_to_the_question(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    panel = cite(chat, qtbot)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert chat.find(QWidget, "chat.conversations").isVisible()
    assert not chat.actions.get("sources.copy").isEnabled()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda path: path.unlink(), "report.pdf is not there."),
        (lambda path: path.write_bytes(b"%PDF-1.7 other"), "report.pdf has changed"),
        (lambda path: path.write_bytes(path.read_bytes()[::-1]), "report.pdf has changed"),
    ],
)
def test_without_the_file_its_stored_text_is_shown_lit_with_the_reason(
    chat: ScriptedChat, qtbot: QtBot, document: Document, change: object, sentence: str
) -> None:
    change(document.path)  # type: ignore[operator]
    cite(chat, qtbot)
    text = chat.find(QPlainTextEdit, "sources.text")
    assert text.isVisible()
    selections = text.extraSelections()  # owns the cursors
    assert selections[0].cursor.selectedText().startswith("Members who paid")
    assert "The board approved" in text.toPlainText()
    trouble = chat.find(QLabel, "sources.trouble")
    assert trouble.isVisible()
    assert sentence in trouble.text()


def test_a_removed_document_still_shows_the_passage_itself(
    chat: ScriptedChat, qtbot: QtBot, store: Store, document: Document
) -> None:
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("Who keeps the old fee?")
    store.remove_document(document.id)
    panel = chat.find(SourcesPanel, "chat.sources")
    with qtbot.waitSignal(panel.shown, timeout=LONG_WAIT):
        chat.page.findChildren(QToolButton, "chat.chip")[0].click()
    assert chat.find(QPlainTextEdit, "sources.text").toPlainText().startswith("Members who paid")
    assert "report.pdf is not there" in chat.find(QLabel, "sources.trouble").text()
