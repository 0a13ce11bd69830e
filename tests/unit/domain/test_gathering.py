"""Passages that say the same are shown once, and those that touch are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.documents import Passage
from desktop.domain.gathering import MOST_JOINED, distinct, gathered

TEXT = "The tenant shall pay the agent the first rent of £900 on the first of each month."


def passage(
    text: str = TEXT, *, document: int = 1, page: int = 1, start: int = 0, score: float = 1.0
) -> Passage:
    name = f"{document}.pdf"
    return Passage(start, document, name, page, "1", start, start + len(text), score, text, 0.5)


def texts(passages: list[Passage]) -> list[str]:
    return [one.text for one in passages]


@pytest.mark.parametrize(
    "again",
    [TEXT, TEXT.replace(" ", "\n  "), TEXT.upper(), TEXT.replace("of £900 on", "of £900, on")],
)
def test_the_same_text_laid_out_anew_is_a_repeat(again: str) -> None:
    assert texts(distinct([passage(), passage(again, document=2)], 5)) == [TEXT]


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("£900", "£950"),
        TEXT.replace("tenant", "landlord"),
        "The agent of the first tenant shall pay each month.",
        TEXT + " " + TEXT.replace("rent", "deposit").replace("month", "year"),
    ],
)
def test_a_figure_or_a_word_makes_another_text(other: str) -> None:
    assert texts(distinct([passage(), passage(other)], 5)) == [TEXT, other]
    assert texts(distinct([passage(), passage(other)], 1)) == [TEXT]


def test_texts_without_words_are_compared_as_they_stand() -> None:
    found = distinct([passage("***"), passage("---"), passage("***")], 5)
    assert texts(found) == ["***", "---"]


def test_of_two_that_say_the_same_the_one_in_the_document_named_stays() -> None:
    twice = [passage(score=2.0), passage("Other words stand here."), passage(document=2)]
    best, _ = distinct(twice, 5, named={2})
    assert (best.document_id, best.score) == (2, 2.0)
    assert [one.document_id for one in distinct(twice, 5, named={1})] == [1, 1]


def test_two_documents_that_are_named_both_say_it() -> None:
    same = [passage(), passage(document=2), passage(document=2, page=4), passage(document=3)]
    assert [one.document_id for one in distinct(same, 5, named={1, 2})] == [1, 2]


PAGE = "First part.\n\nSecond part. Third part."
FIRST, SECOND, THIRD = (
    passage(part, start=PAGE.index(part)) for part in ("First part.", "Second part.", "Third part.")
)


def test_what_touches_is_one_with_one_range_where_the_better_stood() -> None:
    other = passage("Elsewhere.", document=2)
    second = replace(SECOND, score=3.0, similarity=None)
    found = gathered([second, other, FIRST], 5, lambda document, page: PAGE)
    assert [(one.document_id, one.start, one.end) for one in found] == [(1, 0, 25), (2, 0, 10)]
    assert (found[0].text, found[0].score, found[0].similarity) == (PAGE[:25], 3.0, 0.5)
    whole = gathered([THIRD, FIRST, other, SECOND], 5, lambda document, page: PAGE)
    assert texts(whole) == [PAGE, other.text]
    assert whole[0].best == (THIRD.start, THIRD.end)


def test_what_does_not_touch_stays_apart() -> None:
    elsewhere = replace(SECOND, page=2)
    found = gathered([FIRST, elsewhere, THIRD], 5, lambda document, page: PAGE)
    assert texts(found) == [FIRST.text, SECOND.text, THIRD.text]


def test_no_more_are_gathered_than_asked_for_and_none_grows_too_long() -> None:
    assert gathered([FIRST, SECOND], 1, lambda document, page: PAGE) == [FIRST]
    long = "word " * MOST_JOINED
    page = f"{long}{TEXT}"
    found = gathered(
        [passage(long.strip()), passage(start=len(long))], 5, lambda document, number: page
    )
    assert len(found) == 2
