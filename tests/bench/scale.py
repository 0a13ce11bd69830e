"""Scale: how long a search takes among very many chunks, and how long the start.

Documents of words drawn by their frequency, as in language, and vectors in clusters; both from a
fixed seed and none of them read or embedded, which would take days. What is measured is the store,
the vector index and the joining of what they find, with the real children and the real question's
vector.

python -m tests.bench.scale [CHUNKS ...]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop.desk import open_desk
from desktop.domain.documents import Chunk, DocumentState, Page
from desktop.domain.jobs import Cancellation
from tests.bench.figures import Figure, table

MOST_MS = {100_000: 50.0, 1_000_000: 200.0}  # p95 of a search
START_S = 3.0
CHUNKS_A_DOCUMENT = 500
CHUNKS_A_PAGE = 50
WORDS_A_CHUNK = 60  # what is left of 150 without function words, which are not searched for
VOCABULARY = 60_000
COMMONEST = 60  # rank of the first word that is no function word: it is in one chunk of eight
CLUSTERS = 2_000
QUESTIONS = 60
WORDS_A_QUESTION = 5
DIMENSIONS = 384


def measure(sizes: Sequence[int] = (100_000,)) -> list[Figure]:
    """Fill a profile with so many chunks and ask; needs the starter models."""
    figures: list[Figure] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            profile = Path(folder) / "profile"
            _fill(profile, size)
            figures += _ask(profile, size)
    return figures


def _ask(profile: Path, size: int) -> list[Figure]:
    begun = time.perf_counter()
    desk = open_desk(profile, "bench")
    try:
        desk.retrieval.ensure_index(cancel=Cancellation())
        started = time.perf_counter() - begun
        desk.retrieval.warm_up(Cancellation())
        chance = np.random.default_rng(2)
        asked = [" ".join(_words(chance, WORDS_A_QUESTION)) for _ in range(QUESTIONS)]
        desk.retrieval.search(asked[0], cancel=Cancellation())
        taken: list[float] = []
        for question in asked:
            begun = time.perf_counter()
            assert desk.retrieval.search(question, cancel=Cancellation())
            taken.append((time.perf_counter() - begun) * 1000)
        assert desk.retrieval.words_only is None
    finally:
        desk.close()
    name = f"{size:,} chunks"
    slowest = statistics.quantiles(taken, n=20)[-1]
    return [
        Figure("scale", f"{name}, search p50", statistics.median(taken), "ms"),
        Figure("scale", f"{name}, search p95", slowest, "ms", at_most=MOST_MS.get(size)),
        Figure("scale", f"{name}, start", started, "s", at_most=START_S),
    ]


def _fill(profile: Path, size: int) -> None:
    desk = open_desk(profile, "bench")
    try:
        store, chance = desk._profile.store, np.random.default_rng(1)
        collection = store.add_collection("Documents").id
        files = desk.search_models.at_start()
        assert files is not None
        for number in range(size // CHUNKS_A_DOCUMENT):
            document = store.add_document(profile / f"{number}.txt", collection).id
            for page, chunks in _pages(chance):
                store.add_page(document, page, chunks)
            ids = [chunk.id for chunk in store.chunks_without_vector(document, files.key)]
            store.add_vectors(files.key, list(zip(ids, _vectors(chance, len(ids)), strict=True)))
            store.set_state(document, DocumentState.READY)
            if number % 100 == 0:
                print(f"  {number * CHUNKS_A_DOCUMENT:,} of {size:,}", file=sys.stderr, flush=True)
        desk.retrieval.ensure_index(cancel=Cancellation())
    finally:
        desk.close()


def _pages(chance: np.random.Generator) -> Iterator[tuple[Page, list[Chunk]]]:
    for number in range(1, CHUNKS_A_DOCUMENT // CHUNKS_A_PAGE + 1):
        text, chunks = "", []
        for _ in range(CHUNKS_A_PAGE):
            said = " ".join(_words(chance, WORDS_A_CHUNK))
            chunks.append(Chunk(number, len(text), len(text) + len(said), said))
            text += f"{said}\n"
        yield Page(number, str(number), text), chunks


def _words(chance: np.random.Generator, count: int) -> list[str]:
    """Words with frequencies as in language (Zipf 1949)."""
    ranks = (COMMONEST * (VOCABULARY / COMMONEST) ** chance.random(count)).astype(int)
    return [_spelt(int(rank)) for rank in ranks]


def _spelt(rank: int) -> str:
    letters = "bdfgklmnprstvz"
    word = ""
    while rank:
        rank, letter = divmod(rank, len(letters))
        word += letters[letter] + "aeiou"[letter % 5]
    return f"w{word}x"


@cache
def _centres() -> npt.NDArray[np.float32]:
    drawn = np.random.default_rng(0).standard_normal((CLUSTERS, DIMENSIONS))
    return drawn.astype(np.float32)


def _vectors(chance: np.random.Generator, count: int) -> list[bytes]:
    rows = _centres()[chance.integers(0, CLUSTERS, count)]
    rows = rows + 0.8 * chance.standard_normal((count, DIMENSIONS))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return [row.tobytes() for row in rows.astype("<f2")]


if __name__ == "__main__":
    print(table(measure([int(size) for size in sys.argv[1:]] or (100_000,))))
