"""Labelled questions that follow others, or stand alone: what is searched for must hold and lack.

The rules were written with `develop`; of `held_out` only the totals were looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.following import searched

DEVELOP, HELD_OUT = "develop", "held_out"


@dataclass(frozen=True, slots=True)
class Followed:
    """A question after others, with words that what is searched for must hold and must lack."""

    earlier: list[str]
    question: str
    has: list[str]
    lacks: list[str]

    @property
    def alone(self) -> bool:
        return not self.has

    def is_right(self) -> bool:
        found = searched(self.question, self.earlier)
        if self.alone:
            return found == self.question
        return all(word in found for word in self.has) and not any(
            word in found for word in self.lacks
        )


def followed(part: str) -> list[Followed]:
    """The labelled questions of `DEVELOP` or `HELD_OUT`."""
    lines = (Path(__file__).parent / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [
        Followed(one["earlier"], one["question"], one.get("has", []), one.get("lacks", []))
        for one in map(json.loads, lines)
    ]
