"""Filters: documents of a type, of some time, of an author."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.filters import EVERY, TYPES, Filter, suffixes_of


def test_an_empty_filter_admits_everything() -> None:
    assert not EVERY.asks
    assert EVERY.admits("a.pdf", "", "")


@pytest.mark.parametrize("kind", ["pdf", ".PDF", " Pdf"])
def test_a_type_is_an_ending(kind: str) -> None:
    only = Filter(suffixes_of(kind))
    assert only.asks
    assert only.admits("Lease.PDF", "", "")
    assert not only.admits("pdf.docx", "", "")


def test_a_type_is_a_kind_of_files() -> None:
    assert Filter(suffixes_of("Mail")).admits("a.eml", "", "")
    assert all(suffixes_of(kind) for kind in TYPES)
    with pytest.raises(ValueError, match="exe"):
        suffixes_of("exe")


@pytest.mark.parametrize(
    ("created", "admitted"),
    [
        ("2024-05-31T10:00:00+02:00", True),
        ("2024-05-01", True),
        ("2024-04-30T23:59:59", False),
        ("2024-06-01 00:00", False),
        ("2024", True),  # it may have been then
        ("2024-05", True),
        ("2023", False),
        ("", False),
        ("5 May 2024", False),
        ("2024-05-1x", False),
    ],
)
def test_a_range_of_dates_holds_what_says_a_date_within_it(created: str, admitted: bool) -> None:
    only = Filter(since=date(2024, 5, 1), until=date(2024, 5, 31))
    assert only.admits("a.pdf", created, "") is admitted


def test_an_author_is_found_by_any_part_of_the_name() -> None:
    only = Filter(author="muller")
    assert only.admits("a.pdf", "", "Dr. Jörg  Müller")
    assert not only.admits("a.pdf", "", "")
    assert Filter(author="Jorg Müller").admits("a.pdf", "", "Dr. Jörg  Müller")
