"""The reader's child: requests in, pages and page images out.

Holds at most a few files open between requests. Must not see a key, a chat or the network; every
limit on it is set from outside (lockdown.py, adapter.py).
"""

from __future__ import annotations

import msgspec

from desktop.domain.errors import WorkerCrashed
from desktop.workers import protocol
from desktop.workers.host import JobContext, Mark, Steps
from desktop.workers.reader.config import Config
from desktop.workers.reader.pdf import PdfFile
from desktop.workers.reader.source import identity
from desktop.workers.reader.structure import Structure, read_structure

PAGES_BETWEEN_FORGETTING = 500  # bounds what PDFium keeps of a long document


def build(config: bytes) -> ReaderWorker:
    """The reader that `config` (msgpack of `Config`) describes."""
    return ReaderWorker(msgspec.msgpack.decode(config, type=Config))


class ReaderWorker:
    """One untrusted document at a time, though a page of another may be drawn in between."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._open: dict[tuple[object, ...], PdfFile] = {}  # the one used last comes last

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The steps of one job; gives way after each page."""
        match request:
            case protocol.ReadDocument():
                return self._read(request)
            case protocol.RenderPage():
                return self._render(request, job)
            case _:
                raise WorkerCrashed(worker="reader", cause="it was asked for what it cannot do")

    def close(self) -> None:
        """Let go of the files that are kept open."""
        self._open.clear()

    def _read(self, request: protocol.ReadDocument) -> Steps:
        pdf = self._opened(request.path, request.password)
        yield Mark(0, pdf.page_count)
        structure = read_structure(
            pdf.file,
            password=request.password,
            page_count=pdf.page_count,
            seconds=self._config.structure_s,
        )
        yield _opening(pdf, structure)
        labels = structure.labels
        for number in range(max(1, request.first_page), pdf.page_count + 1):
            label = (labels[number - 1] if labels else "") or str(number)
            yield protocol.PageText(number, label, pdf.text(number).text)
            if number % PAGES_BETWEEN_FORGETTING == 0:
                pdf.forget()
        return protocol.DocumentRead(pdf.page_count)

    def _render(self, request: protocol.RenderPage, job: JobContext) -> Steps:
        pdf = self._opened(request.path, request.password)
        yield Mark(0, 1)
        drawing = pdf.draw(
            request.page,
            width=max(1, request.width),
            spans=request.spans,
            cancelled=lambda: job.cancelled,
        )
        lit = [(box.left, box.top, box.right - box.left, box.height) for box in drawing.lit]
        return protocol.PagePixels(drawing.width, drawing.height, drawing.pixels, lit)

    def _opened(self, path: str, password: str | None) -> PdfFile:
        """The file at `path`, still open from the last request if it is the same file."""
        key = (path, password, identity(path))
        kept = self._open.pop(key, None)
        for stale in [other for other in self._open if other[0] == path]:
            del self._open[stale]
        self._open[key] = pdf = kept or PdfFile(path, password)
        while len(self._open) > self._config.kept_open:
            del self._open[next(iter(self._open))]  # closed once no job is using it
        return pdf


def _opening(pdf: PdfFile, structure: Structure) -> protocol.DocumentOpened:
    return protocol.DocumentOpened(
        page_count=pdf.page_count,
        title=structure.title,
        author=structure.author,
        created=structure.created,
        outline=structure.outline,
    )
