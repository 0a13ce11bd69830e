"""What is found of a few words in a text: where they stand, and a piece of the text around them.

Words are compared as the index of what was said compares them (unicode61 of SQLite's FTS5, without
diacritics): letters and digits, case and accents aside, each word from its beginning. Pure rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_WORDS = 12  # that a search takes account of
EXCERPT = 160  # characters of a text that a hit shows
BEFORE = 24  # of them in front of the first word found
LOOKED_THROUGH = 200_000  # characters of a text; what is found behind them is not shown

_WORD = re.compile(r"[^\W_]+")


def wanted(query: str) -> list[str]:
    """The words of a search, folded, each once."""
    folded, _ = _folded(query)
    return list(dict.fromkeys(_WORD.findall(folded)))[:MOST_WORDS]


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words of `text` begin with one of `words`: the letters alike, in order."""
    folded, positions = _folded(text[:LOOKED_THROUGH])
    found = []
    for match in _WORD.finditer(folded):
        word = match.group()
        length = max((len(one) for one in words if word.startswith(one)), default=0)
        if length:
            first, last = match.start(), match.start() + length - 1
            found.append((positions[first], positions[last] + 1))
    return found


def excerpt(text: str, words: Sequence[str]) -> str:
    """One line of `text` around the first of the words."""
    found = places(text, words)
    start = 0
    if found and found[0][0] > BEFORE:
        start = found[0][0] - BEFORE
        blank = text.find(" ", start, found[0][0])
        start = start if blank < 0 else blank + 1
    piece = " ".join(text[start : start + EXCERPT].split())
    if start:
        piece = f"…{piece}"
    if start + EXCERPT < len(text):
        piece = f"{piece}…"
    return piece


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` without case and diacritics, and where in it each character comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    positions: list[int] = []
    for at, character in enumerate(text):
        for part in unicodedata.normalize("NFD", character):
            if not unicodedata.combining(part):
                lower = part.lower()
                letters.append(lower)
                positions += [at] * len(lower)
    return "".join(letters), positions
