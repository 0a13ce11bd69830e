"""Which documents are the same one, and which of them is newer: by their names and texts alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.domain.documents import Document, DocumentState
from desktop.domain.versions import (
    Basis,
    Name,
    Same,
    Told,
    agreement,
    duplicates,
    hashes,
    sketch,
    versions,
)

VOCABULARY = [
    f"{first}{second}" for first in "bdfgklmnprst" for second in ("ara", "elo", "in", "u")
]


def prose(seed: int, count: int = 600) -> list[str]:
    drawn = random.Random(seed)
    return [drawn.choice(VOCABULARY) + drawn.choice("aeiou") for _ in range(count)]


def record(number: int, name: str, sha256: str | None = None) -> Document:
    hashed = f"{number:064}" if sha256 is None else sha256
    return Document(
        number, Path("/matter") / name, name, DocumentState.READY, sha256=hashed, size=9
    )


def compared(*named: tuple[str, list[str]], created: dict[int, str] | None = None) -> list[Same]:
    """What is found among documents of these names and texts; each file is older than the next."""
    documents = [record(number, name) for number, (name, _) in enumerate(named, 1)]
    sketches = {number: sketch([" ".join(text)]) for number, (_, text) in enumerate(named, 1)}
    modified = {document.id: float(document.id) for document in documents}
    return versions(documents, Told(sketches, created or {}, modified))


def names(same: Same) -> list[str]:
    return [document.name for document in same.documents]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Lease v2.pdf", Name("lease", (2, 0), marked=True)),
        ("lease_V2.1_final.docx", Name("lease", (2, 1), marked=True)),
        ("Lease (3).pdf", Name("lease", marked=True)),
        ("Kopie von Mietvertrag.pdf", Name("von mietvertrag", marked=True)),
        ("Mietvertrag Entwurf.docx", Name("mietvertrag", (0, 0), marked=True)),
        ("Mietvertrag-Endfassung.docx", Name("mietvertrag", (1000, 0), marked=True)),
        ("Minutes 2021-05-03.pdf", Name("minutes", day="2021-05-03")),
        ("20210503 minutes.pdf", Name("minutes", day="2021-05-03")),
        ("Protokoll 3.5.2021 rev. 2.pdf", Name("protokoll", (2, 0), "2021-05-03", marked=True)),
        ("annual report 2021.pdf", Name("annual report 2021")),
        ("renewal.pdf", Name("renewal")),  # holds "new", and is none
        ("finally.pdf", Name("finally")),
        ("v2.pdf", Name("", (2, 0), marked=True)),
    ],
)
def test_a_name_is_taken_apart(file: str, name: Name) -> None:
    assert Name.of(file) == name


@pytest.mark.parametrize("kept", [0.9, 0.6, 0.3])
def test_two_sketches_tell_what_two_texts_have_in_common(kept: float) -> None:
    whole = prose(1, 4_000)
    other = [*whole[: int(4_000 * kept)], *prose(2, 4_000 - int(4_000 * kept))]
    one, two = (hashes(sketch([" ".join(text)])) for text in (whole, other))
    true = kept / (2 - kept)
    assert agreement(one, two) == pytest.approx(true, abs=0.1)
    assert agreement(one, one) == 1.0


def test_a_sketch_does_not_depend_on_where_pages_end_and_a_short_text_has_none() -> None:
    text = prose(3)
    pages = [" ".join(text[at : at + 50]) for at in range(0, len(text), 50)]
    assert sketch(pages) == sketch([" ".join(text)])
    assert sketch(["Page intentionally left blank."]) == sketch([]) == b""
    assert hashes(b"") == ()


def test_files_of_the_same_bytes_are_duplicates_the_first_recorded_coming_first() -> None:
    one, other, third = record(1, "b.pdf", "aa"), record(2, "a.pdf", "aa"), record(3, "c.pdf", "bb")
    unread = [record(4, "d.pdf", ""), record(5, "e.pdf", "")]
    (same,) = duplicates([third, other, one, *unread])
    assert (names(same), same.exact) == (["b.pdf", "a.pdf"], True)


def test_a_version_in_the_name_tells_which_is_newer_however_the_files_lie() -> None:
    text = prose(4)
    changed = [*text[:300], *prose(5, 300)]
    (same,) = compared(("lease v3.pdf", changed), ("lease v2.pdf", text), ("lease.pdf", text))
    assert names(same) == ["lease v3.pdf", "lease v2.pdf", "lease.pdf"]
    assert same.basis is Basis.NUMBER
    assert same.agreement < 0.5


def test_a_draft_is_older_than_a_version_and_a_final_one_newer() -> None:
    text = prose(6)
    (same,) = compared(
        ("lease final.pdf", text), ("lease draft.pdf", text[:500]), ("lease v2.pdf", text[:550])
    )
    assert names(same) == ["lease final.pdf", "lease v2.pdf", "lease draft.pdf"]


def test_a_day_in_the_name_counts_where_the_texts_agree_and_not_where_they_do_not() -> None:
    text = prose(7)
    (same,) = compared(
        ("offer 2021-06-01.pdf", [*text[:500], *prose(8, 100)]), ("offer 2021-05-03.pdf", text)
    )
    assert (names(same)[0], same.basis) == ("offer 2021-06-01.pdf", Basis.NAMED_DAY)
    assert compared(("minutes 2021-06-01.pdf", text), ("minutes 2021-05-03.pdf", prose(9))) == []


def test_reports_of_two_years_in_one_form_are_two_documents() -> None:
    form = prose(10, 350)
    reports = [(f"report {year}.pdf", [*form, *prose(year, 250)]) for year in (2019, 2020, 2021)]
    assert compared(*reports) == []


def test_the_same_text_under_other_names_is_told_by_dates_and_else_not() -> None:
    text = prose(11)
    almost = [*text[:590], *prose(12, 10)]
    dates = {1: "2021-05-03T10:00:00Z", 2: "2020-01-01"}
    (same,) = compared(("contract.pdf", text), ("scan 17.pdf", almost), created=dates)
    assert (names(same)[0], same.basis) == ("contract.pdf", Basis.CREATED)
    (same,) = compared(("contract.pdf", text), ("scan 17.pdf", almost))
    assert (names(same)[0], same.basis) == ("scan 17.pdf", Basis.MODIFIED)
    documents = [record(1, "contract.pdf"), record(2, "scan 17.pdf")]
    told = Told({1: sketch([" ".join(text)]), 2: sketch([" ".join(almost)])}, {}, {})
    (same,) = versions(documents, told)
    assert same.basis is Basis.NONE


def test_copies_are_left_to_the_duplicates() -> None:
    packed = sketch([" ".join(prose(13))])
    documents = [record(1, "a.pdf", "aa"), record(2, "b.pdf", "aa")]
    assert versions(documents, Told({1: packed, 2: packed}, {}, {})) == []


def test_a_letterhead_that_everybody_has_makes_nothing_the_same() -> None:
    head = prose(14, 40)
    letters = [(f"{name}.pdf", [*head, *prose(100 + at, 90)]) for at, name in enumerate("abcdefgh")]
    assert compared(*letters) == []
