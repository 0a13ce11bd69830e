"""The application's side of the reviser: the port `Reviser` over a child process.

Keeps the time that a file may take and says what a dead child means for it. Trusts nothing the
child says beyond its type and its bounds. Must not open the file itself.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desktop.domain.edits import Edit
from desktop.domain.errors import (
    Cancelled,
    EscritoireError,
    FileUnreadable,
    OriginalDamaged,
    OriginalTooDemanding,
    WorkerCrashed,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import (
    PARAGRAPH_END,
    Closed,
    Original,
    OriginalKind,
    OriginalParagraph,
    Place,
)
from desktop.workers import protocol
from desktop.workers.allowance import TimeAllowance
from desktop.workers.client import WorkerClient
from desktop.workers.ending import BROKEN_INSTALLATION
from desktop.workers.reviser.config import LIMITS, Config
from desktop.workers.source_files import path_to_send

FILE_S = 60.0  # seconds a file may take to be read, whatever is in it
REVISED_S = 240.0  # and to be revised, with 100,000 changes at most
AHEAD = 16  # messages
MOST_CHARACTERS = 4_000_000  # believed of a child; it is told a lower bound itself
MOST_BYTES = 256 * 1024 * 1024
SIGNS_OF_NO_MEMORY = ("memory", "SIGABRT", "SIGKILL")
_PLACES = frozenset(place.value for place in Place)


def reviser_client(config: Config | None = None) -> WorkerClient:
    """The child that `ReviserAdapter` needs, not yet started, under the limits of one file."""
    packed = msgspec.msgpack.encode(config or Config())
    return WorkerClient("reviser", packed, limits=LIMITS, max_queued=AHEAD)


class ReviserAdapter:
    """`services.ports.Reviser`. Several threads may use it; one file is in hand at a time."""

    def __init__(
        self, client: WorkerClient, *, file_s: float = FILE_S, revised_s: float = REVISED_S
    ) -> None:
        self._client = client
        self._file_s = file_s
        self._revised_s = revised_s
        self._one = threading.Lock()

    def read(self, path: Path, *, cancel: Cancellation) -> Original:
        """A Word document or a saved mail. Raises RewriteError, FileUnreadable, WorkerError."""
        mail = path.suffix.lower() == ".eml"
        entries: list[protocol.ParagraphEntry] = []
        size = 0
        steps = self._steps(
            protocol.ReadOriginal(path_to_send(path, FileUnreadable)),
            path.name,
            self._file_s,
            cancel,
        )
        with closing(steps):
            while True:
                try:
                    body = next(steps)
                except StopIteration as end:
                    read = end.value
                    break
                if not isinstance(body, protocol.ParagraphsRead):
                    raise _nonsense(path.name)
                entries += body.paragraphs
                size += sum(len(entry.text) for entry in body.paragraphs)
                if size > MOST_CHARACTERS:
                    raise OriginalTooDemanding(file=path.name, resource="memory")
        if not isinstance(read, protocol.OriginalRead):
            raise _nonsense(path.name)
        if mail:
            text = "".join(entry.text for entry in entries)
            return Original(
                path,
                OriginalKind.MAIL,
                text,
                read.sha256,
                other_version=read.other_version,
            )
        return Original(
            path,
            OriginalKind.DOCX,
            PARAGRAPH_END.join(entry.text for entry in entries),
            read.sha256,
            paragraphs=tuple(_laid_out(entries, path.name)),
            closed=tuple((why, read.closed[why]) for why in Closed if why in read.closed),
        )

    def revised(
        self,
        original: Original,
        edits: Sequence[Edit],
        *,
        author: str,
        cancel: Cancellation,
    ) -> Generator[bytes, None, int]:
        """The file in pieces, with the edits of its text as tracked changes of `author`."""
        request = protocol.ReviseOriginal(
            path_to_send(original.path, FileUnreadable),
            original.sha256,
            list(_by_paragraph(original, edits)),
            _writable(author),
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        return self._file(request, original.path.name, cancel)

    def with_body(
        self, original: Original, body: str, *, cancel: Cancellation
    ) -> Generator[bytes, None, int]:
        """The mail in pieces, with another body."""
        request = protocol.ReplaceBody(
            path_to_send(original.path, FileUnreadable), original.sha256, body
        )
        return self._file(request, original.path.name, cancel)

    def _file(
        self, request: protocol.Request, name: str, cancel: Cancellation
    ) -> Generator[bytes, None, int]:
        size = 0
        steps = self._steps(request, name, self._revised_s, cancel)
        with closing(steps):
            while True:
                try:
                    body = next(steps)
                except StopIteration as end:
                    if not isinstance(end.value, protocol.OriginalRevised) or (
                        end.value.size != size
                    ):
                        raise _nonsense(name) from None
                    return len(end.value.refused)
                if not isinstance(body, protocol.FileBytes):
                    raise _nonsense(name)
                size += len(body.content)
                if size > MOST_BYTES:
                    raise OriginalTooDemanding(file=name, resource="memory")
                yield body.content

    def _steps(
        self, request: protocol.Request, name: str, seconds: float, cancel: Cancellation
    ) -> Generator[protocol.Body, None, protocol.Body]:
        """What the child says, with its failures as errors about the file."""
        with self._one:
            self._client.protections()  # a child that cannot even start is not this file's fault
            ending = Cancellation()
            unsubscribe = cancel.listen(ending.cancel)
            allowance = TimeAllowance(seconds, ending.cancel)
            steps = self._client.run(request, cancel=ending)
            try:
                while True:
                    with allowance.waiting():
                        body = next(steps)
                    yield body
            except StopIteration as end:
                result: protocol.Body = end.value
                return result
            except (Cancelled, EscritoireError) as error:
                raise _meaning(error, name, timed_out=allowance.exceeded) from error
            finally:
                steps.close()
                allowance.close()
                unsubscribe()


def _meaning(error: Cancelled | EscritoireError, name: str, *, timed_out: bool) -> Exception:
    """What an error of the child means for the file."""
    if isinstance(error, Cancelled):
        return OriginalTooDemanding(file=name, resource="time") if timed_out else error
    if isinstance(error, WorkerCrashed):
        cause = str(error.facts.get("cause"))
        if cause in BROKEN_INSTALLATION:
            return error
        if any(sign in cause for sign in SIGNS_OF_NO_MEMORY):
            return OriginalTooDemanding(file=name, resource="memory")
        return OriginalDamaged(file=name, reason="it made what takes it apart fail")
    if "file" in error.facts:
        error.facts["file"] = name  # whatever name the child gave it
    return error


def _laid_out(entries: Sequence[protocol.ParagraphEntry], name: str) -> list[OriginalParagraph]:
    """Where the paragraphs stand in the whole text; spans that lie outside are not believed."""
    found: list[OriginalParagraph] = []
    at = 0
    for entry in entries:
        done = 0
        for start, end in entry.fixed:
            if not done <= start < end <= len(entry.text):
                raise _nonsense(name)
            done = end
        fixed = tuple((start + at, end + at) for start, end in entry.fixed)
        place = Place(entry.place) if entry.place in _PLACES else Place.CLOSED
        found.append(OriginalParagraph(at, at + len(entry.text), place, fixed))
        at += len(entry.text) + len(PARAGRAPH_END)
    return found


def _by_paragraph(original: Original, edits: Sequence[Edit]) -> list[protocol.ParagraphEdit]:
    """The edits with the paragraph each lies in, counted from its beginning."""
    found: list[protocol.ParagraphEdit] = []
    paragraphs = original.paragraphs
    number = 0
    for edit in edits:
        while number < len(paragraphs) and paragraphs[number].end < edit.end:
            number += 1
        if number == len(paragraphs) or edit.start < paragraphs[number].start:
            raise ValueError("an edit that lies in no paragraph")
        start = paragraphs[number].start
        text = _writable(edit.text)
        found.append(protocol.ParagraphEdit(number, edit.start - start, edit.end - start, text))
    return found


def _writable(text: str) -> str:
    """The text without what XML cannot say (XML 1.0, 2.2)."""
    return "".join(
        character
        if character in "\t\n"
        or " " <= character <= "\ud7ff"
        or (character >= "\ue000" and character not in "\ufffe\uffff")
        else "\N{REPLACEMENT CHARACTER}"
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
    )


def _nonsense(name: str) -> OriginalDamaged:
    return OriginalDamaged(file=name, reason="it made what takes it apart fail")
