"""Re-embedding: from one embedder to another, in the background, the old one serving until then.

The vectors of the new one are kept beside the old ones and come from what the store says is left:
an interruption at any moment needs no bookkeeping. When all are there, one transaction makes the
new one serve; the old vectors are removed after it.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from desktop.domain.errors import Cancelled, ModelError, WorkerError
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles
from desktop.domain.pace import Pace
from desktop.services.hooks import Hook
from desktop.services.indexing import WINDOW, embed_window
from desktop.services.mending import mend_index
from desktop.services.ports import Retrievers, Store
from desktop.services.search_models import SearchModels

PACE = "embedding pace of "  # with a key: passages a second on this computer
ONE = 1  # there is one switch at a time, and this is its id


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch to the embedder `name`: what is to be embedded again, and how far that is.

    `seconds_left` is None where the pace is not known yet. `underway` tells whether there is one.
    """

    name: str
    documents: int
    passages: int
    done: int
    seconds_left: float | None = None
    underway: bool = True
    id: int = ONE

    @property
    def left(self) -> int:
        return max(0, self.passages - self.done)


class Reembedding:
    """Every method may block and belongs on a worker thread; thread-safe.

    `changed` tells of the switch whenever it moved, and of None when it is over.
    """

    def __init__(self, store: Store, models: SearchModels, retrievers: Retrievers) -> None:
        self.changed: Hook[Switch | None] = Hook()
        self._store = store
        self._models = models
        self._retrievers = retrievers
        self._working = threading.Lock()
        self._turn = threading.RLock()  # guards what follows, and which embedder is coming
        self._running: Cancellation | None = None

    # -- what the user does

    def plan(self, name: str) -> Switch:
        """What switching to the embedder would take. Raises ModelMissing, ModelChanged, NotAModel.

        Nothing is left to do where it serves already.
        """
        return self._switch(self._models.embedder(name), underway=False)

    def begin(self, name: str) -> Switch:
        """Let an embedder take over as soon as all its vectors are there; what that takes.

        One without anything to embed takes over at once. The embedder that serves ends a switch to
        another. Raises as `plan` does.
        """
        files = self._models.embedder(name)
        if files.key == self._store.serving_embedder():
            self.cancel()
            return self._switch(files, underway=False)
        with self._turn:
            if self._store.coming_embedder() != files.key:
                self._stop()
                self._store.set_coming_embedder(files.key)
        switch = self._switch(files)
        if not switch.left and self._take_over(files):
            self._tidy()
            self.changed.tell(None)
            return self._switch(files, underway=False)
        self.changed.tell(switch)
        return switch

    def cancel(self) -> None:
        """Stay with the embedder that serves; what was made for the other is removed."""
        with self._turn:
            if not self._store.coming_embedder():
                return
            self._store.set_coming_embedder("")
            self._stop()
        self.changed.tell(None)
        with self._working:
            self._tidy()

    def switch(self) -> Switch | None:
        """The switch under way, None if there is none. Raises EmbedderMissing, ModelChanged."""
        key = self._store.coming_embedder()
        return self._switch(self._models.by_key(key)) if key else None

    # -- what the application does

    def work(self, cancel: Cancellation) -> None:
        """Make what vectors are missing and switch; returns when no embedder is on its way.

        A cancelled run leaves the rest for the next. Raises EmbedderMissing, ModelChanged if the
        coming one is here no more, WorkerError, DiskFull.
        """
        cut = False
        with self._working:
            while True:
                with self._turn:
                    cancel.raise_if_wished()
                    key = self._store.coming_embedder()
                    running = self._running = Cancellation()
                if not key:
                    if cut:  # its last news may have come after the end of it was told
                        self.changed.tell(None)
                    break
                unlisten = cancel.listen(running.cancel)
                try:
                    self._embed_all(self._models.by_key(key), running)
                except Cancelled:
                    cancel.raise_if_wished()  # or else the user wants another, or none
                    cut = True
                finally:
                    unlisten()
            self._tidy(cancel)

    def tidy(self, cancel: Cancellation) -> None:
        """After a start: remove what a switch that was interrupted at its end left behind."""
        with self._working:
            self._tidy(cancel)

    def _embed_all(self, files: EmbedderFiles, running: Cancellation) -> None:
        retriever = self._retrievers.of(files)
        mend_index(self._store, retriever, cancel=running)
        last, pace, embedded = 0, Pace(), 0
        pace.reached(0, time.monotonic())
        while True:
            running.raise_if_wished()
            window = self._store.chunks_without_vector(None, files.key, after=last, limit=WINDOW)
            if window:
                embed_window(self._store, retriever, window, running)
                last, embedded = window[-1].id, embedded + len(window)
                self._keep_pace(files, pace, embedded)
                self.changed.tell(self._switch(files))
            elif last:
                last = 0  # what was added meanwhile, and what is read again
            else:
                mend_index(self._store, retriever, cancel=running)
                running.raise_if_wished()
                if self._take_over(files):
                    self.changed.tell(None)
                    return

    def _take_over(self, files: EmbedderFiles) -> bool:
        with self._turn:
            if self._store.coming_embedder() != files.key:
                raise Cancelled
            if not self._store.serve_embedder(files.key, complete=True):
                return False
            self._retrievers.serve(files)
        return True

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _tidy(self, cancel: Cancellation | None = None) -> None:
        """Remove vectors and indexes of embedders that neither serve nor come."""
        kept = [
            key for key in (self._store.serving_embedder(), self._store.coming_embedder()) if key
        ]
        if not kept:
            return
        while self._store.drop_vectors(but=kept):
            if cancel is not None:
                cancel.raise_if_wished()
        # One that is changed or gone is told where it is used; its index stays until it is back.
        with suppress(ModelError, WorkerError):
            self._retrievers.keep([self._models.by_key(key) for key in kept])

    # -- how long it takes

    def _switch(self, files: EmbedderFiles, *, underway: bool = True) -> Switch:
        far = self._store.reembedded(files.key)
        pace = self._pace(files.key)
        return Switch(
            files.name,
            far.documents,
            far.passages,
            min(far.done, far.passages),
            far.left / pace if pace else None,
            underway,
        )

    def _pace(self, key: str) -> float:
        """Passages a second, 0 where that was never measured."""
        try:
            return max(0.0, float(self._store.setting(PACE + key) or 0))
        except ValueError:
            return 0.0

    def _keep_pace(self, files: EmbedderFiles, pace: Pace, embedded: int) -> None:
        pace.reached(embedded, time.monotonic())
        if pace.per_second > 0:
            self._store.set_setting(PACE + files.key, f"{pace.per_second:.3f}")
