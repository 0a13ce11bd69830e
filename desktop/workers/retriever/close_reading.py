"""How near texts come to a question, token by token. Runs in the child.

Late interaction (Khattab and Zaharia 2020, ColBERT) with the token vectors of an ordinary
embedding model: each token of the question takes its nearest token of the text. What a token counts
for is the parent's to say; here is arithmetic alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from desktop.domain.chunking import estimate_tokens
from desktop.workers.retriever.embedder import Embedder

Weight = tuple[int, int, float]  # start and end of a word in the question, and what it counts for
Tokens = npt.NDArray[np.float32]  # a row of length 1 a token


def read_closely(
    embedder: Embedder, query: str, weights: Sequence[Weight], texts: Sequence[str], batch: int
) -> Iterator[tuple[list[int], list[float]]]:
    """(positions in `texts`, their nearnesses, -1 to 1), the longest texts first."""
    asked, places = embedder.query_tokens(query)
    counted = np.array([_weight(place, weights) for place in places], dtype=np.float32)
    if not counted.any():
        counted[:] = 1
    order = sorted(range(len(texts)), key=lambda at: -estimate_tokens(texts[at]))
    for begin in range(0, len(order), batch):
        positions = order[begin : begin + batch]
        rows = embedder.tokens([texts[at] for at in positions])
        yield positions, [_nearness(asked, counted, text) for text in rows]


def _weight(place: tuple[int, int], weights: Sequence[Weight]) -> float:
    """Of the word that a token is part of; 0 for what is no part of any, such as a full stop."""
    first, last = place
    return next((weight for start, end, weight in weights if start <= first and last <= end), 0.0)


def _nearness(asked: Tokens, counted: Tokens, text: Tokens) -> float:
    if not len(asked) or not len(text):
        return 0.0
    nearest = (asked @ text.T).max(axis=1)
    return float(np.clip((nearest * counted).sum() / counted.sum(), -1, 1))
