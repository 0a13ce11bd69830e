"""Texts -> vectors, with sentence-transformers on the CPU. Runs in the child.

See `local` for what is loaded and what is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from desktop.domain.chunking import estimate_tokens
from desktop.domain.errors import EmbedderMissing
from desktop.workers.retriever.local import has_weights, load_local, physical_cores

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = npt.NDArray[np.float32]  # a row a text


class Embedder:
    """The embedding model in `folder`; `threads` 0 means one for each physical core.

    The prefixes are put in front of every question and of every passage.
    """

    def __init__(
        self,
        folder: Path,
        dimensions: int,
        *,
        batch: int,
        threads: int = 0,
        query_prefix: str = "",
        passage_prefix: str = "",
    ) -> None:
        self._folder = folder
        self._dimensions = dimensions
        self._batch = batch
        self._threads = threads or physical_cores()
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._model: SentenceTransformer | None = None

    @property
    def threads(self) -> int:
        return self._threads

    def load(self) -> SentenceTransformer:
        """The model, loaded once. Raises EmbedderMissing if its weights are not there."""
        if self._model is None:
            if not has_weights(self._folder):
                raise EmbedderMissing
            self._model = load_local("SentenceTransformer", self._folder)
        return self._model

    def embed_query(self, query: str) -> npt.NDArray[np.float32]:
        """The vector to search with for what was asked."""
        row: npt.NDArray[np.float32] = self.embed([query], prefix=self._query_prefix)[0]
        return row

    def embed(self, texts: Sequence[str], *, prefix: str | None = None) -> Matrix:
        """A normalised float32 row of `dimensions` for each of `texts`, all in one batch.

        They are passages, unless another `prefix` is given.
        """
        import torch

        model = self.load()
        # One query is too little work to share out: waiting for the others takes longer.
        torch.set_num_threads(self._threads if len(texts) > 1 else 1)
        with torch.inference_mode():
            raw: Any = model.encode(
                list(texts),
                prompt=self._passage_prefix if prefix is None else prefix,
                batch_size=max(1, len(texts)),
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return normalised(np.asarray(raw, dtype=np.float32).reshape(len(texts), self._dimensions))

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Matrix]]:
        """(positions in `texts`, their rows), the longest texts first.

        A batch is padded to its longest text, so texts of like length go together.
        """
        order = sorted(range(len(texts)), key=lambda at: -estimate_tokens(texts[at]))
        for begin in range(0, len(order), self._batch):
            positions = order[begin : begin + self._batch]
            yield positions, self.embed([texts[at] for at in positions])


def normalised(rows: Matrix) -> Matrix:
    """The rows at length 1, so that a dot product is a cosine.

    A row without a direction (zero, or not finite) gets an arbitrary one: it is near nothing, but
    does no harm to an index either.
    """
    exact = rows.astype(np.float64)  # whose squares do not overflow
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    sound = np.isfinite(lengths) & (lengths > 0)
    divided = np.divide(exact, lengths, where=sound, out=np.full_like(exact, rows.shape[1] ** -0.5))
    result: Matrix = divided.astype(np.float32)
    return result
