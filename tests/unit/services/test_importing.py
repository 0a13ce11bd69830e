"""Chats of other programs taken into a real store, read by a real child."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.chat import Role, TurnState
from desktop.domain.errors import Cancelled, ConversationsDamaged
from desktop.domain.export_words import Words
from desktop.domain.exports import Form, laid_out
from desktop.domain.foreign_chats import Imported
from desktop.domain.jobs import Cancellation
from desktop.services.conversations import Conversations
from desktop.services.importing import Importing
from desktop.services.ports import Store
from desktop.storage.exports import ExportFiles
from desktop.storage.profile import open_profile
from desktop.workers.reader.chats_adapter import ChatFilesAdapter
from tests.conversations import ANSWER, CONVERSATION, QUESTION, turns
from tests.foreign_chats import AT, chatgpt, open_webui


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    profile = open_profile(tmp_path / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def conversations(store: Store) -> Conversations:
    return Conversations(store)


@pytest.fixture
def importing(store: Store, conversations: Conversations) -> Iterator[Importing]:
    files = ChatFilesAdapter()
    yield Importing(store, files, conversations)
    files.stop()


def test_chats_are_taken_in_once_with_their_times(
    importing: Importing, conversations: Conversations, tmp_path: Path
) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([chatgpt(), open_webui() | {"mapping": None}, {"mapping": 3}]))
    told: list[int | None] = []
    conversations.changed.listen(told.append)
    assert importing.take_in(path, Cancellation()) == Imported(chats=2, turns=4, left_out=1)
    assert told == [None]
    first = {one.title: one for one in conversations.all()}["Notice periods"]
    assert (first.created, first.updated) == (AT, AT + 60)
    said = conversations.turns(first.id)
    assert [(turn.role, turn.state, turn.created) for turn in said] == [
        (Role.USER, TurnState.COMPLETE, AT),
        (Role.ASSISTANT, TurnState.COMPLETE, AT),
    ]
    assert said[1].text == "Three months.\n\nBy letter."
    again = importing.take_in(path, Cancellation())
    assert again == Imported(chats=0, turns=0, known=2, left_out=1)
    assert len(conversations.all()) == 2


def test_what_was_exported_here_is_taken_in_elsewhere(
    importing: Importing, conversations: Conversations, tmp_path: Path
) -> None:
    path = tmp_path / "chat.json"
    export = laid_out(CONVERSATION, turns(), Words())
    ExportFiles().write(export, path, Form.JSON, replace=False, cancel=Cancellation())
    assert importing.take_in(path, Cancellation()) == Imported(chats=1, turns=4)
    (taken,) = conversations.all()
    assert (taken.title, taken.created) == (CONVERSATION.title, CONVERSATION.created)
    assert [turn.text for turn in conversations.turns(taken.id)][:2] == [QUESTION, ANSWER]


def test_a_file_without_one_readable_chat_is_refused(importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps([chatgpt(current_node="root")]))
    with pytest.raises(ConversationsDamaged):
        importing.take_in(path, Cancellation())


def test_a_stop_keeps_what_is_whole(
    importing: Importing, conversations: Conversations, tmp_path: Path
) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps([chatgpt(f"Chat {number}") for number in range(500)]))
    stop = Cancellation()
    taken = importing._store.take_in_chat

    def stop_after_three(chat: object) -> object:
        made = taken(chat)  # type: ignore[arg-type]
        if len(conversations.all()) == 3:
            stop.cancel()
        return made

    importing._store.take_in_chat = stop_after_three  # type: ignore[method-assign, assignment]
    with pytest.raises(Cancelled):
        importing.take_in(path, stop)
    assert [len(conversations.turns(one.id)) for one in conversations.all()] == [2, 2, 2]
