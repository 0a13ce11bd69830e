"""The sketch alone: what differs in few bits is near, and it follows what is put in."""

from __future__ import annotations

import numpy as np

from desktop.workers.retriever.sketch import Rows, Sketch

DIMENSIONS = 100  # no multiple of 64


def rows(first: int, count: int, document: int = 1) -> Rows:
    ids = np.arange(first, first + count, dtype=np.int64)
    drawn = np.random.default_rng(first).standard_normal((count, DIMENSIONS))
    return Rows(ids, np.full(count, document, np.int64), ids * 10, drawn.astype(np.float16))


def test_the_nearest_in_bits_are_given_and_those_as_far_as_the_last() -> None:
    drawn = rows(1, 500)
    sketch = Sketch(DIMENSIONS, [drawn])
    query = drawn.vectors[41].astype(np.float32)
    assert sketch.nearest(query, 1, None) == [420]
    bits = ((drawn.vectors > 0) != (query > 0)).sum(axis=1)
    furthest = np.sort(bits)[29]
    expected = {int(place) for place in drawn.places[bits <= furthest]}
    assert set(sketch.nearest(query, 30, None)) == expected
    assert len(sketch.nearest(query, 5_000, None)) == 500


def test_an_empty_sketch_finds_nothing() -> None:
    query = np.ones(DIMENSIONS, np.float32)
    assert Sketch(DIMENSIONS).nearest(query, 5, None) == []
    assert Sketch(DIMENSIONS, [rows(1, 5)]).nearest(query, 5, [9]) == []


def test_it_follows_what_is_put_in() -> None:
    sketch = Sketch(DIMENSIONS, [rows(1, 20), rows(21, 20, document=2)])
    other = rows(100, 1, document=3)
    sketch.put(other._replace(chunk_ids=np.array([5]), places=np.array([7])))
    assert len(sketch) == 40
    query = other.vectors[0].astype(np.float32)
    assert sketch.nearest(query, 1, None) == [7]
    assert sketch.nearest(query, 99, [3]) == [7]
