"""A rewrite under review: what is taken, and which changes a fact that differs comes from."""

from __future__ import annotations

from desktop.domain.changes import changes
from desktop.domain.facts import compare
from desktop.domain.review import Review

BEFORE = "We utilise the room. The fee of £900 is due on 3 May 2021. It shall not commence now."
AFTER = "We now use the room. The fee of £950 is due on 4 May 2021. It shall begin now."


def review(taken: set[int] | None = None) -> Review:
    found = tuple(changes(BEFORE, AFTER))
    return Review(BEFORE, found, frozenset(range(len(found)) if taken is None else taken))


def behind(under: Review) -> list[str]:
    found = under.behind(compare(under.text, under.current()))
    return [under.changes[number].new for numbers in found for number in numbers]


def test_what_is_taken_makes_the_text() -> None:
    assert review().current() == AFTER
    assert review(set()).current() == BEFORE


def test_each_fact_is_traced_to_the_change_it_comes_from() -> None:
    assert behind(review()) == ["950", "4", "begin"]


def test_it_is_so_after_other_changes_were_rejected() -> None:
    every = range(len(review().changes))
    dated = {n for n in every if review().changes[n].new == "4"}
    assert behind(review(dated)) == ["4"]


def test_taking_back_what_is_behind_leaves_no_fact_that_differs() -> None:
    under = review()
    found = under.behind(compare(under.text, under.current()))
    rejected = {number for numbers in found for number in numbers}
    rest = review(set(under.taken) - rejected)
    assert compare(BEFORE, rest.current()) == []
    assert "use the room" in rest.current()


def test_without_a_change_taken_nothing_is_behind_a_fact() -> None:
    facts = compare(BEFORE, AFTER)
    assert review(set()).behind(facts) == [()] * len(facts)
