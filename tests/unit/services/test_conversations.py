"""Conversations as their service keeps them: what changes is told, what is gone is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.domain.chat import Role, TurnState
from desktop.domain.errors import ConversationUnknown, FolderExists, TurnUnknown
from desktop.services.conversations import LONGEST_TITLE, Conversations, title_for
from desktop.services.ports import Store
from desktop.storage.profile import open_profile


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("talk") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def talks(store: Store) -> Conversations:
    return Conversations(store)


def test_every_change_is_told_with_what_changed(talks: Conversations, store: Store) -> None:
    told: list[int | None] = []
    talks.changed.listen(told.append)
    talk = talks.begin("Who signed the lease?")
    question = store.add_turn(talk.id, Role.USER, "Who signed?", TurnState.COMPLETE)
    talks.pin(talk.id, True)
    talks.archive(talk.id, True)
    talks.file(talk.id, "Leases")
    assert talks.set_turn_aside(question.id) == talk.id
    assert talks.take_turn_back(question.id) == talk.id
    talks.set_aside(talk.id)
    talks.take_back(talk.id)
    assert told == [talk.id] * 6 + [None, talk.id]
    copy = talks.duplicate(talk.id, "Another")
    assert told[-1] == copy.id
    assert [turn.text for turn in talks.turns(copy.id)] == ["Who signed?"]


def test_a_folder_is_made_by_its_name_and_left_without_one(talks: Conversations) -> None:
    one, other = talks.begin("One"), talks.begin("Other")
    talks.file(one.id, "  New\u202e matter ")
    talks.file(other.id, "New matter")
    (folder,) = [each for each in talks.folders() if each.name == "New matter"]
    assert talks.one(one.id).folder_id == talks.one(other.id).folder_id == folder.id
    talks.file(other.id, "")
    assert talks.one(other.id).folder_id == 0
    talks.file(other.id, "Old matter")
    with pytest.raises(FolderExists) as refused:
        talks.rename_folder(folder.id, "Old matter")
    assert "Old matter" in str(refused.value)
    talks.remove_folder(folder.id)
    assert talks.one(one.id).folder_id == 0


def test_a_title_is_one_line_of_what_can_be_seen(talks: Conversations) -> None:
    assert title_for("Who\n\nsigned\u202e the\0 lease?") == "Who signed the lease?"
    assert title_for("word " * 10_000_000).endswith("word…")
    talk = talks.begin("One")
    talks.rename(talk.id, "x" * 10_000)
    assert talks.one(talk.id).title == "x" * LONGEST_TITLE
    talks.rename(talk.id, " \u202e ")
    assert talks.one(talk.id).title == "x" * LONGEST_TITLE


def test_what_is_gone_is_said_in_words(talks: Conversations) -> None:
    for act in (talks.show_turn, talks.set_turn_aside, talks.take_turn_back):
        with pytest.raises(TurnUnknown):
            act(10**6)
    with pytest.raises(ConversationUnknown):
        talks.one(10**6)
    with pytest.raises(ConversationUnknown):
        talks.duplicate(10**6, "Copy")
    talks.remove(10**6)
    talks.remove_turn(10**6)


def test_a_place_found_is_an_excerpt_on_one_line_without_what_nobody_sees(
    talks: Conversations, store: Store
) -> None:
    talk = talks.begin("Birds")
    said = f"{'Before it. ' * 50}\n\nThe\u202e heron\twaits. {'After it. ' * 50}"
    turn = store.add_turn(talk.id, Role.ASSISTANT, said, TurnState.COMPLETE)
    (found,) = talks.search("HERON waits")
    assert found.mention.turn_id == turn.id
    assert "The heron waits." in found.excerpt
    assert [found.excerpt[start:end] for start, end in found.places] == ["heron", "waits"]
    assert talks.search("...") == []
