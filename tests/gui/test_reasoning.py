"""What a model thinks first is folded, plain, and out of the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.chat import AnswerKind, AnswerRecord
from desktop.services.answer_events import Reasoned, Wrote
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from tests.gui.conftest import wait_until
from tests.gui.scripted import FEE, Gate, ScriptedChat, written
from tests.gui.test_chat_page import LONG_WAIT, PASSAGES, answers, text_of

THOUGHT = "Is it <b>5</b>? ![x](file:///etc/passwd)"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("reasoning") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def chat(qapp: object, store: Store) -> Iterator[ScriptedChat]:
    chat = ScriptedChat(store, Library(store, None, None))  # type: ignore[arg-type]
    yield chat
    chat.close()


def fold(chat: ScriptedChat) -> QToolButton:
    return chat.find(QToolButton, "chat.reasoning.show")


def test_reasoning_streams_into_its_fold_and_stays_there(chat: ScriptedChat, qtbot: QtBot) -> None:
    gate = Gate()
    record = AnswerRecord(AnswerKind.GROUNDED, reasoning=THOUGHT, reasoning_s=12.4)
    chat.answering.script = written(
        FEE, PASSAGES, before=[Reasoned(THOUGHT)], gate=gate, record=record
    )
    chat.ask("How much is the fee?")
    wait_until(lambda: chat.page.findChild(QToolButton, "chat.reasoning.show") is not None)
    assert fold(chat).text().startswith("Thinking")
    fold(chat).click()
    shown = chat.find(QPlainTextEdit, "chat.reasoning.text")
    assert shown.toPlainText() == THOUGHT
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        gate.opened.set()
    assert fold(chat).text() == "Thought for 12 s"
    assert fold(chat).accessibleName() == "Thought for 12 s"
    fold(chat).click()
    assert not shown.isVisibleTo(chat.page)
    view = answers(chat)[-1]
    assert THOUGHT not in text_of(view)
    view.findChild(QToolButton, "chat.copy").click()
    assert THOUGHT not in QGuiApplication.clipboard().text()


def test_an_answer_that_a_crash_broke_off_shows_its_reasoning_folded(
    chat: ScriptedChat, store: Store
) -> None:
    from desktop.domain.chat import Role, TurnState

    conversation = store.add_conversation("Fee")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STOPPED)
    store.save_text(turn.id, f"<think>{THOUGHT}</think>\n\nThe fee")
    chat.page.start(conversation.id)
    wait_until(lambda: bool(answers(chat)))
    assert text_of(answers(chat)[0]) == "The fee"
    fold(chat).click()
    assert chat.find(QPlainTextEdit, "chat.reasoning.text").toPlainText() == THOUGHT


def test_who_comes_back_to_an_answer_sees_what_was_thought_meanwhile(
    chat: ScriptedChat, qtbot: QtBot
) -> None:
    gate = Gate()
    chat.answering.script = written(
        FEE, PASSAGES, before=[Reasoned(THOUGHT), Wrote("The ")], gate=gate
    )
    chat.ask("How much is the fee?")
    wait_until(lambda: bool(chat.answers.current and chat.answers.current.text))
    conversation = chat.page.conversation_id
    chat.page.start(None)
    chat.page.start(conversation)
    wait_until(lambda: chat.page.findChild(QToolButton, "chat.reasoning.show") is not None)
    assert fold(chat).text().startswith("Thought")
    with qtbot.waitSignal(chat.answers.finished, timeout=LONG_WAIT):
        gate.opened.set()
