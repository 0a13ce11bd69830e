"""Roots: the forms of one word meet, other words do not."""

from __future__ import annotations

import pytest

from desktop.domain.facts.roots import root


@pytest.mark.parametrize(
    "forms",
    [
        "know known knew",
        "repay repaid repayable repayment",
        "stop stopped stopping",
        "decide decision decided",
        "ändern geändert änderung ändert",
        "zurückgeben zurückgegeben rückgabe",
        "einhalten eingehalten einzuhalten",
        "zustimmen zugestimmt zustimmung",
    ],
)
def test_the_forms_of_a_word_have_one_root(forms: str) -> None:
    assert len({root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["know now", "leave live", "stop step", "halten schalten"])
def test_other_words_have_other_roots(pair: str) -> None:
    one, other = pair.split()
    assert root(one) != root(other)


def test_a_word_without_end_takes_no_time() -> None:
    assert root("ge" + "x" * 100_000)
