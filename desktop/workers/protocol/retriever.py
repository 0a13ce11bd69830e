"""What the retriever is asked, and what it answers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from desktop.workers.protocol.bounds import Name, Number


class EmbedderUsed(Struct, frozen=True):
    """The embedding model of a request; `key` "" means that there is none.

    Each has an index of its own. The child keeps those it was asked for last.
    """

    key: str = ""
    name: str = ""
    folder: str = ""
    dimensions: int = 0
    query_prefix: str = ""
    passage_prefix: str = ""


NO_EMBEDDER = EmbedderUsed()


class Embed(Struct, tag="embed", frozen=True):
    """Vectors for passages. Output: `Vectors` as batches finish, in any order. Done: `Embedded`."""

    texts: list[str]
    embedder: EmbedderUsed = NO_EMBEDDER


class Vectors(Struct, tag="vectors", frozen=True):
    """`vectors`: a float16 row of `dimensions` for each of `positions` (in the request's texts)."""

    positions: Annotated[list[Number], Meta(max_length=100_000)]
    dimensions: Annotated[int, Meta(ge=1, le=8_192)]
    vectors: bytes


class Embedded(Struct, tag="embedded", frozen=True):
    texts: Number


class AddVectors(Struct, tag="add_vectors", frozen=True):
    """Add rows to the vector index. `vectors`: float16 rows. Done: `IndexState`."""

    chunk_ids: list[int]
    document_ids: list[int]
    dimensions: int
    vectors: bytes
    embedder: EmbedderUsed = NO_EMBEDDER


class RemoveDocuments(Struct, tag="remove_documents", frozen=True):
    """Drop every row of these documents from the vector index. Done: `IndexState`."""

    document_ids: list[int]
    embedder: EmbedderUsed = NO_EMBEDDER


class ProbeIndex(Struct, tag="probe_index", frozen=True):
    """Open the vector index and run one real query. Done: `IndexState` (`healthy` tells)."""

    embedder: EmbedderUsed = NO_EMBEDDER


class ResetIndex(Struct, tag="reset_index", frozen=True):
    """Drop the vector index, damaged or not, and start an empty one. Done: `IndexState`."""

    embedder: EmbedderUsed = NO_EMBEDDER


class KeepIndexes(Struct, tag="keep_indexes", frozen=True):
    """Let go of every index and model but those of `embedders`. Done: `Kept`."""

    embedders: list[EmbedderUsed]


class Kept(Struct, tag="kept", frozen=True):
    """How many indexes are no more."""

    dropped: Number


class IndexState(Struct, tag="index_state", frozen=True):
    healthy: bool
    rows: Number = 0
    reason: Name = ""


class FindNearest(Struct, tag="find_nearest", frozen=True):
    """The chunks nearest in meaning. Done: `Nearest`. `document_ids` None means everywhere."""

    query: str
    limit: int
    document_ids: list[int] | None = None
    embedder: EmbedderUsed = NO_EMBEDDER


class Nearest(Struct, tag="nearest", frozen=True):
    """Best first. `similarities` are cosines, -1 to 1."""

    chunk_ids: Annotated[list[Number], Meta(max_length=10_000)]
    similarities: Annotated[list[float], Meta(max_length=10_000)]


class WarmUp(Struct, tag="warm_up", frozen=True):
    """Load what the first query would have to wait for. Done: `Warm`."""

    embedder: EmbedderUsed = NO_EMBEDDER


class Warm(Struct, tag="warm", frozen=True):
    description: Name = ""


class Rerank(Struct, tag="rerank", frozen=True):
    """How well each of `texts` answers `query`, as the reranker in `folder` has it.

    Done: `Reranked`.
    """

    query: str
    texts: list[str]
    folder: str


class Reranked(Struct, tag="reranked", frozen=True):
    """A score for each text of the request, in its order; larger is better."""

    scores: Annotated[list[float], Meta(max_length=10_000)]


Request = (
    Embed
    | AddVectors
    | RemoveDocuments
    | ProbeIndex
    | ResetIndex
    | KeepIndexes
    | FindNearest
    | Rerank
    | WarmUp
)
Body = Vectors | Embedded | IndexState | Kept | Nearest | Reranked | Warm
