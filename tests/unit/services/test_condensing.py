"""A conversation that outgrows the model: measured, left out in part, summarised, gone on from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.domain.chat import Conversation, Role, TurnState
from desktop.domain.context import Choice, Condensed
from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import SummingUp
from desktop.services.at_work import AtWork
from desktop.services.condensing import Condensing
from desktop.services.conversations import Conversations
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from tests.gui.scripted import Gate, ScriptedReader

ANSWER = "The board approved an increase of the annual fee by 2.5 percent from 1 July. " * 4


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("long") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def reader() -> ScriptedReader:
    reader = ScriptedReader()
    reader.window_of_all = 2048
    return reader


@pytest.fixture
def condensing(store: Store, reader: ScriptedReader) -> Condensing:
    return Condensing(store, reader, reader, reader, Conversations(store), AtWork())  # type: ignore[arg-type]


@pytest.fixture
def long_one(store: Store) -> Conversation:
    conversation = store.add_conversation("Fees")
    for at in range(12):
        say(store, conversation, at)
    return conversation


def say(store: Store, conversation: Conversation, at: int) -> None:
    store.add_turn(conversation.id, Role.USER, f"Question number {at}?", TurnState.COMPLETE)
    store.add_turn(conversation.id, Role.ASSISTANT, f"{at}: {ANSWER}", TurnState.COMPLETE)


def test_the_room_says_what_is_kept_and_what_is_not(
    condensing: Condensing, long_one: Conversation
) -> None:
    room = condensing.room(long_one.id, Cancellation())
    assert room.used > room.limit
    assert room.recalled.exchanges == 12
    assert 0 < room.recalled.left_out < 12
    assert room.condensed.choice is Choice.OPEN
    assert not room.exact
    assert condensing.room(None, Cancellation()).used == 0


def test_leaving_out_is_kept_for_the_conversation(
    condensing: Condensing, store: Store, long_one: Conversation, reader: ScriptedReader
) -> None:
    condensing.choose(long_one.id, Choice.LEAVE_OUT, Cancellation())
    assert store.condensed(long_one.id).choice is Choice.LEAVE_OUT
    assert reader.prompts == []
    store.remove_conversation(long_one.id)
    store.set_condensed(long_one.id, Condensed(Choice.SUMMARISE, "late"))
    assert store.condensed(long_one.id) == Condensed()


def test_the_oldest_are_summarised_and_again_when_more_no_longer_fit(
    condensing: Condensing, store: Store, long_one: Conversation, reader: ScriptedReader
) -> None:
    condensing.choose(long_one.id, Choice.SUMMARISE, Cancellation())
    room = condensing.room(long_one.id, Cancellation())
    assert room.recalled.left_out == 0
    assert room.recalled.summarised > 0
    assert room.used <= room.limit
    assert reader.summary in room.recalled.messages[0].content
    assert len(reader.prompts) == 1
    for at in range(12, 20):
        say(store, long_one, at)
    steps = condensing.recall(
        long_one.id, store.turns(long_one.id), reader.chat_model(None), Cancellation()
    )
    assert isinstance(next(steps), SummingUp)
    with pytest.raises(StopIteration) as ended:
        next(steps)
    assert ended.value.value.left_out == 0
    assert ended.value.value.summarised > room.recalled.summarised
    assert f"Earlier: {reader.summary}" in reader.prompts[1][-1].content
    assert "Question number 0?" not in reader.prompts[1][-1].content


def test_the_model_is_in_use_while_it_summarises(
    store: Store, long_one: Conversation, reader: ScriptedReader
) -> None:
    at_work = AtWork()
    model = reader.chat_model(None).name

    class Look(Gate):
        def pass_through(self, cancel: Cancellation) -> None:
            assert at_work.uses(model)
            self.reached.set()

    reader.gate = Look()
    condensing = Condensing(store, reader, reader, reader, Conversations(store), at_work)  # type: ignore[arg-type]
    condensing.choose(long_one.id, Choice.SUMMARISE, Cancellation())
    assert reader.gate.reached.is_set()
    reader.gate.reached.clear()
    condensing.go_on_in_new(long_one.id, "Goes on: Fees", Cancellation())
    assert reader.gate.reached.is_set()
    assert not at_work.uses(model)


@pytest.mark.parametrize("written", ["", "<think>Hm.</think>", "<think>for ever"])
def test_a_summary_is_never_empty(
    condensing: Condensing,
    store: Store,
    long_one: Conversation,
    reader: ScriptedReader,
    written: str,
) -> None:
    reader.summary = written
    condensing.choose(long_one.id, Choice.SUMMARISE, Cancellation())
    assert store.condensed(long_one.id).summary.startswith("Question number 0?")


def test_a_new_conversation_goes_on_from_a_summary_of_all(
    condensing: Condensing, store: Store, long_one: Conversation, reader: ScriptedReader
) -> None:
    new = condensing.go_on_in_new(long_one.id, "Goes on: Fees", Cancellation())
    assert "Question number 11?" in reader.prompts[0][-1].content
    room = condensing.room(new.id, Cancellation())
    assert reader.summary in room.recalled.messages[0].content
    say(store, new, 0)
    told = condensing.room(new.id, Cancellation()).recalled.messages
    assert [message.role for message in told] == ["user", "assistant"] * 2
    assert len(store.turns(long_one.id)) == 24
