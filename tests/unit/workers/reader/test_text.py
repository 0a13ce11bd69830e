"""What becomes of PDFium's characters, and that every character of the text knows its origin."""

import random

import pytest

from desktop.workers.reader.text import MAX_CHARACTERS, readable


def codes(text: str) -> list[int]:
    return [ord(character) for character in text]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("hyphen\x02ated", "hyphenated"),
        ("hyphen\ufffeated", "hyphenated"),
        ("Müller\x02Lüdenscheidt", "Müller-Lüdenscheidt"),
        ("2019\x022020", "2019-2020"),
        ("open\x02", "open-"),
        ("\x02ly", "-ly"),
        ("no\u00a0break\u202fspace\ttab", "no break space tab"),
        ("soft\u00adhyphen \x00nul\x01 \u200bzero\ufeff", "softhyphen nul zero"),
        ("\ufb01nal \ufb02oor", "\ufb01nal \ufb02oor"),
        ("page\x0cbreak", "page\nbreak"),
        (" \r\n \u00a0 ", ""),
        ("", ""),
    ],
)
def test_reads_as_a_person_would(given: str, read: str) -> None:
    assert readable(codes(given)).text == read


def test_surrogate_pairs_become_one_character_and_halves_none() -> None:
    text, origins = readable([0xD83D, 0xDCDA, ord("a"), 0xD83D, ord("b"), 0xDCDA])
    assert text == "\U0001f4daab"
    assert list(origins) == [0, 2, 4]


def test_origins_lead_back_to_the_character_that_was_read() -> None:
    given = "A hyphen\x02ated\r\nword\u00a0here"
    text, origins = readable(codes(given))
    start = text.index("hyphenated")
    assert [given[origin] for origin in origins[start : start + 10]] == list("hyphenated")
    assert given[origins[text.index("\n")]] == "\n"
    assert given[origins[text.index("here")]] == "h"


def test_anything_at_all_can_be_read_and_sent() -> None:
    chance = random.Random(7)
    given = [
        chance.choice((chance.randrange(0x120000), chance.randrange(0x300))) for _ in range(50_000)
    ]
    text, origins = readable(given)
    assert len(text) == len(origins) > 10_000
    text.encode()  # no half of a surrogate pair is left
    assert "\0" not in text
    assert list(origins) == sorted(set(origins))


def test_a_page_without_end_is_cut_between_two_words() -> None:
    text, origins = readable(codes("lorem ipsum " * (MAX_CHARACTERS // 12 + 5)))
    assert MAX_CHARACTERS - 200 < len(text) <= MAX_CHARACTERS
    assert len(origins) == len(text)
    assert text.endswith(("lorem ", "ipsum "))


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert len(readable([ord("x")] * (MAX_CHARACTERS + 1)).text) == MAX_CHARACTERS
