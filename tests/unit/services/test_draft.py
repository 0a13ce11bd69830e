"""What a model writes becomes an answer with its reasoning apart, or says why there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.domain.chat import AnswerKind, Role, Turn, TurnState
from desktop.domain.documents import Passage
from desktop.services.answer_events import AnswerEvent, Reasoned, Wrote
from desktop.services.draft import Draft
from desktop.services.ports import Store
from desktop.storage.profile import open_profile

RENT = "The rent is 1,200 euros a month."
PASSAGES = [Passage(1, 0, "lease.pdf", 1, "1", 0, len(RENT), 1.0, RENT)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("draft") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


def answered(store: Store, *pieces: str) -> tuple[Turn, list[AnswerEvent]]:
    conversation = store.add_conversation("Rent")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    draft = Draft(store, turn)
    events = [event for piece in pieces for event in draft.append(piece)] + draft.end()
    ending = draft.conclude(PASSAGES)
    try:
        while True:
            events.append(next(ending))
    except StopIteration as end:
        finished: Turn = end.value
        return finished, events


def test_reasoning_is_kept_apart_with_its_time_and_is_not_cited(store: Store) -> None:
    turn, events = answered(store, "<think>The rent is 5 euros.", " No.</th", "ink>\n\n", RENT)
    assert turn.text == RENT
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.GROUNDED
    assert turn.record.reasoning == "The rent is 5 euros. No."
    assert [s.citation for s in turn.sentences] == [1]
    assert [type(event) for event in events] == [Reasoned, Reasoned, Wrote]
    assert store.turns(turn.conversation_id)[0] == turn


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("", "it wrote nothing"),
        ("  \n", "it wrote nothing"),
        ("<think>Hm.</think>\n", "it thought"),
    ],
)
def test_a_model_that_answers_with_nothing_says_so_above_the_passages(
    store: Store, written: str, cause: str
) -> None:
    turn, _ = answered(store, written)
    assert turn.record is not None
    assert turn.record.kind is AnswerKind.QUOTED
    assert RENT in turn.text
    assert turn.error_code == "answer_empty"
    assert str(turn.error_facts["cause"]).startswith(cause)
