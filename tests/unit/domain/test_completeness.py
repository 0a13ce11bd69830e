"""What is said of a collection before one relies on an answer from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.domain.completeness import DoubtfulPage, FileState, Finding, as_csv, report
from desktop.domain.documents import Document, DocumentState, Unit
from desktop.domain.versions import Basis, Same


def record(
    number: int, name: str, state: DocumentState = DocumentState.READY, **facts: Any
) -> Document:
    return Document(number, Path("/matter") / name, name, state, page_count=2, **facts)


def test_a_report_says_the_worst_first_and_what_keeps_it_from_being_complete() -> None:
    fine, scan = record(1, "fine.pdf"), record(2, "scan.pdf")
    failed = record(3, "failed.pdf", DocumentState.FAILED, error_code="document_damaged")
    old, new = record(4, "lease v1.pdf"), record(5, "lease v2.pdf")
    pages = [
        DoubtfulPage(2, 1, "i", Unit.SCAN, None),
        DoubtfulPage(2, 2, "ii", Unit.SCAN, 0.7),
    ]
    same = [Same((new, old), Basis.NUMBER, agreement=0.6), Same((fine, scan), Basis.NONE, True)]
    made = report(
        "Matter",
        [fine, scan, failed, old, new],
        doubtful=pages,
        files={1: FileState.GONE, 2: FileState.CHANGED, 3: FileState.THERE},
        same=same,
    )
    assert [(remark.finding, remark.document.id) for remark in made.remarks] == [
        (Finding.FAILED, 3),
        (Finding.WITHOUT_TEXT, 2),
        (Finding.UNSURE, 2),
        (Finding.GONE, 1),
        (Finding.CHANGED, 2),
        (Finding.OLDER, 4),
        (Finding.DUPLICATE, 2),
    ]
    assert made.of(Finding.OLDER)[0].other == new
    assert made.of(Finding.UNSURE)[0].pages == (pages[1],)
    assert (made.documents, made.ready, made.pages) == (5, 4, 10)
    assert not made.complete


def test_what_is_in_it_twice_does_not_make_it_incomplete() -> None:
    one, other = record(1, "a.pdf"), record(2, "b.pdf")
    same = [Same((one, other), Basis.NONE, agreement=0.9)]
    made = report("", [one, other], doubtful=(), files={}, same=same)
    assert [remark.finding for remark in made.remarks] == [Finding.ALIKE]
    assert made.complete


def test_a_table_holds_no_formula_that_a_file_name_brought_along() -> None:
    assert as_csv([["=1+1.pdf", "a,b", "", "-2"]]) == "'=1+1.pdf,\"a,b\",,'-2\r\n"
