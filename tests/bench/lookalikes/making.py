"""The set: 66 PDFs of four families and 200 questions, always the same.

python -m tests.bench.lookalikes.making FOLDER     writes the PDFs and questions.json
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.lookalikes.papers import audits, leases
from tests.bench.lookalikes.reports import hospitals, utilities
from tests.bench.lookalikes.writing import Question, write

QUESTIONS = 200
PAIRS = 20
HELD_OUT = 3  # of which every third is held out: only the totals were looked at


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions to develop with, those held out, and questions over two documents at once."""

    develop: list[Question]
    held_out: list[Question]
    pairs: list[tuple[str, tuple[Question, Question]]]


def make(folder: Path) -> Asked:
    """Write the PDFs; returns the questions about them.

    As many about each family; three in ten are about a table.
    """
    chosen: list[Question] = []
    pairs: list[tuple[str, tuple[Question, Question]]] = []
    for family in (utilities(), leases(), hospitals(), audits()):
        chance = random.Random(f"questions {len(chosen)}")
        asked = [q for outline in family for q in write(outline, folder, outline.file)]
        tables = [q for q in asked if q.kind == "table"]
        texts = [q for q in asked if q.kind == "text"]
        each = QUESTIONS // 4
        chosen += chance.sample(tables, each * 3 // 10) + chance.sample(texts, each * 7 // 10)
        pairs += _pairs(texts, chance, PAIRS // 4)
    random.Random("order").shuffle(chosen)
    return Asked(
        [q for at, q in enumerate(chosen) if at % HELD_OUT],
        [q for at, q in enumerate(chosen) if not at % HELD_OUT],
        pairs,
    )


def _pairs(
    texts: list[Question], chance: random.Random, count: int
) -> list[tuple[str, tuple[Question, Question]]]:
    """Questions that ask the same of two documents."""
    found: list[tuple[str, tuple[Question, Question]]] = []
    while len(found) < count:
        first = chance.choice(texts)
        same = [q for q in texts if q.asked == first.asked and q.file != first.file]
        if same:
            second = chance.choice(same)
            asked = first.asked[0].upper() + first.asked[1:]
            frame = chance.choice(("{0}: {1} or {2}?", "{0}, {1} compared with {2}?"))
            found.append((frame.format(asked, first.short, second.short), (first, second)))
    return found


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    (into / "questions.json").write_text(json.dumps(asdict(make(into)), indent=1), "utf-8")
