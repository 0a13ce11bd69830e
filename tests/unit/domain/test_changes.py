"""Changes: all of them make the text after, none the text before, and each is worth a look."""

from __future__ import annotations

import random

import pytest

from desktop.domain.changes import apply, changes

LETTER = "We have received your letter of 12 March 2019, and will answer it in due course."


def differences(before: str, after: str) -> list[tuple[str, str]]:
    return [(change.old, change.new) for change in changes(before, after)]


def random_text(rng: random.Random, words: int) -> str:
    pieces = ("a", "the", "cat", "1,200", "don't", "Straße", ",", ".", "_", " ", "  ", "\t", "\n")
    rare = ("\r\n", "\n\n", "\0", "\u2028", "\ud800", "é", "e\u0301", "漢字")
    return "".join(
        rng.choice(rare if rng.random() < 0.1 else pieces) + rng.choice(("", " "))
        for _ in range(words)
    )


def edited(rng: random.Random, text: str) -> str:
    for _ in range(rng.randrange(5)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + random_text(rng, rng.randrange(4)) + text[at + rng.randrange(6) :]
    return text


@pytest.mark.parametrize("seed", range(40))
def test_all_changes_give_the_text_after_and_none_the_text_before(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        before = random_text(rng, rng.randrange(80))
        after = edited(rng, before) if rng.random() < 0.7 else random_text(rng, rng.randrange(80))
        found = changes(before, after)
        assert apply(before, found, set(range(len(found)))) == after
        assert apply(before, found, set()) == before
        for change in found:
            assert before[change.start : change.end] == change.old
            assert after[change.new_start : change.new_end] == change.new
            assert change.old != change.new


@pytest.mark.parametrize("seed", range(20))
def test_changes_are_independent_of_each_other(seed: int) -> None:
    rng = random.Random(seed)
    before = random_text(rng, 60)
    found = changes(before, edited(rng, before))
    chosen = {number for number in range(len(found)) if rng.random() < 0.5}
    halfway = apply(before, found, chosen)
    others = [change for number, change in enumerate(found) if number not in chosen]
    length = sum(len(found[n].new) - len(found[n].old) for n in chosen)
    assert len(halfway) == len(before) + length
    assert all(change.old in halfway for change in others)


def test_a_word_is_the_smallest_thing_that_changes() -> None:
    assert differences("He signs it.", "He signed it.") == [("signs", "signed")]
    assert differences("It is not due.", "It is due.") == [(" not", "")]


def test_punctuation_and_white_space_are_changes_of_their_own() -> None:
    assert differences("Yes , it is", "Yes, it is") == [(" ", "")]
    assert differences("No\n\nYes", "No\nYes") == [("\n", "")]
    assert differences("It is so", "It is so.") == [("", ".")]


def test_what_two_rewritten_sentences_happen_to_share_is_no_island() -> None:
    found = differences(
        LETTER, "Your letter of 12 March 2019 has reached us; expect our reply soon."
    )
    assert [old for old, _ in found] == [
        "We have received your",
        ", and will answer it in due course",
    ]


def test_a_paragraph_that_moved_leaves_the_others_alone() -> None:
    before = "One thing is said.\n\nThen another one.\n\nAnd a third."
    after = "Then another one.\n\nAnd a third."
    assert differences(before, after) == [("One thing is said.\n\n", "")]


def test_a_megabyte_is_compared_word_by_word() -> None:
    rng = random.Random(5)
    vocabulary = [f"word{number}" for number in range(2_000)]
    before = [rng.choice(vocabulary) for _ in range(120_000)]
    after = [word if number % 7 else "NEW" for number, word in enumerate(before)]
    text, new = " ".join(before), " ".join(after)
    assert len(text) > 1_000_000
    found = changes(text, new)
    assert apply(text, found, range(len(found))) == new
    assert len(found) > 15_000
    assert max(len(change.old) for change in found) < 200


@pytest.mark.parametrize("word", ["a ", "the cat ", "ab\n"])
def test_a_megabyte_without_a_landmark_ends_all_the_same(word: str) -> None:
    before, after = word * (500_000 // len(word)), "b " + word * (400_000 // len(word)) + "c"
    found = changes(before, after)
    assert apply(before, found, range(len(found))) == after
