"""The Rewrite page: writing, stopping, deciding about changes and facts; once with a real model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.domain.changes import apply
from desktop.domain.errors import AdapterMismatch, DiskFull, ModelMissing, WorkerCrashed
from desktop.domain.review import Review
from desktop.domain.rewrites import Flaw, Kept
from desktop.domain.tone import Strength
from desktop.domain.voices import Voice
from desktop.gui.models.decisions import Decision
from desktop.gui.pages.rewrite import RewritePage
from desktop.gui.rewrite_bridge import Outcome
from desktop.gui.widgets.author_card import AuthorCard
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.marked_text import MarkedText
from tests.gui.conftest import wait_for
from tests.gui.dragging import drag, drop, drop_files, enter
from tests.gui.rewriting import ScriptedRewritePage
from tests.gui.scripted import Gate
from tests.letters import PARAGRAPHS, readings, word_document

TEXT = "The tenant utilises the room.\nThe fee is due on 3 May 2021 and we commence then.\n"
WORDS = {"utilises": "uses", "commence": "begin"}
LATER = {**WORDS, "3 May 2021": "4 May 2021"}
LONG_WAIT = 20_000  # milliseconds, for a busy machine
STOPPED_WITHIN = 500  # milliseconds


@pytest.fixture
def page(qapp: object) -> Iterator[ScriptedRewritePage]:
    page = ScriptedRewritePage()
    yield page
    page.close()


def rewrite(
    page: ScriptedRewritePage, qtbot: QtBot, text: str = TEXT, words: dict[str, str] | None = None
) -> Outcome:
    page.rewriting.words = WORDS if words is None else words
    page.find(QPlainTextEdit, "rewrite.input").setPlainText(text)
    with qtbot.waitSignal(page.bridge.finished, timeout=LONG_WAIT) as finished:
        page.do("start")
    return finished.args[0]


def copied(page: ScriptedRewritePage) -> str:
    QGuiApplication.clipboard().clear()
    page.do("copy")
    return QGuiApplication.clipboard().text()


def checked(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.page.review._check.busy, timeout=LONG_WAIT)


def progress(page: ScriptedRewritePage) -> str:
    return page.find(ElidedLabel, "rewrite.progress").whole()


def facts(page: ScriptedRewritePage) -> list[str]:
    model = page.find(QListView, "rewrite.facts").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


# -- writing


def test_what_is_written_is_marked_word_by_word_and_copied(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    outcome = rewrite(page, qtbot)
    assert [(c.old, c.new) for c in outcome.rewritten.changes] == [
        ("utilises", "uses"),
        ("commence", "begin"),
    ]
    diff = page.find(MarkedText, "rewrite.diff")
    assert diff.isVisible()
    assert "The tenant utilisesuses the room." in diff.toPlainText()
    looks = [
        (s.cursor.selectedText(), s.format.fontStrikeOut(), s.format.fontUnderline())
        for s in diff.extraSelections()
    ]
    assert looks == [
        ("utilises", True, False),
        ("uses", False, True),
        ("commence", True, False),
        ("begin", False, True),
    ]
    assert copied(page) == outcome.rewritten.output
    assert page.find(QPlainTextEdit, "rewrite.input").toPlainText() == TEXT
    assert progress(page) == "Copied to the clipboard."


def test_it_streams_says_which_paragraph_and_stops_with_what_is_done(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    gate = page.rewriting.gates[2] = Gate()
    page.rewriting.words = WORDS
    page.find(QPlainTextEdit, "rewrite.input").setPlainText(TEXT)
    page.do("start")
    draft = page.find(QPlainTextEdit, "rewrite.output")
    qtbot.waitUntil(lambda: "begin" in draft.toPlainText(), timeout=LONG_WAIT)
    assert gate.reached.is_set()
    assert draft.isVisible()
    assert draft.toPlainText().startswith("The tenant uses the room.")
    assert progress(page) == "Paragraph 2 of 2"
    assert not page.offers("start")
    assert not page.offers("copy")
    with qtbot.waitSignal(page.bridge.finished, timeout=STOPPED_WITHIN):
        QTest.keyClick(page.find(QPlainTextEdit, "rewrite.input"), Qt.Key.Key_Escape)
    assert progress(page) == "Stopped after paragraph 1 of 2; the rest is as it was."
    assert copied(page) == TEXT.replace("utilises", "uses")
    assert page.offers("start")


def test_a_failure_in_the_middle_keeps_what_is_done_and_is_told(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    page.rewriting.raises[2] = WorkerCrashed(worker="generator", cause="signal 9")
    rewrite(page, qtbot)
    assert copied(page) == TEXT.replace("utilises", "uses")
    assert [notice.trouble for notice in page.notices] == [True]


def test_what_the_history_cannot_take_is_shown_and_told(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    page.rewriting.unkept = DiskFull(path="store")
    outcome = rewrite(page, qtbot)
    assert copied(page) == outcome.rewritten.output
    assert not outcome.stopped
    assert ["disk is full" in notice.text for notice in page.notices] == [True]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  \n", "There is no text to rewrite. Give a sentence or more."),
        ("Word", "A single word cannot be rewritten. Give the sentence that it stands in."),
    ],
)
def test_what_cannot_be_rewritten_is_said_in_place_and_stays(
    page: ScriptedRewritePage, qtbot: QtBot, text: str, sentence: str
) -> None:
    field = page.find(QPlainTextEdit, "rewrite.input")
    field.setPlainText(text)
    with qtbot.waitSignal(page.bridge.failed, timeout=LONG_WAIT):
        page.do("start")
    trouble = page.find(QLabel, "rewrite.trouble")
    assert trouble.isVisible()
    assert trouble.text() == sentence
    assert field.toPlainText() == text
    assert page.notices == []
    rewrite(page, qtbot)
    assert not trouble.isVisible()


def test_without_a_model_the_page_says_so_and_leads_to_models(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    page.rewriting.model = None
    page.page.load()
    trouble = page.find(QLabel, "rewrite.trouble")
    qtbot.waitUntil(trouble.isVisible, timeout=LONG_WAIT)
    assert "No model that can write" in trouble.text()
    with qtbot.waitSignal(page.page.openModels):
        page.find(QPushButton, "rewrite.models").click()
    page.rewriting.raises[1] = ModelMissing(model="chat")
    page.find(QPlainTextEdit, "rewrite.input").setPlainText(TEXT)
    with qtbot.waitSignal(page.bridge.failed, timeout=LONG_WAIT):
        page.do("start")
    assert "is not on this computer" in trouble.text()


def test_the_wish_is_what_is_chosen(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    page.voices.voices = [Voice("House & <b>style</b>")]
    page.page.load()
    chips = page.page.desk.wishes._chips
    qtbot.waitUntil(lambda: len(chips.buttons()) == 8, timeout=LONG_WAIT)
    named = {chip.accessibleName(): chip for chip in chips.buttons()}
    named["Formal"].click()
    page.do("strong")
    page.page.desk.wishes.keep_length.click()
    page.page.desk.wishes.instruction.setText("address the reader as you")
    rewrite(page, qtbot)
    wish = page.rewriting.wishes[-1]
    assert (wish.tone, wish.voice, wish.strength) == ("formal", "", Strength.STRONG)
    assert wish.keep_length
    assert wish.instruction == "address the reader as you"
    voice = named["Voice: House & <b>style</b>"]
    assert isinstance(voice, QToolButton)
    voice.click()
    rewrite(page, qtbot)
    wish = page.rewriting.wishes[-1]
    assert (wish.tone, wish.voice) == ("", "House & <b>style</b>")


def test_hostile_text_is_shown_as_text(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    hostile = 'He utilises <img src="file:///etc/x"> and <b>bold</b> \N{GRINNING FACE} words.'
    rewrite(page, qtbot, hostile)
    shown = page.find(MarkedText, "rewrite.diff")
    assert '<img src="file:///etc/x"> and <b>bold</b>' in shown.toPlainText()
    marked = [s.cursor.selectedText() for s in shown.extraSelections()]
    assert marked == ["utilises", "uses"]


# -- files


def test_a_dropped_text_file_takes_the_place_of_the_text_and_undo_brings_it_back(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "letter.md"
    path.write_text("Ünal wrote\u00a0this.\n", encoding="utf-8")
    field = page.page.desk.field
    field.setPlainText("typed before")
    url = path.as_uri()
    assert enter(page.page, drag(url))
    drop(page.page, drag(url))
    qtbot.waitUntil(lambda: field.whole_text() == "Ünal wrote\u00a0this.\n", timeout=LONG_WAIT)
    field.undo()
    assert field.toPlainText() == "typed before"
    field.insertFromMimeData(drag(url))
    qtbot.waitUntil(lambda: field.toPlainText().startswith("Ünal"), timeout=LONG_WAIT)


def test_other_files_are_left_to_the_window(page: ScriptedRewritePage, tmp_path: Path) -> None:
    other = drag((tmp_path / "report.pdf").as_uri())
    assert not enter(page.page, other)
    assert not page.page.desk.field.canInsertFromMimeData(other)


def test_a_file_that_is_no_text_is_refused_with_its_reason(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"%PDF-1.7")
    page.page.take_files([path])
    qtbot.waitUntil(lambda: len(page.notices) == 1, timeout=LONG_WAIT)
    assert "it is a PDF" in page.notices[0].text


# -- deciding

# -- files


def opened(page: ScriptedRewritePage, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(page.page.files.opened, timeout=LONG_WAIT):
        drop_files(page.page, path)


def test_a_document_is_looked_at_and_saved_with_tracked_changes(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    opened(page, qtbot, path)
    field = page.find(QPlainTextEdit, "rewrite.input")
    assert field.isReadOnly()  # what is typed could not be put back into the document
    assert page.find(ElidedLabel, "rewrite.file.name").whole() == "letter.docx"
    assert "tracked changes" in page.find(QLabel, "rewrite.file.about").text()
    page.rewriting.words = {"Bring": "Carry", "forms": "sheets"}
    with qtbot.waitSignal(page.bridge.finished, timeout=LONG_WAIT):
        page.do("start")
    checked(page, qtbot)
    page.do("reject")  # the first: "forms" of the third paragraph
    checked(page, qtbot)
    page.do("save")
    qtbot.waitUntil(lambda: page.window.findChild(QFileDialog, "rewrite.save_as") is not None)
    dialogue = page.window.findChild(QFileDialog, "rewrite.save_as")
    assert dialogue is not None
    assert dialogue.selectedFiles() == [str(tmp_path / "letter-rewritten.docx")]
    with qtbot.waitSignal(page.page.files.saved, timeout=LONG_WAIT):
        dialogue.accept()
    assert progress(page) == "Saved as letter-rewritten.docx."
    new = tmp_path / "letter-rewritten.docx"
    assert readings(new, taken=False) == readings(path, taken=False)
    wished = [p.replace("Bring", "Carry").replace("forms", "sheets") for p in PARAGRAPHS]
    wished[2] = PARAGRAPHS[2]
    assert readings(new, taken=True) == wished
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_saving_waits_for_the_facts_and_is_there_for_files_alone(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    rewrite(page, qtbot)
    checked(page, qtbot)
    assert not page.find(QPushButton, "rewrite.save.button").isVisible()
    assert not page.offers("save")
    path = tmp_path / "fee.txt"
    path.write_text(TEXT, encoding="utf-8")
    opened(page, qtbot, path)
    assert not page.find(QPlainTextEdit, "rewrite.input").isReadOnly()
    rewrite(page, qtbot, words=LATER)
    checked(page, qtbot)
    assert page.find(QPushButton, "rewrite.save.button").isVisible()
    assert not page.offers("save")  # a date differs
    page.do("confirm_fact")
    assert page.offers("save")


def test_the_author_of_tracked_changes_is_set_once(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    card = AuthorCard(page.tasks, page.originals, page.notifier)
    qtbot.addWidget(card)
    card.show()
    assert card.field.placeholderText() == page.originals.author() == "Escritoire"
    QTest.keyClicks(card.field, "Ana  Silva")
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.field.text() == "Ana Silva", timeout=LONG_WAIT)
    assert page.originals.author() == "Ana Silva"
    assert [notice.text for notice in page.notices] == [
        "Changes are tracked in the name of Ana Silva from now on."
    ]


def test_a_file_is_let_go_of_and_its_text_stays(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    opened(page, qtbot, path)
    page.do("close_file")
    field = page.find(QPlainTextEdit, "rewrite.input")
    assert not field.isReadOnly()
    assert field.toPlainText().startswith(PARAGRAPHS[0])
    assert not page.find(QLabel, "rewrite.file.about").isVisible()
    with qtbot.waitSignal(page.bridge.finished, timeout=LONG_WAIT):
        page.do("start")
    assert not page.offers("save")


def test_an_earlier_rewrite_is_of_no_file(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    outcome = rewrite(page, qtbot)
    opened(page, qtbot, word_document(tmp_path / "letter.docx"))
    page.page.history.opened.emit(outcome)
    field = page.find(QPlainTextEdit, "rewrite.input")
    assert (field.toPlainText(), field.isReadOnly()) == (TEXT, False)
    assert page.page.desk.asked() == (TEXT, None)
    assert not page.find(QLabel, "rewrite.file.about").isVisible()


def test_without_its_adapter_what_was_asked_is_rewritten(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(page, qtbot, word_document(tmp_path / "letter.docx"))
    page.page.desk.wishes.instruction.setText("be brief")
    page.rewriting.raises[1] = AdapterMismatch(adapter="a.gguf", model="M", reason="no")
    with qtbot.waitSignal(page.bridge.failed, timeout=LONG_WAIT):
        page.do("start")
    page.page.take_text(TEXT)
    page.page.desk.wishes.instruction.setText("be long")
    page.rewriting.raises.clear()
    act = page.notices[-1].act
    assert act is not None
    with qtbot.waitSignal(page.bridge.finished, timeout=LONG_WAIT) as finished:
        act()
    outcome = finished.args[0]
    assert outcome.original is not None
    assert outcome.rewritten.text == outcome.original.text
    asked, again = page.rewriting.wishes
    assert again == replace(asked, without_adapter=True)


def test_the_original_is_not_written_over_and_a_damaged_one_is_named(
    page: ScriptedRewritePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    raw = path.read_bytes()
    opened(page, qtbot, path)
    files = page.page.files
    original = page.page.desk.original
    assert original is not None
    review = Review(original.text, (), frozenset())
    files.write(original, review, path)
    qtbot.waitUntil(lambda: bool(page.notices), timeout=LONG_WAIT)
    assert "never written over" in page.notices[-1].text
    assert path.read_bytes() == raw
    damaged = tmp_path / "damaged.docx"
    damaged.write_bytes(raw[:500])
    drop_files(page.page, damaged)
    qtbot.waitUntil(lambda: len(page.notices) > 1, timeout=LONG_WAIT)
    assert "damaged.docx is damaged" in page.notices[-1].text
    assert page.page.desk.original is original


def test_changes_are_taken_left_and_undone_by_keyboard(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    outcome = rewrite(page, qtbot)
    diff = page.find(MarkedText, "rewrite.diff")
    review = page.page.review
    assert review._in_hand == 0
    QTest.keyClick(diff, Qt.Key.Key_F8)
    assert review._in_hand == 1
    QTest.keyClick(diff, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(diff, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert review.decisions.of(0) is Decision.REJECTED
    assert review._in_hand == 1
    checked(page, qtbot)
    kept = apply(TEXT, outcome.rewritten.changes, {1})
    assert copied(page) == kept
    struck = {s.cursor.selectedText(): s.format.fontStrikeOut() for s in diff.extraSelections()}
    assert struck["uses"]
    assert not struck["utilises"]
    page.do("show_result")
    assert page.find(QPlainTextEdit, "rewrite.output").toPlainText() == kept
    page.do("show_marked")
    diff.setFocus()
    QTest.keyClick(diff, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert review.decisions.of(0) is Decision.OPEN
    checked(page, qtbot)
    assert copied(page) == outcome.rewritten.output
    page.do("reject_all")
    checked(page, qtbot)
    assert copied(page) == TEXT
    page.do("undo")
    page.do("accept_all")
    assert review.decisions.open_ones() == 0
    checked(page, qtbot)
    assert copied(page) == outcome.rewritten.output


def test_both_texts_stand_side_by_side(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    outcome = rewrite(page, qtbot)
    page.do("show_beside")
    before, after = page.find(MarkedText, "rewrite.before"), page.find(MarkedText, "rewrite.after")
    assert before.isVisible()
    assert before.toPlainText() == TEXT
    assert after.toPlainText() == outcome.rewritten.output
    assert [s.cursor.selectedText() for s in after.extraSelections()] == ["uses", "begin"]


def test_copy_waits_until_a_fact_is_confirmed(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    outcome = rewrite(page, qtbot, words=LATER)
    assert facts(page) == ["Date: “3 May 2021” became “4 May 2021”"]
    assert not page.offers("copy")
    page.page.review.copy()
    assert QGuiApplication.clipboard().text() != outcome.rewritten.output
    for name in ("rewrite.diff", "rewrite.output"):
        flags = page.find(QPlainTextEdit, name).textInteractionFlags()
        assert flags == Qt.TextInteractionFlag.NoTextInteraction
    page.do("confirm_fact")
    assert facts(page) == ["Confirmed. Date: “3 May 2021” became “4 May 2021”"]
    assert copied(page) == outcome.rewritten.output
    page.do("undo")
    assert not page.offers("copy")


def test_copy_waits_until_a_fact_is_taken_back(page: ScriptedRewritePage, qtbot: QtBot) -> None:
    outcome = rewrite(page, qtbot, words=LATER)
    page.do("take_back_fact")
    checked(page, qtbot)
    assert facts(page) == []
    assert not page.find(QListView, "rewrite.facts").isVisible()
    assert copied(page) == outcome.rewritten.output.replace("4 May", "3 May")
    page.do("undo")
    checked(page, qtbot)
    assert not page.offers("copy")


def test_what_may_be_said_in_other_words_is_listed_and_keeps_nothing_waiting(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    text = "Guests must sign the book on 3 May 2021."
    said = {"Guests must sign": "Guests sign", "3 May": "4 May"}
    outcome = rewrite(page, qtbot, text, said)
    doubt = "Worth a look: “must” is gone, or said in other words"
    assert facts(page) == ["Date: “3 May 2021” became “4 May 2021”", doubt]
    assert not page.offers("copy")
    page.do("confirm_fact")
    assert facts(page)[1] == doubt
    assert "worth a look" in page.find(QLabel, "rewrite.facts.heading").text()
    assert copied(page) == outcome.rewritten.output


def test_what_was_kept_is_listed_with_the_reason_and_blocks_nothing(
    page: ScriptedRewritePage, qtbot: QtBot
) -> None:
    page.rewriting.kept = (Kept(1, "The tenant <b>pays</b> £900.", Flaw.FACTS),)
    outcome = rewrite(page, qtbot)
    assert facts(page) == [
        "Kept as it was: “The tenant <b>pays</b> £900.”, because the model would have changed facts"
    ]
    assert copied(page) == outcome.rewritten.output


def test_the_list_of_facts_keeps_the_rules_of_qt(
    page: ScriptedRewritePage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.page.review.facts.model)
    rewrite(page, qtbot, words=LATER)
    page.do("confirm_fact")
    page.do("take_back_fact")
    checked(page, qtbot)


def test_every_control_has_a_name_for_a_screen_reader(page: ScriptedRewritePage) -> None:
    kinds = (QPlainTextEdit, QPushButton, QToolButton, QListView)
    for kind in kinds:
        for control in page.page.findChildren(kind):
            assert control.objectName(), control
            assert control.accessibleName(), control.objectName()


# -- the whole of it


def test_two_sentences_are_proofread_in_the_real_window(desk_window: Application) -> None:
    text = "We has received the letter of 3 May 2021. The rent of £900 are paid."
    window = desk_window.window
    window.show_page("rewrite")
    page = window.findChild(RewritePage)
    assert page is not None
    chips = {chip.property("tone"): chip for chip in page.desk.wishes._chips.buttons()}
    chips["proofread"].click()
    QTest.keyClicks(page.desk.field, text)
    QTest.keyClick(page.desk.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk_window.joined is not None
    (outcome,) = wait_for(desk_window.joined.rewrites.finished, 60)
    assert isinstance(outcome, Outcome)
    record = outcome.rewritten.record
    assert (record.paragraphs, record.unwritten) == (1, 0)
    done = outcome.rewritten
    assert done.record.wish.tone == "proofread"
    assert page.review.text() == done.output == apply(text, done.changes, range(len(done.changes)))
    assert page.desk.field.whole_text() == text
    assert done.changes or done.kept
