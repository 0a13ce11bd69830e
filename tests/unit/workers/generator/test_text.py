from __future__ import annotations

import pytest

from desktop.workers.generator.text import TextStream


def shown(pieces: list[bytes], stops: list[str]) -> tuple[list[str], TextStream]:
    """What could be taken after each piece, and at the end."""
    stream = TextStream(stops)
    texts = []
    for piece in pieces:
        stream.feed(piece)
        texts.append(stream.take())
    stream.finish()
    texts.append(stream.take())
    return texts, stream


def test_a_character_is_shown_once_it_is_whole() -> None:
    euro = "€".encode()
    texts, _ = shown([b"5 ", euro[:1], euro[1:2], euro[2:]], [])
    assert texts == ["5 ", "", "", "€", ""]


def test_what_is_no_utf8_becomes_replacement_characters() -> None:
    texts, _ = shown([b"a\xff", b"b", b"\xe2\x82"], [])
    assert "".join(texts) == "a\ufffdb\ufffd"


def test_a_stop_string_is_never_shown_even_across_tokens() -> None:
    texts, stream = shown([b"Done.\n", b"\nQues", b"tion", b": no"], ["\n\nQuestion:"])
    assert texts == ["Done.", "", "", "", ""]
    assert stream.stopped


def test_the_beginning_of_a_stop_string_is_shown_when_it_turns_out_to_be_none() -> None:
    texts, stream = shown([b"a\n", b"\nb"], ["\n\nQ"])
    assert texts == ["a", "\n\nb", ""]
    assert not stream.stopped


def test_held_text_comes_at_the_end() -> None:
    texts, _ = shown([b"a\n"], ["\n\n"])
    assert texts == ["a", "\n"]


def test_the_earliest_of_several_stop_strings_counts() -> None:
    texts, _ = shown([b"one two three"], ["three", "two"])
    assert "".join(texts) == "one "


def test_nothing_is_taken_after_a_stop() -> None:
    texts, _ = shown([b"a#b", b"c"], ["#"])
    assert "".join(texts) == "a"


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_how_text_is_cut_into_tokens_makes_no_difference(size: int) -> None:
    raw = "Größe ≤ 5 € – naïve 漢字 🙂 <stop> rest".encode()
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    texts, _ = shown(pieces, ["<stop>"])
    assert "".join(texts) == "Größe ≤ 5 € – naïve 漢字 🙂 "
