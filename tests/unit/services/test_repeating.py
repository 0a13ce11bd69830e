"""An answer once more: another one, its rest, or the same from its record; with the real model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.domain.chat import Role, Turn, TurnState
from desktop.domain.context import Choice, Condensed
from desktop.domain.documents import Page
from desktop.domain.errors import (
    ConversationUnknown,
    ModelChanged,
    QuestionTooLong,
    SourcesChanged,
    TurnUnknown,
)
from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import Answer, Asked, Wrote
from desktop.services.answering import Scope
from desktop.services.turn_taking import LONGEST_QUESTION
from tests.samples import write_pdf

LEASE = (
    "The lease of the warehouse in Aldermoor was signed by Maria Okafor on 12 March 2019. "
    "The rent is 1,200 euros a month. Pets are not allowed in the warehouse."
)
IN_LEASE = Scope(collections=("repeating",))
QUESTION = "Who signed the lease of the warehouse in Aldermoor?"


@pytest.fixture(scope="module", autouse=True)
def lease(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_pdf(tmp_path_factory.mktemp("repeating") / "lease.pdf", [LEASE])
    desk.library.add([path], "repeating")
    desk.library.work(Cancellation())
    return path


def to_the_end(answer: Answer, cancel: Cancellation | None = None) -> Turn:
    """The stored turn; with `cancel`, stopped at the first piece of text."""
    while True:
        try:
            event = next(answer)
        except StopIteration as end:
            turn: Turn = end.value
            return turn
        if cancel is not None and isinstance(event, Wrote):
            cancel.cancel()


def ask(desk: Desk, question: str = QUESTION, *, stop: bool = False, **more: int) -> Turn:
    cancel = Cancellation()
    answer = desk.answering.ask(question, scope=IN_LEASE, cancel=cancel, **more)
    return to_the_end(answer, cancel if stop else None)


def again(desk: Desk, turn: Turn) -> Turn:
    return to_the_end(desk.answering.again(turn.id, scope=IN_LEASE, cancel=Cancellation()))


def same(desk: Desk, turn: Turn) -> bool:
    return desk.repeating.compare(turn.id, cancel=Cancellation()).same


def test_the_same_record_gives_the_same_answer_whatever_was_asked_meanwhile(desk: Desk) -> None:
    turn = ask(desk)
    assert turn.record is not None
    assert turn.record.sampling.temperature == 0
    assert len(turn.record.prompt_sha256) == 64
    assert [given.document for given in turn.record.passages] == ["lease.pdf"]
    second = ask(desk, "How much is the rent?", conversation_id=turn.conversation_id)
    assert second.record is not None
    assert second.record.recalled == 2
    ask(desk, "Are pets allowed in the warehouse?")
    assert same(desk, turn)
    assert same(desk, second)
    assert desk.conversations.turns(turn.conversation_id)[-1] == second


def test_another_answer_is_drawn_beside_the_first_and_its_record_holds_too(desk: Desk) -> None:
    first = ask(desk)
    other = again(desk, first)
    assert other.parent == first.parent
    assert other.variants == (first.id, other.id)
    assert other.record is not None
    assert other.record.sampling.temperature > 0
    assert desk.conversations.turns(first.conversation_id)[-1] == other
    assert same(desk, other)
    third = again(desk, other)
    assert third.record is not None
    assert third.record.sampling.seed != other.record.sampling.seed


def test_a_stopped_answer_is_written_on_to_the_same_end(desk: Desk) -> None:
    whole = ask(desk)
    stopped = ask(desk, stop=True)
    assert stopped.state is TurnState.STOPPED
    assert whole.text.startswith(stopped.text)
    assert same(desk, stopped)
    events = desk.repeating.go_on(stopped.id, cancel=Cancellation())
    asked = next(events)
    assert isinstance(asked, Asked)
    assert (asked.answer.id, asked.answer.text) == (stopped.id, stopped.text)
    assert stopped.record is not None
    assert desk.answering.uses(stopped.record.model)
    finished = to_the_end(events)
    assert not desk.answering.uses(stopped.record.model)
    assert (finished.id, finished.state) == (stopped.id, TurnState.COMPLETE)
    assert finished.text == whole.text
    assert finished.citations == whole.citations
    assert finished.record is not None
    assert finished.record.begun == len(stopped.text)
    assert same(desk, finished)


def test_another_version_of_a_question_has_only_what_was_said_before_it(desk: Desk) -> None:
    first = ask(desk)
    question, _ = desk.conversations.turns(first.conversation_id)
    ask(desk, "And when?", conversation_id=first.conversation_id)
    other = ask(
        desk,
        "What is the rent of the warehouse?",
        conversation_id=first.conversation_id,
        beside=question.id,
    )
    shown = desk.conversations.turns(first.conversation_id)
    assert [turn.text for turn in shown if turn.role is Role.USER] == [
        "What is the rent of the warehouse?"
    ]
    assert shown[-1] == other
    assert other.record is not None
    assert other.record.recalled == 0
    desk.conversations.show_turn(question.id)
    assert len(desk.conversations.turns(first.conversation_id)) == 4


def test_the_record_holds_where_a_chat_goes_on_from_another(desk: Desk) -> None:
    store = desk.repeating._store
    chat = desk.conversations.begin("Goes on: the lease").id
    store.set_condensed(chat, Condensed(Choice.SUMMARISE, "They spoke of a warehouse."))
    first = ask(desk, conversation_id=chat)
    second = ask(desk, "How much is the rent?", conversation_id=chat)
    assert first.record is not None
    assert second.record is not None
    assert (first.record.recalled, first.record.summarised) == (2, 0)
    assert (second.record.recalled, second.record.summarised) == (4, 0)
    assert same(desk, first)
    assert same(desk, second)
    later = Condensed(Choice.SUMMARISE, "They spoke of a warehouse and a lease.", first.id)
    store.set_condensed(chat, later)
    with pytest.raises(SourcesChanged):  # the summary that it read is gone
        same(desk, second)


def test_what_is_gone_or_changed_is_said_and_nothing_is_stored(
    desk: Desk, lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = ask(desk, stop=True)
    store = desk.repeating._store
    document_id = turn.record.passages[0].document_id if turn.record else 0
    page = store.page(document_id, 1)
    assert page is not None
    changed = Page(1, "1", page.text.replace("Maria", "Mario"))
    with monkeypatch.context() as patch:
        patch.setattr(store, "page", lambda *_: changed)
        with pytest.raises(SourcesChanged):
            same(desk, turn)
        patch.setattr(store, "page", lambda *_: None)
        with pytest.raises(SourcesChanged):
            next(desk.repeating.go_on(turn.id, cancel=Cancellation()))
        patch.undo()
        assert same(desk, turn)
        patch.setattr(store, "document", lambda _: None)  # removed; its text is there for now
        with pytest.raises(SourcesChanged):
            same(desk, turn)
    model = desk.chat_models.chat_model(None)
    with monkeypatch.context() as patch:
        other = replace(model, sha256="0" * 64)
        patch.setattr(desk.repeating._models, "chat_model", lambda _name: other)
        with pytest.raises(ModelChanged):
            same(desk, turn)
    assert desk.conversations.turns(turn.conversation_id)[-1] == turn
    with pytest.raises(TurnUnknown):
        desk.repeating.compare(turn.id + 999, cancel=Cancellation())
    with pytest.raises(TurnUnknown):
        ask(desk, conversation_id=turn.conversation_id, beside=turn.id + 999)
    with pytest.raises(ConversationUnknown):
        ask(desk, conversation_id=turn.conversation_id + 999)


def test_a_question_of_any_characters_is_kept_and_one_of_any_length_is_refused(desk: Desk) -> None:
    before = len(desk.conversations.all())
    with pytest.raises(QuestionTooLong) as refused:
        ask(desk, "word " * 10_000_000)
    assert refused.value.facts == {"characters": 50_000_000, "limit": LONGEST_QUESTION}
    assert len(desk.conversations.all()) == before
    turn = ask(desk, "Who signed\0 the \ud83d lease? מי חתם על החוזה \u202egnihton")
    question = desk.conversations.turns(turn.conversation_id)[0]
    unknown = "\N{REPLACEMENT CHARACTER}"
    assert question.text.startswith(f"Who signed{unknown} the {unknown} lease? מי חתם")
    (found,) = [one for one in desk.conversations.search("חתם") if one.mention.turn_id]
    assert found.mention.turn_id == question.id
    title = desk.conversations.one(turn.conversation_id).title
    assert "\u202e" not in title
    assert "מי חתם" in title
