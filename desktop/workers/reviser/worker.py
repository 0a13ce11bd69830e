"""The reviser's child: a Word document or a mail in, its text out; edits in, the new file out.

Reads a file whole, once a request, and writes none: what it makes goes through the pipe. Must not
see a key, a chat or the network; every limit on it is set from outside (lockdown.py, adapter.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath

import msgspec

from desktop.domain.errors import OriginalChanged, WorkerCrashed
from desktop.domain.originals import Place
from desktop.workers import protocol
from desktop.workers.host import JobContext, Steps
from desktop.workers.reviser.config import Config
from desktop.workers.reviser.document import Document
from desktop.workers.reviser.mail import Mail
from desktop.workers.reviser.revising import Substitution
from desktop.workers.reviser.source import content_of

PIECE = 1024 * 1024  # bytes of the new file in a message
TOGETHER = 500  # paragraphs in a message
SAVED_MAIL = ".eml"


def build(config: bytes) -> ReviserWorker:
    """The reviser that `config` (msgpack of `Config`) describes."""
    return ReviserWorker(msgspec.msgpack.decode(config, type=Config))


class ReviserWorker:
    """One untrusted file at a time; nothing is kept between requests."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def handle(self, request: protocol.Request, _job: JobContext) -> Steps:
        """The steps of one job."""
        match request:
            case protocol.ReadOriginal():
                return self._read(request)
            case protocol.ReviseOriginal():
                return self._revise(request)
            case protocol.ReplaceBody():
                return self._replace_body(request)
            case _:
                raise WorkerCrashed(worker="reviser", cause="it was asked for what it cannot do")

    def close(self) -> None:
        """There is nothing to let go of."""

    def _read(self, request: protocol.ReadOriginal) -> Steps:
        raw = content_of(request.path, self._config.file_bytes)
        name = PurePath(request.path).name
        if PurePath(request.path).suffix.lower() == SAVED_MAIL:
            mail = Mail(raw, name)
            yield protocol.ParagraphsRead([protocol.ParagraphEntry(mail.body, Place.BODY.value)])
            return protocol.OriginalRead(_hash(raw), other_version=mail.has_other_version)
        document = Document(raw, name, self._config)
        entries = [
            protocol.ParagraphEntry(found.text, found.place.value, found.fixed)
            for found in document.paragraphs
        ]
        for start in range(0, len(entries), TOGETHER):
            yield protocol.ParagraphsRead(entries[start : start + TOGETHER])
        closed = {reason.value: count for reason, count in document.closed.items()}
        return protocol.OriginalRead(_hash(raw), closed)

    def _revise(self, request: protocol.ReviseOriginal) -> Steps:
        raw = self._unchanged(request.path, request.sha256)
        document = Document(raw, PurePath(request.path).name, self._config)
        edits = {
            number: [Substitution(edit.start, edit.end, edit.text) for edit in group]
            for number, group in groupby(request.edits, key=lambda edit: edit.paragraph)
        }
        parts, refused = document.revised(edits, request.author, request.date)
        size = 0
        for piece in _pieces(document.with_parts(parts)):
            size += len(piece)
            yield protocol.FileBytes(piece)
        return protocol.OriginalRevised(size, refused)

    def _replace_body(self, request: protocol.ReplaceBody) -> Steps:
        raw = self._unchanged(request.path, request.sha256)
        new = Mail(raw, PurePath(request.path).name).with_body(request.body)
        for piece in _pieces([new]):
            yield protocol.FileBytes(piece)
        return protocol.OriginalRevised(len(new))

    def _unchanged(self, path: str, sha256: str) -> bytes:
        raw = content_of(path, self._config.file_bytes)
        if _hash(raw) != sha256:
            raise OriginalChanged(file=PurePath(path).name)
        return raw


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in messages of a good size."""
    held = bytearray()
    for part in parts:
        held += part
        if len(held) >= PIECE:
            for start in range(0, len(held) - PIECE + 1, PIECE):
                yield bytes(held[start : start + PIECE])
            del held[: len(held) // PIECE * PIECE]
    if held:
        yield bytes(held)
