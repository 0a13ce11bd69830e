"""Watched folders: their records, what lies in them, and who tells that something changed there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.documents import Document
from desktop.domain.folders import FileKnown, FileThere, Unreadable, WatchedFolder
from desktop.domain.jobs import Cancellation


class FolderRecords(Protocol):
    """What the store knows of watched folders and of the files in them."""

    def watch_folder(self, path: Path, collection_id: int) -> int:
        """Watch a folder; its id. What was known of it until it was removed counts again."""
        ...

    def watched_folders(self) -> list[WatchedFolder]:
        """The watched ones, the one added first coming first."""
        ...

    def watched_folder(self, folder_id: int) -> WatchedFolder | None: ...
    def pause_watching(self, folder_id: int, paused: bool) -> None: ...
    def unwatch_folder(self, folder_id: int, removed: bool = True) -> None:
        """Watch a folder no longer, or again; its documents stay."""
        ...

    def forget_removed_folders(self) -> None: ...
    def note_checked(
        self, folder_id: int, checked: float, device: str, unreadable: Sequence[tuple[str, str]]
    ) -> None:
        """When a folder was looked through to the end, on which disk; what may not be read, why."""
        ...

    def folder_files(self, folder_id: int) -> list[FileKnown]: ...
    def take_in_files(self, folder_id: int, files: Sequence[FileThere]) -> list[Document]:
        """Record files with a document each: QUEUED if it is new, in the folder's collection.

        One that was read already differs from what is on record, so that it is looked at again.
        """
        ...

    def note_files(self, folder_id: int, files: Sequence[FileThere]) -> None:
        """The sizes and times of files on record as they are now."""
        ...

    def forget_files(self, folder_id: int, paths: Sequence[str]) -> None:
        """Keep nothing of files without a document, not even one that may yet be put back."""
        ...

    def set_gone(self, document_ids: Sequence[int], gone: bool) -> None:
        """Record that the files of documents are gone, or back."""
        ...

    def read_documents_of_size(self, sizes: Iterable[int]) -> list[Document]:
        """Documents that were read from files of one of these sizes (bytes)."""
        ...

    def move_document(self, document_id: int, folder_id: int, file: FileThere) -> bool:
        """The file of a document has another place now; what was read of it stays.

        False if there is no such document, or another one has that place.
        """
        ...


class FolderFiles(Protocol):
    """What lies in a folder. Only looks."""

    def is_there(self, folder: Path) -> bool:
        """Whether it is a folder that can be reached now."""
        ...

    def same(self, folder: Path) -> Path:
        """The folder with every link on its way resolved, to be compared with others."""
        ...

    def device(self, folder: Path) -> str:
        """The disk or share that a folder is on, by the system's number; "" if it is not there."""
        ...

    def listing(self, folder: Path, cancel: Cancellation) -> Iterator[FileThere | Unreadable]:
        """The documents in a folder and below, told by their names, and what may not be read.

        Hidden ones, those that programs keep for their own ends, and what lies behind links to
        folders are left out. Raises FolderAway if the folder itself cannot be read.
        """
        ...

    def lost(self, file: Path) -> bool:
        """Whether a file is gone although the folder that it lay in is there."""
        ...


class FolderNotices(Protocol):
    """The system's word that something changed in a folder. Used on one thread, but for `wake`."""

    def follow(self, folders: Sequence[Path]) -> set[Path]:
        """Be told of these folders and of no others; those of which the system will tell.

        It does not tell of what others change on a network drive, nor of a stick that is to be
        taken out; the rest may be too much for it.
        """
        ...

    def wait(self, seconds: float) -> set[Path]:
        """The followed folders in which something changed, once it has been quiet there for a
        moment; none after so many seconds, or when woken."""
        ...

    def wake(self) -> None:
        """End the wait. Any thread may."""
        ...

    def end(self) -> None:
        """Follow none any more."""
        ...
