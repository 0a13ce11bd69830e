"""Conversations as the store keeps them: trees of turns, a list in order, a search over all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.chat import Citation, Conversation, Role, Turn, TurnState
from desktop.domain.context import NOT_CONDENSED, Choice, Condensed
from desktop.domain.errors import FolderExists
from desktop.services import ports
from desktop.storage.profile import open_profile

PASSPHRASE = "a desk that locks"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ports.Store]:
    profile = open_profile(tmp_path_factory.mktemp("talk") / "profile", PASSPHRASE)
    yield profile.store
    profile.close()


@pytest.fixture
def store(opened: ports.Store) -> ports.Store:
    for conversation in opened.conversations():
        opened.remove_conversation(conversation.id)
    for folder in opened.folders():
        opened.remove_folder(folder.id)
    return opened


def say(
    store: ports.Store, conversation: Conversation, text: str, parent: int | None = None
) -> Turn:
    role = Role.USER if text.endswith("?") else Role.ASSISTANT
    return store.add_turn(conversation.id, role, text, TurnState.COMPLETE, parent=parent)


def shown(store: ports.Store, conversation: Conversation) -> list[str]:
    return [turn.text for turn in store.turns(conversation.id)]


# -- the tree


def test_turns_follow_one_another_unless_told_otherwise(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    first, second = say(store, talk, "What waits?"), say(store, talk, "A heron.")
    assert (first.parent, second.parent) == (0, first.id)
    assert store.turns(talk.id) == [first, second]
    assert (second.variants, second.variant) == ((second.id,), 1)


def test_turns_that_are_taken_in_without_a_place_are_a_line(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    with store._database.transaction() as connection:  # type: ignore[attr-defined]
        for text in ("What waits?", "A heron.", "Where?"):
            connection.execute(
                "INSERT INTO turn (conversation_id, role, text, state, created)"
                " VALUES (?, 'user', ?, 'complete', 1)",
                (talk.id, text),
            )
    assert shown(store, talk) == ["What waits?", "A heron.", "Where?"]
    assert store.turns(talk.id)[-1].variants == (store.turns(talk.id)[-1].id,)


def test_another_answer_is_a_variant_and_each_branch_is_shown_as_it_was_left(
    store: ports.Store,
) -> None:
    talk = store.add_conversation("Herons")
    question, one = say(store, talk, "What waits?"), say(store, talk, "A heron.")
    say(store, talk, "Where?")
    say(store, talk, "By the river.")
    other = say(store, talk, "Nothing.", parent=question.id)
    assert shown(store, talk) == ["What waits?", "Nothing."]
    assert other.variants == (one.id, other.id)
    assert store.show_turn(one.id) == talk.id
    assert shown(store, talk) == ["What waits?", "A heron.", "Where?", "By the river."]
    assert [turn.variant for turn in store.turns(talk.id)] == [1, 1, 1, 1]
    assert [t.text for t in store.turns_up_to(other.id)] == ["What waits?", "Nothing."]
    store.show_turn(other.id)
    assert store.turns(talk.id)[-1].variant == 2


def test_a_question_can_be_put_differently_from_the_first_on(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    first = say(store, talk, "What waits?")
    say(store, talk, "A heron.")
    say(store, talk, "Who waits?", parent=0)
    say(store, talk, "Nobody.")
    assert shown(store, talk) == ["Who waits?", "Nobody."]
    store.show_turn(first.id)
    assert shown(store, talk) == ["What waits?", "A heron."]


def test_a_turn_far_away_is_shown_with_all_that_leads_to_it(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    say(store, talk, "What waits?")
    say(store, talk, "A heron.")
    deep = say(store, talk, "Where?")
    for text in ("Who waits?", "Who stays?"):
        say(store, talk, text, parent=0)
    store.show_turn(deep.id)
    assert shown(store, talk) == ["What waits?", "A heron.", "Where?"]


def test_what_is_set_aside_goes_with_what_follows_and_comes_back_whole(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    question, one = say(store, talk, "What waits?"), say(store, talk, "A heron.")
    say(store, talk, "Where?")
    other = say(store, talk, "Nothing.", parent=question.id)
    store.show_turn(one.id)
    store.set_turn_aside(one.id)
    assert shown(store, talk) == ["What waits?", "Nothing."]
    assert store.turns(talk.id)[-1].variants == (other.id,)
    assert store.mentions(["where"], limit=9) == []
    assert store.turns_up_to(one.id) == []
    with pytest.raises(LookupError):
        store.show_turn(one.id)
    with pytest.raises(LookupError):
        say(store, talk, "Too late.", parent=one.id)
    store.take_turn_back(one.id)
    assert shown(store, talk) == ["What waits?", "A heron.", "Where?"]
    assert [hit.text for hit in store.mentions(["where"], limit=9)] == ["Where?"]


def test_what_was_set_aside_before_stays_aside(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    question = say(store, talk, "What waits?")
    answer = say(store, talk, "A heron.")
    store.set_turn_aside(answer.id)
    store.set_turn_aside(question.id)
    assert shown(store, talk) == []
    store.take_turn_back(question.id)
    assert shown(store, talk) == ["What waits?"]


def test_a_removed_turn_takes_a_thousand_followers_with_it(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    first = say(store, talk, "What waits?")
    answer = last = say(store, talk, "A heron.")
    for number in range(1200):
        last = say(store, talk, f"Egret {number}.", parent=last.id)
    assert len(store.turns(talk.id)) == 1202
    store.remove_turn(answer.id)
    assert store.turns(talk.id) == [first]
    assert store.mentions(["egret"], limit=9) == []
    store.remove_turn(answer.id)


def test_an_answer_written_on_streams_again_with_its_text(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    say(store, talk, "What waits?")
    turn = say(store, talk, "A he")
    resumed = store.resume_turn(turn.id)
    assert (resumed.text, resumed.state) == ("A he", TurnState.STREAMING)
    finished = store.finish_turn(turn.id, text="A heron.", state=TurnState.COMPLETE)
    assert store.turns(talk.id)[-1] == finished
    with pytest.raises(LookupError):
        store.resume_turn(turn.id + 999)


# -- the list


def test_a_copy_has_every_branch_and_its_own_turns(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    question, answer = say(store, talk, "What waits?"), say(store, talk, "A heron.")
    citation = Citation(1, 0, "birds.pdf", 3, "iii", 0, 5, "heron")
    store.finish_turn(answer.id, text="A heron.", state=TurnState.COMPLETE, citations=[citation])
    say(store, talk, "Nothing.", parent=question.id)
    store.show_turn(answer.id)
    copy = store.duplicate_conversation(talk.id, "Herons again")
    store.remove_conversation(talk.id)
    turns = store.turns(copy.id)
    assert [turn.text for turn in turns] == ["What waits?", "A heron."]
    assert turns[-1].citations == (citation,)
    store.show_turn(turns[-1].variants[1])
    assert shown(store, copy) == ["What waits?", "Nothing."]
    with pytest.raises(LookupError):
        store.duplicate_conversation(talk.id, "Gone")


def test_a_copy_keeps_what_stands_for_the_oldest_questions(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    say(store, talk, "What waits?")
    answer = say(store, talk, "A heron.")
    store.set_condensed(talk.id, Condensed(Choice.SUMMARISE, "A heron waits.", answer.id))
    copy = store.duplicate_conversation(talk.id, "Herons again")
    last = store.turns(copy.id)[-1]
    assert store.condensed(copy.id) == Condensed(Choice.SUMMARISE, "A heron waits.", last.id)
    store.set_condensed(talk.id, Condensed(Choice.SUMMARISE, "Before.", 0))
    copy = store.duplicate_conversation(talk.id, "Herons once more")
    assert store.condensed(copy.id) == Condensed(Choice.SUMMARISE, "Before.", 0)
    store.set_condensed(talk.id, Condensed(Choice.SUMMARISE, "A heron waits.", answer.id))
    store.set_turn_aside(answer.id)
    copy = store.duplicate_conversation(talk.id, "Without the heron")
    assert store.condensed(copy.id) == NOT_CONDENSED


@pytest.mark.parametrize("later", [False, True])
def test_no_summary_is_kept_of_what_was_removed(store: ports.Store, later: bool) -> None:
    talk, other = store.add_conversation("Herons"), store.add_conversation("Goes on: Herons")
    question, answer = say(store, talk, "What waits?"), say(store, talk, "A heron.")
    store.set_condensed(talk.id, Condensed(Choice.SUMMARISE, "A heron waits.", answer.id))
    store.set_condensed(other.id, Condensed(Choice.SUMMARISE, "Before.", 0))
    if later:
        store.set_turn_aside(question.id)
        store.remove_what_was_set_aside()
    else:
        store.remove_turn(question.id)
    assert store.condensed(talk.id) == Condensed(Choice.SUMMARISE)
    assert store.condensed(other.id).summary == "Before."


def test_pins_folders_and_the_archive_are_kept_with_a_conversation(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    folder = store.add_folder("Birds")
    assert store.add_folder("Birds") == folder
    store.pin_conversation(talk.id, True)
    store.archive_conversation(talk.id, True)
    store.file_conversation(talk.id, folder.id)
    (found,) = store.conversations()
    assert (found.pinned, found.archived, found.folder_id) == (True, True, folder.id)
    assert store.conversation(talk.id) == found
    store.rename_folder(folder.id, "Waders")
    store.add_folder("ants")
    assert [one.name for one in store.folders()] == ["ants", "Waders"]
    with pytest.raises(FolderExists):
        store.rename_folder(folder.id, "ants")
    store.remove_folder(folder.id)
    (found,) = store.conversations()
    assert found.folder_id == 0
    store.file_conversation(talk.id, folder.id)
    assert store.conversations() == [found]


def test_a_conversation_set_aside_is_nowhere_until_it_is_taken_back(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    say(store, talk, "What waits?")
    store.set_conversation_aside(talk.id)
    assert store.conversations() == []
    assert store.conversation(talk.id) is None
    assert store.turns(talk.id) == []
    assert store.mentions(["waits"], limit=9) == []
    assert store.mentions(["herons"], limit=9) == []
    store.take_conversation_back(talk.id)
    assert [one.id for one in store.conversations()] == [talk.id]
    assert shown(store, talk) == ["What waits?"]


def test_what_was_not_taken_back_is_gone_at_the_next_start(tmp_path: Path) -> None:
    profile = open_profile(tmp_path / "profile", PASSPHRASE)
    gone, kept = profile.store.add_conversation("Gone"), profile.store.add_conversation("Kept")
    stays = say(profile.store, kept, "What waits?")
    profile.store.set_turn_aside(say(profile.store, kept, "A heron.").id)
    profile.store.set_conversation_aside(gone.id)
    profile.close()
    profile = open_profile(tmp_path / "profile", PASSPHRASE)
    profile.store.take_conversation_back(gone.id)
    assert [one.title for one in profile.store.conversations()] == ["Kept"]
    assert profile.store.turns(kept.id) == [stays]
    profile.close()


# -- searching


def test_everything_said_is_found_newest_first_with_titles_in_front(store: ports.Store) -> None:
    talk = store.add_conversation("About herons")
    question = say(store, talk, "Which bird wartet am Fluß?")
    answer = say(store, talk, "Der Graureiher, ein HÉRON.")
    found = store.mentions(["heron"], limit=9)
    assert [(hit.turn_id, hit.text) for hit in found] == [
        (0, "About herons"),
        (answer.id, "Der Graureiher, ein HÉRON."),
    ]
    assert [hit.turn_id for hit in store.mentions(["wartet", "fluß"], limit=9)] == [question.id]
    assert store.mentions(["wartet", "heron"], limit=9) == []
    assert [hit.turn_id for hit in store.mentions(["gr"], limit=9)] == [answer.id]
    assert store.mentions([], limit=9) == []
    assert len(store.mentions(["heron"], limit=1)) == 1
    store.rename_conversation(talk.id, "About egrets")
    assert [hit.turn_id for hit in store.mentions(["heron"], limit=9)] == [answer.id]
    store.remove_conversation(talk.id)
    assert store.mentions(["heron"], limit=9) == []


def test_an_answer_is_found_once_it_has_ended(store: ports.Store) -> None:
    talk = store.add_conversation("Herons")
    turn = store.add_turn(talk.id, Role.ASSISTANT, "", TurnState.STREAMING)
    store.save_text(turn.id, "An egret")
    assert store.mentions(["egret"], limit=9) == []
    store.finish_turn(turn.id, text="An egret waits.", state=TurnState.STOPPED)
    assert [hit.turn_id for hit in store.mentions(["egret"], limit=9)] == [turn.id]


def test_a_record_that_nobody_can_read_costs_no_word_of_the_conversation(
    store: ports.Store,
) -> None:
    talk = store.add_conversation("Herons")
    question, answer = say(store, talk, "What waits?"), say(store, talk, "A heron.")
    with store._database.transaction() as connection:  # type: ignore[attr-defined]
        connection.execute(
            "UPDATE turn SET record = ?, sentences = 'x' WHERE id = ?",
            ('{"kind": "of a later time"}', answer.id),
        )
    assert store.turns(talk.id) == [question, answer]
