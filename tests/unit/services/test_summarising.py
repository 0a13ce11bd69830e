"""A document becomes a few cited paragraphs, whatever its length, and goes on where it stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.domain.chat import AnswerKind, Message, Role, Turn, TurnState
from desktop.domain.chunking import chunk_page, estimate_tokens
from desktop.domain.documents import DocumentFacts, DocumentState, Page
from desktop.domain.errors import DocumentMissing, ModelMissing, PromptTooLong
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Loaded, MemoryTaken
from desktop.domain.sentences import sentences
from desktop.domain.summaries import LEAST_SECTION, MOST_TOKENS, Length
from desktop.services.answer_events import AnswerEvent, Asked, PartsRead, Wrote
from desktop.services.conversations import Conversations
from desktop.services.model_writing import ModelWriting
from desktop.services.ports import Store
from desktop.services.summarising import Summarising
from desktop.storage.profile import open_profile
from tests.samples import write_pdf
from tests.unit.services.scripted_model import MODEL, OneModel, ScriptedModel

REPORT = [
    "The board of Dunmere Optics met on 4 May 2021. It approved the sale of two vans and the "
    "replacement of the boiler in the warehouse. The auditor, Mira Quist, asked for a reserve of "
    "12,000 pounds for bad debts. The board agreed to it against one vote. " * 3,
    "The members were told of the new annual fee. It rises by 2.5 percent on 1 July, and whoever "
    "pays before 30 June keeps the old fee until the end of the year. The treasurer, Paul Adler, "
    "reported a surplus of 3,400 pounds. The next meeting is on 9 November 2021. " * 3,
]
PARAGRAPH = (
    "The board of {place} approved the annual report on {day} March 2021. "
    "Its auditor, Mira Quist, asked for a reserve of {sum} pounds. "
)


def run(
    summarising: Summarising,
    document_id: int,
    length: Length = Length.SHORT,
    *,
    meanwhile: Callable[[AnswerEvent], None] = lambda event: None,
    cancel: Cancellation | None = None,
    model: str | None = None,
) -> tuple[Turn, list[AnswerEvent]]:
    """Summarise to the end; the turn, and the events on the way."""
    events: list[AnswerEvent] = []
    answer = summarising.summarise(
        document_id, length=length, model=model, cancel=cancel or Cancellation()
    )
    while True:
        try:
            event = next(answer)
        except StopIteration as end:
            turn: Turn = end.value
            return turn, events
        events.append(event)
        meanwhile(event)


def written(events: Sequence[AnswerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Wrote))


# -- with the real model


@pytest.fixture(scope="module")
def report(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A report that is one section, or two if more than one paragraph is wished for."""
    path = write_pdf(tmp_path_factory.mktemp("summary") / "board.pdf", REPORT)
    (document,) = desk.library.add([path], "summarising").documents
    desk.library.work(Cancellation())
    return document.id


def test_a_document_is_summarised_with_places_that_are_in_it(desk: Desk, report: int) -> None:
    turn, events = run(desk.summarising, report)
    assert isinstance(events[0], Asked)
    assert turn.state is TurnState.COMPLETE
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.SUMMARISED
    assert turn.record.model.startswith("SmolLM2")
    assert turn.record.timings.tokens > 0
    assert turn.text == written(events) != ""
    assert turn.citations
    for citation in turn.citations:
        page = desk.library.page(report, citation.page)
        assert page is not None
        assert page.text[citation.start : citation.end] == citation.text
    question, answer = desk.conversations.turns(turn.conversation_id)
    assert (question.role, question.text) == (Role.USER, "Summarise board.pdf")
    assert answer == turn


