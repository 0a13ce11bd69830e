"""Normalising rows; the model itself is under contract in tests/contract/test_retriever.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop.domain.errors import EmbedderMissing
from desktop.workers.retriever.embedder import Embedder, normalised


def test_rows_are_brought_to_length_one() -> None:
    rows = normalised(np.array([[3.0, 4.0], [0.0, 1e-20]], np.float32))
    assert rows.dtype == np.float32
    assert rows[0] == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf, -np.inf, 3e38])
def test_a_row_without_a_direction_still_has_length_one(value: float) -> None:
    rows = normalised(np.array([[value] * 4, [1.0, 0.0, 0.0, 0.0]], np.float32))
    assert np.isfinite(rows).all()
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1.0, 1.0])


def test_a_folder_without_weights_is_no_embedder(tmp_path: Path) -> None:
    embedder = Embedder(tmp_path, 4, batch=8)
    assert embedder.threads >= 1
    with pytest.raises(EmbedderMissing):
        embedder.embed(["anything"])


def test_the_parents_side_imports_no_heavy_library() -> None:
    heavy = ["torch", "sentence_transformers", "transformers", "lancedb", "pyarrow", "numpy"]
    check = (
        "import sys, desktop.workers.retriever.adapter, desktop.services.retrieval;"
        f"loaded = set(sys.modules) & set({heavy!r}); sys.exit(str(loaded) if loaded else 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_building_the_worker_imports_neither_torch_nor_lancedb() -> None:
    check = (
        "import sys, msgspec; from desktop.workers.retriever import config, worker;"
        "worker.build(msgspec.msgpack.encode(config.Config('x')));"
        "sys.exit(bool({'torch', 'sentence_transformers', 'lancedb'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
