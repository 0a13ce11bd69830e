"""The library: documents are added, read, indexed, removed; what was interrupted is resumed.

Two stages run side by side. Reading takes pages from files and stores them with their words, so
that a document can be searched seconds after it was dropped; indexing turns the stored chunks into
vectors, which takes ten times as long. Both work from what the store says is left to do: after a
crash they simply go on.
"""

from __future__ import annotations

import threading
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.completeness import FileState
from desktop.domain.documents import (
    Collection,
    Document,
    DocumentState,
    Page,
    PageImage,
    lit,
)
from desktop.domain.errors import (
    Cancelled,
    DocumentChanged,
    DocumentError,
    DocumentMissing,
    DocumentUnreadable,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.services.hooks import Hook
from desktop.services.indexing import MENDED_AT_START, Indexing
from desktop.services.intake import gather
from desktop.services.ports import Reader, Retriever, Store
from desktop.services.reading import Reading
from desktop.services.records import UNFINISHED, Records
from desktop.services.same_files import SameFiles

DEFAULT_COLLECTION = "Documents"
PAUSED = "reading paused"


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
        self.pausing: Hook[bool] = Hook()  # whether it is paused, as often as that may matter
        self._same_files = SameFiles()
        self._working = threading.Lock()
        self._run: Cancellation | None = None
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
        """Read a document once more; one that was read to the end from its first page on.

        Raises DocumentMissing for that one if its file is gone, for then its text would be, too.
        """
        document = self._store.document(document_id)
        if document is not None and document.state is DocumentState.READY:
            if not document.path.is_file():
                raise DocumentMissing(file=document.name)
            self._store.set_file(document_id, sha256="", size=0)  # so nothing read is kept
        self._records.settle(document_id, DocumentState.QUEUED)

    def remove(self, *document_ids: int) -> None:
        """Take documents out of everything; their text goes when `settle` is called, not before.

        Their files are not touched.
        """
        for document_id in document_ids:
            self._records.interrupt(document_id)
        self._store.set_removed(document_ids, True)
        self.changed.tell(None)

    def restore(self, document_id: int) -> Document:
        """Put a removed document back, and go on with it. Raises DocumentMissing if it is gone."""
        self._store.set_removed([document_id], False)
        document = self._store.document(document_id)
        if document is None:
            raise DocumentMissing(file=f"Document {document_id}")
        if document.state in UNFINISHED:
            document = self._store.set_state(document_id, DocumentState.QUEUED)
        self.changed.tell(document)
        return document

    def removed(self) -> list[Document]:
        """The documents that can still be put back, the latest first."""
        return self._store.removed_documents()

    def settle(self, document_ids: Container[int] | None = None) -> int:
        """Make removals final, all of them or these: text, words and vectors go for good.

        Returns how many documents that were. Raises DiskFull, ProfileUnwritable.
        """
        gone = [
            document.id
            for document in self.removed()
            if document_ids is None or document.id in document_ids
        ]
        if not gone:
            return 0
        for document_id in gone:
            self._passwords.pop(document_id, None)
            self._store.remove_document(document_id)
        with suppress(*MENDED_AT_START):
            self._retriever.remove(gone)
        self._store.scrub()
        self.changed.tell(None)
        return len(gone)

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

    def file_state(self, document_id: int, cancel: Cancellation) -> FileState:
        """Whether a document's file is still the one that was read, by its hash.

        GONE as well if it cannot be read, or the document is no longer in the library. Raises
        Cancelled.
        """
        document = self._store.document(document_id)
        if document is None:
            return FileState.GONE
        try:
            self._same_files.check(document, cancel)
        except DocumentChanged:
            return FileState.CHANGED
        except (DocumentMissing, DocumentUnreadable):
            return FileState.GONE
        return FileState.THERE

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
        """After a start: quarantine what took the application down twice while it was read.

        What the last run had removed and, taken down, did not let go of goes now.
        """
        self.settle()
        self._stage_one.recover()

    @property
    def paused(self) -> bool:
        """Whether the user has paused reading and indexing, now or before the last start."""
        return self._store.setting(PAUSED) == "yes"

    def pause(self) -> None:
        """Read and index nothing by itself until `go_on`; what was done stays usable."""
        self._store.set_setting(PAUSED, "yes")
        self.begin_anew()

    def go_on(self) -> None:
        """Take up again what was paused."""
        self._store.set_setting(PAUSED, "no")
        self.begin_anew()

    def tell(self, document_ids: Iterable[int]) -> None:
        """Tell of documents whose records a neighbour has changed."""
        self._records.tell_all(document_ids)

    def begin_anew(self) -> None:
        """What is to be read or not has changed: end the run under way where it is, and tell."""
        run = self._run
        if run is not None:
            run.cancel()
        self.pausing.tell(self.paused)

    def work_unless_paused(self, cancel: Cancellation) -> None:
        """`work` as the window has it done, which the user may pause; what is left then stays so.

        Raises what `work` raises.
        """
        while not self.paused:
            run = Cancellation()
            unlisten = cancel.listen(run.cancel)
            self._run = run
            try:
                if not self.paused:  # it may have been paused since it was asked
                    self.work(run)
            except Cancelled:
                cancel.raise_if_wished()
            else:
                return
            finally:
                self._run = None
                unlisten()

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
