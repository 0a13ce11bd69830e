"""Reading: from a document's file to pages and chunks in the store, which makes words searchable.

The first of the library's two stages. Takes its work from what the store says is left to read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from desktop.domain.chunking import chunk_page
from desktop.domain.documents import Document, DocumentState, Page
from desktop.domain.errors import (
    Cancelled,
    DocumentError,
    DocumentMissing,
    DocumentQuarantined,
    DocumentUnreadable,
    PasswordNeeded,
    PasswordWrong,
)
from desktop.domain.jobs import Cancellation
from desktop.services.intake import reason_of
from desktop.services.ports import Reader, Store
from desktop.services.records import TO_READ, Records

RISK = "read"
RISK_AGAIN = "read again"


class Reading:
    """Reads one document after another. `passwords` are those of encrypted ones, by id."""

    def __init__(
        self, store: Store, reader: Reader, records: Records, passwords: dict[int, str]
    ) -> None:
        self._store = store
        self._reader = reader
        self._records = records
        self._passwords = passwords

    def recover(self) -> None:
        """After a start: quarantine what took the application down twice while it was read.

        Once is forgiven, since the power may have failed; the child that reads a document keeps
        its own crashes to itself.
        """
        open_risks = self._store.open_risks()
        for what, target in open_risks:
            if what != RISK:
                continue
            self._store.end_risk(RISK, target)
            if (RISK_AGAIN, target) not in open_risks:
                self._store.begin_risk(RISK_AGAIN, target)
                continue
            self._store.end_risk(RISK_AGAIN, target)
            document = self._store.document(int(target))
            if document is not None:
                error = DocumentQuarantined(file=document.name)
                self._records.settle(document.id, DocumentState.FAILED, error)

    def read_all(self, cancel: Cancellation, page_read: Callable[[], None]) -> None:
        """Read every document that waits; `page_read` is called after each page."""
        while not cancel.wished:
            waiting = [d for d in self._store.unfinished_documents() if d.state in TO_READ]
            if not waiting:
                return
            self._read(waiting[0], cancel, page_read)

    def _read(
        self, document: Document, cancel: Cancellation, page_read: Callable[[], None]
    ) -> None:
        try:
            self._read_pages(document, self._records.job(document.id, cancel), page_read)
        except Cancelled:
            return
        except PasswordNeeded as error:
            self._records.settle(document.id, DocumentState.LOCKED, error)
        except PasswordWrong as error:
            self._passwords.pop(document.id, None)
            self._records.settle(document.id, DocumentState.LOCKED, error)
        except DocumentError as error:
            self._records.settle(document.id, DocumentState.FAILED, error)

    def _read_pages(
        self, document: Document, job: Cancellation, page_read: Callable[[], None]
    ) -> None:
        sha256, size = fingerprint(document, job)
        self._store.set_file(document.id, sha256=sha256, size=size)
        known = self._store.document(document.id)
        if known is None:
            return
        if not (known.page_count and known.pages_read == known.page_count):
            self._records.advance(document.id, DocumentState.READING, job)
            target = str(document.id)
            self._store.begin_risk(RISK, target)
            try:
                self._take_pages(known, job, page_read)
            finally:
                self._store.end_risk(RISK, target)
                self._store.end_risk(RISK_AGAIN, target)
        self._records.advance(document.id, DocumentState.INDEXING, job)

    def _take_pages(
        self, document: Document, job: Cancellation, page_read: Callable[[], None]
    ) -> None:
        pages = self._reader.read(
            document.path,
            password=self._passwords.get(document.id),
            first_page=document.pages_read + 1,
            cancel=job,
        )
        for item in pages:
            if isinstance(item, Page):
                self._store.add_page(document.id, item, chunk_page(item))
                page_read()
            else:
                self._store.set_facts(document.id, item)
            self._records.tell(document.id)


def fingerprint(document: Document, job: Cancellation) -> tuple[str, int]:
    """SHA-256 and size in bytes of a document's file."""
    digest = hashlib.sha256()
    size = 0
    try:
        with document.path.open("rb") as file:
            while block := file.read(1 << 20):
                job.raise_if_wished()
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        raise DocumentMissing(file=document.name) from None
    except OSError as error:
        raise DocumentUnreadable(file=document.name, reason=reason_of(error)) from error
    return digest.hexdigest(), size
