"""Sentences as offsets: what ends one, and that nothing is ever lost or changed."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest

from desktop.domain.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        # English
        ["Dr. Shah signed it.", "Mr. J. R. Smith did not."],
        ["See No. 5, Fig. 3 and Art. IV.", "It costs £3.50 a day."],
        ["They met at Acme Inc. in London.", "The U.S. Army came later."],
        ["He said no.", "The judge agreed."],
        ["It lacks vitamin C.", "The patient was told."],
        ['"Now I am neither."', "The Doctor paused."],
        ['"Really?" she asked.', "Nobody knew!", "Why?"],
        ["It grew by 4%.[12]", "It then fell (see below).", "So it goes."],
        ["The rate was 12.", "Profit rose in 1998.", "Costs fell."],
        # German
        ["Am 3. Oktober 1990 trat er bei.", "Der Vertrag vom 12. Mai gilt."],
        ["Es gibt Ausnahmen, z. B. Krankheit, d. h. Ausfall.", "Vgl. Art. 5 Abs. 2 GG."],
        ["Um 750 n. Chr. lebte er dort.", "Es kostete 3 Mio. Euro."],
        ["„Kommen Sie?“", "Er kam."],
        # Spanish
        ["El Sr. Costa vive en EE. UU. desde 1990.", "¿Quién firmó?", "¡Nadie!"],
        ["Pesa unos 1435 mm.", "Hay dos líneas, p. ej. la del norte."],
    ],
    ids=lambda expected: expected[0][:30],
)
def test_sentences_of_a_paragraph(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


def test_a_line_that_wraps_belongs_to_its_sentence() -> None:
    text = (
        "The tenant shall pay the rent on the first working day\n"
        "of each month to the account named in Schedule 2. The\r\n"
        "Landlord may not refuse consent without a good reason."
    )
    assert len(split(text)) == 2


def test_headings_items_and_rows_stand_alone() -> None:
    text = (
        "Staff costs\n"
        "The table shows what was spent on staff in the two years under review.\n\n"
        "Nurses 1,200\n"
        "Doctors 900\n"
        "• agency staff are not counted\n"
        "1. Introduction"
    )
    assert split(text) == [
        "Staff costs",
        "The table shows what was spent on staff in the two years under review.",
        "Nurses 1,200",
        "Doctors 900",
        "• agency staff are not counted",
        "1. Introduction",
    ]


def test_chinese_and_japanese_need_no_space() -> None:
    assert split("今天下雨。明天晴天！真的？") == ["今天下雨。", "明天晴天！", "真的？"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\f\f"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("seed", range(20))
def test_every_character_but_white_space_is_in_exactly_one_sentence(seed: int) -> None:
    chance = random.Random(seed)
    pieces = ["word", "Word", "z. B.", "Dr.", ".", "?!", "…", "3.", "\n", "\r\n", "\n\n", "。", "a"]
    pieces += [" ", " ", "“", "”", "(", ")", "\f", "\x00", "\U0001f600", "\u2028", "\u00a0"]
    text = "".join(chance.choice(pieces) for _ in range(400))
    spans = sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@pytest.mark.parametrize(
    "piece", [". ", "\n", "a. B. ", "!" * 50 + "x", "1. ", "(((", "   ", "a\n "]
)
def test_time_is_linear_in_a_hostile_page(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 5


def test_every_row_of_a_table_is_a_sentence() -> None:
    rows = [
        "Name: A. Bowie | Age: 69 | Died: 2016-01-10",
        "name: Fisher | Age: 60",
        "Age: 7 | x: 2",
    ]
    text = "\n".join(rows)
    assert [text[start:end] for start, end in sentences(text)] == rows
