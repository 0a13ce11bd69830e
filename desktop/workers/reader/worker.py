"""The reader's child: requests in, pages and page images out.

Holds at most a few files open between requests. Must not see a key, a chat or the network; every
limit on it is set from outside (lockdown.py, adapter.py).
"""

from __future__ import annotations

import msgspec

from desktop.domain.errors import WorkerCrashed
from desktop.domain.foreign_chats import LONGEST_TURN
from desktop.workers import protocol
from desktop.workers.host import JobContext, Mark, Steps
from desktop.workers.reader.arenas import keep_few_arenas
from desktop.workers.reader.chats import chats_in
from desktop.workers.reader.config import Config
from desktop.workers.reader.formats.blocks import ReadPage
from desktop.workers.reader.formats.opening import opened
from desktop.workers.reader.formats.readable import Readable
from desktop.workers.reader.source import identity
from desktop.workers.reader.structure import one_line


def build(config: bytes) -> ReaderWorker:
    """The reader that `config` (msgpack of `Config`) describes."""
    keep_few_arenas()
    return ReaderWorker(msgspec.msgpack.decode(config, type=Config))


class ReaderWorker:
    """One untrusted document at a time, though a page of another may be drawn in between."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._open: dict[tuple[object, ...], Readable] = {}  # the one used last comes last

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The steps of one job; gives way after each page."""
        match request:
            case protocol.ReadDocument():
                return self._read(request)
            case protocol.ReadChats():
                return self._read_chats(request)
            case protocol.RenderPage():
                return self._render(request, job)
            case _:
                raise WorkerCrashed(worker="reader", cause="it was asked for what it cannot do")

    def close(self) -> None:
        """Let go of the files that are kept open."""
        self._open.clear()

    def _read(self, request: protocol.ReadDocument) -> Steps:
        document = self._opened(request.path, request.password, request.recognizer)
        count = document.page_count
        yield Mark(0, count)
        told = document.told
        yield protocol.DocumentOpened(
            page_count=count,
            title=one_line(told.title),
            author=one_line(told.author),
            created=one_line(told.created),
            outline=told.outline,
        )
        for number in range(max(1, request.first_page), count + 1):
            steps = document.read(number)
            scanning = False
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    page: ReadPage = end.value
                    break
                if not scanning:
                    scanning = True
                    yield protocol.ScanBegun(number)
                yield Mark(number - 1, count)  # to look whether somebody waits, or it is cancelled
            yield protocol.PageText(
                number=number,
                label=one_line(page.label) or str(number),
                text=page.text[: protocol.MAX_PAGE_TEXT],
                heading=page.heading,
                unit=page.unit,
                confidence=page.confidence,
                lines=list(page.lines),
            )
        return protocol.DocumentRead(count)

    def _read_chats(self, request: protocol.ReadChats) -> Steps:
        left_out = 0
        yield Mark(0, 1)
        for told in chats_in(request.path):
            if told is None or any(len(text) > LONGEST_TURN for _, text, _ in told[3]):
                left_out += 1
                yield Mark(0, 1)
                continue
            title, created, updated, said = told
            yield protocol.ChatBegun(one_line(title), created, updated)
            for role, text, at in said:
                yield protocol.ChatTurn(one_line(role), text, at)
        return protocol.ChatsRead(left_out)

    def _render(self, request: protocol.RenderPage, job: JobContext) -> Steps:
        document = self._opened(request.path, request.password)
        yield Mark(0, 1)
        drawing = document.draw(
            request.page,
            width=max(1, request.width),
            spans=request.spans,
            cancelled=lambda: job.cancelled,
        )
        lit = [(box.left, box.top, box.right - box.left, box.height) for box in drawing.lit]
        return protocol.PagePixels(drawing.width, drawing.height, drawing.pixels, lit)

    def _opened(self, path: str, password: str | None, recognizer: str = "") -> Readable:
        """The file at `path`, still open from the last request if it is the same file."""
        key = (path, password, identity(path), recognizer)
        config = msgspec.structs.replace(self._config, recognizer=recognizer)
        kept = self._open.pop(key, None)
        for stale in [other for other in self._open if other[0] == path]:
            del self._open[stale]
        self._open[key] = document = kept or opened(path, password, config)
        while len(self._open) > self._config.kept_open:
            del self._open[next(iter(self._open))]  # closed once no job is using it
        return document
