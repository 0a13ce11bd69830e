"""What is searched for is found where it stands, whatever its case and accents."""

from __future__ import annotations

import pytest

from desktop.domain import mentions


def lit(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in mentions.places(text, mentions.wanted(query))]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The heron waits for herons.", "heron", ["heron", "heron"]),
        ("Die Prüfung der Prufungen", "prüf", ["Prüf", "Pruf"]),
        ("Re\u0301sume\u0301 and résumé", "RÉSUMÉ", ["Re\u0301sume", "résumé"]),
        ("A sherry is no erry", "err", ["err"]),
        ("12.5 percent of 125", "12.5", ["12", "5", "12"]),
        ("The lease of 2019", "lease 2019", ["lease", "2019"]),
        ("שלום עולם", "עולם", ["עולם"]),
        ("Nothing here", "heron", []),
        ("Anything", '"; DROP', []),
    ],
)
def test_words_are_found_from_their_beginning(text: str, query: str, found: list[str]) -> None:
    assert lit(text, query) == found


def test_an_excerpt_is_one_line_around_the_first_word_found() -> None:
    text = f"{'Before it. ' * 30}\nThe heron\nwaits. {'After it. ' * 30}"
    piece = mentions.excerpt(text, ["heron"])
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) <= mentions.EXCERPT + 2
    assert "\n" not in piece
    assert lit(piece, "heron") == ["heron"]
    assert mentions.excerpt("Short.", ["heron"]) == "Short."


def test_a_search_for_the_same_word_twice_is_for_one() -> None:
    assert mentions.wanted("Heron heron HERON!") == ["heron"]
    assert len(mentions.wanted(" ".join(map(str, range(100))))) == mentions.MOST_WORDS
