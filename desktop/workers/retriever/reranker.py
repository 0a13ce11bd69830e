"""Question and passages -> how well each answers it, with a cross-encoder on the CPU. In the child.

See `local` for what is loaded and what is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.domain.chunking import estimate_tokens
from desktop.domain.errors import ModelMissing
from desktop.workers.retriever.local import has_weights, load_local, physical_cores

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LONGEST = 512  # tokens of a pair: what such models were trained with at most


class Reranker:
    """The reranker in `folder`; `threads` 0 means one for each physical core."""

    def __init__(self, folder: Path, *, batch: int, threads: int = 0) -> None:
        self.folder = folder
        self._batch = batch
        self._threads = threads or physical_cores()
        self._model: CrossEncoder | None = None

    def load(self) -> CrossEncoder:
        """The model, loaded once. Raises ModelMissing if its weights are not there."""
        if self._model is None:
            if not has_weights(self.folder):
                raise ModelMissing(model=self.folder.name)
            import torch

            # Its bare output orders as well as one squeezed between 0 and 1, and tells more apart.
            model = load_local("CrossEncoder", self.folder, activation_fn=torch.nn.Identity())
            model.max_seq_length = min(int(model.max_seq_length or LONGEST), LONGEST)
            self._model = model
        return self._model

    def batches(self, query: str, texts: Sequence[str]) -> Iterator[tuple[list[int], list[float]]]:
        """(positions in `texts`, their scores), the longest texts first."""
        import torch

        model = self.load()
        torch.set_num_threads(self._threads)
        order = sorted(range(len(texts)), key=lambda at: -estimate_tokens(texts[at]))
        for begin in range(0, len(order), self._batch):
            positions = order[begin : begin + self._batch]
            with torch.inference_mode():
                raw: Any = model.predict(
                    [(query, texts[at]) for at in positions],
                    batch_size=len(positions),
                    show_progress_bar=False,
                )
            scores = np.asarray(raw, dtype=np.float64).reshape(len(positions))
            yield positions, [float(score) for score in np.nan_to_num(scores, nan=-1e9)]
