"""Indexing a PDF from file to index, against embedding its chunks alone.

Both use the same warm child and the same texts, in turn, so that the ratio is what reading, storing
and the vector index cost on top. Embedding by sentence-transformers' own `encode` is measured too.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop.desk import Desk, open_desk
from desktop.domain.chunking import chunk_page
from desktop.domain.documents import Document, DocumentState, Page
from desktop.domain.jobs import Cancellation
from tests.bench.figures import Figure
from tests.samples import report_pages, write_pdf

PAGES = 60
ROUNDS = 3

LIBRARY_ALONE = """
import sys, time
from sentence_transformers import SentenceTransformer
texts = sys.stdin.read().split("\\0")
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
model.encode(texts[:8], batch_size=8, show_progress_bar=False)
began = time.perf_counter()
model.encode(texts, batch_size=8, show_progress_bar=False)
print(time.perf_counter() - began)
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        desk = open_desk(root / "profile", "a bench needs no keyring")
        try:
            return _measure(desk, root)
        finally:
            desk.close()


def _measure(desk: Desk, root: Path) -> list[Figure]:
    desk.prepare(Cancellation())
    desk.library.work(Cancellation())
    desk.retrieval.warm_up(Cancellation())
    alone, indexing, chunks = [], [], 0
    for seed in range(1, ROUNDS + 1):
        path = write_pdf(root / f"report{seed}.pdf", report_pages(PAGES, seed=seed))
        texts = _texts(desk, path)
        chunks = len(texts)
        began = time.perf_counter()
        for _ in desk.library._retriever.embed(texts, background=True, cancel=Cancellation()):
            pass
        alone.append(time.perf_counter() - began)
        began = time.perf_counter()
        document = _index(desk, path)
        indexing.append(time.perf_counter() - began)
        assert (document.state, document.pages_indexed) == (DocumentState.READY, PAGES)
    library = _library_alone(desk, texts)
    ratio = statistics.median(a / i for a, i in zip(alone, indexing, strict=True))
    seconds = statistics.median(indexing)
    return [
        Figure("index", "indexing / embedding alone", ratio, "", at_least=0.85),
        Figure("index", "pages", PAGES / seconds, "/s"),
        Figure("index", "chunks", chunks / seconds, "/s"),
        Figure("index", "embedding alone", chunks / statistics.median(alone), "chunks/s"),
        Figure("index", "encode() alone, batch 8", chunks / library, "chunks/s"),
    ]


def _texts(desk: Desk, path: Path) -> list[str]:
    """The chunks that indexing `path` will make."""
    pages = desk.library._reader.read(path, password=None, first_page=1, cancel=Cancellation())
    return [chunk.text for page in pages if isinstance(page, Page) for chunk in chunk_page(page)]


def _index(desk: Desk, path: Path) -> Document:
    (added,) = desk.library.add([path]).documents
    desk.library.work(Cancellation())
    return next(d for d in desk.library.documents() if d.id == added.id)


def _library_alone(desk: Desk, texts: list[str]) -> float:
    """Seconds that sentence-transformers takes for `texts` in a process of its own."""
    command = [sys.executable, "-c", LIBRARY_ALONE, str(desk.shelf.embedder().folder)]
    ran = subprocess.run(
        command, input="\0".join(texts), capture_output=True, text=True, check=True
    )
    return float(ran.stdout)
