"""Answering: what the starter model makes of the handbook, and of a prompt that is laid out so.

Questions that a new user asks, and what a right answer to each says. "Headings" is how a passage
was named before: with its document's title as a heading, which the model took for the beginning of
the answer. Both in one run, greedy, so that all else is the same.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.desk import Desk, open_desk
from desktop.domain import grounding, prompting
from desktop.domain.chat import Turn
from desktop.domain.documents import Passage, whereabouts
from desktop.domain.jobs import Cancellation
from tests.bench.figures import Figure, table

TITLE = "The Escritoire handbook"

# (question, what a right answer says, as a regular expression)
QUESTIONS = (
    ("Does anything leave this computer?", r"nothing|: no\b|^no\b"),
    ("Which page shows the models that are installed?", r"models page|\bmodels shows"),
    ("How do I add a document?", r"\bdrop |ctrl\+o"),
    ("Which key stops an answer?", r"\besc\b"),
    ("Where does the text of the pages lie?", r"\bstore\b|encrypted database"),
    ("Where is the key of the store kept?", r"keyring"),
    ("How many parameters does the starter model have?", r"135"),
    ("What happens to my file when I remove a document?", r"left alone|not touched|untouched"),
    ("How many passages does Escritoire give to the model?", r"\bfive\b"),
    ("What is quote mode?", r"word for word|passages themselves"),
    ("Which formats of images of scans can be read?", r"png"),
    ("What does a dotted line under a sentence mean?", r"no passage|not supported|guess"),
    ("What do the numbers in an answer mean?", r"citation"),
    ("How do I begin a new chat?", r"ctrl\+n"),
)


@dataclass(frozen=True, slots=True)
class Score:
    """What came of the questions: how many answers were right and how many began with the title,
    in the model's own words, and how many of its sentences were borne out."""

    right: int
    parroted: int
    sentences: int
    borne_out: int


def measure() -> list[Figure]:
    """Ask everything twice; needs the starter models and the handbook."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "profile", "bench")
        try:
            desk.prepare(Cancellation())
            desk.library.work(Cancellation())
            scores = {"": _ask_all(desk)}
            with _headings():
                scores[", headings"] = _ask_all(desk)
        finally:
            desk.close()
    return [
        Figure("answering", f"{name}{how}", value / of, f"of {of}")
        for how, score in scores.items()
        for name, value, of in (
            ("right", score.right, len(QUESTIONS)),
            ("begun with the title", score.parroted, len(QUESTIONS)),
            ("sentences borne out", score.borne_out, max(1, score.sentences)),
        )
    ]


def _ask_all(desk: Desk) -> Score:
    right = parroted = sentences = borne_out = 0
    for question, expected in QUESTIONS:
        turn = _ask(desk, question)
        said, _, quoted = turn.text.casefold().partition(grounding.NOT_BORNE_OUT.casefold())
        if "--shown" in sys.argv:
            print(f"{question} {turn.text!r}", flush=True)
        right += bool(re.search(expected, said))
        parroted += said.lstrip().startswith(TITLE.casefold())
        written = len(turn.sentences) - bool(quoted)  # the best passage follows as one
        sentences += written
        borne_out += sum(one.supported for one in turn.sentences[:written])
    return Score(right, parroted, sentences, borne_out)


def _ask(desk: Desk, question: str) -> Turn:
    answer = desk.answering.ask(question, cancel=Cancellation())
    while True:
        try:
            next(answer)
        except StopIteration as end:
            turn: Turn = end.value
            return turn


@contextmanager
def _headings() -> Iterator[None]:
    def place(passage: Passage) -> str:
        return whereabouts(passage)

    now = prompting._place
    prompting._place = place
    try:
        yield
    finally:
        prompting._place = now


if __name__ == "__main__":
    print(table(measure()))
