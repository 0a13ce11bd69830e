"""Mending: a vector index made to hold what the store holds, without embedding anything again."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.documents import IndexHealth
from desktop.domain.errors import WorkerCrashed, WorkerStalled
from desktop.domain.jobs import Cancellation
from desktop.services.ports import Retriever, Store

ReportProgress = Callable[[int, int], None]  # done, total


def mend_index(
    store: Store,
    retriever: Retriever,
    *,
    progress: ReportProgress | None = None,
    cancel: Cancellation,
) -> bool:
    """See to it that the retriever's index is sound and holds every vector; whether it was rebuilt.

    `progress` counts vectors. Raises EmbedderMissing, IndexDamaged, WorkerError, DiskFull,
    Cancelled.
    """
    try:
        health = retriever.probe()
    except (WorkerCrashed, WorkerStalled) as error:  # it may be the index that kills the child
        health = IndexHealth(healthy=False, rows=0, reason=str(error))
    cancel.raise_if_wished()
    embedder = retriever.embedder
    wanted = store.vector_count(embedder)
    if health.healthy and health.rows == wanted:
        return False
    retriever.reset()
    done = 0
    for rows in store.vectors(embedder):
        retriever.add(rows, background=True, cancel=cancel)
        done += len(rows)
        if progress is not None:
            progress(done, max(done, wanted))
    return True
