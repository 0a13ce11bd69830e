"""Watched folders: documents that lie in them come into the library by themselves, and keep up.

A folder is looked through when it is added, at each start, when the system says that something
changed in it, and now and then. One that cannot be reached is away, not empty: nothing of it is
touched until it is back. What the user removed from the library does not come back by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.documents import Document
from desktop.domain.errors import Cancelled, FolderAway, FolderKnown, FolderNotWatched
from desktop.domain.folders import FolderState, WatchedFolder
from desktop.domain.jobs import Cancellation
from desktop.services.folder_looking import MOST_NAMED, Look, Looking
from desktop.services.folder_standings import Standings
from desktop.services.hooks import Hook
from desktop.services.library import DEFAULT_COLLECTION, Library
from desktop.services.ports import FolderFiles, FolderNotices, FolderRecords, Store
from desktop.services.written_paths import absolute

# Seconds until a folder is looked through once more, whatever the system says or does not say.
NOTICED_S = 30 * 60.0
NOT_NOTICED_S = 5 * 60.0  # on a network drive, or where there is too much to be told of
UNSETTLED_S = 20.0  # a file in it was being read while it changed
LONGEST_WAIT_S = 10.0  # until it is asked whether one is away, or back


class DocumentFolders:
    """Owns which folders are watched, and keeps the library up with them.

    Every method may block and belongs on a worker thread. `changed` tells of a folder as it is
    now, and of None when one is watched no longer.
    """

    def __init__(
        self,
        store: Store,
        records: FolderRecords,
        library: Library,
        files: FolderFiles,
        notices: FolderNotices,
    ) -> None:
        self.changed: Hook[WatchedFolder | None] = Hook()
        self._store = store
        self._records = records
        self._library = library
        self._files = files
        self._notices = notices
        self._looking = Looking(records, library, files)
        self._standings = Standings()
        self._working = threading.Lock()

    # -- what the user does

    def folders(self) -> list[WatchedFolder]:
        """The watched folders as they stand, the one added first coming first."""
        return [self._standings.as_it_stands(folder) for folder in self._records.watched_folders()]

    def find(self, path: Path) -> WatchedFolder:
        """The watched folder of that path. Raises FolderNotWatched."""
        wanted = absolute(path)
        for folder in self.folders():
            if folder.path == wanted or self._files.same(folder.path) == self._files.same(wanted):
                return folder
        raise FolderNotWatched(file=str(path))

    def add(self, path: Path, collection: str = DEFAULT_COLLECTION) -> WatchedFolder:
        """Watch a folder from now on. Its documents come in with the next `work`.

        Raises FolderAway if it is none or cannot be reached, FolderKnown if it is watched already,
        lies in a watched one or holds one.
        """
        # Not resolved: a folder keeps the name that the user knows it by.
        folder = absolute(path)
        if not self._files.is_there(folder):
            raise FolderAway(file=str(path), reason="no folder can be found there")
        place = self._files.same(folder)
        for other in self._records.watched_folders():
            if _overlap(place, [self._files.same(other.path)]):
                raise FolderKnown(file=str(folder), other=str(other.path))
        folder_id = self._records.watch_folder(folder, self._store.add_collection(collection).id)
        self._begin(folder_id)
        return self.find(folder)

    def remove(self, folder_id: int) -> None:
        """Watch a folder no longer. Its documents stay, and are read to the end."""
        self._standings.of(folder_id).job.cancel()
        self._records.unwatch_folder(folder_id)
        self._standings.forget(folder_id)
        self._notices.wake()
        self.changed.tell(None)

    def put_back(self, folder_id: int) -> None:
        """Watch a folder again that was removed since the profile was opened."""
        self._records.unwatch_folder(folder_id, removed=False)
        self._begin(folder_id)

    def settle(self) -> None:
        """When the profile is closed: what was removed cannot be put back any more."""
        self._records.forget_removed_folders()

    def pause(self, folder_id: int) -> None:
        """Neither look at a folder nor read the documents in it, until `resume`."""
        self._records.pause_watching(folder_id, paused=True)
        self._standings.of(folder_id).job.cancel()
        self._library.begin_anew()
        self._notices.wake()
        self._tell(folder_id)

    def resume(self, folder_id: int) -> None:
        """Go on with a paused folder, beginning with a look at it."""
        self._records.pause_watching(folder_id, paused=False)
        self._begin(folder_id)
        self._library.begin_anew()

    def look(self, folder_id: int) -> None:
        """Have a folder looked through next, for the user asks for it."""
        self._make_due(folder_id)

    def documents(self, folder_id: int) -> list[int]:
        """The documents that a folder holds or held, by id."""
        files = self._records.folder_files(folder_id)
        return [file.document_id for file in files if file.document_id is not None]

    def gone(self, folder_id: int) -> list[int]:
        """Those of them whose files are gone."""
        files = self._records.folder_files(folder_id)
        return [f.document_id for f in files if f.gone and f.document_id is not None]

    def remove_gone(self, folder_id: int, among: Container[int] | None = None) -> int:
        """Remove the documents of a folder whose files are gone, all or `among` these; how many."""
        gone = [one for one in self.gone(folder_id) if among is None or one in among]
        self._library.remove(*gone)
        self._tell(folder_id)
        return len(gone)

    def can_be_watched(self, paths: Iterable[Path], documents: Iterable[Document]) -> list[Path]:
        """The folders among some paths which hold one of some documents, and could be watched."""
        watched = [self._files.same(folder.path) for folder in self._records.watched_folders()]
        hold = {folder for document in documents for folder in document.path.parents}
        places = [path for path in map(absolute, paths) if path in hold]
        return [path for path in places if not _overlap(self._files.same(path), watched)]

    def is_there(self, folder: WatchedFolder) -> bool:
        """Whether a folder can be reached now."""
        return self._files.is_there(folder.path)

    def _begin(self, folder_id: int) -> None:
        self._notices.wake()  # to follow it
        self._make_due(folder_id)

    # -- what the application does

    def work(self, cancel: Cancellation) -> None:
        """Look through every folder that is due; returns when none is.

        A cancelled run leaves the rest for the next. Raises what is wrong with the computer.
        """
        with self._working:
            while due := [folder for folder in self.folders() if _waits(folder)]:
                try:
                    self._look_through(due, cancel)
                finally:
                    for folder in due:
                        self._standings.of(folder.id).checking = False
                        self._tell(folder.id)

    def work_on(self, folder_ids: Iterable[int], cancel: Cancellation) -> None:
        """Look through these folders now, due or not, unless they are paused."""
        wanted = set(folder_ids)
        for folder in self.folders():
            self._standings.of(folder.id).due = folder.id in wanted
        self.work(cancel)

    def notice(self, cancel: Cancellation) -> None:
        """Find out which folders are to be looked through, until cancelled.

        Because the system tells of a change in one, because it is time, or because one is back.
        """
        unlisten = cancel.listen(self._notices.wake)
        try:
            while not cancel.wished:
                folders = [f for f in self.folders() if f.state is not FolderState.PAUSED]
                self._follow(folders)
                told = self._notices.wait(LONGEST_WAIT_S)
                for folder in folders:
                    if folder.path in told or self._is_time(folder):
                        self._make_due(folder.id)
        finally:
            unlisten()
            self._notices.end()

    def _follow(self, folders: list[WatchedFolder]) -> None:
        there = [f.path for f in folders if f.state is not FolderState.AWAY]
        followed = self._notices.follow(there)
        for folder in folders:
            standing = self._standings.of(folder.id)
            noticing = folder.path in followed
            if noticing and not standing.noticing:
                standing.due = True  # what changed between the last look and now, nobody told
            if noticing != standing.noticing:
                standing.noticing = noticing
                self._tell(folder.id)

    def _is_time(self, folder: WatchedFolder) -> bool:
        standing = self._standings.of(folder.id)
        if standing.due or standing.checking:
            return False
        there = self._files.is_there(folder.path)
        if standing.away:
            return there
        # A folder that was renamed tells nobody.
        return not there or time.monotonic() >= standing.again_at

    # -- one look

    def _look_through(self, due: list[WatchedFolder], cancel: Cancellation) -> None:
        """All of them step by step, because files move from one to another."""
        looks: list[Look] = []
        for folder in due:
            standing = self._standings.of(folder.id)
            standing.due = False
            with self._interruptible(folder.id, cancel) as job:
                looks += self._look(folder, job)
        for step in (self._looking.follow, self._looking.take_in):
            for look in looks:
                if not self._standings.of(look.folder.id).due:
                    with self._interruptible(look.folder.id, cancel) as job:
                        step(look, job)
        for look in looks:
            if not self._standings.of(look.folder.id).due:
                self._settle(look)

    def _look(self, folder: WatchedFolder, job: Cancellation) -> list[Look]:
        """The look at a folder, or none where it is away."""
        standing = self._standings.of(folder.id)
        standing.checking, standing.looked_at = True, 0
        self._tell(folder.id)

        def told(files: int) -> None:
            standing.looked_at = files
            self._tell(folder.id)

        try:
            return [self._looking.look(folder, told, job)]
        except FolderAway as error:
            standing.away = str(error.facts["reason"])
            self._notices.wake()  # to follow it no longer
            return []

    def _settle(self, look: Look) -> None:
        folder_id = look.folder.id
        standing = self._standings.of(folder_id)
        self._records.note_checked(
            folder_id, time.time(), look.device, look.unreadable[:MOST_NAMED]
        )
        if standing.away:
            standing.away = ""
            self._notices.wake()  # to follow it again
        wait = NOTICED_S if standing.noticing else NOT_NOTICED_S
        standing.again_at = time.monotonic() + (UNSETTLED_S if look.unsettled else wait)

    @contextmanager
    def _interruptible(self, folder_id: int, cancel: Cancellation) -> Iterator[Cancellation]:
        """A step that ends with the whole run, or alone when its folder is paused or removed."""
        standing = self._standings.of(folder_id)
        job = standing.job = Cancellation()
        unlisten = cancel.listen(job.cancel)
        try:
            yield job
        except Cancelled:
            standing.due = True  # from the beginning, when it goes on
            if cancel.wished:
                raise
        finally:
            unlisten()

    def _make_due(self, folder_id: int) -> WatchedFolder | None:
        self._standings.of(folder_id).due = True
        return self._tell(folder_id)

    def _tell(self, folder_id: int) -> WatchedFolder | None:
        folder = self._records.watched_folder(folder_id)
        if folder is None:
            return None
        folder = self._standings.as_it_stands(folder)
        self.changed.tell(folder)
        return folder


def _waits(folder: WatchedFolder) -> bool:
    return folder.due and folder.state is not FolderState.PAUSED


def _overlap(place: Path, others: Iterable[Path]) -> bool:
    return any(
        place == other or place in other.parents or other in place.parents for other in others
    )
