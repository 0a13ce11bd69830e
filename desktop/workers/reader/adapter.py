"""The application's side of the reader: the port `Reader` over a child process.

Keeps the limits of one file (its time; its memory is the child's own limit) and says what a dead
child means for the document it was reading. Trusts nothing the child says beyond its type. Must not
open the file itself, and imports no library that could.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from desktop.domain.documents import (
    DocumentFacts,
    Page,
    PageImage,
)
from desktop.domain.errors import (
    Cancelled,
    DocumentError,
    DocumentQuarantined,
    DocumentTooDemanding,
    DocumentUnreadable,
    EscritoireError,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.jobs import Cancellation
from desktop.workers import protocol
from desktop.workers.allowance import TimeAllowance
from desktop.workers.client import WorkerClient
from desktop.workers.ending import BROKEN_INSTALLATION, STOPPED_WITH_ANOTHER
from desktop.workers.reader.config import LIMITS, Config
from desktop.workers.reader.translation import facts_of, image_of, page_of
from desktop.workers.source_files import path_to_send

FILE_S = 60.0  # seconds a file may take, whatever is in it
PAGE_S = 0.25  # and for each page that it really delivers
SCAN_S = 120.0  # and for each page that OCR reads, which takes 5 to 20 on two busy cores
DRAWING_S = 30.0  # seconds one page image may take

AHEAD = 16  # pages read before the first of them is taken

# How a child's end says that memory ran out. PDFium calls abort() then (fx_memory.cpp) and at no
# other failure of its own: those end in an illegal instruction or a trap.
SIGNS_OF_NO_MEMORY = ("memory", "SIGABRT")
# How it says that the document may be innocent: it went down with another's job, or was killed by
# somebody else, which may be the system in want of memory.
SIGNS_OF_INNOCENCE = (STOPPED_WITH_ANOTHER, "SIGKILL")

# What may be innocent is tried again. A drawing gives up first, so that reading is left alone with
# the next child and proves which of the two it was.
READING_ATTEMPTS = 4
DRAWING_ATTEMPTS = 2


def reader_client(config: Config | None = None) -> WorkerClient:
    """The child that `ReaderAdapter` needs, not yet started, under the limits of one file."""
    packed = msgspec.msgpack.encode(config or Config())
    return WorkerClient("reader", packed, limits=LIMITS, max_queued=AHEAD)


class ReaderAdapter:
    """`services.ports.Reader`. Several threads may use it at once."""

    def __init__(
        self,
        client: WorkerClient,
        *,
        file_s: float = FILE_S,
        page_s: float = PAGE_S,
        drawing_s: float = DRAWING_S,
        scan_s: float = SCAN_S,
        recognizer: Callable[[], Path | None] = lambda: None,
    ) -> None:
        """`recognizer` is asked before each file for what scans are to be read with."""
        self._client = client
        self._file_s = file_s
        self._page_s = page_s
        self._drawing_s = drawing_s
        self._scan_s = scan_s
        self._recognizer = recognizer
        self._lock = threading.Lock()
        self._jobs: set[_Job] = set()

    def read(
        self, path: Path, *, password: str | None, first_page: int, cancel: Cancellation
    ) -> Generator[DocumentFacts | Page, None, None]:
        """The file's facts first, then its pages from `first_page` on, in order.

        Raises a DocumentError for what the file is or does, WorkerError, Cancelled.
        """
        sent = path_to_send(path, DocumentUnreadable)
        recognizer = str(self._recognizer() or "")
        facts: DocumentFacts | None = None
        page = max(1, first_page)
        scanning = 0  # the page that OCR was last given time for
        attempts = READING_ATTEMPTS
        with self._job(path.name, self._file_s, cancel) as job:
            while True:
                request = protocol.ReadDocument(sent, password, page, recognizer)
                try:
                    for body in self._bodies(request, job, background=True):
                        if isinstance(body, protocol.DocumentOpened):
                            if facts is None:
                                facts = facts_of(body)
                                yield facts
                        elif (
                            isinstance(body, protocol.ScanBegun)
                            and facts is not None
                            and scanning < body.number == page <= facts.page_count
                        ):
                            scanning = page
                            job.allowance.renew(self._scan_s)
                        elif (
                            isinstance(body, protocol.PageText)
                            and facts is not None
                            and body.number == page <= facts.page_count
                        ):
                            page += 1
                            attempts = READING_ATTEMPTS
                            job.allowance.extend(self._page_s)
                            if scanning == body.number:
                                job.allowance.renew(self._file_s)
                            yield page_of(body, path.name)
                        else:
                            raise DocumentQuarantined(file=path.name)
                except _Bystander as crash:
                    scanning = 0  # it will be announced again
                    attempts -= 1
                    if not attempts:
                        raise crash.error from crash
                else:
                    if facts is None or page <= facts.page_count:
                        raise DocumentQuarantined(file=path.name)
                    return

    def render(
        self,
        path: Path,
        page: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],
        password: str | None,
        cancel: Cancellation,
    ) -> PageImage:
        """The page drawn `width` pixels wide, with the rectangles of `spans` of its text.

        Raises a DocumentError for what the file is or does, WorkerError, Cancelled.
        """
        request = protocol.RenderPage(
            path_to_send(path, DocumentUnreadable), page, width, list(spans), password
        )
        started = time.monotonic()
        try:
            return self._drawn(request, path.name, cancel)
        finally:
            took = time.monotonic() - started
            with self._lock:
                for job in self._jobs:  # what was read meanwhile had to wait
                    job.allowance.extend(took)

    def _drawn(self, request: protocol.RenderPage, name: str, cancel: Cancellation) -> PageImage:
        attempts = DRAWING_ATTEMPTS
        with self._job(name, self._drawing_s, cancel) as job:
            while True:
                try:
                    return image_of(_result(self._bodies(request, job)), name)
                except _Bystander as crash:
                    attempts -= 1
                    if not attempts:
                        raise crash.error from crash

    @contextmanager
    def _job(self, name: str, seconds: float, cancel: Cancellation) -> Iterator[_Job]:
        """A job on the child, known to the others while it lasts."""
        ending = Cancellation()
        unsubscribe = cancel.listen(ending.cancel)
        job = _Job(name, ending, TimeAllowance(seconds, ending.cancel))
        with self._lock:
            for other in self._jobs:
                other.accompanied = True
            self._jobs.add(job)
        try:
            yield job
        finally:
            with self._lock:
                self._jobs.discard(job)
            job.allowance.close()
            unsubscribe()

    def _bodies(
        self, request: protocol.Request, job: _Job, *, background: bool = False
    ) -> Generator[protocol.Body, None, protocol.Body]:
        """What the child says, with its failures as errors about the document."""
        with self._lock:
            job.accompanied = len(self._jobs) > 1
        self._client.protections()  # a child that cannot even start is not this file's fault
        steps = self._client.run(request, cancel=job.cancel, background=background)
        with closing(steps):
            while True:
                try:
                    with job.allowance.waiting():
                        body = next(steps)
                except StopIteration as end:
                    result: protocol.Body = end.value
                    return result
                except (Cancelled, EscritoireError) as error:
                    raise _meaning(error, job) from error
                yield body


class _Job:
    """One file in the child's hands. `accompanied`: another one was there at the same time."""

    def __init__(self, name: str, cancel: Cancellation, allowance: TimeAllowance) -> None:
        self.name = name
        self.cancel = cancel
        self.allowance = allowance
        self.accompanied = False


