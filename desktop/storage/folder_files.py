"""What lies in a folder of documents: names, sizes and times. Opens no file and changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.errors import FolderAway
from desktop.domain.folders import FileThere, Unreadable, left_out
from desktop.domain.formats import READABLE
from desktop.domain.jobs import Cancellation


class FolderFiles:
    """`services.ports.FolderFiles` over the file system."""

    def is_there(self, folder: Path) -> bool:
        try:
            return folder.is_dir()
        except OSError:
            return False

    def same(self, folder: Path) -> Path:
        return Path(os.path.realpath(folder))

    def device(self, folder: Path) -> str:
        """The disk or share that a folder is on, by the system's number; "" if it is not there."""
        try:
            return str(folder.stat().st_dev)
        except OSError:
            return ""

    def lost(self, file: Path) -> bool:
        """Whether a file is gone although the folder that it lay in is there."""
        try:
            file.lstat()
        except FileNotFoundError:
            return self.is_there(file.parent)
        except OSError:
            return False
        return False

    def listing(self, folder: Path, cancel: Cancellation) -> Iterator[FileThere | Unreadable]:
        """The documents in a folder and below, told by their names, and what may not be read.

        Links to folders are not followed, so that a ring of them has no end to be found; a link to
        a file stands for the file. Raises FolderAway if the folder itself cannot be read.
        """
        waiting = [str(folder)]
        first = True
        while waiting:
            cancel.raise_if_wished()
            here = waiting.pop()
            try:
                with os.scandir(here) as entries:
                    names = list(entries)
            except OSError as error:
                if first:
                    raise FolderAway(file=str(folder), reason=_reason(error)) from error
                if not isinstance(error, FileNotFoundError):  # removed since it was listed
                    yield Unreadable(here, _reason(error))
                continue
            first = False
            for entry in names:
                if left_out(entry.name):
                    continue
                try:
                    if entry.is_dir(follow_symlinks=False):
                        if not _leads_elsewhere(entry):
                            waiting.append(entry.path)
                    elif (facts := _document(entry)) is not None:
                        yield FileThere(entry.path, facts.st_size, facts.st_mtime_ns)
                except FileNotFoundError:
                    continue  # removed meanwhile, or a link to nowhere
                except OSError as error:
                    if not entry.is_symlink():  # a link in a ring stands for nothing
                        yield Unreadable(entry.path, _reason(error))


def _document(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What the system says of a file whose name promises a document, None of any other."""
    if os.path.splitext(entry.name)[1].lower() not in READABLE:  # noqa: PTH122
        return None
    facts = entry.stat()
    return facts if stat.S_ISREG(facts.st_mode) and not _hidden(facts) else None


def _leads_elsewhere(entry: os.DirEntry[str]) -> bool:
    """Whether it is a junction, Windows' other kind of link to a folder."""
    if os.name != "nt":
        return False
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return bool(tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1))


def _hidden(facts: os.stat_result) -> bool:
    """Whether Windows or macOS hides it."""
    attributes = getattr(facts, "st_file_attributes", 0)
    flags = getattr(facts, "st_flags", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or flags & stat.UF_HIDDEN)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
