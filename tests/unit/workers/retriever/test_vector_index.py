"""The vector index itself: real LanceDB tables in a folder of the test's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from lancedb.table import LanceTable as Table

from desktop.domain.errors import IndexDamaged
from desktop.workers.retriever import vector_index
from desktop.workers.retriever.vector_index import RECORD, VERSIONS_KEPT, VectorIndex

DIMENSIONS = 16
Rows = npt.NDArray[np.float32]


@pytest.fixture(params=["exact", "sketched"])
def index(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> VectorIndex:
    if request.param == "sketched":
        monkeypatch.setattr(vector_index, "SKETCHED", 1)
    index = VectorIndex(tmp_path / "index", "test-embedder", DIMENSIONS)
    index.reset()
    return index


def rows(count: int, seed: int = 1) -> Rows:
    drawn = np.random.default_rng(seed).standard_normal((count, DIMENSIONS))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def packed(vectors: Rows) -> bytes:
    return vectors.astype("<f2").tobytes()


def fill(index: VectorIndex, count: int, per_document: int = 10) -> Rows:
    """Chunks 1 to `count`, document 1 having the first `per_document`, and so on."""
    vectors = rows(count)
    ids = list(range(1, count + 1))
    index.add(ids, [1 + (at - 1) // per_document for at in ids], packed(vectors))
    return vectors


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    vectors = fill(index, 200)
    query = rows(1, seed=2)[0]
    cosines = vectors @ query
    expected = [int(at) + 1 for at in np.argsort(-cosines)[:5]]
    found = index.nearest(query, 5, None)
    assert [hit.chunk_id for hit in found] == expected
    assert [hit.similarity for hit in found] == pytest.approx(
        [float(cosines[at - 1]) for at in expected], abs=2e-3
    )


def holding(folder: Path, vector: bytes) -> list[Path]:
    """The files below that hold these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if vector in path.read_bytes()]


def test_the_vectors_of_a_removed_document_are_in_no_file(
    index: VectorIndex, tmp_path: Path
) -> None:
    vectors = fill(index, 2_000)
    removed, left = (packed(vectors[at : at + 1]) for at in (777, 3))
    assert holding(tmp_path, removed)
    index.remove([78])
    assert holding(tmp_path, removed) == []
    assert holding(tmp_path, left)
    assert index.count() == 1_990
    assert index.nearest(vectors[3], 1, None)[0].chunk_id == 4
    assert index.probe().rows == 1_990


def test_a_scope_is_searched_in_full(index: VectorIndex) -> None:
    vectors = fill(index, 200)
    found = index.nearest(vectors[0], 50, [7, 9, 1_000])
    assert {hit.chunk_id for hit in found} == {*range(61, 71), *range(81, 91)}
    assert index.nearest(vectors[0], 50, []) == []


def test_a_chunk_added_again_is_replaced(index: VectorIndex) -> None:
    vectors = fill(index, 20)
    index.add([3], [9], packed(-vectors[2:3]))
    assert index.count() == 20
    assert 3 not in [hit.chunk_id for hit in index.nearest(vectors[2], 5, None)]
    assert [hit.chunk_id for hit in index.nearest(-vectors[2], 1, [9])] == [3]


def test_removed_documents_are_gone(index: VectorIndex) -> None:
    vectors = fill(index, 40)
    index.remove([2, 4, 77])
    assert index.count() == 20
    assert {hit.chunk_id for hit in index.nearest(vectors[0], 40, None)} == {
        *range(1, 11),
        *range(21, 31),
    }
    index.remove([])
    assert index.count() == 20


def test_another_process_finds_what_was_added(index: VectorIndex, tmp_path: Path) -> None:
    vectors = fill(index, 20)
    index.close()
    again = VectorIndex(tmp_path / "index", "test-embedder", DIMENSIONS)
    assert again.probe() == (True, 20, "")
    assert again.nearest(vectors[4], 1, None)[0].chunk_id == 5


@pytest.mark.parametrize(("name", "dimensions"), [("other", DIMENSIONS), ("test-embedder", 32)])
def test_vectors_of_another_embedder_are_not_believed(
    index: VectorIndex, tmp_path: Path, name: str, dimensions: int
) -> None:
    fill(index, 20)
    other = VectorIndex(tmp_path / "index", name, dimensions)
    health = other.probe()
    assert not health.healthy
    assert "another embedding model" in health.reason
    with pytest.raises(IndexDamaged):
        other.nearest(np.ones(dimensions, np.float32), 1, None)
    other.reset()
    assert other.probe() == (True, 0, "")


def test_an_empty_index_is_healthy_and_finds_nothing(index: VectorIndex) -> None:
    assert index.probe() == (True, 0, "")
    assert index.nearest(rows(1)[0], 5, None) == []


def test_a_missing_index_is_reported_and_made_when_it_is_needed(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "new" / "index", "test-embedder", DIMENSIONS)
    assert not index.probe().healthy
    assert not (tmp_path / "new").exists()
    fill(index, 3)
    assert index.probe() == (True, 3, "")


def test_many_small_changes_do_not_pile_up(index: VectorIndex, tmp_path: Path) -> None:
    vectors = rows(2 * VERSIONS_KEPT)
    for at in range(2 * VERSIONS_KEPT):
        index.add([at + 1], [1], packed(vectors[at : at + 1]))
    table = tmp_path / "index" / "chunks.lance"
    assert len(list((table / "_versions").iterdir())) <= VERSIONS_KEPT + 4
    assert len(list((table / "data").iterdir())) <= VERSIONS_KEPT + 4
    assert index.probe() == (True, 2 * VERSIONS_KEPT, "")


def test_what_does_not_fit_together_is_refused_before_anything_changes(index: VectorIndex) -> None:
    fill(index, 5)
    one = rows(1)
    infinite = packed(np.full((1, DIMENSIONS), np.inf, np.float32))
    for ids, documents, vectors in (
        ([1, 2], [1, 1], packed(one)),
        ([1], [1, 2], packed(one)),
        ([1], [1], packed(one)[:-2]),
        ([1], [1], infinite),
    ):
        with pytest.raises(ValueError, match=r"fit together|finite"):
            index.add(ids, documents, vectors)
    assert index.count() == 5


def test_the_folder_is_private_and_says_what_it_was_made_with(
    index: VectorIndex, tmp_path: Path
) -> None:
    record = json.loads((tmp_path / "index" / RECORD).read_text(encoding="utf-8"))
    assert record == {"format": 1, "embedder": "test-embedder", "dimensions": DIMENSIONS}
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_of_many_rows_those_near_in_the_sketch_are_looked_at_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_index, "SKETCHED", 1_000)
    monkeypatch.setattr(vector_index, "FEWEST_LOOKED_AT", 100)
    index = VectorIndex(tmp_path / "index", "test-embedder", 128)
    drawn = np.random.default_rng(3).standard_normal((2_000, 128)).astype(np.float32)
    index.add([*range(1, 2_001)], [1] * 2_000, packed(drawn))
    taken: list[int] = []
    take = Table.take_row_ids

    def counted(table: Table, places: list[int]) -> Any:
        taken.append(len(places))
        return take(table, places)

    monkeypatch.setattr(Table, "take_row_ids", counted)
    for at in range(0, 2_000, 100):
        query = drawn[at] + 0.3 * drawn[at + 1]
        assert index.nearest(query, 5, None)[0].chunk_id == at + 1
    assert min(taken) >= 100
    assert max(taken) < 300
