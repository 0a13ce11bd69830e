"""The library: documents are added, read, indexed, removed; what was interrupted is resumed.

Two stages run side by side. Reading takes pages from files and stores them with their words, so
that a document can be searched seconds after it was dropped; indexing turns the stored chunks into
vectors, which takes ten times as long. Both work from what the store says is left to do: after a
crash they simply go on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.documents import (
    Collection,
    Document,
    DocumentState,
    Page,
    PageImage,
    lit,
)
from desktop.domain.errors import DocumentError, DocumentMissing
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.services.indexing import MENDED_AT_START, Indexing
from desktop.services.intake import gather
from desktop.services.ports import Reader, Retriever, Store
from desktop.services.reading import Reading
from desktop.services.records import UNFINISHED, Records
from desktop.services.same_files import SameFiles

DEFAULT_COLLECTION = "Documents"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the paths that were added: documents on record, and refusals with reasons."""

    documents: list[Document]
    refused: list[DocumentError]


class Library:
    """Owns the way of a document from its file into store and vector index.

    Every method may block and belongs on a worker thread. `changed` tells of a document whenever
    its record changed, and of None when documents were removed.
    """

    def __init__(self, store: Store, reader: Reader, retriever: Retriever) -> None:
        self._store = store
        self._reader = reader
        self._retriever = retriever
        self._records = Records(store)
        self.changed = self._records.changed
        self._passwords: dict[int, str] = {}  # in memory only, until the application closes
        self._stage_one = Reading(store, reader, self._records, self._passwords)
        self._stage_two = Indexing(store, retriever, self._records)
        self._same_files = SameFiles()
        self._working = threading.Lock()
        self._read_more = threading.Condition()
        self._reading = False

    # -- what the user does

    def add(self, paths: Iterable[Path], collection: str = DEFAULT_COLLECTION) -> Added:
        """Record files, and those below folders, as waiting to be read; reads nothing yet."""
        added = Added([], [])
        collection_id = self._store.add_collection(collection).id
        for found in gather(paths):
            if isinstance(found, DocumentError):
                added.refused.append(found)
                continue
            document = self._store.add_document(found, collection_id)
            if document.state not in UNFINISHED:
                document = self._store.set_state(document.id, DocumentState.QUEUED)
            added.documents.append(document)
            self.changed.tell(document)
        return added

    def unlock(self, document_id: int, password: str) -> None:
        """Take a password for an encrypted document and let it be read."""
        self._passwords[document_id] = whole(password)
        self._records.settle(document_id, DocumentState.QUEUED)

    def stop(self, document_id: int) -> None:
        """End the reading or indexing of one document; what was done stays usable."""
        self._records.stop(document_id)

    def again(self, document_id: int) -> None:
        """Read a failed or cancelled document once more."""
        self._records.settle(document_id, DocumentState.QUEUED)

    def remove(self, document_id: int) -> None:
        """Take a document out of store and index. Its file is not touched."""
        self.stop(document_id)
        self._passwords.pop(document_id, None)
        self._store.remove_document(document_id)
        with suppress(*MENDED_AT_START):
            self._retriever.remove([document_id])
        self.changed.tell(None)

    def documents(self, collection: str | None = None) -> list[Document]:
        """All documents, or those of one collection (none if there is no such collection)."""
        if collection is None:
            return self._store.documents()
        known = self._store.collection(collection)
        return [] if known is None else self._store.documents(known.id)

    def collections(self) -> list[Collection]:
        """All collections, by name."""
        return self._store.collections()

    def page(self, document_id: int, number: int) -> Page | None:
        """The stored text of a page."""
        return self._store.page(document_id, number)

    def original(self, document_id: int) -> Path:
        """Where a document's file lies, changed or not. Raises DocumentMissing."""
        document = self._store.document(document_id)
        if document is None:
            raise DocumentMissing(file=f"Document {document_id}")
        if not document.path.exists():
            raise DocumentMissing(file=document.name)
        return document.path

    def page_image(
        self,
        document_id: int,
        number: int,
        spans: Sequence[tuple[int, int]],
        width: int,
        cancel: Cancellation,
    ) -> PageImage:
        """A page drawn `width` pixels wide with `spans` of its text lit.

        Raises DocumentChanged if the file is no longer the one that was read, DocumentMissing if
        it is gone, and what the reader raises.
        """
        document = self._store.document(document_id)
        if document is None:
            raise DocumentMissing(file=f"Document {document_id}")
        self._same_files.check(document, cancel)
        image = self._reader.render(
            document.path,
            number,
            width=width,
            spans=spans,
            password=self._passwords.get(document_id),
            cancel=cancel,
        )
        page = self._store.page(document_id, number)
        return lit(page.lines, spans, image) if page and page.lines else image

    # -- what the application does

    def recover(self) -> None:
        """After a start: quarantine what took the application down twice while it was read."""
        self._stage_one.recover()

    def work(self, cancel: Cancellation) -> None:
        """Bring every unfinished document to an end; returns when none is left.

        Documents added meanwhile are taken in too. A cancelled run leaves the rest for the next.
        Raises what is wrong with the computer rather than with one document (a full disk).
        """
        with self._working:
            run = Cancellation()
            unlisten = cancel.listen(run.cancel)
            self._reading = True
            trouble: list[BaseException] = []

            def read() -> None:
                try:
                    self._stage_one.read_all(run, self._page_read)
                except BaseException as error:  # noqa: BLE001 (raised to the caller below)
                    trouble.append(error)
                finally:
                    self._reading = False
                    self._page_read()

            reading = threading.Thread(target=read, name="library-reading")
            reading.start()
            try:
                self._stage_two.index_all(run, lambda: self._reading, self._await_page)
            finally:
                run.cancel()  # if indexing failed, reading must not go on alone
                reading.join()
                unlisten()
                self._records.end_jobs()
            for error in trouble:
                raise error
            cancel.raise_if_wished()

    def _page_read(self) -> None:
        with self._read_more:
            self._read_more.notify_all()

    def _await_page(self) -> None:
        with self._read_more:
            if self._reading:
                self._read_more.wait(timeout=0.5)
