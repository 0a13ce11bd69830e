"""The Chat page: asking, waiting, stopping, reading, coming back; over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator, QUrl
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.chat import (
    AnswerKind,
    AnswerMode,
    AnswerRecord,
    GivenPassage,
    Role,
    Sampling,
    Searched,
    Shortfall,
    Timings,
    TurnState,
)
from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import DiskFull, ModelWillNotLoad
from desktop.domain.grounding import NOT_BORNE_OUT
from desktop.gui import spoken_answer
from desktop.gui.models.answer_words import in_words_of_the_window
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.transcript import Transcript
from desktop.gui.widgets.turn import AnswerView, QuestionView
from desktop.services.answer_events import Loading, PartsRead, Prefilling, Wrote
from desktop.services.answering import Scope
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from tests.gui.scripted import (
    FEE,
    MEMBERS,
    VANS,
    Gate,
    ScriptedChat,
    not_found,
    nothing_but_near,
    passage,
    quoted,
    written,
)

DOCUMENT = Document(7, Path("report.pdf"), "Report & <b>annex</b>.pdf", DocumentState.READY)
PASSAGES = [passage(DOCUMENT, 1, FEE), passage(DOCUMENT, 2, VANS)]
LONG_WAIT = 20_000  # milliseconds, for a busy machine


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("chat") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def chat(qapp: object, store: Store) -> Iterator[ScriptedChat]:
    for conversation in store.conversations():
        store.remove_conversation(conversation.id)
    # Neither reader nor retriever: nothing is read here (see test_sources.py).
    library = Library(store, None, None)  # type: ignore[arg-type]
    chat = ScriptedChat(store, library)
    yield chat
    chat.close()


def answers(chat: ScriptedChat) -> list[AnswerView]:
    views = chat.find(Transcript, "chat.transcript").views()
    return [view for view in views if isinstance(view, AnswerView)]


def said(view: QWidget) -> str:
    """Every word that a view shows in labels."""
    QCoreApplication.processEvents()  # a label put into a layout is shown in the next turn
    labels = [label for label in view.findChildren(QLabel) if label.isVisibleTo(view)]
    return "\n".join(label.text() for label in labels)


def text_of(view: AnswerView) -> str:
    found = view.findChild(AnswerText)
    assert isinstance(found, AnswerText)
    return found.toPlainText()


def ask(chat: ScriptedChat, qtbot: QtBot, question: str) -> AnswerView:
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask(question)
    return answers(chat)[-1]


# -- asking


def test_what_is_made_of_the_passages_is_chosen_in_the_header(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    chat.answering.script = quoted(PASSAGES)
    button = chat.find(QToolButton, "chat.mode")
    assert button.text() == "Answer the question"
    offered = [action.text() for action in button.menu().actions()]
    assert offered == [
        "Answer the question",
        "Quote the passages",
        "Summarise what is found",
        "Compare two documents",
    ]
    chat.actions.get("chat.mode.quote").trigger()
    assert button.text() == "Quote the passages"
    assert button.accessibleName() == "What a question gets: Quote the passages"
    view = ask(chat, qtbot, "How much is the fee?")
    assert view.findChildren(QWidget, "chat.quotation")
    QTest.keyClick(chat.page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    ask(chat, qtbot, "And the vans?")
    assert chat.answering.modes == [AnswerMode.QUOTE, AnswerMode.SUMMARISE]


def test_enter_asks_and_the_answer_stands_below_its_question_with_chips(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    chat.answering.script = written(f"{FEE} Everybody is happy.", PASSAGES, pieces=["The ", "fee"])
    view = ask(chat, qtbot, "How much is the fee?")
    questions = chat.page.findChildren(QuestionView)
    assert [question.text() for question in questions] == ["How much is the fee?"]
    assert text_of(view).startswith(FEE + "1")
    chips = view.findChildren(QToolButton, "chat.chip")
    assert len(chips) == 1
    assert "annex" in chips[0].accessibleName()
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == ""


def test_nothing_is_compared_before_two_documents_are_chosen(chat: ScriptedChat) -> None:
    chat.actions.get("chat.mode.compare").trigger()
    chat.ask("How much is the fee?")
    assert [notice.text for notice in chat.notices] == [
        "Choose the two documents to be compared first (Ctrl+L)."
    ]
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == "How much is the fee?"
    assert chat.answers.current is None


def test_a_sentence_that_nothing_supports_is_marked_with_the_reason(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    chat.answering.script = written(f"{FEE} Everybody is happy.", PASSAGES)
    view = ask(chat, qtbot, "How much is the fee?")
    document = view.findChild(AnswerText).document()
    supported = document.find("annual fee")
    unsupported = document.find("Everybody is happy")
    assert unsupported.charFormat().toolTip() == "No passage supports this sentence"
    assert supported.charFormat().toolTip() == ""


def test_shift_enter_begins_a_line_and_the_field_grows(chat: ScriptedChat) -> None:
    field = chat.find(QPlainTextEdit, "chat.input")
    QTest.keyClicks(field, "One")
    low = field.height()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "Two")
    assert field.toPlainText() == "One\nTwo"
    assert field.height() > low
    for _ in range(30):
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert field.height() < 10 * low
    assert chat.answers.current is None


def test_each_stage_of_waiting_says_what_is_waited_for(chat: ScriptedChat, qtbot: QtBot) -> None:
    for event, sentence in (
        (Loading(40, 100), "Loading the model, 40 %"),
        (Prefilling(512, 800), "Reading passages, 512 of 800 tokens"),
        (PartsRead(2, 9, None), "Reading the document, 2 of 9 parts"),
        (PartsRead(3, 9, 400.0), "Reading the document, 3 of 9 parts, about 7 min left"),
    ):
        gate = Gate()
        chat.answering.script = written("Yes.", before=[event], gate=gate)
        chat.ask("How much?")
        qtbot.waitUntil(lambda: bool(answers(chat)) and sentence in said(answers(chat)[-1]))  # noqa: B023
        with qtbot.waitSignal(chat.answers.finished):
            gate.opened.set()
        assert sentence not in said(answers(chat)[-1])


def test_stop_takes_the_place_of_send_and_keeps_what_was_written(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    gate = Gate()
    chat.answering.script = written("", before=[Wrote("Half an answer")], gate=gate)
    send, stop = chat.find(QPushButton, "chat.send"), chat.find(QPushButton, "chat.stop")
    assert not stop.isVisible()
    chat.ask("How much?")
    qtbot.waitUntil(lambda: bool(answers(chat)) and "Half" in text_of(answers(chat)[-1]))
    assert stop.isVisible()
    assert not send.isVisible()
    with qtbot.waitSignal(chat.answers.finished):
        QTest.keyClick(chat.find(QWidget, "chat.input"), Qt.Key.Key_Escape)
    assert send.isVisible()
    assert "Half an answer" in text_of(answers(chat)[-1])
    assert "Stopped before it was finished." in said(answers(chat)[-1])


def test_what_was_typed_stays_when_the_question_cannot_be_kept(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    chat.answering.raises = DiskFull(path="the store")
    with qtbot.waitSignal(chat.answers.failed):
        chat.ask("A long question")
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == "A long question"
    assert "The disk is full" in chat.notices[-1].text
    chat.answering.raises = None
    with qtbot.waitSignal(chat.answers.finished):
        QTest.mouseClick(chat.find(QPushButton, "chat.send"), Qt.MouseButton.LeftButton)
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == ""


def test_a_chosen_document_narrows_the_question(
    chat: ScriptedChat, qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "lease.pdf"
    file.write_bytes(b"%PDF-")
    document = store.add_document(file, store.add_collection("Documents").id)
    scope = chat.page.findChild(QToolButton, "chat.scope")
    assert scope.text() == "All documents"
    scope._picker.offer([(document.name, document.id)], set())
    scope._picker._items.item(0).setCheckState(Qt.CheckState.Checked)
    assert scope.text() == "1 chosen document"
    ask(chat, qtbot, "How much?")
    assert chat.answering.scopes == [Scope(document_ids=(document.id,))]
    store.remove_document(document.id)


def test_removing_a_chat_ends_its_answer(chat: ScriptedChat, qtbot: QtBot, store: Store) -> None:
    gate = Gate()
    chat.answering.script = written("Never.", gate=gate)
    chat.ask("How much?")
    shown = chat.find(QListView, "chat.list")
    qtbot.waitUntil(lambda: shown.currentIndex().isValid() and gate.reached.is_set())
    with qtbot.waitSignal(chat.answers.finished) as finished:
        chat.actions.get("chat.remove").trigger()
    assert finished.args[0].state is TurnState.STOPPED
    assert chat.page.conversation_id is None


def test_a_finished_answer_is_announced_once(
    chat: ScriptedChat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_aloud: list[str] = []

    class Reader:
        """A screen reader that is listening."""

        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def isActive() -> bool:  # noqa: N802
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802
            said_aloud.append(event.message())

    monkeypatch.setattr(spoken_answer, "QAccessible", Reader)
    chat.answering.script = written(FEE, PASSAGES, pieces=FEE.split(" "))
    ask(chat, qtbot, "How much?")
    assert said_aloud == [FEE]


def test_a_long_answer_is_said_sentence_by_sentence_and_none_twice(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_aloud: list[str] = []
    voice = QWidget()
    qtbot.addWidget(voice)
    spoken = spoken_answer.SpokenAnswer(voice)
    monkeypatch.setattr(spoken_answer.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        spoken_answer.QAccessible, "updateAccessibility", lambda e: said_aloud.append(e.message())
    )
    spoken.add("The fee rises. It was 5 euros. And no")
    spoken._say_finished()
    spoken.add("w it is 6. Good")
    spoken._say_finished()
    spoken.finish("The fee rises. It was 5 euros. And now it is 6. Goodbye.")
    assert said_aloud == ["The fee rises. It was 5 euros.", "And now it is 6.", "Goodbye."]
    spoken.add("No. Then")
    spoken._say_finished()
    spoken.finish("Something else.", before="Not finished.")
    assert said_aloud[3:] == ["No.", "Not finished. Something else."]


# -- kinds of answers


def test_nothing_found_is_said_in_the_windows_own_words(chat: ScriptedChat, qtbot: QtBot) -> None:
    chat.answering.script = not_found
    view = ask(chat, qtbot, "And the moon?")
    assert text_of(view).startswith("Nothing in your documents answers this. Try other words")
    assert not view.findChildren(QToolButton, "chat.chip")


def test_what_was_searched_is_said_and_the_closest_places_are_a_key_away(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    searched = Searched(12, 340, unfinished=2, collection="Leases")
    chat.answering.script = nothing_but_near(PASSAGES, searched)
    view = ask(chat, qtbot, "And the moon?")
    told = text_of(view)
    assert "Searched in Leases. Documents: 12, pages: 340. Not fully indexed yet: 2." in told
    assert "still being indexed" not in said(view)  # which would say it twice
    view.findChild(QToolButton, "chat.copy").click()
    assert QGuiApplication.clipboard().text() == told.replace("\n", "\n\n")
    assert not view.findChildren(QToolButton, "chat.chip")
    assert not view.findChildren(QWidget, "chat.quotation")
    fold = view.findChild(QToolButton, "chat.closest.show")
    fold.setFocus()
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    quotations = view.findChildren(QWidget, "chat.quotation")
    assert len(quotations) == 2
    assert FEE in said(quotations[0])
    quotations[0].findChild(QToolButton, "chat.source").click()
    assert chat.page.findChild(QWidget, "chat.sources").isVisible()
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    assert not quotations[0].isVisible()


def test_what_we_say_in_an_answer_is_in_the_language_of_the_window(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    class German(QTranslator):
        def translate(self, _context: str, said: str, *_rest: object) -> str:
            return {NOT_BORNE_OUT: "Das belegt keine Stelle. Die beste lautet:"}.get(said, "")

    german = German()
    chat.answering.script = written("The moon is cheese.", PASSAGES)
    QCoreApplication.installTranslator(german)
    try:
        view = ask(chat, qtbot, "And the moon?")
        view.findChild(QToolButton, "chat.copy").click()
    finally:
        QCoreApplication.removeTranslator(german)
    shown = f"The moon is cheese.\n\nDas belegt keine Stelle. Die beste lautet:\n\n{FEE}"
    assert view.findChild(AnswerText).text() == shown
    assert QGuiApplication.clipboard().text().startswith(shown)
    _, quoted_sentence = in_words_of_the_window(view.turn)[1]
    assert view.turn.text[view.turn.sentences[1].start :] == FEE
    assert quoted_sentence.end - quoted_sentence.start == len(FEE)


def test_quoted_answers_look_like_quotations_with_their_source(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    chat.answering.script = quoted(PASSAGES)
    view = ask(chat, qtbot, "Word for word?")
    quotations = view.findChildren(QWidget, "chat.quotation")
    assert len(quotations) == 2
    assert FEE in said(quotations[0])
    source = quotations[0].findChild(QToolButton, "chat.source")
    assert source.text() == "1  Report && <b>annex</b>.pdf, page 1"
    assert not view.findChild(AnswerText).isVisible()


def test_notices_say_what_the_record_says(chat: ScriptedChat, qtbot: QtBot) -> None:
    record = AnswerRecord(AnswerKind.GROUNDED, "M", truncated=True, scope_incomplete=True)
    chat.answering.script = written(FEE, PASSAGES, record=record)
    view = ask(chat, qtbot, "How much?")
    assert "Some documents are still being indexed" in said(view)
    assert "greatest length" in said(view)


def test_an_answer_says_that_documents_were_not_to_be_read(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    searched = Searched(4, 90, unreadable=2, without_text=3)
    record = AnswerRecord(AnswerKind.GROUNDED, "M", searched=searched)
    chat.answering.script = written(FEE, PASSAGES, record=record)
    view = ask(chat, qtbot, "How much?")
    assert "Documents that could not be read, and so were not searched: 2." in said(view)
    view.findChild(QToolButton, "chat.details.show").click()
    shown = said(view.findChild(QWidget, "chat.details"))
    assert "Searched in all your documents. Documents: 4, pages: 90." in shown
    assert "Pages without text: 3." in shown
    chat.answering.script = nothing_but_near(PASSAGES, searched)
    view = ask(chat, qtbot, "And the moon?")
    assert "Documents that could not be read: 2. Pages without text: 3." in text_of(view)
    assert "so were not searched" not in said(view)  # which would say it twice


def test_a_summary_that_was_stopped_says_that_it_can_go_on(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    conversation = store.add_conversation("A summary")
    store.add_turn(conversation.id, Role.USER, "Summarise lease.pdf", TurnState.COMPLETE)
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    record = AnswerRecord(AnswerKind.SUMMARISED, "M", of_document="lease.pdf")
    store.finish_turn(turn.id, text=FEE, state=TurnState.STOPPED, record=record)
    chat.page.start(conversation.id)
    qtbot.waitUntil(lambda: bool(answers(chat)))
    assert "What was read is kept: summarised again, it goes on there." in said(answers(chat)[0])


def test_details_unfold_with_model_hash_and_speed(chat: ScriptedChat, qtbot: QtBot) -> None:
    record = AnswerRecord(
        *(AnswerKind.GROUNDED, "Small Model", "ab" * 32),
        sampling=Sampling(temperature=0.7, seed=3),
        timings=Timings(900, 300, 1.5, 40, 9),
        passages=(GivenPassage(7, "report.pdf", 12, "xii", 0, 9),),
    )
    chat.answering.script = written(FEE, PASSAGES, record=record)
    view = ask(chat, qtbot, "How much?")
    assert view.findChild(QWidget, "chat.details") is None
    fold = view.findChild(QToolButton, "chat.details.show")
    fold.click()
    shown = said(view.findChild(QWidget, "chat.details"))
    for fact in ("Small Model", "abababababab", "40 tokens, 9.0 a second", "after 1.5 s"):
        assert fact in shown
    for fact in ("temperature 0.7, seed 3, up to 512 tokens", "report.pdf, p. xii"):
        assert fact in shown
    fold.click()
    assert not view.findChild(QWidget, "chat.details").isVisible()


def test_copy_takes_the_answer_with_its_sources(chat: ScriptedChat, qtbot: QtBot) -> None:
    chat.answering.script = written(FEE, PASSAGES)
    view = ask(chat, qtbot, "How much?")
    view.findChild(QToolButton, "chat.copy").click()
    assert QGuiApplication.clipboard().text() == f"{FEE}\n\n[1] Report & <b>annex</b>.pdf, p. 1"


def test_a_link_is_opened_only_after_showing_its_whole_address(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    text = "See [here](https://example.org/a?b=c), [this](file:///etc/passwd) and [x](javascript:1)"
    chat.answering.script = written(text)
    view = ask(chat, qtbot, "Where?")
    browser = view.findChild(AnswerText)
    for address in ("file:///etc/passwd", "javascript:1", "https://example.org/a?b=c"):
        browser.anchorClicked.emit(QUrl(address))
    assert len(chat.notices) == 1
    assert "https://example.org/a?b=c" in chat.notices[0].text
    assert chat.notices[0].act is not None


# -- coming back


def test_stored_turns_are_shown_and_an_unfinished_one_as_stopped(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    conversation = store.add_conversation("Fees")
    store.add_turn(conversation.id, Role.USER, "How much?", TurnState.COMPLETE)
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    store.save_text(turn.id, "It was going to")
    chat.page.start(conversation.id)
    qtbot.waitUntil(lambda: bool(answers(chat)))
    assert "It was going to" in text_of(answers(chat)[0])
    assert "Stopped before it was finished." in said(answers(chat)[0])


def test_a_failed_turn_says_why_and_what_to_do(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    conversation = store.add_conversation("Fees")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    error = ModelWillNotLoad(model="Small Model", reason="it is cut short")
    store.finish_turn(turn.id, text="", state=TurnState.FAILED, error=error)
    chat.page.start(conversation.id)
    qtbot.waitUntil(lambda: bool(answers(chat)))
    assert str(error) in said(answers(chat)[0])


def test_an_answer_goes_on_while_another_chat_is_looked_at(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    other = store.add_conversation("Other")
    store.add_turn(other.id, Role.USER, "Before", TurnState.COMPLETE)
    gate = Gate()
    chat.answering.script = written("First. Second.", before=[Wrote("First. ")], gate=gate)
    chat.ask("How much?")
    qtbot.waitUntil(lambda: bool(answers(chat)) and "First." in text_of(answers(chat)[-1]))
    asked = chat.page.conversation_id
    chat.page.start(other.id)
    qtbot.waitUntil(lambda: len(chat.find(Transcript, "chat.transcript").views()) == 1)
    assert not answers(chat)
    chat.page.start(asked)
    qtbot.waitUntil(lambda: bool(answers(chat)) and "First." in text_of(answers(chat)[-1]))
    assert len(answers(chat)) == 1
    with qtbot.waitSignal(chat.answers.finished):
        gate.opened.set()
    assert text_of(answers(chat)[0]).startswith("First. Second.")


def test_a_long_chat_opens_at_its_end_and_the_rest_follows_scrolling(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    conversation = store.add_conversation("Long")
    for number in range(100):
        store.add_turn(conversation.id, Role.USER, f"Question {number}", TurnState.COMPLETE)
        store.add_turn(conversation.id, Role.ASSISTANT, f"{MEMBERS} " * 5, TurnState.COMPLETE)
    transcript = chat.find(Transcript, "chat.transcript")
    with qtbot.waitSignal(transcript.ready, timeout=LONG_WAIT):
        chat.page.start(conversation.id)
    made = len(transcript.views())
    assert made < 100
    bar = transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
    question = transcript.views()[0]
    while len(transcript.views()) < 200:
        before = len(transcript.views())
        bar.setValue(0)
        qtbot.waitUntil(lambda: len(transcript.views()) > before, timeout=LONG_WAIT)  # noqa: B023
    assert question in transcript.views()
    assert transcript.views()[0].turn.text == "Question 0"


# -- all of it


def test_every_control_has_a_name_for_screen_readers(chat: ScriptedChat, qtbot: QtBot) -> None:
    chat.answering.script = written(FEE, PASSAGES)
    ask(chat, qtbot, "How much?")
    for kind in (QPushButton, QToolButton, QPlainTextEdit, QListView, AnswerText):
        controls = [
            each for each in chat.page.findChildren(kind) if not each.objectName().startswith("qt_")
        ]
        assert controls
        for control in controls:
            assert control.objectName(), control
            assert control.accessibleName(), control.objectName()


def test_what_a_search_did_without_is_said_below_the_answer(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    record = AnswerRecord(
        AnswerKind.GROUNDED,
        words_only=Shortfall("embedder_missing"),
        not_reranked=Shortfall("reranker_left_out", {"model": "judge"}),
    )
    chat.answering.script = written(FEE, PASSAGES, record=record)
    shown = said(ask(chat, qtbot, "How much is the fee?"))
    assert "Searched by words alone, not by meaning. No embedding model is installed" in shown
    assert "not put in order once more. judge did not answer in time" in shown
