"""Retrieval: does the right page come up, and does the application know when none is right?

XQuAD (Artetxe, Ruder and Yogatama 2020): 240 paragraphs, one to a page of a real PDF, read, cut,
embedded and indexed by the real children; then its 1,190 questions. A question without an answer is
made by taking its own page out of what was found. English counts; German and Spanish are here so
that nothing is tuned to one language, and are asked about the English pages as well. Each stage is
switched off in turn. The data lies beside the checkout and is not stored in it.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.desk import Desk, open_desk
from desktop.domain.documents import Document, Passage
from desktop.domain.jobs import Cancellation
from desktop.domain.ranking import is_relevant
from tests.bench.figures import Figure, table
from tests.bench.remembering import Remembering
from tests.bench.stages import SEARCHING
from tests.samples import write_pdf

DATA = Path(__file__).parents[3] / "shared" / "data"
LANGUAGES = ("en", "de", "es")
ACROSS_TO = "en"  # the language whose pages the questions of all others are asked about, too
WANTED = {"en": {"hit@1": 0.925, "hit@5": 0.99}}
FOUND = 12  # passages asked for: five are left when those of one page are taken away
TOP = 5
NEVER = 10**6  # the rank of what was not found


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    page: int  # from 1


def measure(languages: Sequence[str] = LANGUAGES) -> list[Figure]:
    """Index and ask in each language; needs the evaluation data and the starter models."""
    figures: list[Figure] = []
    for language in languages:
        pages, questions = _read(language)
        with _desk() as (desk, folder), Remembering().in_force():
            pdf = write_pdf(folder / f"xquad.{language}.pdf", pages, "XQuAD", font_size=9)
            begun = time.perf_counter()
            (document,) = desk.library.add([pdf]).documents
            desk.library.work(Cancellation())
            indexed = time.perf_counter() - begun
            figures.append(_figure(language, "index", len(pages) / indexed, "pages/s"))
            figures += _ask(desk, document, language, questions)
            figures += _stages(desk, document, language, questions)
            if language == ACROSS_TO:
                for other in (one for one in languages if one != language):
                    _, asked = _read(other)
                    ranks = _ranks(desk, document, asked)
                    figures += [
                        _figure(f"{other} to {language}", f"joined {name}", value, "")
                        for name, value in _hits(ranks).items()
                    ]
    return figures


def _stages(
    desk: Desk, document: Document, language: str, questions: Sequence[Question]
) -> list[Figure]:
    """What is reached with each stage off; from vectors that are there already."""
    figures: list[Figure] = []
    for stage, off in SEARCHING.items():
        with off():
            ranks = _ranks(desk, document, questions)
        figures += [
            _figure(language, f"{stage}: {name}", value, "") for name, value in _hits(ranks).items()
        ]
    return figures


def _ranks(desk: Desk, document: Document, questions: Sequence[Question]) -> list[int]:
    return [
        _rank([passage.page for passage in _search(desk, document, one.text)], one.page)
        for one in questions
    ]


def _ask(
    desk: Desk, document: Document, language: str, questions: Sequence[Question]
) -> list[Figure]:
    desk.retrieval.warm_up(Cancellation())
    begun = time.perf_counter()
    found = [_search(desk, document, question.text) for question in questions]
    each = (time.perf_counter() - begun) / len(questions)
    asked = list(zip(questions, found, strict=True))
    ranks = [_rank([passage.page for passage in all_], one.page) for one, all_ in asked]
    refused = [not is_relevant(one.text, all_[:TOP]) for one, all_ in asked]
    without = [
        not is_relevant(one.text, [other for other in all_ if other.page != one.page][:TOP])
        for one, all_ in asked
    ]
    return [
        *(_figure(language, f"joined {name}", value, "") for name, value in _hits(ranks).items()),
        _figure(language, "search", each * 1000, "ms a question"),
        _figure(language, "refused, answer there", statistics.fmean(refused), "of questions"),
        _figure(language, "refused, answer taken away", statistics.fmean(without), "of questions"),
    ]


def _search(desk: Desk, document: Document, query: str) -> list[Passage]:
    return desk.retrieval.search(
        query, top=FOUND, document_ids=[document.id], cancel=Cancellation()
    )


def _hits(ranks: Sequence[int]) -> dict[str, float]:
    return {
        "hit@1": statistics.fmean(rank <= 1 for rank in ranks),
        "hit@5": statistics.fmean(rank <= TOP for rank in ranks),
        "MRR": statistics.fmean(1 / rank for rank in ranks),
    }


def _rank(pages: Sequence[int], page: int) -> int:
    return pages.index(page) + 1 if page in pages else NEVER


def _figure(language: str, name: str, value: float, unit: str) -> Figure:
    wanted = WANTED.get(language, {}).get(name.removeprefix("joined "))
    return Figure("retrieval", f"{language} {name}", value, unit, at_least=wanted)


def _read(language: str) -> tuple[list[str], list[Question]]:
    """The paragraphs, and the questions with the page each is answered on."""
    loaded: dict[str, Any] = json.loads((DATA / f"xquad.{language}.json").read_text("utf-8"))
    paragraphs = [p for article in loaded["data"] for p in article["paragraphs"]]
    # The core fonts of a PDF know Latin-1; the few other characters are lost for every question.
    pages = [p["context"].encode("latin-1", "replace").decode("latin-1") for p in paragraphs]
    questions = [
        Question(asked["question"], number)
        for number, paragraph in enumerate(paragraphs, 1)
        for asked in paragraph["qas"]
    ]
    return pages, questions


@contextmanager
def _desk() -> Iterator[tuple[Desk, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "profile", "bench")
        try:
            desk.retrieval.ensure_index(cancel=Cancellation())
            yield desk, Path(folder)
        finally:
            desk.close()


if __name__ == "__main__":
    print(table(measure(sys.argv[1:] or LANGUAGES)))
