"""The labelled pairs by which the facts lock is judged: sentences before and after a rewrite.

A block of a `.txt` file beside this one is a text ("- ..."), its honest rewrites ("= style: ...")
and, under each of these, changes to plant in it ("! kind: what it says -> what it shall say"). The
files named `develop` are there to work with, and so are those named `longer`, of texts of three to
four sentences, and `fresh`, of other matters and freer, both of which were once unseen. Those named
`held_out` were written before any rule was; their totals were watched for as long as rules changed,
and four of them were read. `unseen` was written, as letters, minutes, notes and reports in English
and German, before the latest rules: no sentence of it is to be looked at while a rule is written.

Beyond the kinds of facts, "swap" exchanges two values, "added" puts in a sentence that the text
says nothing of, and "dropped" leaves out one that it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "es", "fr")
DEVELOP, LONGER = "develop", "longer"
HELD_OUT, FRESH, UNSEEN = "held_out", "fresh", "unseen"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text before and after; `planted` is the kind of the one fact changed, or empty.

    `honest` is the rewrite that the change was planted in: what is reported of it as well was not
    caught.
    """

    language: str
    before: str
    after: str
    planted: str
    honest: str


def pairs(part: str) -> list[Pair]:
    """Every pair of a part, in the order of its files."""
    files = [(language, FOLDER / f"{language}.{part}.txt") for language in LANGUAGES]
    return [pair for language, file in files if file.exists() for pair in _read(language, file)]


def _read(language: str, file: Path) -> Iterator[Pair]:
    before = honest = ""
    text = file.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        mark, said = line[:2], line[2:].replace("\\n", "\n")
        if mark == "- ":
            before = said
        elif mark == "= ":
            honest = re.sub(r"^[a-z]+: ", "", said)
            yield Pair(language, before, honest, "", honest)
        elif mark == "! ":
            kind, change = said.split(": ", 1)
            old, new = change.split(" -> ")
            if honest.count(old) != 1:
                raise ValueError(f"{file.name}:{number}: {old!r} is not there once")
            yield Pair(language, before, honest.replace(old, new), kind, honest)
