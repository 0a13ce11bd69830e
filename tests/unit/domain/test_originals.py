"""A document as a text: what of it is prose, and changes that stay within its paragraphs."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.changes import apply
from desktop.domain.edits import Edit, changes_of, edited, touched, within
from desktop.domain.originals import (
    PARAGRAPH_END,
    Original,
    OriginalKind,
    OriginalParagraph,
    Place,
    blocks_of,
    proposed,
)
from desktop.domain.paragraphs import BlockKind


def document(*paragraphs: tuple[str, Place]) -> Original:
    at, found = 0, []
    for text, place in paragraphs:
        found.append(OriginalParagraph(at, at + len(text), place))
        at += len(text) + len(PARAGRAPH_END)
    text = PARAGRAPH_END.join(text for text, _ in paragraphs)
    return Original(Path("a.docx"), OriginalKind.DOCX, text, "", paragraphs=tuple(found))


def kinds(original: Original) -> list[tuple[str, BlockKind]]:
    return [(original.text[b.start : b.end], b.kind) for b in blocks_of(original)]


def test_styles_and_tables_say_what_is_no_prose() -> None:
    assert kinds(
        document(
            ("we gonna pay the rent", Place.TITLE),
            ("Dear Ms Ünal,", Place.BODY),
            ("we gonna pay the rent.", Place.BODY),
            ("Terms of Payment", Place.BODY),
            ("```", Place.BODY),
            ("a fence would hide this in plain text.", Place.BODY),
            ("amount in total", Place.CELL),
            ("you have to pay this by transfer.", Place.CELL),
            ("this is in a list of contents.", Place.CLOSED),
            ("Kind regards,", Place.BODY),
            ("Bob Jones", Place.BODY),
        )
    ) == [
        ("we gonna pay the rent", BlockKind.HEADING),
        ("Dear Ms Ünal,", BlockKind.SALUTATION),
        ("we gonna pay the rent.", BlockKind.PROSE),
        ("Terms of Payment", BlockKind.HEADING),
        ("```", BlockKind.CODE),
        ("a fence would hide this in plain text.", BlockKind.PROSE),
        ("amount in total", BlockKind.TABLE),
        ("you have to pay this by transfer.", BlockKind.PROSE),
        ("this is in a list of contents.", BlockKind.LAYOUT),
        ("Kind regards,", BlockKind.CLOSING),
        ("Bob Jones", BlockKind.HEADING),
    ]


def test_no_change_goes_over_the_end_of_a_paragraph() -> None:
    text = "We pay the rent now.\n\nYou get the keys then.\n\nIt stays."
    spans = [(0, 20), (22, 44), (46, 55)]
    edits = [Edit(0, 20, "We pay the rent at once!"), Edit(22, 44, "We hand over keys.")]
    made = changes_of(text, edits, spans)
    after = edited(text, edits)
    assert after == "We pay the rent at once!\n\nWe hand over keys.\n\nIt stays."
    assert apply(text, made, range(len(made))) == after
    for change in made:
        assert any(start <= change.start <= change.end <= end for start, end in spans)
        assert after[change.new_start : change.new_end] == change.new
        assert text[change.start : change.end] == change.old


def test_what_is_fixed_is_touched_by_a_change_inside_it_alone() -> None:
    before = "See our site for the forms."
    site = [(4, 12)]
    assert not touched(before, "Look at our site for all forms.", site)
    assert touched(before, "See our web site for the forms.", site) == site
    assert touched(before, "See the site for the forms.", site) == site
    assert touched(before, "The forms are online.", site) == site
    assert within([(4, 12), (20, 24)], 8, 22) == [(0, 4), (12, 14)]


def test_the_proposed_name_is_never_the_originals() -> None:
    original = document(("One two.", Place.BODY))
    assert proposed(original) == Path("a-rewritten.docx")
    assert proposed(original, 3) == Path("a-rewritten-3.docx")
