"""The retriever's jobs: texts to vectors, vectors into the index, queries to chunk ids.

Runs in the child. What only concerns the index never loads the embedding model: the check at every
start has to be quick. Must write nothing but the index, and no text at all.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import numpy as np

from desktop.domain.documents import IndexHealth
from desktop.domain.errors import EmbedderMissing
from desktop.workers import protocol
from desktop.workers.host import JobContext, Mark, Steps
from desktop.workers.retriever.config import Config
from desktop.workers.retriever.embedder import Embedder
from desktop.workers.retriever.vector_index import VectorIndex

NO_DIMENSIONS = 1  # of an index without an embedder: it stays empty


def build(config: bytes) -> RetrieverWorker:
    """The worker for a packed `Config`."""
    unpacked = msgspec.msgpack.decode(config, type=Config)
    # The libraries want a place for temporary files: the only one that may be written is ours.
    os.environ["TMPDIR"] = str(Path(unpacked.index).parent)
    return RetrieverWorker(unpacked)


class RetrieverWorker:
    """See `desktop.workers.host.Worker`."""

    def __init__(self, config: Config) -> None:
        self._name = config.embedder
        self._dimensions = config.dimensions or NO_DIMENSIONS
        self._index = VectorIndex(Path(config.index), config.embedder, self._dimensions)
        self._model = Embedder(
            Path(config.model), self._dimensions, batch=config.batch, threads=config.threads
        )

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The steps of one request."""
        if isinstance(request, protocol.Embed):
            return (yield from self._embed(request, job))
        return self._answered(request, job)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _answered(self, request: protocol.Request, job: JobContext) -> protocol.Body:
        """The result of a request without output."""
        match request:
            case protocol.FindNearest():
                return self._find_nearest(request, job)
            case protocol.WarmUp():
                return self._warm_up()
            case protocol.ProbeIndex():
                return _said(self._index.probe())
            case protocol.AddVectors():
                if request.dimensions != self._dimensions:
                    raise ValueError("vectors of another embedder")
                self._index.add(request.chunk_ids, request.document_ids, request.vectors)
            case protocol.RemoveDocuments():
                self._index.remove(request.document_ids)
            case protocol.ResetIndex():
                self._index.reset()
            case _:
                raise TypeError(f"no job for a retriever: {type(request).__name__}")
        return protocol.IndexState(healthy=True, rows=self._index.count())

    def _embed(self, request: protocol.Embed, job: JobContext) -> Steps:
        model, done = self._embedder(), 0
        for positions, rows in model.batches(request.texts):
            job.raise_if_cancelled()
            packed = rows.astype("<f2").tobytes()
            yield protocol.Vectors(positions, self._dimensions, packed)
            done += len(positions)
            yield Mark(done, len(request.texts))
        return protocol.Embedded(len(request.texts))

    def _find_nearest(self, request: protocol.FindNearest, job: JobContext) -> protocol.Nearest:
        vector = self._embedder().embed([request.query])[0]
        job.raise_if_cancelled()
        found = self._index.nearest(vector, request.limit, request.document_ids)
        return protocol.Nearest(
            [hit.chunk_id for hit in found], [float(hit.similarity) for hit in found]
        )

    def _warm_up(self) -> protocol.Warm:
        model = self._embedder()
        vector = model.embed(["Who signed it?"])[0]
        self._index.nearest(np.asarray(vector), 1, None)
        return protocol.Warm(f"{self._name}, {model.threads} threads")

    def _embedder(self) -> Embedder:
        if not self._name:
            raise EmbedderMissing
        return self._model


def _said(health: IndexHealth) -> protocol.IndexState:
    return protocol.IndexState(health.healthy, health.rows, health.reason)
