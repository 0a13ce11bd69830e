"""The meter and the strip of the Chat page: what the model reads of a long chat, and the choice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.chat import AnswerKind, AnswerRecord, Conversation, Role, TurnState
from desktop.domain.context import Choice
from desktop.gui.widgets.details import facts
from desktop.gui.widgets.transcript import Transcript
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from tests.gui.conftest import wait_until
from tests.gui.scripted import FEE, Gate, ScriptedChat, written
from tests.gui.test_chat_page import PASSAGES, ask, said


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("context") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def chat(qapp: object, store: Store) -> Iterator[ScriptedChat]:
    chat = ScriptedChat(store, Library(store, None, None))  # type: ignore[arg-type]
    chat.answering.reader.window_of_all = 2048
    yield chat
    chat.close()


@pytest.fixture
def long_one(store: Store) -> Conversation:
    conversation = store.add_conversation("Fees")
    for at in range(14):
        store.add_turn(conversation.id, Role.USER, f"Question {at}?", TurnState.COMPLETE)
        store.add_turn(conversation.id, Role.ASSISTANT, FEE * 4, TurnState.COMPLETE)
    return conversation


def words(chat: ScriptedChat, name: str) -> str:
    return chat.find(QLabel, name).text()


def strip_shown(chat: ScriptedChat) -> bool:
    return chat.find(QWidget, "chat.context.strip").isVisibleTo(chat.page)


def press(chat: ScriptedChat, name: str) -> None:
    button = chat.find(QPushButton, name)
    assert button.isVisibleTo(chat.page)
    button.click()


def test_the_meter_grows_as_the_question_is_typed(chat: ScriptedChat) -> None:
    chat.page.start(None)
    wait_until(lambda: words(chat, "chat.context.words").startswith("Chat: 0 of 614"))
    bar = chat.find(QProgressBar, "chat.context.bar")
    assert bar.value() == 0
    QTest.keyClicks(chat.find(QPlainTextEdit, "chat.input"), "How much is the annual fee?")
    wait_until(lambda: bar.value() > 4)
    assert words(chat, "chat.context.words").startswith("Chat: about ")
    assert "reads 2048 tokens at once" in bar.accessibleDescription()
    chat.find(QPlainTextEdit, "chat.input").setPlainText("fee " * 5000)
    wait_until(lambda: "the model reads 1536" in words(chat, "chat.context.words"))


def test_a_chat_that_outgrew_the_model_says_what_is_left_out_and_keeps_the_choice(
    chat: ScriptedChat, store: Store, long_one: Conversation
) -> None:
    chat.page.start(long_one.id)
    wait_until(lambda: strip_shown(chat))
    assert "Of 14 questions" in words(chat, "chat.context.kept")
    assert "are left out" in words(chat, "chat.context.kept")
    press(chat, "chat.context.leave_out")
    wait_until(lambda: store.condensed(long_one.id).choice is Choice.LEAVE_OUT)
    change = chat.find(QPushButton, "chat.context.change")
    wait_until(lambda: change.isVisibleTo(chat.page))
    assert not chat.find(QPushButton, "chat.context.leave_out").isVisibleTo(chat.page)
    chat.page.start(None)
    wait_until(lambda: not strip_shown(chat))
    chat.page.start(long_one.id)
    wait_until(lambda: change.isVisibleTo(chat.page))
    change.click()
    assert chat.find(QPushButton, "chat.context.summarise").isVisibleTo(chat.page)


def test_another_branch_is_measured_when_it_is_shown(
    chat: ScriptedChat, store: Store, long_one: Conversation
) -> None:
    store.add_turn(long_one.id, Role.USER, "Something else?", TurnState.COMPLETE, parent=0)
    chat.page.start(long_one.id)
    wait_until(lambda: words(chat, "chat.context.words") != "" and not strip_shown(chat))
    views = chat.find(Transcript, "chat.transcript").views
    wait_until(lambda: len(views()) == 1)
    before = views()[0].findChild(QToolButton, "chat.turn.before")
    assert before is not None
    before.click()
    wait_until(lambda: strip_shown(chat))


def test_the_oldest_are_summarised_on_wish_and_the_summary_can_be_read(
    chat: ScriptedChat, long_one: Conversation
) -> None:
    chat.page.start(long_one.id)
    wait_until(lambda: strip_shown(chat))
    press(chat, "chat.context.summarise")
    wait_until(lambda: "as a summary" in words(chat, "chat.context.kept"))
    press(chat, "chat.context.show_summary")
    summary = chat.find(QPlainTextEdit, "chat.context.summary")
    assert summary.toPlainText() == chat.answering.reader.summary


def test_summarising_can_be_stopped(chat: ScriptedChat, long_one: Conversation) -> None:
    gate = chat.answering.reader.gate = Gate()
    chat.page.start(long_one.id)
    wait_until(lambda: strip_shown(chat))
    press(chat, "chat.context.summarise")
    wait_until(gate.reached.is_set)
    press(chat, "chat.context.stop")
    wait_until(gate.opened.is_set)
    wait_until(lambda: "before the next answer" in words(chat, "chat.context.kept"))


def test_a_new_chat_goes_on_from_a_summary(chat: ScriptedChat, long_one: Conversation) -> None:
    chat.page.start(long_one.id)
    wait_until(lambda: strip_shown(chat))
    press(chat, "chat.context.new_chat")
    wait_until(lambda: "goes on from a summary" in words(chat, "chat.context.kept"))
    assert chat.page.conversation_id not in {None, long_one.id}
    press(chat, "chat.context.show_summary")
    assert chat.find(QPlainTextEdit, "chat.context.summary").toPlainText()


def test_an_answer_says_what_it_was_written_without(chat: ScriptedChat, qtbot: QtBot) -> None:
    record = AnswerRecord(AnswerKind.GROUNDED, "Small Model", left_out=3)
    chat.answering.script = written(FEE, PASSAGES, record=record)
    view = ask(chat, qtbot, "How much is the fee?")
    assert "Written without the first questions of this chat: 3." in said(view)
    assert ("Chat", "its first 3 questions were not read") in facts(record)
