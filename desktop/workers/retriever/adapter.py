"""The retriever as the services know it, over the child process. The parent's side.

Imports no library of the child's. Splits what is too large for one message, and checks what comes
back: the child has read untrusted text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from desktop.domain.contexts import SCHEME
from desktop.domain.documents import IndexHealth, Similar
from desktop.domain.errors import EmbedderMissing, WorkerCrashed
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.retriever.config import Config, limits_for

Vector = bytes  # float16 components, little endian

TEXTS_AT_ONCE = 512  # of one request; a chunk is a few kilobytes at most
TEXT_LENGTH = 20_000  # characters of a text; the model reads about a thousand
ROWS_AT_ONCE = 2_048  # of one request: 1.5 MB at 384 dimensions
QUERY_LENGTH = 4_000  # characters; what is pasted beyond that, the model would not read
# A batch cannot be interrupted, and takes seconds on a busy computer. Killing the child for it
# would cost more: the model would have to be loaded again.
GRACE_S = 5.0
STALL_S = 120.0  # importing torch from a slow disk on a busy computer takes its time


def retriever_client(index: Path, embedder: EmbedderFiles | None) -> WorkerClient:
    """The child that `RetrieverAdapter` needs, not yet started.

    `index` is the index's folder. The folder around it is made if it is not there, and is the one
    place the child may write.
    """
    index.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = Config(str(index))
    if embedder is not None:
        config = Config(str(index), embedder.name, str(embedder.folder), embedder.dimensions)
    return WorkerClient(
        "retriever", msgspec.msgpack.encode(config), limits=limits_for(index), grace_s=GRACE_S
    )


class RetrieverAdapter:
    """`services.ports.Retriever` over a `WorkerClient("retriever", ...)`. Thread-safe."""

    def __init__(
        self, client: WorkerClient, embedder: EmbedderFiles | None, *, stall_s: float = STALL_S
    ) -> None:
        """`embedder` is the one that `client` was made with."""
        self._client = client
        self._files = embedder
        self._stall_s = stall_s

    @property
    def embedder(self) -> str:
        """What vectors are known by: the embedding model's name, and what of a text it is given.

        Raises EmbedderMissing.
        """
        return f"{self._embedder().name}+{SCHEME}"

    def warm_up(self, cancel: Cancellation) -> None:
        """Load the embedding model and open the index. Raises EmbedderMissing, IndexDamaged."""
        self._embedder()
        self._call(protocol.WarmUp(), cancel)

    def embed(
        self, texts: Sequence[str], *, background: bool, cancel: Cancellation
    ) -> Iterator[tuple[list[int], list[Vector]]]:
        """Batches of (positions in `texts`, their vectors), in any order.

        Raises EmbedderMissing.
        """
        self._embedder()
        for begin in range(0, len(texts), TEXTS_AT_ONCE):
            part = [text[:TEXT_LENGTH] for text in texts[begin : begin + TEXTS_AT_ONCE]]
            left = set(range(len(part)))
            for body in self._client.run(
                protocol.Embed(part), cancel=cancel, background=background, stall_s=self._stall_s
            ):
                positions, vectors = self._vectors(body)
                if not left.issuperset(positions) or len(set(positions)) != len(positions):
                    raise _unexpected(body)
                left.difference_update(positions)
                yield [begin + at for at in positions], vectors
            if left:
                raise WorkerCrashed(worker="retriever", cause="it left texts out")

    def nearest(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None, cancel: Cancellation
    ) -> list[Similar]:
        """The chunks nearest in meaning, best first. Raises EmbedderMissing, IndexDamaged."""
        self._embedder()
        ids = None if document_ids is None else list(document_ids)
        body = self._call(protocol.FindNearest(query[:QUERY_LENGTH], limit, ids), cancel)
        if not isinstance(body, protocol.Nearest):
            raise _unexpected(body)
        pairs = zip(body.chunk_ids, body.similarities, strict=False)
        return [Similar(*pair) for pair in pairs if math.isfinite(pair[1])]

    def add(
        self, rows: Iterable[tuple[int, int, Vector]], *, background: bool, cancel: Cancellation
    ) -> None:
        """Add (chunk id, document id, vector) rows. Raises EmbedderMissing, IndexDamaged, DiskFull.

        A chunk that is there already is replaced.
        """
        dimensions = self._embedder().dimensions
        for part in _batched(rows, ROWS_AT_ONCE):
            request = protocol.AddVectors(
                chunk_ids=[row[0] for row in part],
                document_ids=[row[1] for row in part],
                dimensions=dimensions,
                vectors=b"".join(row[2] for row in part),
            )
            self._call(request, cancel, background=background)

    def remove(self, document_ids: Sequence[int]) -> None:
        """Drop every row of these documents. Raises IndexDamaged, DiskFull."""
        self._call(protocol.RemoveDocuments(list(document_ids)), Cancellation())

    def probe(self) -> IndexHealth:
        """Run one real query against the vector index."""
        body = self._call(protocol.ProbeIndex(), Cancellation())
        if not isinstance(body, protocol.IndexState):
            raise _unexpected(body)
        return IndexHealth(body.healthy, body.rows, body.reason)

    def reset(self) -> None:
        """Start an empty vector index, whatever state the old one is in. Raises DiskFull."""
        self._call(protocol.ResetIndex(), Cancellation())

    def _embedder(self) -> EmbedderFiles:
        if self._files is None:
            raise EmbedderMissing
        return self._files

    def _call(
        self, request: protocol.Request, cancel: Cancellation, *, background: bool = False
    ) -> protocol.Body:
        return self._client.call(
            request, cancel=cancel, background=background, stall_s=self._stall_s
        )

    def _vectors(self, body: protocol.Body) -> tuple[list[int], list[Vector]]:
        size = 2 * self._embedder().dimensions  # bytes of a float16 row
        if (
            not isinstance(body, protocol.Vectors)
            or 2 * body.dimensions != size
            or len(body.vectors) != size * len(body.positions)
        ):
            raise _unexpected(body)
        rows = [body.vectors[at : at + size] for at in range(0, len(body.vectors), size)]
        return body.positions, rows


def _batched(
    rows: Iterable[tuple[int, int, Vector]], size: int
) -> Iterator[list[tuple[int, int, Vector]]]:
    left = iter(rows)
    while part := list(islice(left, size)):
        yield part


def _unexpected(body: object) -> WorkerCrashed:
    return WorkerCrashed(worker="retriever", cause=f"it answered with {type(body).__name__}")