def test_stopped_it_keeps_what_was_finished_and_goes_on_from_there(
    desk: Desk, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Sequence[Message]] = []
    generate = desk._writing._generator.generate

    def counted(messages: Sequence[Message], **how: object) -> Iterator[object]:
        runs.append(messages)
        return generate(messages, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(desk._writing._generator, "generate", counted)
    cancel = Cancellation()

    def stop(event: AnswerEvent) -> None:
        if isinstance(event, PartsRead) and event.done == 1 and event.seconds_left is not None:
            cancel.cancel()

    turn, events = run(desk.summarising, report, Length.LONG, meanwhile=stop, cancel=cancel)
    assert turn.state is TurnState.STOPPED
    assert turn.text == written(events) != ""
    assert turn.citations
    (total,) = {event.total for event in events if isinstance(event, PartsRead)}
    assert total > 1
    begun = len(runs)
    assert begun == 1

    def kill(event: AnswerEvent) -> None:
        if isinstance(event, PartsRead) and event.done == 1:
            os.kill(desk._clients[2].pid or 0, signal.SIGKILL)

    turn, _ = run(desk.summarising, report, Length.LONG, meanwhile=kill)
    assert (turn.state, turn.error_code) == (TurnState.FAILED, "worker_crashed")
    turn, _ = run(desk.summarising, report, Length.LONG)
    assert turn.state is TurnState.COMPLETE
    finished = {repr(messages) for messages in runs}
    assert len(finished) == total  # and of all runs, no more than the two that were ended are twice
    assert len(runs) <= total + 2
    again, events = run(desk.summarising, report, Length.LONG)
    assert (again.text, again.citations) == (turn.text, turn.citations)
    assert len(runs) <= total + 2


# -- with a model that follows a script, over a real store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("summaries") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


def of_pages(store: Store, name: str, texts: Sequence[str]) -> int:
    """A document as if it had been read and indexed."""
    document = store.add_document(Path("/files") / name, store.add_collection("Documents").id)
    store.set_file(document.id, sha256="0" * 64, size=7)
    store.set_facts(document.id, DocumentFacts(page_count=len(texts)))
    for number, text in enumerate(texts, 1):
        page = Page(number, str(number), text)
        store.add_page(document.id, page, chunk_page(page))
    store.set_state(document.id, DocumentState.READY)
    return document.id


def summarising(store: Store, model: ScriptedModel) -> Summarising:
    writing = ModelWriting(model, model, OneModel())  # type: ignore[arg-type]
    return Summarising(store, writing, Conversations(store))


def first_sentences(messages: Sequence[Message]) -> str:
    """A model that repeats the first two sentences of what it is given."""
    text = messages[-1].content.split("\n\n")[0]
    return " ".join(text[start:end] for start, end in sentences(text)[:2])


def dense(number: int) -> str:
    """A page as full as a page of a report is."""
    return "".join(
        PARAGRAPH.format(place=f"Dunmere {number}", day=day, sum=1000 * number + day)
        for day in range(1, 19)
    )


def test_three_hundred_pages_fit_into_a_window_of_four_thousand_tokens(store: Store) -> None:
    model = ScriptedModel(first_sentences)
    document = of_pages(store, "long.pdf", [dense(number) for number in range(1, 301)])
    turn, events = run(summarising(store, model), document, Length.MEDIUM)
    assert turn.state is TurnState.COMPLETE
    assert len(turn.text.split("\n\n")) == 3
    assert len(model.prompts) > 100
    largest = max(
        sum(estimate_tokens(message.content) for message in prompt) for prompt in model.prompts
    )
    assert largest * 1.2 + MOST_TOKENS < MODEL.context_window == 4096
    # Each paragraph is of another part of the document, and all of it is borne out there.
    cited = [citation.page for citation in turn.citations]
    assert cited[0] == 1
    assert cited == sorted(cited)
    assert cited[1] > 60
    assert cited[2] > 150
    assert all(sentence.supported for sentence in turn.sentences)
    done = [event for event in events if isinstance(event, PartsRead)]
    assert [event.done for event in done] == sorted(event.done for event in done)
    assert (done[0].done, done[-1].done) == (0, done[-1].total)
    assert done[0].seconds_left is None
    assert done[-1].seconds_left == 0


def test_another_length_takes_what_was_read_before(store: Store) -> None:
    model = ScriptedModel(first_sentences)
    document = of_pages(store, "twice.pdf", [dense(number) for number in range(1, 61)])
    run(summarising(store, model), document, Length.MEDIUM)
    first = len(model.prompts)
    turn, _ = run(summarising(store, model), document, Length.SHORT)
    assert turn.state is TurnState.COMPLETE
    assert len(model.prompts) - first < first / 4


def test_a_part_that_is_too_long_after_all_is_read_in_halves(store: Store) -> None:
    def script(messages: Sequence[Message]) -> str:
        if estimate_tokens(messages[-1].content) > LEAST_SECTION:
            raise PromptTooLong(tokens=9, limit=1)
        return first_sentences(messages)

    model = ScriptedModel(script)
    document = of_pages(store, "halves.pdf", [dense(1)])
    turn, _ = run(summarising(store, model), document)
    assert turn.state is TurnState.COMPLETE
    assert len(model.prompts) > 2
    assert turn.sentences
    assert all(sentence.supported for sentence in turn.sentences)


@pytest.mark.parametrize("said", ["", "The moon is made of green cheese."])
def test_where_the_model_says_nothing_true_the_document_speaks(store: Store, said: str) -> None:
    document = of_pages(store, f"silent{len(said)}.pdf", [dense(number) for number in (1, 2)])
    turn, _ = run(summarising(store, ScriptedModel(lambda _: said)), document)
    assert turn.state is TurnState.COMPLETE
    assert turn.citations
    assert turn.text == " ".join(" ".join(one.text.split()) for one in turn.citations)


def test_what_the_model_invents_is_marked(store: Store) -> None:
    document = of_pages(store, "invented.pdf", [dense(1)])
    invented = "Mira Quist lives in Rome."
    model = ScriptedModel(lambda messages: f"{first_sentences(messages)} {invented}")
    turn, _ = run(summarising(store, model), document)
    assert [sentence.supported for sentence in turn.sentences] == [True, True, False]


def test_what_a_model_reasons_is_no_part_of_a_summary(store: Store) -> None:
    document = of_pages(store, "reasoned.pdf", [dense(1)])
    plain = ScriptedModel(first_sentences)
    model = ScriptedModel(lambda messages: f"<think>\nRome?\n</think>\n{first_sentences(messages)}")
    model.loaded = Loaded(4096, 0.1, MemoryTaken(), MemoryTaken(), reasons=True)
    turn, _ = run(summarising(store, model), document)
    assert turn.state is TurnState.COMPLETE
    assert turn.text
    assert "Rome" not in turn.text
    assert {sampling.reasoning_tokens for sampling in model.samplings} == {4096 // 3}
    assert turn.record is not None
    assert turn.record.sampling.reasoning_tokens == 4096 // 3
    run(summarising(store, plain), document)
    assert len(plain.prompts) > 0  # nothing is taken over from a model that reasoned


def test_a_document_without_text_and_a_missing_one_are_said(store: Store) -> None:
    nothing = summarising(store, ScriptedModel(first_sentences))
    turn, _ = run(nothing, of_pages(store, "drawn.pdf", [" "]))
    assert (turn.state, turn.error_code) == (TurnState.FAILED, "nothing_to_summarise")
    conversations = store.conversations()
    with pytest.raises(DocumentMissing):
        run(nothing, 9_999)
    assert store.conversations() == conversations


def test_without_a_model_the_turn_says_so(store: Store) -> None:
    document = of_pages(store, "unread.pdf", [dense(1)])
    model = ScriptedModel(first_sentences)
    writing = ModelWriting(model, model, OneModel(None))  # type: ignore[arg-type]
    turn, _ = run(Summarising(store, writing, Conversations(store)), document)
    assert (turn.state, turn.error_code) == (TurnState.FAILED, ModelMissing.code)
