"""The records of documents that several threads work on: how they change, and who is told.

The user and both stages of the library may settle the same document; here they take turns, so that
a stopped document stays stopped and no older record is told after a newer one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress

from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import Cancelled, DocumentMissing, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.services.hooks import Hook
from desktop.services.ports import Store

# A document that changes tells its listeners at most this often, in seconds.
TELL_EVERY = 0.1

TO_READ = (DocumentState.QUEUED, DocumentState.READING)
UNFINISHED = (*TO_READ, DocumentState.INDEXING)


class Records:
    """States of documents and the jobs under way on them. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self.changed: Hook[Document | None] = Hook()
        self._store = store
        self._turn = threading.RLock()
        self._jobs: dict[int, Cancellation] = {}
        self._told: dict[int, float] = {}

    def settle(
        self, document_id: int, state: DocumentState, error: EscritoireError | None = None
    ) -> None:
        """Put a document into a state, and tell."""
        with self._turn:
            if state not in UNFINISHED:
                self._jobs.pop(document_id, None)
            with suppress(DocumentMissing):  # removed meanwhile: there is nothing to settle
                self.changed.tell(self._store.set_state(document_id, state, error))

    def advance(self, document_id: int, state: DocumentState, job: Cancellation) -> None:
        """Settle, unless the user has stopped the document meanwhile."""
        with self._turn:
            job.raise_if_wished()
            self.settle(document_id, state)

    def tell(self, document_id: int) -> None:
        """Tell how far a document has come, unless that was told a moment ago."""
        now = time.monotonic()
        if now - self._told.get(document_id, 0.0) < TELL_EVERY:
            return
        self._told[document_id] = now
        with self._turn:  # so that no older record is told after a newer one
            document = self._store.document(document_id)
            if document is not None:
                self.changed.tell(document)

    def tell_all(self, document_ids: Iterable[int]) -> None:
        """Tell of documents as they are now, because a neighbour changed their records."""
        for document_id in document_ids:
            with self._turn:
                document = self._store.document(document_id)
                if document is not None:
                    self.changed.tell(document)

    def job(self, document_id: int, whole: Cancellation) -> Cancellation:
        """The document's own cancellation, shared by both stages and ended with the whole run.

        Raises Cancelled if the user has stopped or removed the document since it was listed.
        """
        with self._turn:
            job = self._jobs.get(document_id)
            if job is None:
                document = self._store.document(document_id)
                if document is None or document.state not in UNFINISHED:
                    raise Cancelled
                job = self._jobs[document_id] = Cancellation()
                whole.listen(job.cancel)
        job.raise_if_wished()
        return job

    def interrupt(self, document_id: int) -> None:
        """End what is being done with one document, which stays in the state that it is in."""
        with self._turn:
            job = self._jobs.pop(document_id, None)
            if job is not None:
                job.cancel()

    def stop(self, document_id: int) -> None:
        """End the reading or indexing of one document; what was done stays usable."""
        with self._turn:
            job = self._jobs.pop(document_id, None)
            if job is not None:
                job.cancel()
            document = self._store.document(document_id)
            if document is not None and document.state in UNFINISHED:
                self.settle(document_id, DocumentState.CANCELLED)

    def end_jobs(self) -> None:
        """Forget the jobs of a run that is over: what was cancelled with it goes on in the next."""
        with self._turn:
            self._jobs.clear()
