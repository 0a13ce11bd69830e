"""From blocks to pages: sections of bounded size under their heading path."""

from __future__ import annotations

from desktop.workers.reader.formats.blocks import (
    MOST_CHARACTERS,
    Heading,
    Paragraph,
    Table,
    clean,
    heading_path,
    paged,
)


def test_headings_without_a_word_below_them_stand_above_the_next() -> None:
    blocks = [
        Heading(1, "Lease"),
        Heading(2, "Rent"),
        Paragraph("It is due on the first."),
        Heading(2, "Repairs"),
        Paragraph("The landlord pays."),
        Heading(1, "Signatures"),
    ]
    assert [(page.heading, page.text) for page in paged(blocks)] == [
        ("Lease › Rent", "Lease\n\nRent\n\nIt is due on the first."),
        ("Lease › Repairs", "Repairs\n\nThe landlord pays."),
        ("Signatures", "Signatures"),
    ]


def test_what_is_long_is_cut_between_paragraphs_or_words_and_nothing_is_lost() -> None:
    words = [f"word{n}" for n in range(3_000)]
    pages = list(paged([Heading(1, "All"), Paragraph(" ".join(words)), Paragraph("The end.")]))
    assert len(pages) > 4
    assert all(len(page.text) <= MOST_CHARACTERS + len("All\n\n") for page in pages)
    assert {page.heading for page in pages} == {"All"}
    assert " ".join(page.text for page in pages).split() == ["All", *words, "The", "end."]


def test_every_row_says_the_heads_of_its_columns_on_every_page() -> None:
    rows = [["Tenant", "Rent", ""], *([f"tenant {n}", str(n), "paid"] for n in range(400))]
    pages = list(paged([Table(rows)]))
    assert len(pages) > 1
    lines = [line for page in pages for line in page.text.splitlines() if line]
    assert lines[0] == "Tenant: tenant 0 | Rent: 0 | paid"
    assert lines[-1] == "Tenant: tenant 399 | Rent: 399 | paid"
    assert len(lines) == 400


def test_a_heading_path_says_nothing_twice() -> None:
    assert heading_path(["House", "Boiler", "Boiler › Parts"]) == "House › Boiler › Parts"
    assert heading_path(["", "A", ""]) == "A"
    assert len(heading_path(["x" * 5_000])) == 2_000


def test_what_cannot_be_shown_is_left_out() -> None:
    assert clean("a\x00b\x07\ud800c\r\nd\re\tf\x85") == "abc\nd\ne\tf"
