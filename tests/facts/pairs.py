"""The labelled pairs by which the facts lock is judged: sentences before and after a rewrite.

A block of a `.txt` file beside this one is a text ("- ..."), its honest rewrites ("= style: ...")
and, under each of these, changes to plant in it ("! kind: what it says -> what it shall say"). The
files named `develop` are there to work with; those named `held_out` were written before any rule
was, and are counted alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "es")
DEVELOP, HELD_OUT = "develop", "held_out"


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
    return [pair for language in LANGUAGES for pair in _read(language, part)]


def _read(language: str, part: str) -> Iterator[Pair]:
    before = honest = ""
    text = (FOLDER / f"{language}.{part}.txt").read_text(encoding="utf-8")
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
                raise ValueError(f"{language}.{part}.txt:{number}: {old!r} is not there once")
            yield Pair(language, before, honest.replace(old, new), kind, honest)
