"""The shelf: the models on this computer, how they come and go, and whether they changed.

A model is what it was when it came: its files are hashed before they are first used and whenever
they were touched, and one that has changed is refused until it is what it was. Files of the
installation and of other applications are only read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.errors import (
    ModelChanged,
    ModelError,
    ModelInUse,
    ModelMissing,
    ModelStays,
    SearchedWith,
)
from desktop.domain.hub import Download
from desktop.domain.jobs import Cancellation
from desktop.domain.model_folders import FolderFacts
from desktop.domain.models import (
    InstalledModel,
    Keeping,
    ModelKind,
    ModelPart,
    Speed,
    Way,
)
from desktop.services.bringing import Bringing, Brought
from desktop.services.hooks import Hook
from desktop.services.meter import Meter, Told, untold
from desktop.services.ports import Counted, ModelFiles, ModelFolders, ReadFacts, Store
from desktop.services.watching import Watching, origin_of
from desktop.services.written_paths import absolute


@dataclass(frozen=True, slots=True)
class Checked:
    """A model that was hashed again, and what is wrong with it, if anything is."""

    model: InstalledModel
    error: ModelError | None = None


class Shelf:
    """All that is done with models as files. Thread-safe; most of it may block.

    `changed` tells the name of the model that changed, "" for many. `in_use` is asked whether a
    model answers at the moment, or documents are searched with it.
    """

    def __init__(
        self,
        store: Store,
        folders: ModelFolders,
        files: ModelFiles,
        read_facts: ReadFacts,
        in_use: Callable[[str], bool],
    ) -> None:
        self.changed: Hook[str] = Hook()
        self._store = store
        self._folders = folders
        self._files = files
        self._in_use = in_use
        self._watching = Watching(store, folders, files, read_facts)
        self._bringing = Bringing(store, folders, files, read_facts, self._known_names)
        self._turn = threading.Lock()
        self._removed: dict[str, InstalledModel] = {}

    # -- what there is

    def installed(self) -> list[InstalledModel]:
        """The installation's models, then those added, then those found in watched folders."""
        known = self._known()
        with self._turn:
            removed = set(self._removed)
        models = (*known, *self._watching.found(known))
        return [self._complete(model) for model in models if model.name not in removed]

    def find(self, reference: str) -> InstalledModel:
        """The model of that name, or with a file of that path. Raises ModelMissing."""
        models = self.installed()
        for model in models:
            if reference == model.name:
                return model
        for model in models:
            if reference.casefold() == model.name.casefold():
                return model
        path = absolute(reference)
        for model in models:
            if any(part.path == path for part in model.parts):
                return model
        raise ModelMissing(model=reference)

    def trouble_of(self, model: InstalledModel) -> ModelError | None:
        """What keeps a model from being used, as far as can be seen without hashing it."""
        sizes = [(self._folders.size(part.path), part.size) for part in model.parts]
        if any(size is None for size, _ in sizes):
            return ModelMissing(model=model.name)
        if any(size != recorded for size, recorded in sizes):
            return ModelChanged(model=model.name)
        return None

    def speed(self, name: str) -> Speed | None:
        """What was measured of a model on this computer. Raises ModelMissing."""
        return self.find(name).speed

    def set_speed(self, name: str, speed: Speed) -> None:
        """Keep what was measured beside the model. Raises ModelMissing, ModelChanged."""
        model = self._identified(self.find(name))
        self._store.set_speed(model.parts[0].sha256, speed)
        self.changed.tell(model.name)

    # -- bringing

    @property
    def bringing(self) -> Bringing:
        """How models come to the shelf."""
        return self._bringing

    def add(
        self,
        paths: Iterable[Path],
        way: Way = Way.COPY,
        *,
        progress: Told = untold,
        cancel: Cancellation,
    ) -> Brought:
        """Bring GGUF files, sets of shards, and the GGUFs below folders to the shelf.

        What cannot be taken is refused in what is returned. Raises DiskFull before anything is
        written, ProfileUnwritable, Cancelled.
        """
        brought = self._bringing.add(paths, way, progress=progress, cancel=cancel)
        for model in brought.models:
            self.changed.tell(model.name)
        return brought

    def take_in(self, download: Download, files: Sequence[Path]) -> InstalledModel:
        """Put what was downloaded on the shelf. Raises as `Bringing.take_in` does."""
        model = self._bringing.take_in(download, files)
        with self._turn:  # what was to go under that name has gone: this one stays
            self._removed.pop(model.name, None)
        self.changed.tell(model.name)
        return model

    def holds(self, download: Download) -> bool:
        """Whether a download was taken in, and is there as it came; one that was removed is put
        back, as it is wanted again."""
        model = self._bringing.taken_in(download)
        if model is None:
            return False
        with self._turn:
            removed = self._removed.pop(model.name, None)
        if removed is not None:
            self.changed.tell(model.name)
        return True

    def folder_facts(self, folder: Path) -> FolderFacts:
        """What the embedding model or reranker in a folder says of itself. Raises NotAModel."""
        return self._files.folder_facts(folder)

    def make_room(self, models: Sequence[InstalledModel]) -> None:
        """Find out, writing nothing, that models can be copied here. Raises DiskFull."""
        if models:
            self._files.make_room([part.size for model in models for part in model.parts])

    # -- verifying

    def verify(
        self, name: str | None = None, *, progress: Told = untold, cancel: Cancellation
    ) -> list[Checked]:
        """Hash a model again, or all of them; the date of what is right is kept.

        Raises ModelMissing if there is no model of that name, Cancelled.
        """
        models = self.installed() if name is None else [self.find(name)]
        meter = Meter(sum(model.size for model in models), progress)
        checked = []
        for model in models:
            try:
                right = self._identified(model, afresh=True, counted=meter.count, cancel=cancel)
                checked.append(Checked(self._complete(right)))
            except (ModelMissing, ModelChanged) as error:
                checked.append(Checked(replace(model, verified=0.0), error))
            self.changed.tell(model.name)
        return checked

    def identify(self, name: str, *, cancel: Cancellation | None = None) -> InstalledModel:
        """A model whose files are what is on record. Raises ModelMissing, ModelChanged."""
        return self._identified(self.find(name), cancel=cancel)

    # -- removing

    def remove(self, name: str) -> InstalledModel:
        """Take a model off the shelf; its files go when `settle` is called, and not before.

        Raises ModelMissing, ModelInUse, ModelStays.
        """
        model = self.find(name)
        if model.keeping is Keeping.INSTALLATION:
            raise ModelStays(model=model.name, reason="it came with the installation")
        if self._is_watched(model):
            raise ModelStays(model=model.name, reason=f"it lies in {model.provenance.origin}")
        if self._in_use(model.name):
            chat = model.kind is ModelKind.CHAT
            raise ModelInUse(model=model.name) if chat else SearchedWith(model=model.name)
        with self._turn:
            self._removed[model.name] = model
        self.changed.tell(model.name)
        return model

    def restore(self, name: str) -> None:
        """Put a removed model back. Raises ModelMissing if it is not, or no longer, there."""
        with self._turn:
            if self._removed.pop(name, None) is None:
                raise ModelMissing(model=name)
        self.changed.tell(name)

    def removed(self) -> list[InstalledModel]:
        """The models that can still be put back."""
        with self._turn:
            return list(self._removed.values())

    def settle(self) -> int:
        """Make every removal final; the bytes that this has freed. Raises ProfileUnwritable."""
        freed = 0
        for model in self.removed():
            freed += self._bringing.discard(model)
            with self._turn:
                self._removed.pop(model.name, None)
        return freed

    # -- folders of other applications

    def watched(self) -> list[Path]:
        """The folders whose models are shown here and left where they are."""
        return self._watching.watched()

    def known_folders(self) -> list[Path]:
        """Folders of other applications that are here and not watched yet."""
        watched = self.watched()
        return [folder for folder in self._files.known_folders() if folder not in watched]

    def watch(self, folder: Path) -> None:
        """Show the models of a folder from now on, only reading it. Raises NotAModel."""
        self._watching.watch(folder)
        self.changed.tell("")

    def unwatch(self, folder: Path) -> None:
        """Forget a folder and the hashes of its models. Raises ModelMissing."""
        origin = origin_of(self._watching.unwatch(folder))
        for model in self._store.models():
            if model.keeping is Keeping.IN_PLACE and model.provenance.origin == origin:
                self._store.remove_model(model.name)
        self.changed.tell("")

    # -- what the application does

    def recover(self) -> None:
        """After a start: take away what a crash left of models that were coming or going."""
        self._bringing.recover()

    # -- knowing

    def _known(self) -> list[InstalledModel]:
        """What has a hash on record: the installation's, and those in the store."""
        return [*self._folders.installation(), *self._store.models()]

    def _known_names(self) -> list[str]:
        return [model.name for model in self._known()]

    def _complete(self, model: InstalledModel) -> InstalledModel:
        """The model with what is kept elsewhere: its last verification, and its speed."""
        speed = model.speed or self._store.speed(model.parts[0].sha256)
        return replace(model, verified=self._folders.verified(model.parts), speed=speed)

    def _is_watched(self, model: InstalledModel) -> bool:
        return model.keeping is Keeping.IN_PLACE and model.provenance.origin in {
            origin_of(folder) for folder in self.watched()
        }

    def _identified(
        self,
        model: InstalledModel,
        *,
        afresh: bool = False,
        counted: Counted | None = None,
        cancel: Cancellation | None = None,
    ) -> InstalledModel:
        """The model, its files being what is on record; one without a hash gets it on record now.

        Raises ModelMissing, ModelChanged.
        """
        parts = []
        for part in model.parts:
            sha256 = self._folders.sha256(
                model.name, part.path, afresh=afresh, counted=counted, cancel=cancel
            )
            if part.sha256 not in ("", sha256):
                raise ModelChanged(model=model.name)
            parts.append(ModelPart(part.path, sha256, part.size))
        if tuple(parts) != model.parts:
            model = replace(model, parts=tuple(parts), added=time.time())
            self._store.add_model(model)
        return model
