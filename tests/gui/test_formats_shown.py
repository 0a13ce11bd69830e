"""The Sources panel over documents that are no PDFs: their text, their scan, their whereabouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.documents import Page, Passage
from desktop.domain.jobs import Cancellation
from desktop.gui.widgets.page_view import PageView
from desktop.gui.widgets.sources import SourcesPanel, reference
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests import documents as made
from tests.documents import SENTENCE
from tests.gui.scripted import ScriptedChat, quoted, record_document

LONG_WAIT = 20_000  # milliseconds; a reader starts meanwhile

Cite = Callable[[str, bytes, float | None], tuple[ScriptedChat, SourcesPanel]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("formats") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture(scope="module")
def library(store: Store) -> Iterator[Library]:
    client = reader_client()
    yield Library(store, ReaderAdapter(client), None)  # type: ignore[arg-type]
    client.stop()


@pytest.fixture
def cite(
    qapp: object, qtbot: QtBot, store: Store, library: Library, tmp_path: Path
) -> Iterator[Cite]:
    """Reads a file with the real reader, asks, and presses the chip of the answer."""
    chats: list[ScriptedChat] = []

    def cite(
        name: str, content: bytes, confidence: float | None = None
    ) -> tuple[ScriptedChat, SourcesPanel]:
        path = tmp_path / name
        path.write_bytes(content)
        steps = library._reader.read(path, password=None, first_page=1, cancel=Cancellation())
        pages = [page for page in steps if isinstance(page, Page)]
        if confidence is not None:
            pages = [replace(page, confidence=confidence) for page in pages]
        document = record_document(store, path, pages)
        page = next(page for page in pages if SENTENCE in page.text or "Boiler" in page.text)
        text = SENTENCE if SENTENCE in page.text else made.ROW
        start = page.text.index(text)
        chat = ScriptedChat(store, library)
        chats.append(chat)
        chat.answering.script = quoted(
            [
                Passage(
                    *(1, document.id, name, page.number, page.label, start, start + len(text)),
                    *(1.0, text, None, page.heading, page.unit),
                )
            ]
        )
        with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
            chat.ask("What is replaced?")
        panel = chat.find(SourcesPanel, "chat.sources")
        with qtbot.waitSignal(panel.shown, timeout=LONG_WAIT):
            chat.find(QToolButton, "chat.source").click()
        return chat, panel

    yield cite
    for chat in chats:
        chat.close()


def place(panel: SourcesPanel) -> str:
    label = panel.findChild(QLabel, "sources.place")
    assert label is not None
    return label.accessibleName()


@pytest.mark.parametrize(
    ("name", "make", "whereabouts", "lit"),
    [
        ("lease.docx", made.docx_file, "Section 1, Heating › Boiler, source 1 of 1", SENTENCE),
        ("costs.xlsx", made.xlsx_file, "Costs 2025!A1:D6, source 1 of 1", made.ROW),
        ("talk.pptx", made.pptx_file, "Slide 2, Heating, source 1 of 1", SENTENCE),
        (
            "mail.eml",
            made.eml_file,
            "Message of 2025-11-03 09:00, Heating, source 1 of 1",
            SENTENCE,
        ),
    ],
)
def test_text_is_shown_with_the_passage_lit(
    cite: Cite, name: str, make: Callable[[], bytes], whereabouts: str, lit: str
) -> None:
    chat, panel = cite(name, make(), None)
    text = chat.find(QPlainTextEdit, "sources.text")
    assert text.isVisible()
    (selection,) = text.extraSelections()
    assert selection.cursor.selectedText() == lit
    assert place(panel) == whereabouts
    assert not chat.find(QLabel, "sources.trouble").isVisible()


def test_a_scan_is_shown_with_its_line_lit(cite: Cite) -> None:
    chat, panel = cite("scan.png", made.scan(), None)
    view = chat.find(PageView, "sources.page")
    assert view.isVisible()
    lit, sheet = view.lit_region(), view.widget().rect()
    assert 0.04 < lit.left() / sheet.width() < 0.1
    assert lit.width() > 0.7 * sheet.width()
    assert lit.height() < 0.3 * sheet.height()
    assert place(panel) == "Scan 1, source 1 of 1"
    assert not chat.find(QLabel, "sources.trouble").isVisible()


def test_a_scan_that_was_hard_to_read_says_so(cite: Cite) -> None:
    chat, _ = cite("faint.png", made.scan(), 0.62)
    remark = chat.find(QLabel, "sources.trouble")
    assert remark.isVisible()
    assert "62 %" in remark.text()


def test_what_is_copied_names_the_headings(cite: Cite) -> None:
    _, panel = cite("copied.docx", made.docx_file(), None)
    assert panel.citation is not None
    assert reference(panel.citation) == f"“{SENTENCE}” (copied.docx, section 1, Heating › Boiler)"
