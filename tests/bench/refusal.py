"""Refusal: does the application say so where the documents do not answer, and only there?

XQuAD in English as `retrieval` reads it. Questions without an answer are made in two ways: all
pages of the question's article are taken out of what was found, as if its matter were in no
document; or only the page that answers, so that the same matter is spoken of on four others. What
is let through is answered by the starter model, for a sample, and an answer of which no sentence is
borne out says that, too: "no passage bears that out". Needs the evaluation data.
"""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.desk import Desk
from desktop.domain import prompting
from desktop.domain.chat import Sampling
from desktop.domain.documents import Passage
from desktop.domain.grounding import ground
from desktop.domain.jobs import Cancellation
from desktop.domain.ranking import is_relevant, worth_reading
from tests.bench import retrieval
from tests.bench.figures import Figure, table
from tests.bench.retrieval import TOP, Question
from tests.samples import write_pdf

FOUND = (
    12  # passages asked for: five are left when those of an article of five pages are taken away
)
SAMPLE = 20  # questions of a kind that the model answers; each takes seconds
MOST_TOKENS = 80  # of such an answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is left of what was found for it."""

    question: str
    passages: list[Passage]

    @property
    def refused(self) -> bool:
        return not is_relevant(self.question, self.passages)


def measure() -> list[Figure]:
    """Index XQuAD, ask everything three times, answer a sample of what is let through."""
    pages, questions = retrieval._read("en")
    articles = _articles()
    with retrieval._desk() as (desk, folder):
        pdf = write_pdf(folder / "xquad.pdf", pages, "XQuAD", font_size=9)
        (document,) = desk.library.add([pdf]).documents
        desk.library.work(Cancellation())
        desk.retrieval.warm_up(Cancellation())
        found = [_search(desk, document.id, one) for one in questions]
        both = list(zip(questions, found, strict=True))
        there = [Asked(one.text, all_[:TOP]) for one, all_ in both]
        near = _without(both, lambda one, page: page == one.page)
        far = _without(both, lambda one, page: articles[page - 1] == articles[one.page - 1])
        figures = [
            _figure("refused, answer there", _refused(there), at_most=0.1),
            _figure("refused, its matter in no document", _refused(far), at_least=0.9),
            _figure("refused, its matter spoken of elsewhere", _refused(near)),
        ]
        for name, asked in (("answer there", there), ("matter spoken of elsewhere", near)):
            unsupported = _unsupported(desk, asked)
            figures.append(_figure(f"let through and not borne out, {name}", unsupported))
        return figures


def _articles() -> list[int]:
    """Of each page the number of the article that it is of."""
    loaded = json.loads((retrieval.DATA / "xquad.en.json").read_text("utf-8"))
    return [number for number, article in enumerate(loaded["data"]) for _ in article["paragraphs"]]


def _search(desk: Desk, document_id: int, question: Question) -> list[Passage]:
    return desk.retrieval.search(
        question.text, top=FOUND, document_ids=[document_id], cancel=Cancellation()
    )


def _without(
    both: Sequence[tuple[Question, list[Passage]]], gone: Callable[[Question, int], bool]
) -> list[Asked]:
    return [
        Asked(one.text, [passage for passage in all_ if not gone(one, passage.page)][:TOP])
        for one, all_ in both
    ]


def _refused(asked: Sequence[Asked]) -> float:
    return statistics.fmean(one.refused for one in asked)


def _unsupported(desk: Desk, asked: Sequence[Asked]) -> float:
    """Of a sample of answers, the share of which no sentence is borne out."""
    through = [one for one in asked if not one.refused]
    chosen = random.Random(5).sample(through, min(SAMPLE, len(through)))
    return statistics.fmean(not _answer(desk, one) for one in chosen)


def _answer(desk: Desk, asked: Asked) -> bool:
    """Whether any sentence of the model's answer is borne out."""
    passages = worth_reading(asked.question, asked.passages)
    sampling = Sampling(max_tokens=MOST_TOKENS)
    cancel = Cancellation()
    with desk._writing.model(None) as model:
        for _ in desk._writing.load(model, cancel):
            pass
        steps = desk._writing.write(prompting.layout(asked.question, passages), sampling, cancel)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return any(one.supported for one in ground(end.value[0], passages).sentences)


def _figure(
    name: str, value: float, *, at_least: float | None = None, at_most: float | None = None
) -> Figure:
    return Figure("refusal", name, value, "of questions", at_least=at_least, at_most=at_most)


if __name__ == "__main__":
    print(table(measure()))
