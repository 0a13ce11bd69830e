"""The port `Retriever`, as the services use it: a real child, a real model, a real index."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.domain.errors import Cancelled, EmbedderMissing, IndexDamaged, WorkerCrashed
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles
from desktop.services import ports
from desktop.storage.paths import installation_models
from desktop.workers.client import WorkerClient
from desktop.workers.retriever.adapter import ROWS_AT_ONCE, RetrieverAdapter, retriever_client
from desktop.workers.retriever.config import index_folder

TEXTS = [
    "The tenant pays the rent on the first working day of each month.",
    "Nurses on the night shift are paid an allowance of ten per cent.",
    "The auditor found no evidence that the invoices had been paid twice.",
    "The cat sat on the mat.",
]
LONG = ["word " * 120] * 24  # a second's work or two


@pytest.fixture(scope="module")
def embedder() -> EmbedderFiles:
    folder = installation_models() / "all-MiniLM-L6-v2"
    if not (folder / "model.safetensors").exists():
        pytest.skip("the embedding model is not installed")
    return EmbedderFiles("all-MiniLM-L6-v2", folder, 384, {})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: EmbedderFiles) -> Path:
    return index_folder(tmp_path_factory.mktemp("retriever") / "index", embedder.key)


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[WorkerClient]:
    client = retriever_client(folder.parent)
    yield client
    client.stop()


@pytest.fixture
def retriever(client: WorkerClient, embedder: EmbedderFiles) -> ports.Retriever:
    retriever = RetrieverAdapter(client, embedder)
    retriever.reset()
    return retriever


def embed(retriever: ports.Retriever, texts: list[str], background: bool = True) -> list[bytes]:
    found: dict[int, bytes] = {}
    for positions, vectors in retriever.embed(texts, background=background, cancel=Cancellation()):
        assert not found.keys() & set(positions)
        found |= dict(zip(positions, vectors, strict=True))
    assert sorted(found) == list(range(len(texts)))
    return [found[at] for at in range(len(texts))]


def fill(retriever: ports.Retriever) -> None:
    vectors = embed(retriever, TEXTS)
    rows = [(at + 1, 10 * (at + 1), vector) for at, vector in enumerate(vectors)]
    retriever.add(rows, background=True, cancel=Cancellation())


def nearest(
    retriever: ports.Retriever, query: str, limit: int = 2, documents: list[int] | None = None
) -> list[int]:
    hits = retriever.nearest(query, limit=limit, document_ids=documents, cancel=Cancellation())
    assert all(-1.01 <= hit.similarity <= 1.01 for hit in hits)
    return [hit.chunk_id for hit in hits]


def test_vectors_are_float16_rows_of_length_one(retriever: ports.Retriever) -> None:
    texts = [*TEXTS, "", "word " * 5_000, "\x00", *(f"Clause {n}." for n in range(30))]
    rows = np.array([np.frombuffer(row, "<f2") for row in embed(retriever, texts)], np.float32)
    assert rows.shape == (len(texts), 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(texts)), abs=2e-3)


def test_a_vector_does_not_depend_on_its_batch(retriever: ports.Retriever) -> None:
    together = np.frombuffer(embed(retriever, TEXTS * 3)[0], "<f2").astype(np.float32)
    alone = np.frombuffer(embed(retriever, TEXTS[:1])[0], "<f2").astype(np.float32)
    assert float(together @ alone) == pytest.approx(1.0, abs=2e-3)


def test_meaning_is_found_without_a_shared_word(retriever: ports.Retriever) -> None:
    fill(retriever)
    assert nearest(retriever, "When is the monthly payment for the flat due?")[0] == 1
    assert nearest(retriever, "Which bonus do hospital staff get after dark?")[0] == 2
    assert nearest(retriever, "feline")[0] == 4


def test_a_scope_holds(retriever: ports.Retriever) -> None:
    fill(retriever)
    assert nearest(retriever, "the rent of the tenant", 4, [20, 30]) in ([2, 3], [3, 2])
    assert nearest(retriever, "the rent of the tenant", 4, []) == []


def test_removed_documents_are_not_found(retriever: ports.Retriever) -> None:
    fill(retriever)
    retriever.remove([10, 20])
    assert sorted(nearest(retriever, "the rent of the tenant", 4)) == [3, 4]
    assert retriever.probe() == (True, 2, "")


def test_more_rows_than_one_message_takes(retriever: ports.Retriever) -> None:
    rows = np.random.default_rng(1).standard_normal((ROWS_AT_ONCE + 10, 384)).astype("<f2")
    retriever.add(
        ((at + 1, 1, row.tobytes()) for at, row in enumerate(rows)),
        background=True,
        cancel=Cancellation(),
    )
    assert retriever.probe() == (True, ROWS_AT_ONCE + 10, "")


def test_a_question_goes_before_embedding_in_the_background(retriever: ports.Retriever) -> None:
    fill(retriever)
    batches = retriever.embed(LONG, background=True, cancel=Cancellation())
    first, _ = next(batches)
    assert nearest(retriever, "When is the rent due?")[0] == 1
    done = sum(len(positions) for positions, _ in batches)
    assert done == len(LONG) - len(first)


def test_embedding_ends_when_it_is_cancelled(
    client: WorkerClient, retriever: ports.Retriever
) -> None:
    fill(retriever)
    pid, cancel = client.pid, Cancellation()
    assert pid is not None
    batches = retriever.embed(LONG * 4, background=True, cancel=cancel)
    next(batches)
    cancel.cancel()
    with pytest.raises(Cancelled):
        for _ in batches:
            pass
    assert nearest(retriever, "feline")[0] == 4
    assert client.pid == pid  # the model is still loaded


def test_a_killed_child_comes_back_and_its_index_is_there(
    client: WorkerClient, retriever: ports.Retriever
) -> None:
    fill(retriever)
    batches = retriever.embed(LONG, background=True, cancel=Cancellation())
    next(batches)
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    with pytest.raises(WorkerCrashed):
        for _ in batches:
            pass
    assert retriever.probe() == (True, 4, "")
    assert nearest(retriever, "feline")[0] == 4


def test_the_index_holds_no_text(retriever: ports.Retriever, folder: Path) -> None:
    fill(retriever)
    nearest(retriever, "confidential question")
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(content) > 4 * 768
    for word in (b"tenant", b"Nurses", b"auditor", b"confidential"):
        assert word not in content


def test_without_an_embedder_the_index_can_still_be_looked_after(tmp_path: Path) -> None:
    client = retriever_client(tmp_path / "index")
    retriever = RetrieverAdapter(client, None)
    try:
        with pytest.raises(EmbedderMissing):
            _ = retriever.embedder
        with pytest.raises(EmbedderMissing):
            nearest(retriever, "anything")
        with pytest.raises(EmbedderMissing):
            embed(retriever, TEXTS)
        with pytest.raises(EmbedderMissing):
            retriever.warm_up(Cancellation())
        assert not retriever.probe().healthy
        retriever.reset()
        retriever.remove([1])
        assert retriever.probe() == (True, 0, "")
    finally:
        client.stop()


def test_a_damaged_index_has_a_name(retriever: ports.Retriever, folder: Path) -> None:
    fill(retriever)
    (folder / "index.json").write_text("{}", encoding="utf-8")
    assert not retriever.probe().healthy
    with pytest.raises(IndexDamaged):
        nearest(retriever, "feline")
    retriever.reset()
    assert retriever.probe() == (True, 0, "")
