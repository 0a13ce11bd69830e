"""What is done with a turn: variants, other versions, writing on, taking away and back."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain import comparisons, grounding
from desktop.domain.chat import AnswerKind, AnswerRecord, Role, TurnState
from desktop.domain.documents import Document, DocumentState
from desktop.domain.jobs import Cancellation
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.lighting import LitLabel
from desktop.gui.widgets.transcript import Transcript
from desktop.gui.widgets.turn import AnswerView, QuestionView
from desktop.services.answer_events import AnswerEvent, Wrote
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.services.repeating import Compared
from desktop.services.turn_taking import LONGEST_QUESTION
from desktop.storage.profile import open_profile
from tests.gui.scripted import FEE, Gate, ScriptedChat, passage, quoted, written

LONG_WAIT = 20_000  # milliseconds, for a busy machine


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("turns") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def chat(qapp: object, store: Store) -> Iterator[ScriptedChat]:
    for conversation in store.conversations():
        store.remove_conversation(conversation.id)
    chat = ScriptedChat(store, Library(store, None, None))  # type: ignore[arg-type]
    yield chat
    chat.close()


def transcript(chat: ScriptedChat) -> Transcript:
    return chat.find(Transcript, "chat.transcript")


def texts(chat: ScriptedChat) -> list[str]:
    """What is shown, turn by turn."""
    return [view.turn.text for view in transcript(chat).views()]


def reads(chat: ScriptedChat, qtbot: QtBot, *wanted: str) -> None:
    """Wait until the transcript reads so, and nothing is being made."""
    qtbot.waitUntil(lambda: texts(chat) == list(wanted), timeout=LONG_WAIT)


def ask(chat: ScriptedChat, qtbot: QtBot, question: str, answer: str) -> None:
    chat.answering.script = written(answer)
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask(question)


def press(view: QWidget, wish: str) -> None:
    """Press the button of that wish, or choose it in the menu."""
    button = view.findChild(QToolButton, f"chat.turn.{wish}")
    if button is not None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return
    menu = view.findChild(QToolButton, "chat.turn.more").menu()
    next(one for one in menu.actions() if one.objectName() == f"chat.turn.{wish}").trigger()


def test_another_answer_stands_beside_the_first_and_arrows_go_between_them(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    ask(chat, qtbot, "How much?", "It rises.")
    ask(chat, qtbot, "When?", "In July.")
    first = transcript(chat).views()[1]
    assert first.findChild(QLabel, "chat.variant") is None
    chat.answering.script = written("It falls.")
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        press(first, "again")
    reads(chat, qtbot, "How much?", "It falls.")
    second = transcript(chat).views()[1]
    assert second.findChild(QLabel, "chat.variant").text() == "2 of 2"
    assert not second.findChild(QToolButton, "chat.turn.after").isEnabled()
    press(second, "before")
    reads(chat, qtbot, "How much?", "It rises.", "When?", "In July.")
    shown = transcript(chat).views()[1]
    assert shown.findChild(QLabel, "chat.variant").accessibleName() == "Version 1 of 2"
    chat.window.activateWindow()
    qtbot.waitUntil(chat.window.isActiveWindow)
    shown.findChild(QToolButton, "chat.copy").setFocus()
    for wish, answer in (("after", "It falls."), ("before", "It rises."), ("after", "It falls.")):
        with qtbot.waitSignal(transcript(chat).ready, timeout=LONG_WAIT):
            chat.actions.get(f"chat.turn.{wish}").trigger()
        assert texts(chat)[1] == answer
        # The keyboard stays where it was: the same keys go on.
        assert transcript(chat).in_hand() is transcript(chat).views()[1]


def test_another_branch_can_be_read_while_an_answer_is_written(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    ask(chat, qtbot, "How much?", "It rises.")
    gate = Gate()
    chat.answering.script = written("It falls.", gate=gate)
    first = transcript(chat).views()[-1].turn
    press(transcript(chat).views()[-1], "again")
    qtbot.waitUntil(lambda: texts(chat) == ["How much?", ""])
    chat.conversations.show_turn(first.id)
    with qtbot.waitSignal(transcript(chat).ready, timeout=LONG_WAIT):
        chat.page.start(first.conversation_id)
    assert texts(chat) == ["How much?", "It rises."]
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        gate.opened.set()
    assert texts(chat) == ["How much?", "It rises."]
    store.show_turn(first.id)
    chat.page.start(first.conversation_id)
    reads(chat, qtbot, "How much?", "It rises.")
    press(transcript(chat).views()[-1], "after")
    reads(chat, qtbot, "How much?", "It falls.")


def test_another_answer_waits_its_turn(chat: ScriptedChat, qtbot: QtBot) -> None:
    ask(chat, qtbot, "How much?", "It rises.")
    view = transcript(chat).views()[-1]
    gate = Gate()
    chat.answering.script = written("In July.", gate=gate)
    chat.ask("When?")
    qtbot.waitUntil(gate.reached.is_set)
    press(view, "again")
    assert chat.notices[-1].text.startswith("Another answer is being written.")
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        gate.opened.set()
    assert texts(chat) == ["How much?", "It rises.", "When?", "In July."]


def test_a_question_is_put_differently_and_the_old_branch_is_kept(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    ask(chat, qtbot, "How much?", "It rises.")
    field = chat.find(QPlainTextEdit, "chat.input")
    field.setPlainText("half a new question")
    strip = chat.find(QWidget, "chat.editing")
    press(transcript(chat).views()[0], "edit")
    assert strip.isVisible()
    assert field.toPlainText() == "How much?"
    chat.actions.get("chat.editing.leave").trigger()
    assert not strip.isVisible()
    assert field.toPlainText() == "half a new question"
    press(transcript(chat).views()[0], "edit")
    field.setPlainText("")
    ask(chat, qtbot, "How little?", "It falls.")
    reads(chat, qtbot, "How little?", "It falls.")
    assert not strip.isVisible()
    assert field.toPlainText() == "half a new question"
    question = transcript(chat).views()[0]
    assert question.findChild(QLabel, "chat.variant").text() == "2 of 2"
    press(question, "before")
    reads(chat, qtbot, "How much?", "It rises.")


def test_a_stopped_answer_is_written_on_in_its_place(chat: ScriptedChat, qtbot: QtBot) -> None:
    gate = Gate()
    record = AnswerRecord(AnswerKind.GROUNDED, "M", prompt_sha256="ab")
    stopping = written("", before=[Wrote("It rises")], gate=gate)

    def stopped(cancel: object) -> object:
        outcome = yield from stopping(cancel)  # type: ignore[arg-type]
        return outcome | {"record": record}

    chat.answering.script = stopped  # type: ignore[assignment]
    chat.ask("How much?")
    qtbot.waitUntil(gate.reached.is_set)
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.answers.stop()
    view = transcript(chat).views()[-1]
    assert view.turn.state is TurnState.STOPPED
    held = Gate()
    chat.answering.script = written(" in July.", gate=held)
    press(view, "go_on")
    qtbot.waitUntil(held.reached.is_set)

    def resumed() -> str:
        views = [one for one in transcript(chat).views() if isinstance(one, AnswerView)]
        return views[-1].findChild(AnswerText).toPlainText() if views else ""

    qtbot.waitUntil(lambda: resumed() == "It rises")
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        held.opened.set()
    reads(chat, qtbot, "How much?", "It rises in July.")
    last = transcript(chat).views()[-1]
    assert last.findChild(QToolButton, "chat.turn.go_on") is None


def test_a_removed_turn_goes_with_what_follows_and_comes_back(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    ask(chat, qtbot, "How much?", "It rises.")
    ask(chat, qtbot, "When?", "In July.")
    press(transcript(chat).views()[1], "remove")
    reads(chat, qtbot, "How much?")
    notice = chat.notices[-1]
    assert notice.text == "The answer and what follows it were removed."
    assert notice.act is not None
    assert notice.closed is not None
    notice.act()
    reads(chat, qtbot, "How much?", "It rises.", "When?", "In July.")
    press(transcript(chat).views()[0], "remove")
    qtbot.waitUntil(chat.page.findChild(EmptyState).isVisible)
    chat.notices[-1].closed()  # type: ignore[misc]
    conversation = store.conversations()[0]
    ask(chat, qtbot, "Who?", "Mira.")
    assert [turn.text for turn in store.turns(conversation.id)] == ["Who?", "Mira."]


def test_what_is_selected_is_quoted_in_front_of_what_is_typed(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    ask(chat, qtbot, "How much?", "It rises.\n\nBy half.")
    field = chat.find(QPlainTextEdit, "chat.input")
    field.setPlainText("Why?")
    view = transcript(chat).views()[-1]
    press(view, "quote")
    assert field.toPlainText() == "> It rises.\n> \n> By half.\n\nWhy?"
    field.clear()
    browser = view.findChild(AnswerText)
    cursor = browser.document().find("rises")
    browser.setTextCursor(cursor)
    press(view, "quote")
    assert field.toPlainText() == "> rises\n\n"


def test_an_answer_is_copied_with_its_formatting(chat: ScriptedChat, qtbot: QtBot) -> None:
    document = Document(7, Path("report.pdf"), "Report & <annex>.pdf", DocumentState.READY)
    chat.answering.script = written(f"**{FEE}**", [passage(document, 1, FEE)])
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("How much?")
    press(transcript(chat).views()[-1], "copy_rich")
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == f"**{FEE}**\n\n[1] Report & <annex>.pdf, p. 1"
    assert "font-weight" in copied.html()
    assert "**" not in copied.html()
    assert "[1]" in copied.html()
    assert "href" not in copied.html()
    assert "<p>[1] Report &amp; &lt;annex&gt;.pdf, p. 1</p></body>" in copied.html()


def compared(chat: ScriptedChat, qtbot: QtBot) -> AnswerView:
    """An answer in which one document speaks, and the other is silent."""
    lease, vans = (
        Document(number, Path(name), name, DocumentState.READY)
        for number, name in ((7, "lease.pdf"), (8, "vans.pdf"))
    )
    side = comparisons.Side(lease, *grounding.stand_by(f"**{FEE}**", [passage(lease, 1, FEE)]))
    text, found, columns = comparisons.side_by_side([side, comparisons.silent(vans)])

    def script(_: Cancellation) -> Generator[AnswerEvent, None, dict[str, object]]:
        yield Wrote(text)
        return {
            "text": text,
            "state": TurnState.COMPLETE,
            "citations": found.citations,
            "sentences": found.sentences,
            "record": AnswerRecord(AnswerKind.COMPARED, "Small Model", columns=columns),
        }

    chat.answering.script = script
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("How much?")
    view = transcript(chat).views()[-1]
    assert isinstance(view, AnswerView)
    return view


def test_what_is_selected_in_a_column_is_quoted_and_words_in_it_are_lit(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    view = compared(chat, qtbot)
    shown = view.findChild(AnswerText, "chat.column.text")
    shown.setTextCursor(shown.document().find("annual fee"))
    press(view, "quote")
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == "> annual fee\n\n"
    assert view.light(["increase"]) is not None
    (lit,) = shown.extraSelections()
    assert lit.cursor.selectedText() == "increase"
    assert view.light(["vans"]) is not None
    assert not shown.extraSelections()
    assert "<span" in view.findChild(QLabel, "chat.column.silent").text()
    assert view.light(["heron"]) is None


def test_a_comparison_is_copied_with_its_formatting_in_the_language_of_the_window(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    class German(QTranslator):
        def translate(self, _context: str, said: str, *_rest: object) -> str:
            return {"Nothing in {name} answers this.": "Nichts in {name}."}.get(said, "")

    german = German()
    QCoreApplication.installTranslator(german)
    try:
        press(compared(chat, qtbot), "copy_rich")
    finally:
        QCoreApplication.removeTranslator(german)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text().startswith(f"lease.pdf:\n\n**{FEE}**\n\nvans.pdf:\n\nNichts in vans.pdf.")
    for part in ("font-weight", "lease.pdf</span>", "annual fee", "Nichts in vans.pdf.", "[1]"):
        assert part in copied.html()
    assert "**" not in copied.html()
    assert "href" not in copied.html()


def test_quoted_passages_are_quoted_as_selected_and_copied_without_an_empty_form(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    document = Document(7, Path("report.pdf"), "report.pdf", DocumentState.READY)
    chat.answering.script = quoted([passage(document, 1, FEE)])
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("How much?")
    view = transcript(chat).views()[-1]
    press(view, "copy_rich")
    copied = QGuiApplication.clipboard().mimeData()
    assert FEE in copied.text()
    assert not copied.hasHtml()
    view.findChild(LitLabel).setSelection(4, 5)
    press(view, "quote")
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == "> board\n\n"


def test_an_answer_without_words_leaves_the_clipboard_and_the_input_alone(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    ask(chat, qtbot, "How much?", "")
    QGuiApplication.clipboard().setText("kept")
    for wish in ("copy", "copy_rich", "quote"):
        chat.actions.get(f"chat.turn.{wish}").trigger()
    assert QGuiApplication.clipboard().text() == "kept"
    assert chat.find(QPlainTextEdit, "chat.input").toPlainText() == ""
    menu = transcript(chat).views()[-1].findChild(QToolButton, "chat.turn.more").menu()
    assert [one.objectName() for one in menu.actions()] == ["chat.turn.remove"]


def test_a_question_that_is_being_put_differently_outlives_another_answer(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    ask(chat, qtbot, "How much?", "It rises.")
    press(transcript(chat).views()[0], "edit")
    field = chat.find(QPlainTextEdit, "chat.input")
    field.setPlainText("How much, and")
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        press(transcript(chat).views()[1], "again")
    assert chat.find(QWidget, "chat.editing").isVisible()
    assert field.toPlainText() == "How much, and"


def test_checking_a_record_says_what_came_of_it(chat: ScriptedChat, qtbot: QtBot) -> None:
    record = AnswerRecord(AnswerKind.GROUNDED, "M", prompt_sha256="ab")
    chat.answering.script = written("It rises.", record=record)
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("How much?")
    for same, said in ((True, "word for word"), (False, "another answer")):
        chat.answering.compared = Compared(same, "")
        press(transcript(chat).views()[-1], "compare")
        qtbot.waitUntil(lambda: said in chat.notices[-1].text)  # noqa: B023


def test_a_place_that_was_found_is_opened_on_its_branch_with_its_words_lit(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    talk = store.add_conversation("Birds")
    wanted = 0
    for number in range(120):
        store.add_turn(talk.id, Role.USER, f"Question {number}?", TurnState.COMPLETE)
        said = f"Answer {number}. " + ("The heron waits." if number == 30 else "Nothing. " * 30)
        turn = store.add_turn(talk.id, Role.ASSISTANT, said, TurnState.COMPLETE)
        if number == 30:
            wanted = turn.id
    first = store.turns(talk.id)[0]
    store.add_turn(talk.id, Role.USER, "Something else?", TurnState.COMPLETE, parent=0)
    field = chat.find(QLineEdit, "chat.find")
    found = chat.find(QListView, "chat.found")
    QTest.keyClicks(field, "heron")
    qtbot.waitUntil(lambda: found.model().rowCount() == 1, timeout=LONG_WAIT)
    with qtbot.waitSignal(transcript(chat).ready, timeout=LONG_WAIT):
        QTest.keyClick(field, Qt.Key.Key_Return)
    view = transcript(chat).answer(wanted)
    assert view is not None
    browser = view.findChild(AnswerText)
    (lit,) = browser.extraSelections()
    assert lit.cursor.selectedText() == "heron"
    top = transcript(chat).top_of(wanted)
    assert top is not None
    assert 0 <= top < transcript(chat).viewport().height()
    assert len(transcript(chat).views()) < 200  # of 240: only what is near, and what a slice adds
    assert store.turns(talk.id)[0] == store.turns_up_to(first.id)[0]
    # The end is still there, and so is the beginning.
    bar = transcript(chat).verticalScrollBar()
    while texts(chat)[-1] != "Answer 119. " + "Nothing. " * 30:
        before = len(transcript(chat).views())
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda: len(transcript(chat).views()) > before, timeout=LONG_WAIT)  # noqa: B023
    chat.answering.script = written("It flies.")
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        chat.ask("And now?")
    assert texts(chat)[-2:] == ["And now?", "It flies."]
    assert not transcript(chat).answer(wanted).findChild(AnswerText).extraSelections()  # type: ignore[union-attr]


def test_a_question_found_is_lit_as_plain_text(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    talk = store.add_conversation("Birds")
    turn = store.add_turn(talk.id, Role.USER, "<b>heron</b>\n& egret?", TurnState.COMPLETE)
    chat.page.start(talk.id, at=turn.id, words="heron")
    qtbot.waitUntil(lambda: len(transcript(chat).views()) == 1)
    (view,) = transcript(chat).views()
    assert isinstance(view, QuestionView)
    label = view.findChild(QLabel, "chat.question")
    assert "&lt;b&gt;<span" in label.text()
    assert view.text() == "<b>heron</b>\n& egret?"
    transcript(chat).light(())
    assert label.text() == view.text()


# -- what nobody should send


def test_fifty_megabytes_are_not_pasted_and_nothing_is_lost(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    field = chat.find(QPlainTextEdit, "chat.input")
    field.setPlainText("Half a question")
    pasted = QMimeData()
    pasted.setText("word " * 10_000_000)
    field.insertFromMimeData(pasted)
    assert field.toPlainText() == "Half a question"
    assert "50000000 characters, more than the 100000" in chat.notices[-1].text
    pasted.setText("w" * (LONGEST_QUESTION - 20))
    field.insertFromMimeData(pasted)
    assert len(field.toPlainText()) == LONGEST_QUESTION - 5


def test_a_question_from_right_to_left_and_with_odd_characters_is_shown_as_it_was_typed(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    chat.answering.script = written("כן.")
    field = chat.find(QPlainTextEdit, "chat.input")
    question = "מי חתם על החוזה? \u202eabc"
    field.setPlainText(question)
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert texts(chat) == [question, "כן."]
    assert field.toPlainText() == ""
