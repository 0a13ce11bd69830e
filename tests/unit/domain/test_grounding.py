"""Sentences get the citation that bears them out, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain import grounding
from desktop.domain.contradictions import contradicts
from desktop.domain.documents import Passage
from tests.bench.grounding import score
from tests.grounding.labelled import DEVELOP, HELD_OUT, examples

LEASE = (
    "The lease was signed by Maria Okafor on 12 March 2019. The rent is 1,200 euros a month. "
    "Pets are not allowed in the building."
)
MINUTES = "The board met in Lisbon. It approved the budget of 45,000 euros for the new roof."


def passage(text: str, *, start: int = 0, name: str = "lease.pdf", number: int = 1) -> Passage:
    return Passage(
        chunk_id=number,
        document_id=number,
        document=name,
        page=3,
        page_label="iii",
        start=start,
        end=start + len(text),
        score=1.0,
        text=text,
    )


def test_a_sentence_is_attributed_to_the_passage_that_bears_it_out() -> None:
    answer = "The budget for the roof is 45,000 euros. Maria Okafor signed the lease."
    grounded = grounding.ground(answer, [passage(LEASE), passage(MINUTES, name="m.pdf", number=2)])
    assert [s.citation for s in grounded.sentences] == [1, 2]
    assert [c.document for c in grounded.citations] == ["m.pdf", "lease.pdf"]
    assert [answer[s.start : s.end] for s in grounded.sentences] == [
        "The budget for the roof is 45,000 euros.",
        "Maria Okafor signed the lease.",
    ]


def test_a_citation_covers_the_sentences_needed_in_offsets_of_the_page() -> None:
    grounded = grounding.ground("The rent is 1,200 euros.", [passage(LEASE, start=100)])
    (citation,) = grounded.citations
    assert citation.text == "The rent is 1,200 euros a month."
    assert LEASE[citation.start - 100 : citation.end - 100] == citation.text


def test_a_number_that_no_passage_holds_leaves_the_sentence_unsupported() -> None:
    grounded = grounding.ground("The rent is 1,300 euros a month.", [passage(LEASE)])
    assert grounded.citations == ()
    assert [s.supported for s in grounded.sentences] == [False]


def test_groups_of_digits_are_the_same_number_in_either_convention() -> None:
    grounded = grounding.ground("The rent is 1.200 euros a month.", [passage(LEASE)])
    assert [s.supported for s in grounded.sentences] == [True]


def test_what_the_passages_do_not_say_is_unsupported() -> None:
    grounded = grounding.ground("The landlord lives in Vienna with two dogs.", [passage(LEASE)])
    assert [s.supported for s in grounded.sentences] == [False]


def test_markers_written_by_the_model_are_not_believed() -> None:
    answer = "The landlord moved to Vienna [1]. Maria Okafor signed the lease [2, 3]."
    grounded = grounding.ground(answer, [passage(LEASE)])
    assert [s.citation for s in grounded.sentences] == [None, 1]


def test_a_quoted_answer_holds_the_passages_to_the_letter() -> None:
    passages = [passage(LEASE), passage(MINUTES, number=2)]
    text, grounded = grounding.quote(passages)
    assert [text[s.start : s.end] for s in grounded.sentences] == [LEASE, MINUTES]
    assert [c.text for c in grounded.citations] == [LEASE, MINUTES]
    assert text.startswith("[1] The lease")


def test_an_items_number_is_no_figure_of_the_answers() -> None:
    answer = "1. The rent is 1,200 euros a month.\n2. Pets are not allowed in the building.\n3."
    grounded = grounding.ground(answer, [passage(LEASE)])
    assert [s.supported for s in grounded.sentences] == [True, True]


def test_an_answer_that_nothing_bears_out_is_followed_by_the_best_passage() -> None:
    text, grounded = grounding.stand_by("The landlord keeps dogs in Vienna.", [passage(LEASE)])
    assert text.startswith("The landlord keeps dogs in Vienna.")
    assert text.endswith(LEASE)
    assert [s.supported for s in grounded.sentences] == [False, True]
    assert [c.text for c in grounded.citations] == [LEASE]
    borne_out = "Maria Okafor signed the lease."
    assert grounding.stand_by(borne_out, [passage(LEASE)])[0] == borne_out


def test_of_passages_that_were_joined_the_one_that_was_found_follows() -> None:
    joined = replace(passage("Before. " + LEASE, start=100), best=(108, 108 + len(LEASE)))
    text, grounded = grounding.stand_by("The landlord keeps dogs in Vienna.", [joined])
    assert text.endswith(f"\n\n{LEASE}")
    (cited,) = grounded.citations
    assert (cited.text, cited.start) == (LEASE, 108)


def test_places_far_apart_in_one_passage_are_two_citations_and_touching_ones_are_one() -> None:
    answer = "Pets are not allowed in the building. Maria Okafor signed the lease."
    apart = grounding.ground(answer, [passage(LEASE)])
    assert [c.text[:10] for c in apart.citations] == ["Pets are n", "The lease "]
    assert [s.citation for s in apart.sentences] == [1, 2]
    touching = grounding.ground(answer + " The rent is 1,200 euros.", [passage(LEASE)])
    assert [c.text for c in touching.citations] == [LEASE]
    assert [s.citation for s in touching.sentences] == [1, 1, 1]


def test_an_announcement_claims_nothing() -> None:
    answer = "The answer is:\n\nMaria Okafor signed the lease."
    grounded = grounding.ground(answer, [passage(LEASE)])
    assert [answer[s.start : s.end] for s in grounded.sentences] == [
        "Maria Okafor signed the lease."
    ]


def test_an_announcement_in_front_bears_nothing_out() -> None:
    about_answers = passage("To stop an answer while it is being written, press Esc.")
    (said,) = grounding.ground("The answer is: No.", [about_answers]).sentences
    assert said.citation is None
    (said,) = grounding.ground("The answer is: Press Esc.", [about_answers]).sentences
    assert said.citation == 1


def test_what_a_table_says_is_cited_by_its_row() -> None:
    rows = "Name: David Bowie | Profession: musician | Age: 69\nName: Harper Lee | Age: 89"
    grounded = grounding.ground("David Bowie was a musician.", [passage(rows, start=7)])
    (citation,) = grounded.citations
    assert citation.text == "Name: David Bowie | Profession: musician | Age: 69"
    assert citation.start == 7


def supported(answer: str, *texts: str) -> list[bool]:
    passages = [passage(text, number=number) for number, text in enumerate(texts, 1)]
    return [sentence.supported for sentence in grounding.ground(answer, passages).sentences]


@pytest.mark.parametrize(
    "untrue",
    [
        "Maria Okafor signed the lease on 12 May 2019.",
        "Maria Okonkwo signed the lease on 12 March 2019.",
        "Pets are allowed in the building.",
        "The rent is 12 euros a month.",
        "All pets and visitors are not allowed in any building.",
    ],
)
def test_what_the_passage_says_otherwise_is_unsupported(untrue: str) -> None:
    assert supported(untrue, LEASE) == [False]


def test_a_value_stands_with_the_words_that_it_has_in_the_passage() -> None:
    text = "The rent is 1,200 euros a month. The deposit is 3,600 euros."
    assert supported("The deposit is 3,600 euros.", text) == [True]
    assert supported("The deposit is 1,200 euros.", text) == [False]


def test_who_does_what_to_whom_is_compared() -> None:
    text = "Laura Pemberton succeeded James Holroyd as chairman."
    assert supported("James Holroyd was succeeded by Laura Pemberton as chairman.", text) == [True]
    assert supported("James Holroyd succeeded Laura Pemberton as chairman.", text) == [False]
    lease = "The landlord repairs the boiler. The tenant keeps the garden."
    assert supported("The tenant repairs the boiler.", lease) == [False]


def test_a_quotation_that_stands_in_no_passage_is_unsupported() -> None:
    said = "The lease says: “Pets are not allowed in the building.”"
    assert supported(said, LEASE) == [True]
    false = "The lease says: “Pets are not allowed in the whole of the building.”"
    assert supported(false, LEASE) == [False]
    short = "Pets are not “allowed” in the building."
    assert supported(short, LEASE) == [True]


def test_a_false_quotation_over_two_sentences_marks_both() -> None:
    said = "“The lease was signed by Maria Okafor. Pets are not allowed in the building.”"
    assert supported(said, LEASE) == [False, False]


@pytest.mark.parametrize("unit", ["É", "Aa-", "A'", "Mr ", "Aa "])
def test_hostile_names_end(unit: str) -> None:
    text = unit * (120_000 // len(unit))
    contradicts(text, text, core=text, passage=text, here=frozenset(), named=frozenset())


@pytest.mark.parametrize("part", [DEVELOP, HELD_OUT])
def test_the_labelled_sentences_are_told_apart(part: str) -> None:
    found = score(examples(part))
    assert found.recall >= 0.78
    assert found.precision >= 0.88
    assert found.false_alarms <= 0.15
    assert found.misplaced / found.honest <= 0.03
