"""A question becomes a stored, cited answer, or says plainly why not; nothing typed is lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.domain import grounding
from desktop.domain.chat import AnswerKind, AnswerMode, Message, Role, Searched, Turn, TurnState
from desktop.domain.context import Choice, Condensed
from desktop.domain.errors import CollectionUnknown, ModelMissing, PromptTooLong
from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import AnswerEvent, Asked, Found, Prefilling, Wrote
from desktop.services.answering import Answering, Scope
from desktop.services.draft import SAVE_EVERY
from tests.samples import report_pages, write_pdf
from tests.unit.services.scripted_model import OneModel, ScriptedModel

LEASE = (
    "The lease of the warehouse in Aldermoor was signed by Maria Okafor on 12 March 2019. "
    "The rent is 1,200 euros a month. Pets are not allowed in the warehouse."
)
IN_LEASE = Scope(collections=("answering",))
REPORTED = "Which surplus in pounds does each company report for the year?"
QUESTION = "Who signed the lease of the warehouse in Aldermoor?"


@pytest.fixture(scope="module", autouse=True)
def lease(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write_pdf(tmp_path_factory.mktemp("answering") / "lease.pdf", [LEASE])
    reports = write_pdf(path.with_name("reports.pdf"), report_pages(8, seed=9))
    desk.library.add([path], "answering")
    desk.library.add([reports], "reports")
    desk.library.work(Cancellation())


def ask(
    desk: Desk,
    question: str = QUESTION,
    *,
    meanwhile: Callable[[AnswerEvent], None] = lambda event: None,
    cancel: Cancellation | None = None,
    scope: Scope = IN_LEASE,
    conversation_id: int | None = None,
    model: str | None = None,
    mode: AnswerMode = AnswerMode.ANSWER,
) -> tuple[Turn, list[AnswerEvent]]:
    """Ask to the end; the turn, and the events on the way."""
    events: list[AnswerEvent] = []
    answer = desk.answering.ask(
        question,
        conversation_id=conversation_id,
        scope=scope,
        model=model,
        mode=mode,
        cancel=cancel or Cancellation(),
    )
    while True:
        try:
            event = next(answer)
        except StopIteration as end:
            turn: Turn = end.value
            return turn, events
        events.append(event)
        meanwhile(event)


def written(events: list[AnswerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Wrote))


def test_an_answer_streams_is_cited_and_is_stored_as_it_was_shown(desk: Desk) -> None:
    turn, events = ask(desk)
    assert isinstance(events[0], Asked)
    assert isinstance(events[1], Found)
    assert events[1].passages[0].document == "lease.pdf"
    assert "Maria Okafor" in turn.text
    assert turn.state is TurnState.COMPLETE
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.GROUNDED
    assert turn.record.timings.tokens > 0
    assert len(turn.record.model_sha256) == 64
    citation = turn.citations[0]
    page = desk.library.page(citation.document_id, citation.page)
    assert page is not None
    assert page.text[citation.start : citation.end] == citation.text
    assert "Maria Okafor" in citation.text
    assert written(events).startswith(turn.text)
    question, answer = desk.conversations.turns(turn.conversation_id)
    assert (question.role, question.text) == (Role.USER, QUESTION)
    assert answer == turn


@pytest.mark.parametrize(
    ("refused", "told", "left_out", "summarised"),
    [(0, "s12", 0, 1), (1, "s2", 1, 1), (2, "s", 2, 1), (3, "", 3, 0)],
)
def test_a_summary_goes_last_where_a_prompt_is_too_long(
    desk: Desk, refused: int, told: str, left_out: int, summarised: int
) -> None:
    """What is told of earlier questions: the summary (s), and which of the two behind it."""
    store = desk._profile.store
    chat = desk.conversations.begin("Long").id
    for at in range(3):
        store.add_turn(chat, Role.USER, f"Question number {at}?", TurnState.COMPLETE)
        answer = store.add_turn(chat, Role.ASSISTANT, f"It is {at}.", TurnState.COMPLETE)
        if at == 0:
            store.set_condensed(chat, Condensed(Choice.SUMMARISE, "In brief.", answer.id))

    def script(messages: Sequence[Message]) -> str:
        if len(model.prompts) <= refused:
            raise PromptTooLong(tokens=2, limit=1)
        return "Maria Okafor signed the lease of the warehouse in Aldermoor."

    model = ScriptedModel(script)
    answering = Answering(
        store,
        desk.retrieval,
        model,  # type: ignore[arg-type]
        model,  # type: ignore[arg-type]
        OneModel(),  # type: ignore[arg-type]
        desk.conversations,
    )
    for _ in answering.ask(QUESTION, conversation_id=chat, scope=IN_LEASE, cancel=Cancellation()):
        pass
    record = desk.conversations.turns(chat)[-1].record
    assert record is not None
    said = " ".join(message.content for message in model.prompts[-1])
    signs = {"s": "In brief.", "1": "Question number 1?", "2": "Question number 2?"}
    assert "".join(sign for sign, text in signs.items() if text in said) == told
    assert (record.left_out, record.summarised) == (left_out, summarised)
    assert record.recalled == 2 * len(told)


def test_question_and_answer_are_committed_before_anything_is_searched(desk: Desk) -> None:
    answer = desk.answering.ask(QUESTION, scope=IN_LEASE, cancel=Cancellation())
    asked = next(answer)
    assert isinstance(asked, Asked)
    turns = desk.conversations.turns(asked.conversation.id)
    answer.close()
    assert [turn.text for turn in turns] == [QUESTION, ""]
    assert turns[1].state is TurnState.STREAMING
    assert desk.conversations.turns(asked.conversation.id)[1].state is TurnState.STOPPED


def test_a_streaming_answer_is_saved_while_it_grows(desk: Desk) -> None:
    """What is stored is never older than the last save is allowed to be."""
    behind: list[float] = []
    shown: list[tuple[float, str]] = []
    ids: list[tuple[int, int]] = []

    def look(event: AnswerEvent) -> None:
        if isinstance(event, Asked):
            ids.append((event.conversation.id, event.answer.id))
        if isinstance(event, Wrote):
            so_far = (shown[-1][1] if shown else "") + event.text
            shown.append((time.monotonic(), so_far))
            stored = desk.conversations.turns(ids[0][0])[1].text
            unsaved = [at for at, text in shown if len(text) > len(stored)]
            behind.append(time.monotonic() - unsaved[0] if unsaved else 0.0)

    ask(desk, REPORTED, meanwhile=look, scope=Scope(collections=("reports",)))
    assert len(shown) > 3
    assert max(behind) <= SAVE_EVERY + 0.4


def test_stopping_keeps_what_was_written(desk: Desk) -> None:
    cancel = Cancellation()

    def stop(event: AnswerEvent) -> None:
        if isinstance(event, Wrote):
            cancel.cancel()

    turn, events = ask(desk, meanwhile=stop, cancel=cancel)
    assert turn.state is TurnState.STOPPED
    assert turn.text == written(events) != ""


def test_stopping_while_the_prompt_is_read_ends_at_once(desk: Desk) -> None:
    cancel = Cancellation()
    wished: list[float] = []

    def stop(event: AnswerEvent) -> None:
        if isinstance(event, Prefilling) and not wished:
            wished.append(time.monotonic())
            cancel.cancel()

    turn, _ = ask(desk, REPORTED, meanwhile=stop, cancel=cancel,
                  scope=Scope(collections=("reports",)))  # fmt: skip
    assert wished
    assert turn.state is TurnState.STOPPED
    assert turn.text == ""


def test_nothing_relevant_is_said_instead_of_inventing(desk: Desk) -> None:
    turn, events = ask(desk, "Which football team won the championship in Brazil?")
    assert turn.text.startswith(grounding.NOT_FOUND)
    assert turn.text.endswith("Searched in answering: 1 document, 1 page.")
    assert turn.sentences == ()
    assert [citation.document for citation in turn.citations] == ["lease.pdf"]
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.NOT_FOUND
    assert turn.record.searched == Searched(1, 1, collection="answering")
    assert events[1] == Found(())


def test_what_is_not_indexed_yet_is_said_where_nothing_was_found(
    desk: Desk, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "waiting.pdf", ["A page that nobody has read."])
    desk.library.add([path], "waiting")
    turn, _ = ask(desk, "How many moons circle Saturn?", scope=Scope(collections=("waiting",)))
    assert turn.record is not None
    assert turn.record.searched == Searched(0, 0, unfinished=1, collection="waiting")
    assert "Not fully indexed yet: 1 document." in turn.text
    assert turn.record.scope_incomplete
    assert not turn.record.unsaid_incomplete
    for document in desk.library.documents("waiting"):
        desk.library.remove(document.id)


def test_quote_mode_answers_with_the_passage_to_the_letter(desk: Desk) -> None:
    turn, _ = ask(desk, mode=AnswerMode.QUOTE)
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.QUOTED
    assert turn.record.model == ""
    assert turn.citations[0].text in turn.text
    assert "signed by Maria Okafor" in turn.text.replace("\n", " ")


def test_a_summary_of_what_is_found_is_held_to_it_sentence_by_sentence(desk: Desk) -> None:
    before, _ = ask(desk, "Who is the mayor of the warehouse in Aldermoor?")
    turn, events = ask(
        desk,
        "the rent and the pets",
        mode=AnswerMode.SUMMARISE,
        conversation_id=before.conversation_id,
    )
    assert isinstance(events[1], Found)
    assert turn.state is TurnState.COMPLETE
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.SUMMARISED
    assert turn.record.model
    assert turn.sentences
    assert "1,200" in turn.text
    places = {citation.number: citation.text for citation in turn.citations}
    borne_out = [one for one in turn.sentences if "1,200" in turn.text[one.start : one.end]]
    assert borne_out
    assert "1,200 euros" in places[borne_out[0].citation or 0].replace("\n", " ")


def test_what_is_not_there_is_not_summarised(desk: Desk) -> None:
    turn, _ = ask(desk, "the football championship in Brazil in 2014", mode=AnswerMode.SUMMARISE)
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.NOT_FOUND


def test_without_a_usable_model_the_answer_quotes_and_says_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(reference: str | None) -> None:
        raise ModelMissing(model="SmolLM2")

    monkeypatch.setattr(desk.answering._models, "chat_model", gone)
    turn, _ = ask(desk)
    assert turn.state is TurnState.COMPLETE
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.QUOTED
    assert turn.error_code == "model_missing"
    assert desk.answering.available_model() is None


def test_a_model_asked_for_by_name_must_be_there(desk: Desk, tmp_path: Path) -> None:
    turn, _ = ask(desk, model="no such model")
    assert (turn.state, turn.error_code) == (TurnState.FAILED, "model_missing")
    page = tmp_path / "page.gguf"
    page.write_text("<html>not a model</html>", encoding="utf-8")
    turn, _ = ask(desk, model=str(page))
    assert (turn.state, turn.error_code) == (TurnState.FAILED, "not_a_model")


def test_a_generator_that_dies_fails_one_answer_and_writes_the_next(desk: Desk) -> None:
    client = desk._clients[2]

    def kill(event: AnswerEvent) -> None:
        if isinstance(event, Prefilling | Wrote) and client.pid is not None:
            os.kill(client.pid, signal.SIGKILL)

    turn, _ = ask(desk, REPORTED, meanwhile=kill,
                  scope=Scope(collections=("reports",)))  # fmt: skip
    assert (turn.state, turn.error_code) == (TurnState.FAILED, "worker_crashed")
    assert "SIGKILL" in str(turn.error_facts["cause"])
    turn, _ = ask(desk)
    assert turn.state is TurnState.COMPLETE
    assert "Maria Okafor" in turn.text


def test_an_answer_says_when_its_scope_was_still_being_indexed(desk: Desk, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "later.pdf", ["The gardener prunes the roses in March."])
    desk.library.add([path], "answering")
    turn, _ = ask(desk, mode=AnswerMode.QUOTE)
    assert turn.record is not None
    assert turn.record.scope_incomplete
    assert turn.record.unsaid_incomplete
    desk.library.work(Cancellation())
    turn, _ = ask(desk, mode=AnswerMode.QUOTE)
    assert turn.record is not None
    assert not turn.record.scope_incomplete


def test_the_next_question_of_a_conversation_has_what_was_said_before_it(desk: Desk) -> None:
    first, _ = ask(desk)
    second, events = ask(desk, "And when?", conversation_id=first.conversation_id)
    assert second.conversation_id == first.conversation_id
    assert isinstance(events[1], Found)
    assert events[1].passages[0].document == "lease.pdf"
    assert len(desk.conversations.turns(first.conversation_id)) == 4
    desk.answering.prepare_next(first.conversation_id, Cancellation())
    third, _ = ask(desk, "How much is the rent of the warehouse?",
                   conversation_id=first.conversation_id)  # fmt: skip
    assert third.record is not None
    assert third.record.timings.cached_tokens > 100


def test_an_unknown_collection_is_refused_before_anything_is_stored(desk: Desk) -> None:
    before = len(desk.conversations.all())
    with pytest.raises(CollectionUnknown):
        ask(desk, scope=Scope(collections=("no such matter",)))
    assert len(desk.conversations.all()) == before
