"""A model that goes round in circles is noticed; one that says much is not."""

from __future__ import annotations

import pytest

from desktop.domain.repetition import RepetitionWatch, repetition

ONCE = "The rent is 1,200 euros a month. It is due on the first day. "


@pytest.mark.parametrize(
    "loop",
    [
        "The rent is 1,200 euros a month. It is due on the first day. ",
        "It is a question about the document, it is a question about the document, " * 4,
        "1. 1.\n2. 2.\n3. 3.\n4. 4.\n5. 5.\n6. 6.\n7. 7.\n8. 8.\n",
        "And so on " + "and so on " * 30,
        "1." + "1." * 40,
        "2. The answer is drawn from the page.\n3. The answer is drawn from the page.\n",
    ],
)
def test_a_loop_is_noticed_where_it_begins(loop: str) -> None:
    at = repetition(ONCE + loop)
    assert at is not None
    assert at >= len(ONCE.rstrip())
    assert repetition(ONCE) is None


def test_the_same_is_found_piece_by_piece_as_at_once() -> None:
    text = ONCE + "Pets are not allowed. " + ONCE * 3
    watch = RepetitionWatch()
    found = next(
        at for end in range(1, len(text)) if (at := watch.begins_at(text[:end])) is not None
    )
    assert found == repetition(text) == text.index("The rent", 1)


def test_a_list_and_short_sentences_said_twice_are_no_loop() -> None:
    text = "Yes. See page 3.\n1. The rent.\n2. The deposit.\n3. The keys.\nYes. See page 3. "
    assert repetition(text + "| A | B |\n|---|---|\n" + "-" * 200) is None
    assert repetition(text + "The total is 3, 3, 3 and 4.") is None
