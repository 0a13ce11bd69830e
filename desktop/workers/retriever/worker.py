"""The retriever's jobs: texts to vectors, vectors into an index, queries to chunk ids, in order.

Runs in the child. What only concerns the index never loads the embedding model: the check at every
start has to be quick. Must write nothing but the index, and no text at all.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import numpy as np

from desktop.domain.documents import IndexHealth
from desktop.domain.errors import EmbedderMissing
from desktop.workers import protocol
from desktop.workers.host import JobContext, Mark, Steps
from desktop.workers.retriever.config import Config, index_folder
from desktop.workers.retriever.embedder import Embedder
from desktop.workers.retriever.reranker import Reranker
from desktop.workers.retriever.vector_index import VectorIndex

NO_DIMENSIONS = 1  # of an index without an embedder: it stays empty


def build(config: bytes) -> RetrieverWorker:
    """The worker for a packed `Config`."""
    unpacked = msgspec.msgpack.decode(config, type=Config)
    # The libraries want a place for temporary files: the only one that may be written is ours.
    os.environ["TMPDIR"] = str(Path(unpacked.index).parent)
    return RetrieverWorker(unpacked)


class RetrieverWorker:
    """See `desktop.workers.host.Worker`.

    While one embedder takes over from another, there are models and indexes of both.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._root = Path(config.index)
        self._indexes: dict[str, VectorIndex] = {}  # by the embedder's key
        self._models: dict[str, Embedder] = {}
        self._reranker: Reranker | None = None

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The steps of one request."""
        if isinstance(request, protocol.Embed):
            return (yield from self._embed(request, job))
        if isinstance(request, protocol.Rerank):
            return (yield from self._rerank(request, job))
        return self._answered(request, job)

    def close(self) -> None:
        """Let go of the indexes."""
        for index in self._indexes.values():
            index.close()

    def _answered(self, request: protocol.Request, job: JobContext) -> protocol.Body:
        """The result of a request without output."""
        match request:
            case protocol.FindNearest():
                return self._find_nearest(request, job)
            case protocol.WarmUp():
                return self._warm_up(request.embedder)
            case protocol.KeepIndexes():
                return self._keep(request)
            case protocol.ProbeIndex():
                return _said(self._index(request.embedder).probe())
            case protocol.AddVectors():
                if request.dimensions != _dimensions(request.embedder):
                    raise ValueError("vectors of another embedder")
                index = self._index(request.embedder)
                index.add(request.chunk_ids, request.document_ids, request.vectors)
            case protocol.RemoveDocuments():
                index = self._index(request.embedder)
                index.remove(request.document_ids)
            case protocol.ResetIndex():
                index = self._index(request.embedder)
                index.reset()
            case _:
                raise TypeError(f"no job for a retriever: {type(request).__name__}")
        return protocol.IndexState(healthy=True, rows=index.count())

    def _embed(self, request: protocol.Embed, job: JobContext) -> Steps:
        model, done = self._embedder(request.embedder), 0
        for positions, rows in model.batches(request.texts):
            job.raise_if_cancelled()
            packed = rows.astype("<f2").tobytes()
            yield protocol.Vectors(positions, request.embedder.dimensions, packed)
            done += len(positions)
            yield Mark(done, len(request.texts))
        return protocol.Embedded(len(request.texts))

    def _rerank(self, request: protocol.Rerank, job: JobContext) -> Steps:
        folder = Path(request.folder)
        if self._reranker is None or self._reranker.folder != folder:
            self._reranker = Reranker(
                folder, batch=self._config.batch, threads=self._config.threads
            )
        scores = [0.0] * len(request.texts)
        done = 0
        for positions, found in self._reranker.batches(request.query, request.texts):
            job.raise_if_cancelled()
            for at, score in zip(positions, found, strict=True):
                scores[at] = score
            done += len(positions)
            yield Mark(done, len(request.texts))
        return protocol.Reranked(scores)

    def _find_nearest(self, request: protocol.FindNearest, job: JobContext) -> protocol.Nearest:
        vector = self._embedder(request.embedder).embed_query(request.query)
        job.raise_if_cancelled()
        index = self._index(request.embedder)
        found = index.nearest(vector, request.limit, request.document_ids)
        return protocol.Nearest(
            [hit.chunk_id for hit in found], [float(hit.similarity) for hit in found]
        )

    def _warm_up(self, used: protocol.EmbedderUsed) -> protocol.Warm:
        model = self._embedder(used)
        vector = model.embed_query("Who signed it?")
        self._index(used).nearest(np.asarray(vector), 1, None)
        return protocol.Warm(f"{used.name}, {model.threads} threads")

    def _keep(self, request: protocol.KeepIndexes) -> protocol.Kept:
        keys = {used.key for used in request.embedders}
        for key in self._indexes.keys() - keys:
            self._indexes.pop(key).close()
        for key in self._models.keys() - keys:
            del self._models[key]
        kept = {index_folder(self._root, key) for key in keys}
        dropped = 0
        for left in self._root.iterdir() if self._root.is_dir() else ():
            if left in kept:
                continue
            dropped += 1
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        return protocol.Kept(dropped)

    def _index(self, used: protocol.EmbedderUsed) -> VectorIndex:
        index = self._indexes.get(used.key)
        if index is None:
            folder = index_folder(self._root, used.key)
            index = VectorIndex(folder, used.key, _dimensions(used))
            self._indexes[used.key] = index
        return index

    def _embedder(self, used: protocol.EmbedderUsed) -> Embedder:
        if not used.key:
            raise EmbedderMissing
        model = self._models.get(used.key)
        if model is None:
            model = self._models[used.key] = Embedder(
                Path(used.folder),
                used.dimensions,
                batch=self._config.batch,
                threads=self._config.threads,
                query_prefix=used.query_prefix,
                passage_prefix=used.passage_prefix,
            )
        return model


def _dimensions(used: protocol.EmbedderUsed) -> int:
    return used.dimensions or NO_DIMENSIONS


def _said(health: IndexHealth) -> protocol.IndexState:
    return protocol.IndexState(health.healthy, health.rows, health.reason)
