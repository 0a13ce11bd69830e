"""Downloads: a queue that the store keeps, one model at a time, each given to the shelf when whole.

What is queued is fetched by `work`, which takes what the store says is left: after a restart, or a
crash at any moment, it goes on where the bytes on the disk end. Opens no connection and no model.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from desktop.domain.errors import Cancelled, EscritoireError, NetworkError, WorkerError
from desktop.domain.hub import Download, DownloadState, Repository, Variant
from desktop.domain.jobs import Cancellation
from desktop.domain.pace import Pace
from desktop.domain.variants import name_of
from desktop.services.download_folder import DownloadFolder
from desktop.services.hooks import Hook
from desktop.services.hub import ModelHub
from desktop.services.ports import Hub, Shelf, Store

LEFT = (DownloadState.QUEUED, DownloadState.RUNNING, DownloadState.VERIFYING)
TELL_EVERY_S: Final = 0.1
SAVE_EVERY_S: Final = 2.0


class Downloads:
    """The queue. Every method may block and belongs on a worker thread; thread-safe.

    `changed` tells of a download whenever it moved, and of None when one is no more: finished, or
    cancelled. `folder` is this service's own, on the disk that the shelf is on.
    """

    def __init__(
        self, store: Store, models: ModelHub, hub: Hub, shelf: Shelf, folder: Path
    ) -> None:
        self.changed: Hook[Download | None] = Hook()
        self._store = store
        self._models = models
        self._hub = hub
        self._shelf = shelf
        self._folder = DownloadFolder(folder)
        self._working = threading.Lock()
        self._turn = threading.RLock()  # guards what follows, and every change of a state
        self._running: tuple[int, Cancellation] | None = None
        self._moving: dict[int, Download] = {}  # as the store has it, but further
        self._unwritten: dict[int, Download] = {}  # failed, and the store could not be told
        self._saved = 0.0
        self._told = 0.0

    # -- what the user does

    def fetch(self, repository: Repository, variant: Variant) -> Download:
        """Queue a variant; one that is in the queue already is only taken up again."""
        with self._turn:
            for known in self._store.downloads():
                same = (known.repository, known.commit, known.files)
                if same == (repository.name, repository.commit, variant.files):
                    return self.resume(known.id) or known
            download = self._store.add_download(
                name=name_of(variant),
                repository=repository.name,
                commit=repository.commit,
                licence=repository.licence,
                files=variant.files,
            )
        self.changed.tell(download)
        return download

    def pause(self, download_id: int) -> None:
        """Stop fetching; what is there stays."""
        with self._turn:
            known = self._known(download_id)
            if known is not None and known.state in LEFT:
                self._stop(download_id)
                self._settle(download_id, DownloadState.PAUSED)

    def resume(self, download_id: int) -> Download | None:
        """Queue what was paused or has failed; None if there is no such download."""
        with self._turn:
            running = self._running
            # One that was stopped may not have been let go of yet: it is queued behind itself.
            if running is not None and running[0] == download_id and not running[1].wished:
                return self._known(download_id)
            return self._settle(download_id, DownloadState.QUEUED)

    def cancel(self, download_id: int) -> None:
        """Forget a download, and remove what is there of it."""
        with self._turn:
            running = self._running is not None and self._running[0] == download_id
            self._stop(download_id)
            self._store.remove_download(download_id)
            self._moving.pop(download_id, None)
            self._unwritten.pop(download_id, None)
            if not running:  # or else when the child has let go of it
                self._folder.sweep(download_id)
        self.changed.tell(None)

    def downloads(self) -> list[Download]:
        """All that is not finished, in the order it was asked for."""
        with self._turn:
            further = self._moving | self._unwritten
            return [further.get(known.id, known) for known in self._store.downloads()]

    # -- what the application does

    def work(self, cancel: Cancellation) -> None:
        """Fetch what is queued, one after the other; returns when nothing is left to be fetched.

        What goes wrong with one download is kept with it, and the next has its turn. A cancelled
        run leaves the rest for the next. Raises what keeps the store from being written; all that
        is queued is still queued then.
        """
        with self._working:
            with self._turn:
                self._folder.tidy([download.id for download in self._store.downloads()])
            while (job := self._next(cancel)) is not None:
                download, running = job
                unlisten = cancel.listen(running.cancel)
                try:
                    self._fetch(download, running)
                except Cancelled:
                    pass  # paused, cancelled, or left for the next run
                except EscritoireError as error:
                    self._fail(download, error)
                finally:
                    unlisten()
                    self._let_go(download)
                cancel.raise_if_wished()

    def _next(self, cancel: Cancellation) -> tuple[Download, Cancellation] | None:
        with self._turn:
            cancel.raise_if_wished()
            left = [known for known in self._store.downloads() if known.state in LEFT]
            if not left:
                return None
            running = Cancellation()
            self._running = (left[0].id, running)
            return left[0], running

    def _fetch(self, download: Download, running: Cancellation) -> None:
        if self._shelf.holds(download):  # a crash came before this was known here, too
            self._finish(download)
            return
        access = self._models.access()
        targets = self._folder.targets(download)
        self._folder.make_room(download)
        self._advance(download, DownloadState.RUNNING, running)
        pace, before = Pace(), 0
        for file, target in zip(download.files, targets, strict=True):
            steps = self._hub.fetch(
                access, download.repository, download.commit, file, target, cancel=running
            )
            for step in steps:
                self._moved(download, before + step.done, pace, running)
            before += file.size
        self._advance(download, DownloadState.VERIFYING, running, done=download.size)
        text = self._licence_text(download, running)
        self._shelf.take_in(replace(download, done=download.size, licence_text=text), targets)
        self._finish(download)

    def _finish(self, download: Download) -> None:
        """It is on the shelf: what is left of it goes when this run lets go of it."""
        with self._turn:
            self._store.remove_download(download.id)
        self.changed.tell(None)

    def _licence_text(self, download: Download, running: Cancellation) -> str:
        """The text beside the model; a model that is here is not refused for the want of it."""
        try:
            return self._models.licence_text(download.repository, download.commit, running)
        except (NetworkError, WorkerError):
            return ""

    # -- records

    def _known(self, download_id: int) -> Download | None:
        return next((d for d in self._store.downloads() if d.id == download_id), None)

    def _settle(
        self,
        download_id: int,
        state: DownloadState,
        *,
        done: int | None = None,
        error: EscritoireError | None = None,
    ) -> Download | None:
        moved = self._moving.pop(download_id, None)
        if done is None and moved is not None:
            done = moved.done
        known = self._store.set_download(download_id, state, done=done, error=error)
        self._unwritten.pop(download_id, None)
        if known is not None:
            self.changed.tell(known)
        return known

    def _advance(
        self,
        download: Download,
        state: DownloadState,
        running: Cancellation,
        *,
        done: int | None = None,
    ) -> None:
        """Settle, unless the user has stopped it meanwhile."""
        with self._turn:
            running.raise_if_wished()
            self._settle(download.id, state, done=done)

    def _moved(self, download: Download, done: int, pace: Pace, running: Cancellation) -> None:
        """Say how far it is, a few times a second, and keep it, every few seconds."""
        now = time.monotonic()
        pace.reached(done, now)
        with self._turn:
            if running.wished:
                return
            last = self._moving.get(download.id)
            known = replace(
                download,
                state=DownloadState.RUNNING,
                done=done,
                bytes_per_s=pace.per_second,
                error_code="",
                error_facts={},
            )
            self._moving[download.id] = known
            if last is None or now - self._saved >= SAVE_EVERY_S:
                self._saved = now
                self._store.set_download(download.id, DownloadState.RUNNING, done=done)
            if last is not None and now - self._told < TELL_EVERY_S:
                return
            self._told = now
        self.changed.tell(known)

    def _fail(self, download: Download, error: EscritoireError) -> None:
        with self._turn:
            if self._running is None or self._running[1].wished:
                return
            try:
                self._settle(download.id, DownloadState.FAILED, error=error)
            except EscritoireError:  # a full disk, mostly, which the next would only find full too
                failed = replace(
                    download,
                    state=DownloadState.FAILED,
                    error_code=error.code,
                    error_facts=error.facts,
                )
                self._unwritten[download.id] = failed
                self.changed.tell(failed)
                raise

    def _stop(self, download_id: int) -> None:
        if self._running is not None and self._running[0] == download_id:
            self._running[1].cancel()

    def _let_go(self, download: Download) -> None:
        with self._turn:
            self._running = None
            moved = self._moving.pop(download.id, None)
            known = self._known(download.id)
            if known is None:
                self._folder.sweep(download.id)
            elif moved is not None and known.state in LEFT:
                with suppress(EscritoireError):  # how far it is, its part says as well
                    self._store.set_download(download.id, DownloadState.QUEUED, done=moved.done)
