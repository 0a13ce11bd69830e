"""How each language says no, must, should and may: patterns, the longest wording first.

Each wording is (what it says, pattern). A trailing "?" marks one that may come and go without a
change of meaning ("is able to", "needs"); "~" marks one that may stand for a "not" but is never
missed, such as "no later than", whose number says the same; "^" one that stands for a "not" only of
what `DENIED` has it deny; "!" marks a ban that a plain "not" may replace. A wording that says "" is
passed over.

The patterns are in small letters, as is the text they are looked for in: to ignore case takes
several times as long. Nothing in them repeats without a bound but within one word.
"""

from __future__ import annotations

import re

from desktop.domain.facts.wordings import english, french, german, spanish
from desktop.domain.facts.wordings.said import (
    CANNOT,
    MAY,
    MUST,
    MUST_NOT,
    NEED_NOT,
    NOT,
    ONLY,
    SHOULD,
    SHOULD_NOT,
    WITHOUT,
    Wordings,
)
from desktop.domain.words import fold

_LANGUAGES = {"en": english, "de": german, "es": spanish, "fr": french}

# What patterns of several languages have in common, by the mark that stands for it.
_SHARED = {
    # The beginning of a sentence, or what comes between it and a command.
    "<first>": r"(?:(?<![^\n])|(?<=[.!?:]\ )|(?<=please\ )|(?<=bitte\ )|(?<=\n-\ ))",
}

# What a word marked "^" denies, by how it begins: beginnings of words of the other wording.
DENIED = english.DENIED | german.DENIED | spanish.DENIED | french.DENIED


def denied(word: str) -> str:
    """The beginnings of what a word marked "^" says no to, with a space between."""
    found = (DENIED[word[:n]] for n in range(len(word), 2, -1) if word[:n] in DENIED)
    return fold(next(found, ""))  # as roots are


def _compiled(wordings: Wordings, parts: dict[str, str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern of all wordings, each a group "w" and its number; and what each of them says."""
    joined = "|".join(f"(?P<w{n}>{pattern})" for n, (_, pattern) in enumerate(wordings))
    for mark, part in (parts | _SHARED).items():
        joined = joined.replace(mark, part)
    spaced = joined.replace(r"\ ", r"[\s\u00a0]")
    pattern = re.compile(rf"(?<![\w-])(?:{spaced})(?!\w)", re.VERBOSE)
    return pattern, tuple(said for said, _ in wordings)


WORDINGS = {
    name: _compiled(language.WORDINGS, language.PARTS) for name, language in _LANGUAGES.items()
}

__all__ = [
    "CANNOT",
    "DENIED",
    "MAY",
    "MUST",
    "MUST_NOT",
    "NEED_NOT",
    "NOT",
    "ONLY",
    "SHOULD",
    "SHOULD_NOT",
    "WITHOUT",
    "WORDINGS",
    "denied",
]
