"""What each document says stands in a column of its own, and its citations point into it."""

from __future__ import annotations

from pathlib import Path

from desktop.domain import comparisons
from desktop.domain.comparisons import Side
from desktop.domain.documents import Document, DocumentState
from desktop.domain.grounding import ground
from tests.unit.domain.test_grounding import LEASE, MINUTES, passage

OLD = Document(1, Path("/files/old.pdf"), "old.pdf", DocumentState.READY)
NEW = Document(2, Path("/files/new.pdf"), "new.pdf", DocumentState.READY)


def side(document: Document, text: str) -> Side:
    said = passage(text, number=document.id, name=document.name)
    return Side(document, text, ground(text, [said]))


def test_columns_are_where_they_say_and_citations_are_numbered_through() -> None:
    text, grounded, columns = comparisons.side_by_side([side(OLD, LEASE), side(NEW, MINUTES)])
    assert [text[one.start : one.end] for one in columns] == [LEASE, MINUTES]
    assert [one.document for one in columns] == ["old.pdf", "new.pdf"]
    assert text.startswith("old.pdf:\n\n")
    numbers = [citation.number for citation in grounded.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    names = {citation.number: citation.document for citation in grounded.citations}
    for sentence in grounded.sentences:
        column = next(one for one in columns if one.start <= sentence.start < one.end)
        assert sentence.end <= column.end
        assert names[sentence.citation or 0] == column.document


def test_a_document_that_says_nothing_is_said_to() -> None:
    text, grounded, columns = comparisons.side_by_side(
        [comparisons.silent(OLD), side(NEW, MINUTES)]
    )
    assert [one.found for one in columns] == [False, True]
    assert text[columns[0].start : columns[0].end] == "Nothing in old.pdf answers this."
    assert {citation.document for citation in grounded.citations} == {"new.pdf"}


def test_a_document_speaks_for_itself_word_for_word() -> None:
    own = comparisons.quoted(OLD, [passage(LEASE, number=1), passage(MINUTES, number=2)])
    assert own.text == f"{LEASE}\n\n{MINUTES}"
    for sentence in own.grounded.sentences:
        citation = own.grounded.citations[(sentence.citation or 0) - 1]
        assert own.text[sentence.start : sentence.end] == citation.text
