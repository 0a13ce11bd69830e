"""Look-alike documents: does the right page come up among dozens that say the same?

The set of `making` is read, cut, embedded and indexed by the real children, then its questions are
asked: over all documents, and within the one that they are about. A stage is switched off by
putting nothing in its place; what a chunk stands in needs an index of its own for that.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.desk import Desk, open_desk
from desktop.domain.jobs import Cancellation
from tests.bench.figures import Figure
from tests.bench.lookalikes.making import Asked, make
from tests.bench.lookalikes.writing import Question
from tests.bench.remembering import Remembering
from tests.bench.stages import SEARCHING, contexts_off, names_off

TOP = 5
ALL, WITHIN = "all", "within the document"
WANTED = {ALL: 0.8, WITHIN: 0.9}
TOLD_EVERY_S = 15.0


def measure() -> list[Figure]:
    """Index the set twice, with and without contexts, and ask; needs the starter models."""
    with tempfile.TemporaryDirectory() as folder:
        return measure_in(Path(folder))


def measure_in(folder: Path) -> list[Figure]:
    """The same in a folder that may hold the indexed set already."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    asked = make(documents)
    remembering = Remembering()
    with remembering.in_force(), _desk(folder / "with contexts", documents) as desk:
        figures = _ask(desk, "", asked, count=True)
        for stage, off in SEARCHING.items():
            with off():
                figures += _ask(desk, f"{stage}: ", asked)
    with (
        remembering.in_force(),
        contexts_off(),
        _desk(folder / "without contexts", documents) as desk,
    ):
        figures += _ask(desk, "contexts off: ", asked)
        with names_off():
            figures += _ask(desk, "contexts and names off: ", asked)
    return figures


def _ask(desk: Desk, stage: str, asked: Asked, *, count: bool = False) -> list[Figure]:
    figures: list[Figure] = []
    ids = {document.name: document.id for document in desk.library.documents()}
    for scope in (ALL, WITHIN):
        hits = [_hit(desk, one, ids, scope) for one in [*asked.develop, *asked.held_out]]
        develop, held_out = hits[: len(asked.develop)], hits[len(asked.develop) :]
        wanted = WANTED[scope] if count else None
        figures.append(_figure(f"{stage}{scope}, hit@5", hits, wanted))
        if count:
            figures += [
                _figure(f"{scope}, to develop with", develop),
                _figure(f"{scope}, held out", held_out),
                *(
                    _figure(
                        f"{scope}, {kind}",
                        [
                            h
                            for h, one in zip(develop, asked.develop, strict=True)
                            if one.kind == kind
                        ],
                    )
                    for kind in ("text", "table")
                ),
            ]
    both = [all(p in _pages(desk, text) for p in _places(pair, ids)) for text, pair in asked.pairs]
    figures.append(_figure(f"{stage}two documents, both pages in five", both))
    return figures


def _hit(desk: Desk, one: Question, ids: dict[str, int], scope: str) -> bool:
    within = None if scope == ALL else [ids[one.file]]
    return (ids[one.file], one.page) in _pages(desk, one.text, within)


def _places(pair: Sequence[Question], ids: dict[str, int]) -> list[tuple[int, int]]:
    return [(ids[one.file], one.page) for one in pair]


def _pages(desk: Desk, text: str, within: list[int] | None = None) -> list[tuple[int, int]]:
    found = desk.retrieval.search(text, top=TOP, document_ids=within, cancel=Cancellation())
    return [(passage.document_id, passage.page) for passage in found]


def _figure(name: str, hits: Sequence[bool], wanted: float | None = None) -> Figure:
    return Figure("lookalikes", name, statistics.fmean(hits), "", at_least=wanted)


@contextmanager
def _desk(profile: Path, documents: Path) -> Iterator[Desk]:
    """A desk at which the documents lie, all indexed."""
    desk = open_desk(profile, "bench")
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(desk, done))
    try:
        desk.retrieval.ensure_index(cancel=Cancellation())
        desk.library.add(sorted(documents.glob("*.pdf")))
        teller.start()
        desk.library.work(Cancellation())
        done.set()
        desk.retrieval.warm_up(Cancellation())
        yield desk
    finally:
        done.set()
        desk.close()


def _tell(desk: Desk, done: threading.Event) -> None:
    while not done.wait(TOLD_EVERY_S):
        known = desk.library.documents()
        pages = sum(document.page_count for document in known)
        indexed = sum(document.pages_indexed for document in known)
        print(f"  {indexed} of {pages} pages", file=sys.stderr, flush=True)
