"""A vector index damaged in every way we know of is noticed, and mended from the store.

Real store, real child, real LanceDB files. Nothing here needs the embedding model: that is the
point of keeping the vectors in the store.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
import pytest

from desktop.domain.documents import Chunk, Page
from desktop.domain.errors import DiskFull, WorkerCrashed
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles
from desktop.services.retrieval import Retrieval
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths
from desktop.storage.store import Store
from desktop.workers.client import WorkerClient
from desktop.workers.lockdown import Limits
from desktop.workers.retriever.adapter import RetrieverAdapter, retriever_client
from desktop.workers.retriever.config import Config, index_folder

DIMENSIONS = 32
EMBEDDER = EmbedderFiles("test-embedder", Path("nowhere"), DIMENSIONS, {})
DOCUMENTS, CHUNKS = 3, 40  # chunks a document
ROWS = DOCUMENTS * CHUNKS


def vectors(count: int, seed: int) -> list[bytes]:
    drawn = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)).astype("<f2")
    return [row.tobytes() for row in drawn]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    paths = Paths(tmp_path_factory.mktemp("profile"))
    database = Database(paths, bytes(range(32)))
    migrate(database, paths.profile, back_up=lambda: None)
    store = Store(database)
    collection = store.add_collection("Documents").id
    for number in range(DOCUMENTS):
        document = store.add_document(paths.profile / f"{number}.pdf", collection)
        words = [f"word{number}x{at}" for at in range(CHUNKS)]
        starts = [sum(len(word) + 1 for word in words[:at]) for at in range(CHUNKS)]
        chunks = [
            Chunk(1, start, start + len(word), word)
            for start, word in zip(starts, words, strict=True)
        ]
        store.add_page(document.id, Page(1, "1", " ".join(words)), chunks)
        left = store.chunks_without_vector(document.id, EMBEDDER.name)
        rows = zip([chunk.id for chunk in left], vectors(CHUNKS, number), strict=True)
        store.add_vectors(EMBEDDER.name, list(rows))
    assert store.vector_count(EMBEDDER.name) == ROWS
    yield store
    database.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_folder(tmp_path_factory.mktemp("retriever") / "index", EMBEDDER.key)


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[WorkerClient]:
    client = retriever_client(folder.parent)
    yield client
    client.stop()


@pytest.fixture
def retriever(client: WorkerClient) -> RetrieverAdapter:
    return RetrieverAdapter(client, EMBEDDER)


@pytest.fixture
def retrieval(store: Store, retriever: RetrieverAdapter) -> Retrieval:
    """Over an index that is whole."""
    retrieval = Retrieval(store, retriever)
    retrieval.ensure_index(cancel=Cancellation())
    assert retriever.probe() == (True, ROWS, "")
    return retrieval


def newest_manifest(folder: Path) -> Path:
    # Lance names manifests so that the newest sorts first.
    return min((folder / "chunks.lance" / "_versions").glob("*.manifest"))


def data_files(folder: Path) -> list[Path]:
    return sorted(
        (folder / "chunks.lance" / "data").iterdir(), key=lambda path: -path.stat().st_size
    )


def zero_manifest(folder: Path) -> None:
    newest_manifest(folder).write_bytes(b"")


def garbage_manifest(folder: Path) -> None:
    path = newest_manifest(folder)
    path.write_bytes(random.Random(5).randbytes(path.stat().st_size))


def no_manifest(folder: Path) -> None:
    shutil.rmtree(folder / "chunks.lance" / "_versions")


def nul_data(folder: Path) -> None:
    for path in data_files(folder):
        path.write_bytes(bytes(path.stat().st_size))


def nul_first_half(folder: Path) -> None:
    for path in data_files(folder):
        content = path.read_bytes()
        half = len(content) // 2
        path.write_bytes(bytes(half) + content[half:])


def cut_data(folder: Path) -> None:
    for path in data_files(folder):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_data(folder: Path) -> None:
    data_files(folder)[0].unlink()


def no_record(folder: Path) -> None:
    (folder / "index.json").unlink()


def garbage_record(folder: Path) -> None:
    (folder / "index.json").write_bytes(b"\x00\xff{")


def other_record(folder: Path) -> None:
    record = (folder / "index.json").read_text(encoding="utf-8")
    (folder / "index.json").write_text(record.replace("test", "another"), encoding="utf-8")


def no_table(folder: Path) -> None:
    shutil.rmtree(folder / "chunks.lance")


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def a_file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"not a folder")


@pytest.mark.parametrize(
    "damage",
    [
        zero_manifest,
        garbage_manifest,
        no_manifest,
        nul_data,
        nul_first_half,
        cut_data,
        no_data,
        no_record,
        garbage_record,
        other_record,
        no_table,
        no_folder,
        a_file_instead,
    ],
    ids=lambda damage: damage.__name__,
)
def test_damage_is_noticed_and_mended(
    damage: Callable[[Path], None],
    retrieval: Retrieval,
    retriever: RetrieverAdapter,
    folder: Path,
) -> None:
    damage(folder)
    health = retriever.probe()
    assert not health.healthy
    assert health.reason
    told: list[tuple[int, int]] = []
    rebuilt = retrieval.ensure_index(
        progress=lambda done, total: told.append((done, total)), cancel=Cancellation()
    )
    assert rebuilt
    assert retriever.probe() == (True, ROWS, "")
    assert told[-1] == (ROWS, ROWS)
    assert not retrieval.ensure_index(cancel=Cancellation())  # and it stays mended


def test_missing_and_surplus_rows_are_noticed(
    retrieval: Retrieval, retriever: RetrieverAdapter, store: Store
) -> None:
    retriever.remove([store.documents()[0].id])
    assert retriever.probe() == (True, ROWS - CHUNKS, "")
    assert retrieval.ensure_index(cancel=Cancellation())
    surplus = [(10_000, 10_000, vectors(1, 9)[0])]
    retriever.add(surplus, background=True, cancel=Cancellation())
    assert retrieval.ensure_index(cancel=Cancellation())
    assert retriever.probe() == (True, ROWS, "")


@pytest.mark.parametrize("seed", range(4))
def test_a_child_killed_while_it_writes_loses_nothing(
    seed: int, retrieval: Retrieval, retriever: RetrieverAdapter, client: WorkerClient
) -> None:
    chance = random.Random(seed)
    pid = client.pid
    assert pid is not None
    killer = threading.Timer(chance.uniform(0.0, 0.1), os.kill, (pid, signal.SIGKILL))
    killer.start()
    with suppress(WorkerCrashed):
        for at in range(1_000):
            row = (20_000 + at, 20_000, vectors(1, at)[0])
            retriever.add([row], background=True, cancel=Cancellation())
    killer.join()
    retrieval.ensure_index(cancel=Cancellation())  # nothing to do if it died before the first row
    assert retriever.probe() == (True, ROWS, "")


def test_a_rebuild_that_was_killed_is_taken_up_again(
    retrieval: Retrieval, retriever: RetrieverAdapter, client: WorkerClient, folder: Path
) -> None:
    no_table(folder)
    pid = client.pid
    assert pid is not None
    retriever.reset()
    os.kill(pid, signal.SIGKILL)
    assert retrieval.ensure_index(cancel=Cancellation())
    assert retriever.probe() == (True, ROWS, "")


@pytest.mark.skipif(os.name == "nt", reason="no limit on the size of a file there")
def test_a_full_disk_has_a_name_and_the_index_recovers(tmp_path: Path, store: Store) -> None:
    config = msgspec.msgpack.encode(Config(str(tmp_path / "index")))
    small = Limits(allow_file_writes=True, file_size=64 * 1024)
    client = WorkerClient("retriever", config, limits=small)
    retriever = RetrieverAdapter(client, EMBEDDER)
    try:
        retriever.reset()
        rows = [(at + 1, 1, row) for at, row in enumerate(vectors(4_000, 3))]
        with pytest.raises(DiskFull) as caught:
            retriever.add(rows, background=True, cancel=Cancellation())
        assert str(tmp_path / "index") in str(caught.value)
        assert Retrieval(store, retriever).ensure_index(cancel=Cancellation())
        assert retriever.probe() == (True, ROWS, "")
    finally:
        client.stop()
