"""Watched folders of documents: what lies in them, what is on record of it, and how they stand.

Paths are the system's own text (`os.fsdecode`), for ten thousand of them are compared at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from desktop.domain.documents import DocumentState

OWNER_FILE: Final = "~$"  # how Office names the file that says who has a document open
HIDDEN: Final = "."  # .git, .~lock.lease.odt# of LibreOffice, ._lease.pdf of macOS
# Of systems and archivers: nobody keeps documents in them.
NOT_THE_USERS: Final = frozenset(
    {"$recycle.bin", "system volume information", "lost+found", "__macosx"}
)


def left_out(name: str) -> bool:
    """Whether a file or folder of that name is hidden, or kept by a program for its own ends."""
    return name.startswith((HIDDEN, OWNER_FILE)) or name.casefold() in NOT_THE_USERS


class FolderState(StrEnum):
    """How a watched folder stands."""

    WAITING = "waiting"  # not looked through yet
    CHECKING = "checking"
    WATCHED = "watched"
    PAUSED = "paused"  # neither looked through nor read from
    AWAY = "away"  # an unplugged stick, a share without its server: nothing changes meanwhile


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder of documents that is kept up with, as the store has it and as it stands now."""

    id: int
    path: Path
    collection: str
    state: FolderState
    checked: float = 0.0  # when it was last looked through to the end, seconds since 1970; 0: never
    device: str = ""  # the disk that it was on then, by the system's number
    documents: int = 0  # on record, those whose file is gone among them
    gone: int = 0  # of these, whose file is gone
    left_out: int = 0  # files that are there, but were removed from the library
    looked_at: int = 0  # files, while it is being looked through
    # Folders and files in it that may not be read: name within it, and why.
    unreadable: tuple[tuple[str, str], ...] = ()
    away: str = ""  # why it is AWAY
    noticing: bool = False  # whether the system tells of changes; else it is looked through only
    due: bool = False  # to be looked through next


class FileThere(NamedTuple):
    """A file that lies in a folder: its path, bytes, and when it changed (ns since 1970)."""

    path: str
    size: int
    modified_ns: int


class Unreadable(NamedTuple):
    """What may not be read: a folder, then nothing is known of what is in it, or a file."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileKnown:
    """What is on record of a file in a watched folder.

    Without a `document_id` the user removed the document: the file is left out until it is added by
    hand, unless it was `gone` then, for should one come there again, it is a new one.
    """

    path: str
    size: int
    modified_ns: int
    document_id: int | None
    state: DocumentState | None = None
    sha256: str = ""  # of the bytes that were read, "" for none yet
    gone: bool = False


@dataclass(slots=True)
class Comparison:
    """A folder against its record: what is new, changed, back and missing."""

    new: list[FileThere] = field(default_factory=list)
    changed: list[tuple[FileThere, FileKnown]] = field(default_factory=list)
    back: list[FileKnown] = field(default_factory=list)
    missing: list[FileKnown] = field(default_factory=list)


def compare(
    there: dict[str, FileThere], known: dict[str, FileKnown], closed: list[str], separator: str
) -> Comparison:
    """What became of a folder since it was recorded, told by names, sizes and times alone.

    What lies below one of the `closed` folders, which may not be read, is taken to be as it was.
    """
    found = Comparison()
    for path, file in there.items():
        on_record = known.get(path)
        if on_record is None or (on_record.document_id is None and on_record.gone):
            found.new.append(file)
        elif on_record.document_id is not None:
            if on_record.gone:
                found.back.append(on_record)
            if (file.size, file.modified_ns) != (on_record.size, on_record.modified_ns):
                found.changed.append((file, on_record))
    shut = tuple(f"{folder.rstrip(separator)}{separator}" for folder in closed)
    for path, on_record in known.items():
        if path not in there and path not in closed and not path.startswith(shut):
            found.missing.append(on_record)
    return found
