"""Notices of the system that something changed in a folder, by watchdog; what did, nobody asks.

A notice is only a reason to look: what the system leaves out, the next look finds. Where a folder
is on another computer, or on something that may be pulled out, it is not followed at all.

https://python-watchdog.readthedocs.io/
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

QUIET_S = 0.5  # without a notice, before a folder is looked at: a copy has many parts
LONGEST_S = 5.0  # though there is no end of notices

# All but opening and closing for reading, which is what we do.
EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
# Kinds of file systems that are on another computer, as psutil names them.
ELSEWHERE = frozenset(
    "9p afpfs afs ceph cifs davfs fuse.davfs2 fuse.rclone fuse.sshfs glusterfs lustre ncpfs nfs "
    "nfs3 nfs4 smb smb2 smb3 smbfs sshfs virtiofs vboxsf webdav webdavfs".split()
)

log = logging.getLogger(__name__)


class FolderNotices:
    """`services.ports.FolderNotices` over inotify, FSEvents or Windows' own."""

    def __init__(self, quiet_s: float = QUIET_S) -> None:
        self._quiet_s = quiet_s
        self._observer: BaseObserver | None = None
        self._followed: dict[Path, ObservedWatch] = {}
        self._refused: set[Path] = set()  # those that are elsewhere
        self._lost: set[Path] = set()
        self._told: set[Path] = set()
        self._news = threading.Condition()
        self._first = self._last = 0.0
        self._woken = False

    def follow(self, folders: Sequence[Path]) -> set[Path]:
        with self._news:
            lost, self._lost = self._lost, set()
        wanted = set(folders)
        for folder in [*self._followed]:
            # One that was deleted and made again is another one for the system.
            if folder not in wanted or folder in lost:
                self._observing().unschedule(self._followed.pop(folder))
        self._refused &= wanted
        for folder in sorted(wanted - self._followed.keys() - self._refused):
            if not _stays_here(folder):
                self._refused.add(folder)
                continue
            try:
                self._followed[folder] = self._observing().schedule(
                    _Hand(self, folder), str(folder), recursive=True, event_filter=EVENTS
                )
            except OSError as error:  # more than the system follows, or gone by now
                log.info("a folder is looked through now and then only: %s", error.strerror)
        return set(self._followed)

    def wait(self, seconds: float) -> set[Path]:
        until = time.monotonic() + seconds
        with self._news:
            while not self._woken:
                now = time.monotonic()
                ripe = min(self._last + self._quiet_s, self._first + LONGEST_S)
                if self._told and now >= ripe:
                    break
                if now >= until:
                    return set()
                self._news.wait((min(ripe, until) if self._told else until) - now)
            if self._woken:
                self._woken = False
                return set()
            told, self._told = self._told, set()
            return told

    def wake(self) -> None:
        with self._news:
            self._woken = True
            self._news.notify_all()

    def end(self) -> None:
        observer, self._observer = self._observer, None
        self._followed.clear()
        if observer is not None:
            observer.stop()
            observer.join()

    def tell(self, folder: Path, *, lost: bool = False) -> None:
        """Something changed in it, or (`lost`) it was deleted and is followed no longer.

        Called on watchdog's threads, maybe thousands of times.
        """
        with self._news:
            if lost:
                self._lost.add(folder)
            self._last = time.monotonic()
            if not self._told:
                self._first = self._last
            if folder not in self._told:
                self._told.add(folder)
                self._news.notify_all()

    def _observing(self) -> BaseObserver:
        if self._observer is None:
            self._observer = Observer()
            self._observer.start()
        return self._observer


class _Hand(FileSystemEventHandler):
    """What watchdog calls for one folder."""

    def __init__(self, notices: FolderNotices, folder: Path) -> None:
        self._notices = notices
        self._folder = folder

    def on_any_event(self, event: FileSystemEvent) -> None:
        lost = isinstance(event, DirDeletedEvent) and event.src_path == str(self._folder)
        self._notices.tell(self._folder, lost=lost)


def _stays_here(folder: Path) -> bool:
    """Whether a folder is on a disk of this computer that is not to be pulled out.

    On Windows alone does following a folder keep its stick from being taken out.
    """
    if sys.platform == "win32" and str(folder).startswith("\\\\"):
        return False
    best: tuple[int, bool] = (-1, True)
    for disk in psutil.disk_partitions(all=True):
        mounted = Path(disk.mountpoint)
        if folder == mounted or mounted in folder.parents:
            removable = sys.platform == "win32" and "removable" in disk.opts
            remote = disk.fstype.lower() in ELSEWHERE or "remote" in disk.opts.split(",")
            best = max(best, (len(mounted.parts), not remote and not removable))
    return best[1]
