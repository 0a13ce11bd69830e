"""Which documents a question names, and what it asks of them beside their names."""

from __future__ import annotations

from desktop.domain.naming import named, terms_of

# Eight reports: four towns in two years.
CALLED = {
    "aldermoor": [1, 2],
    "brackwater": [3, 4],
    "dunmere": [5, 6],
    "2019": [1, 3, 5, 7],
    "2020": [2, 4, 6, 8],
    "report": [1, 2, 3, 4, 5, 6, 7, 8],
    "okafor": [9],
    "lindgren": [10],
}


def ask(question: str, total: int = 10) -> list[tuple[tuple[int, ...], str]]:
    return [
        (each.document_ids, each.question)
        for each in named(question, terms_of(question), CALLED, total)
    ]


def test_the_document_that_has_most_of_the_rare_words_is_named() -> None:
    assert ask("How many pipes burst in Dunmere in 2020?") == [
        ((6,), "How many pipes burst in in ?")
    ]


def test_a_word_that_most_are_called_by_names_none() -> None:
    assert ask("What does the report say of pipes?") == []
    assert ask("How many pipes burst?") == []
    assert ask("") == []


def test_as_many_as_are_named_alike() -> None:
    assert ask("Leakage of Aldermoor's pipes?")[0][0] == (1, 2)


def test_two_sides_are_told_apart_and_neither_name_is_asked_for() -> None:
    left = "Which pipes leaked: or ?"
    assert ask("Which pipes leaked: Aldermoor 2019 or Dunmere 2020?") == [
        ((1,), left),
        ((6,), left),
    ]
    assert ask("Which pipes leaked: Aldermoor or Dunmere in 2020?") == [
        ((2,), "Which pipes leaked: or in ?"),
        ((6,), "Which pipes leaked: or in ?"),
    ]


def test_what_an_and_joins_within_one_document_is_not_taken_apart() -> None:
    assert ask("Did pipes burst in Aldermoor and in its 2019 report?")[0][0] == (1,)


def test_others_may_be_named_beside_by_words_of_their_own() -> None:
    groups = ask("Does the lease of Okafor cost more than that of Aldermoor 2019?", total=40)
    assert [documents for documents, _ in groups] == [(9,), (1,)]


def test_a_question_of_nothing_but_names_is_asked_in_full() -> None:
    assert ask("Okafor?") == [((9,), "Okafor?")]


def test_a_single_document_is_never_named() -> None:
    assert named("Okafor lease", terms_of("Okafor lease"), {"okafor": [1]}, 1) == []
