"""One look at a watched folder: what is new there, changed, moved or gone, and what follows.

Sizes and times say which files to look at more closely, their SHA-256 what has really changed. A
file that is gone takes nothing out of the library: it may be on its way to another folder, deleted
by somebody else, or on a share that lost half of its contents. Its document says so and stays.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import DocumentError, DocumentMissing, FolderAway
from desktop.domain.folders import Comparison, FileKnown, FileThere, WatchedFolder, compare
from desktop.domain.jobs import Cancellation
from desktop.services.library import Library
from desktop.services.ports import FolderFiles, FolderRecords
from desktop.services.reading import fingerprint
from desktop.services.records import UNFINISHED

AT_ONCE = 200  # files that are recorded in one transaction
TELL_EVERY = 500  # files looked at
MOST_NAMED = 20  # files and folders that may not be read


@dataclass(slots=True)
class Look:
    """A folder as it was found."""

    folder: WatchedFolder
    device: str  # the disk that it is on
    comparison: Comparison
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    unsettled: bool = False  # whether a file has to be looked at again before long


class Looking:
    """Looks at folders, and lets record and library follow."""

    def __init__(self, records: FolderRecords, library: Library, files: FolderFiles) -> None:
        self._records = records
        self._library = library
        self._files = files

    def look(
        self, folder: WatchedFolder, told: Callable[[int], None], cancel: Cancellation
    ) -> Look:
        """What became of a folder; `told` is called with the files looked at so far.

        Changes nothing. Raises FolderAway, also if it is empty now and on another disk than it was:
        so looks the place of a share or stick that is not there.
        """
        device = self._files.device(folder.path)
        there: dict[str, FileThere] = {}
        closed: list[str] = []
        unreadable: list[tuple[str, str]] = []
        for found in self._files.listing(folder.path, cancel):
            if isinstance(found, FileThere):
                there[found.path] = found
                if len(there) % TELL_EVERY == 0:
                    told(len(there))
            else:
                closed.append(found.path)
                unreadable.append((_within(folder.path, found.path), found.reason))
        known = {file.path: file for file in self._records.folder_files(folder.id)}
        if known and not there and not closed and folder.device not in ("", device):
            reason = "it is empty, and on another disk than it was"
            raise FolderAway(file=str(folder.path), reason=reason)
        return Look(folder, device, compare(there, known, closed, os.sep), unreadable)

    def follow(self, look: Look, cancel: Cancellation) -> None:
        """Let the library follow what became of files that it knows.

        To be done for all folders before `take_in`: what moved from one to another is gone first.
        """
        self._bring_back(look.comparison.back)
        self._miss(look.folder, look.comparison.missing, cancel)
        unchanged: list[FileThere] = []
        for file, known in look.comparison.changed:
            cancel.raise_if_wished()
            if known.state in UNFINISHED and known.state is not DocumentState.QUEUED:
                look.unsettled = True  # it is being read: what of it, the next look tells
                continue
            if known.sha256 and known.state is not DocumentState.CANCELLED:
                try:
                    sha256, _ = _fingerprint(file.path, cancel)
                except DocumentError as error:
                    look.unreadable.append((_within(look.folder.path, file.path), str(error)))
                    continue
                if sha256 != known.sha256:
                    self._read_again(known)
            elif known.state is DocumentState.FAILED:
                self._read_again(known)
            unchanged.append(file)
        for some in _batches(unchanged):
            self._records.note_files(look.folder.id, some)

    def take_in(self, look: Look, cancel: Cancellation) -> None:
        """Record the new files; those whose bytes are known and gone elsewhere have moved here."""
        arrived = look.comparison.new
        homeless = self._homeless(file.size for file in arrived)
        new = []
        for file in arrived:
            cancel.raise_if_wished()
            moved = self._moved(file, homeless.get(file.size), cancel)
            if moved and self._records.move_document(moved.id, look.folder.id, file):
                self._library.tell([moved.id])
            else:
                new.append(file)
        for some in _batches(new):
            cancel.raise_if_wished()
            documents = self._records.take_in_files(look.folder.id, some)
            # Added by hand before, or read while the folder was watched: has it changed since?
            look.unsettled |= any(document.sha256 for document in documents)
            self._library.tell(document.id for document in documents)

    def _read_again(self, file: FileKnown) -> None:
        if file.document_id is not None:
            with suppress(DocumentMissing):  # removed by the user meanwhile
                self._library.again(file.document_id)

    def _bring_back(self, back: Sequence[FileKnown]) -> None:
        ids = [file.document_id for file in back if file.document_id is not None]
        if ids:
            self._records.set_gone(ids, gone=False)
            self._library.tell(ids)
        for file in back:
            if file.state is DocumentState.FAILED:  # because it was not there, as like as not
                self._read_again(file)

    def _miss(
        self, folder: WatchedFolder, missing: Sequence[FileKnown], cancel: Cancellation
    ) -> None:
        """All is marked as gone and stays, but what was never read: of that is nothing to keep."""
        cancel.raise_if_wished()
        without = [file for file in missing if file.document_id is None]
        self._records.forget_files(folder.id, [file.path for file in without if not file.gone])
        gone = {
            file.document_id: file
            for file in missing
            if file.document_id is not None and not file.gone
        }
        if gone:
            self._records.set_gone(list(gone), gone=True)
            unread = [document_id for document_id, file in gone.items() if not file.sha256]
            if unread:
                self._library.remove(*unread)
            self._library.tell(gone)

    def _homeless(self, sizes: Iterable[int]) -> dict[int, list[Document]]:
        """Documents of these sizes whose files are gone from where they were, by size."""
        found: dict[int, list[Document]] = defaultdict(list)
        for document in self._records.read_documents_of_size(set(sizes)):
            if document.gone or self._files.lost(document.path):
                found[document.size].append(document)
        return found

    def _moved(
        self, file: FileThere, homeless: list[Document] | None, cancel: Cancellation
    ) -> Document | None:
        """The document that was read from the same bytes, taken out of `homeless`."""
        if not homeless:
            return None
        try:
            sha256, _ = _fingerprint(file.path, cancel)
        except DocumentError:
            return None  # it is read, or named, like any other
        for document in homeless:
            if document.sha256 == sha256:
                homeless.remove(document)
                return document
        return None


def _fingerprint(path: str, cancel: Cancellation) -> tuple[str, int]:
    return fingerprint(Path(path), os.path.basename(path), cancel)  # noqa: PTH119


def _within(folder: Path, path: str) -> str:
    return os.path.relpath(path, folder)


def _batches(files: Sequence[FileThere]) -> Iterable[Sequence[FileThere]]:
    return (files[at : at + AT_ONCE] for at in range(0, len(files), AT_ONCE))
