"""Texts -> vectors, with sentence-transformers on the CPU. Runs in the child.

Loads from a local folder and from nowhere else: no hub, no code out of the folder, no pickles. The
libraries are imported when the first vector is asked for, because that takes seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import psutil

from desktop.domain.chunking import estimate_tokens
from desktop.domain.errors import EmbedderMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = npt.NDArray[np.float32]  # a row a text

WEIGHTS = "model.safetensors"


class Embedder:
    """The embedding model in `folder`; `threads` 0 means one for each physical core."""

    def __init__(self, folder: Path, dimensions: int, *, batch: int, threads: int = 0) -> None:
        self._folder = folder
        self._dimensions = dimensions
        self._batch = batch
        self._threads = threads or _physical_cores()
        self._model: SentenceTransformer | None = None

    @property
    def threads(self) -> int:
        return self._threads

    def load(self) -> SentenceTransformer:
        """The model, loaded once. Raises EmbedderMissing if its weights are not there."""
        if self._model is None:
            if not (self._folder / WEIGHTS).is_file():
                raise EmbedderMissing
            self._model = _load(self._folder)
        return self._model

    def embed(self, texts: Sequence[str]) -> Matrix:
        """A normalised float32 row of `dimensions` for each of `texts`, all in one batch."""
        import torch

        model = self.load()
        # One query is too little work to share out: waiting for the others takes longer.
        torch.set_num_threads(self._threads if len(texts) > 1 else 1)
        with torch.inference_mode():
            raw: Any = model.encode(
                list(texts),
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


def _load(folder: Path) -> SentenceTransformer:
    # Read by the libraries when they are imported. The kernel refuses the network anyway; asking
    # them to stay offline spares them the attempt.
    os.environ |= {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "TQDM_DISABLE": "1",
        # Threads that wait for each other sleep instead of spinning. Measured beside other work on
        # two cores: 2.5 times the passages a second, for a third of the processor time.
        "OMP_WAIT_POLICY": "PASSIVE",
    }
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(
        str(folder),
        device="cpu",
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"use_safetensors": True, "attn_implementation": "sdpa"},
    )


def _physical_cores() -> int:
    """Hyper-threads share the arithmetic that this is all about, so they are not counted."""
    allowed = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else 0
    return max(1, min(psutil.cpu_count(logical=False) or 1, allowed or os.cpu_count() or 1))
