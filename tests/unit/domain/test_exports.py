"""What of a conversation is exported, and by which number each source goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.chat import AnswerKind, AnswerRecord, Shortfall
from desktop.domain.export_words import Words, facts_of
from desktop.domain.exports import answer_of, laid_out, marked, spans_of
from tests.conversations import CONVERSATION, SHA256, turns


def test_the_numbers_of_sources_run_through_the_whole() -> None:
    export = laid_out(CONVERSATION, turns(), Words())
    assert [note.number for note in export.notes()] == [1, 2, 3, 4]
    assert [note.citation.document for note in export.notes()][1:] == [
        "fees.xlsx",
        "lease.pdf",
        "gone.pdf",
    ]
    assert [one.citation for one in export.said[3].sentences] == [3, 4]


def test_a_number_stands_behind_its_sentence_and_never_within_code() -> None:
    text = marked(laid_out(CONVERSATION, turns(), Words()).said[1])
    assert "The fee is 900 euros.⁅1⁆ It rises on **1 July**.⁅2⁆" in text
    assert "- ⁅(⁆Nobody pays twice.⁅)⁆\n" in text
    assert 'print("[^1] <b>")\n' in text
    assert text.endswith("after all.⁅1⁆")


def test_marks_that_a_text_brings_along_are_none() -> None:
    (question, answer, *_) = turns()
    said = laid_out(CONVERSATION, [question, replace(answer, text="⁅7⁆", sentences=())], Words())
    assert marked(said.said[1]) == "[7]"


def test_quoted_passages_stand_without_the_numbers_that_they_had() -> None:
    said = laid_out(CONVERSATION, turns(), Words()).said[3]
    assert said.text == "The garden is * kept.\n\nIt is green."
    assert marked(said) == "The garden is * kept.⁅3⁆\n\nIt is green.⁅4⁆"
    assert said.verbatim


def test_places_that_answer_nothing_are_no_sources() -> None:
    answer = replace(turns()[1], record=AnswerRecord(AnswerKind.NOT_FOUND))
    export = laid_out(CONVERSATION, [answer], Words())
    assert export.notes() == []
    assert export.said[0].sentences == ()


def test_one_answer_goes_with_its_question() -> None:
    assert [turn.id for turn in answer_of(turns(), 4)] == [3, 4]
    assert answer_of(turns(), 99) == []


def test_all_that_is_lit_on_a_page_is_lit_at_once_and_removed_documents_have_none() -> None:
    spans = spans_of(laid_out(CONVERSATION, turns(), Words()).notes())
    assert spans == {(7, 2): [(0, 21), (0, 21)], (8, 1): [(0, 9)]}


def test_a_record_says_what_it_takes_to_get_the_answer_again() -> None:
    record = turns()[1].record
    assert record is not None
    facts = dict(facts_of(record))
    assert facts["Model"] == "Small Model"
    assert facts["SHA-256"] == SHA256
    assert facts["Seed"] == "0"
    assert "temperature 0" in facts["Sampling"]
    assert not {"Document", "Chat", "Searched", "Order"} & set(facts)


def test_a_record_says_what_was_done_without() -> None:
    without = Shortfall("embedder_missing")
    facts = dict(
        facts_of(
            AnswerRecord(
                AnswerKind.SUMMARISED,
                of_document="lease.pdf",
                words_only=without,
                not_reranked=without,
                left_out=2,
                summarised=3,
            )
        )
    )
    assert facts == {
        "Made from": "A summary by a model of what the documents say, and no more",
        "Document": "lease.pdf",
        "Chat": "Questions read as a summary: 3, Questions not read: 2",
        "Searched": "By words alone, not by meaning",
        "Order": "What was found was not put in order once more",
    }


@pytest.mark.parametrize("kind", AnswerKind)
def test_every_kind_of_answer_is_said_in_words(kind: AnswerKind) -> None:
    assert dict(facts_of(AnswerRecord(kind)))["Made from"] != kind.value
