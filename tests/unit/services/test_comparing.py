"""Two documents answer a question side by side, each alone, or say that they do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.desk import Desk
from desktop.domain.chat import AnswerKind, Turn, TurnState
from desktop.domain.errors import (
    ConversationUnknown,
    DocumentMissing,
    EmbedderMissing,
    ModelMissing,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Loaded, MemoryTaken
from desktop.services.answer_events import AnswerEvent, Found, Reasoned, Wrote
from desktop.services.comparing import Comparing
from desktop.services.model_writing import ModelWriting
from tests.samples import write_pdf
from tests.unit.services.scripted_model import OneModel, ScriptedModel

LEASE = "The lease of the warehouse in Aldermoor was signed by {who}. Its rent is {rent} a month."
OLD = LEASE.format(who="Maria Okafor", rent="1,200 euros")
NEW = LEASE.format(who="Paul Adler", rent="1,450 euros")
VANS = "The auditor of Dunmere Optics recorded the sale of two delivery vans in week 12."
RENT = "How much is the rent of the warehouse in Aldermoor?"


@pytest.fixture(scope="module")
def ids(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    folder = tmp_path_factory.mktemp("comparing")
    texts = {"old.pdf": OLD, "new.pdf": NEW, "vans.pdf": VANS}
    paths = [write_pdf(folder / name, [text]) for name, text in texts.items()]
    documents = desk.library.add(paths, "comparing").documents
    desk.library.work(Cancellation())
    return {document.name: document.id for document in documents}


def compare(
    desk: Desk,
    *document_ids: int,
    question: str = RENT,
    model: str | None = None,
    meanwhile: Callable[[AnswerEvent], None] = lambda event: None,
    cancel: Cancellation | None = None,
    **chat: int,
) -> tuple[Turn, list[AnswerEvent]]:
    """Compare to the end; the turn, and the events on the way."""
    events: list[AnswerEvent] = []
    answer = desk.comparing.compare(
        question, document_ids, model=model, cancel=cancel or Cancellation(), **chat
    )
    while True:
        try:
            event = next(answer)
        except StopIteration as end:
            turn: Turn = end.value
            return turn, events
        events.append(event)
        meanwhile(event)


def columns(turn: Turn) -> dict[str, str]:
    assert turn.record is not None
    return {one.document: turn.text[one.start : one.end] for one in turn.record.columns}


def test_each_document_answers_for_itself_with_its_own_places(
    desk: Desk, ids: dict[str, int]
) -> None:
    turn, events = compare(desk, ids["old.pdf"], ids["new.pdf"])
    assert turn.state is TurnState.COMPLETE
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.COMPARED
    said = columns(turn)
    assert list(said) == ["old.pdf", "new.pdf"]
    assert "1,200" in said["old.pdf"]
    assert "1,450" in said["new.pdf"]
    assert "1,450" not in said["old.pdf"]
    places = {citation.number: citation for citation in turn.citations}
    for sentence in turn.sentences:
        if sentence.citation is not None:
            column = next(
                one for one in turn.record.columns if one.start <= sentence.start < one.end
            )
            assert places[sentence.citation].document_id == column.document_id
    assert {one.document for one in turn.citations} == {"old.pdf", "new.pdf"}
    (found,) = [event for event in events if isinstance(event, Found)]
    assert {passage.document for passage in found.passages} == {"old.pdf", "new.pdf"}
    assert desk.conversations.turns(turn.conversation_id)[1] == turn


def test_a_document_in_which_nothing_answers_says_so(desk: Desk, ids: dict[str, int]) -> None:
    turn, _ = compare(desk, ids["vans.pdf"], ids["new.pdf"])
    assert turn.record is not None
    assert [one.found for one in turn.record.columns] == [False, True]
    assert columns(turn)["vans.pdf"] == "Nothing in vans.pdf answers this."
    assert {one.document for one in turn.citations} == {"new.pdf"}


def test_where_neither_answers_that_is_the_answer(desk: Desk, ids: dict[str, int]) -> None:
    turn, _ = compare(
        desk, ids["old.pdf"], ids["vans.pdf"], question="Which football team won in Brazil?"
    )
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.NOT_FOUND
    assert turn.record.searched is not None
    assert turn.record.searched.documents == 2


def test_stopped_it_keeps_the_document_that_was_finished(desk: Desk, ids: dict[str, int]) -> None:
    cancel = Cancellation()
    seen = ""

    def stop(event: AnswerEvent) -> None:
        nonlocal seen
        seen += event.text if isinstance(event, Wrote) else ""
        if "new.pdf" in seen:
            cancel.cancel()

    turn, _ = compare(desk, ids["old.pdf"], ids["new.pdf"], meanwhile=stop, cancel=cancel)
    assert turn.state is TurnState.STOPPED
    assert list(columns(turn)) == ["old.pdf"]
    assert {one.document for one in turn.citations} == {"old.pdf"}


def test_without_a_usable_model_the_documents_speak_for_themselves(
    desk: Desk, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(reference: str | None) -> None:
        raise ModelMissing(model="SmolLM2")

    monkeypatch.setattr(desk._writing._models, "chat_model", gone)
    turn, _ = compare(desk, ids["old.pdf"], ids["new.pdf"])
    assert (turn.state, turn.error_code) == (TurnState.COMPLETE, ModelMissing.code)
    assert {name: " ".join(text.split()) for name, text in columns(turn).items()} == {
        "old.pdf": OLD,
        "new.pdf": NEW,
    }
    turn, _ = compare(desk, ids["old.pdf"], ids["new.pdf"], model="SmolLM2")
    assert (turn.state, turn.error_code) == (TurnState.FAILED, ModelMissing.code)


def test_what_a_model_reasons_is_told_and_is_no_part_of_what_a_document_says(
    desk: Desk, ids: dict[str, int]
) -> None:
    model = ScriptedModel(lambda messages: "<think>\nA rent?\n</think>\n\nThe rent is 1,200 euros.")
    model.loaded = Loaded(4096, 0.1, MemoryTaken(), MemoryTaken(), reasons=True)
    writing = ModelWriting(model, model, OneModel())  # type: ignore[arg-type]
    comparing = Comparing(desk._profile.store, desk.retrieval, writing, desk.conversations)
    events = list(comparing.compare(RENT, [ids["old.pdf"]], cancel=Cancellation()))
    turn = desk.conversations.turns(desk.conversations.all()[0].id)[-1]
    assert [event.text.strip() for event in events if isinstance(event, Reasoned)] == ["A rent?"]
    assert columns(turn)["old.pdf"].startswith("The rent is 1,200 euros.")
    assert "<think>" not in turn.text
    assert turn.record is not None
    assert turn.record.reasoning == "A rent?"
    assert turn.record.sampling.reasoning_tokens == model.samplings[0].reasoning_tokens == 4096 // 3


def test_what_the_search_did_without_is_said(
    desk: Desk, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*given: object, **more: object) -> None:
        raise EmbedderMissing

    monkeypatch.setattr(desk.retrieval._retriever, "nearest", missing)
    turn, _ = compare(desk, ids["old.pdf"], ids["new.pdf"])
    assert turn.record is not None
    assert turn.record.words_only is not None
    assert turn.record.words_only.code == EmbedderMissing.code


def test_another_version_of_a_question_stands_beside_it(desk: Desk, ids: dict[str, int]) -> None:
    first, _ = compare(desk, ids["old.pdf"])
    question, _ = desk.conversations.turns(first.conversation_id)
    chat = {"conversation_id": first.conversation_id, "beside": question.id}
    other, _ = compare(desk, ids["old.pdf"], question=f"{RENT} Now?", **chat)
    asked, answer = desk.conversations.turns(first.conversation_id)
    assert answer == other
    assert asked.variants == (question.id, asked.id)
    with pytest.raises(ConversationUnknown):
        compare(desk, ids["old.pdf"], conversation_id=first.conversation_id + 999)


def test_a_document_that_is_gone_is_told_before_anything_is_stored(
    desk: Desk, ids: dict[str, int]
) -> None:
    before = desk.conversations.all()
    with pytest.raises(DocumentMissing):
        compare(desk, ids["old.pdf"], 9_999)
    assert desk.conversations.all() == before
