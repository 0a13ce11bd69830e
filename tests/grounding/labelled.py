"""The labelled sentences by which grounding is judged: what an answer may say, and must not.

A line of a `.jsonl` file beside this one is a few passages and what answers say of them: each
sentence with the passage that bears it out ("by", from 0), or with the kind of untruth planted in
it. "wrong" takes a value from another matter, "joined" makes one claim of two passages that do not
make it together, "invention" says something new in the passages' words, "overreach" says more than
they do. The files named `develop` are there to work with; those named `held_out` were written
before any rule was and are counted alone: no sentence of theirs is looked at while a rule is
written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.documents import Passage

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "es")
DEVELOP, HELD_OUT = "develop", "held_out"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of an answer; `by` is the passage (an index) that bears it out, or None."""

    language: str
    passages: tuple[Passage, ...]
    sentence: str
    by: int | None
    planted: str  # the kind of untruth, empty for an honest sentence

    @property
    def supported(self) -> bool:
        return self.by is not None


def examples(part: str) -> list[Example]:
    """Every example of a part, in the order of its files."""
    return [one for language in LANGUAGES for one in _read(language, part)]


def passages(texts: list[str]) -> tuple[Passage, ...]:
    """Passages of one document, a page each."""
    return tuple(
        Passage(
            chunk_id=number,
            document_id=1,
            document="papers.pdf",
            page=number,
            page_label=str(number),
            start=0,
            end=len(text),
            score=1.0,
            text=text,
        )
        for number, text in enumerate(texts, 1)
    )


def _read(language: str, part: str) -> Iterator[Example]:
    text = (FOLDER / f"{language}.{part}.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        case = json.loads(line)
        sources = passages(case["passages"])
        for answer in case["answers"]:
            if answer["supported"] != (answer["by"] is not None):
                raise ValueError(f"{answer['sentence']!r} is labelled both ways")
            yield Example(
                language, sources, answer["sentence"], answer["by"], answer.get("planted", "")
            )