class _Bystander(Exception):
    """The child died, and it may have been another file's doing; `error` if it was this one's."""

    def __init__(self, error: DocumentError) -> None:
        super().__init__()
        self.error = error


def _meaning(error: Cancelled | EscritoireError, job: _Job) -> Exception:
    """What an error of the child means for the document of `job`."""
    match error:
        case Cancelled() if job.allowance.exceeded:
            return DocumentTooDemanding(file=job.name, resource="time")
        case WorkerStalled():
            return DocumentTooDemanding(file=job.name, resource="time")
        case WorkerCrashed() if error.facts.get("cause") not in BROKEN_INSTALLATION:
            cause = str(error.facts.get("cause"))
            verdict = (
                DocumentTooDemanding(file=job.name, resource="memory")
                if any(sign in cause for sign in SIGNS_OF_NO_MEMORY)
                else DocumentQuarantined(file=job.name)
            )
            innocent = job.accompanied or any(sign in cause for sign in SIGNS_OF_INNOCENCE)
            return _Bystander(verdict) if innocent else verdict
        case DocumentError():
            error.facts["file"] = job.name  # whatever name the child gave it
            return error
        case _:
            return error


def _result(steps: Generator[protocol.Body, None, protocol.Body]) -> protocol.Body:
    """What a job returns, past what it says on the way."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: protocol.Body = end.value
            return result
