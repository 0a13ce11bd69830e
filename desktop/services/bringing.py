"""Bringing models to the shelf: files from a disk, a download or a pack become models on record.

A model is on record only when all its files are in place and hashed. The journal says meanwhile
that its files may lie there without one; after a crash `recover` takes them away.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.errors import (
    DownloadCorrupt,
    FileUnreadable,
    ModelError,
    ModelKnown,
    ModelMissing,
)
from desktop.domain.gguf import GgufFacts
from desktop.domain.hub import Download
from desktop.domain.jobs import Cancellation
from desktop.domain.model_folders import FolderFacts
from desktop.domain.models import (
    InstalledModel,
    Keeping,
    ModelPart,
    Provenance,
    Way,
)
from desktop.domain.shards import fit_name, is_gguf, model_name
from desktop.services.intake import reason_of
from desktop.services.meter import Meter, Told, untold
from desktop.services.model_intake import ModelFolder, gather
from desktop.services.ports import Counted, ModelFiles, ModelFolders, ReadFacts, Store

RISK = "model files"
SHORT = 7  # characters of a commit, as people say it

Facts = GgufFacts | FolderFacts


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the paths: models on record, and refusals with reasons.

    `copied` names the models of `models` that were to be linked and had to be copied.
    """

    models: list[InstalledModel] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    refused: list[ModelError | FileUnreadable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A model that is to be brought: its files by name within it, and what it says of itself."""

    name: str
    origin: Path
    sources: tuple[tuple[str, Path], ...]
    facts: Facts


class Bringing:
    """One model after the other, whatever thread asks. `known` names what is there already."""

    def __init__(
        self,
        store: Store,
        folders: ModelFolders,
        files: ModelFiles,
        read_facts: ReadFacts,
        known: Callable[[], Iterable[str]],
    ) -> None:
        self._store = store
        self._folders = folders
        self._files = files
        self._read_facts = read_facts
        self._known = known
        self._turn = threading.RLock()

    def add(
        self, paths: Iterable[Path], way: Way, *, progress: Told = untold, cancel: Cancellation
    ) -> Brought:
        """Bring the models among `paths`, and below the folders among them, to the shelf.

        One that cannot be taken is refused with its reason; the others come all the same. Raises
        DiskFull before anything is written, ProfileUnwritable, Cancelled: what was being brought
        then leaves nothing behind.
        """
        brought = Brought()
        with self._turn:
            wanted = list(self._look_at(paths, brought))
            sizes = [self._folders.size(path) or 0 for each in wanted for _, path in each.sources]
            if way is Way.COPY and wanted:
                self._files.make_room(sizes)
            meter = Meter(sum(sizes), progress)
            for each in wanted:
                cancel.raise_if_wished()
                try:
                    model, copied = self._add(each, way, meter.count, cancel)
                except (ModelError, FileUnreadable) as error:
                    brought.refused.append(error)
                    continue
                brought.models.append(model)
                if copied:
                    brought.copied.append(model.name)
        return brought

    def taken_in(self, download: Download) -> InstalledModel | None:
        """The model that this very download became, if its files are there as they came."""
        model = self._became(download)
        return model if model is not None and self._is_whole(model) else None

    def _became(self, download: Download) -> InstalledModel | None:
        """The model on record that this very download became, whatever its files are by now.

        The commit says what a small file is, for which the hub has no SHA-256.
        """
        for model in self._store.models():
            source = model.provenance
            if (
                (source.repository, source.commit) == (download.repository, download.commit)
                and len(model.parts) == len(download.files)
                and all(
                    file.sha256 in ("", part.sha256)
                    for part, file in zip(model.parts, download.files, strict=True)
                )
            ):
                return model
        return None

    def _is_whole(self, model: InstalledModel) -> bool:
        try:
            return all(
                self._folders.size(part.path) == part.size
                and self._folders.sha256(model.name, part.path) == part.sha256
                for part in model.parts
            )
        except ModelError:
            return False

    def take_in(
        self, download: Download, files: Sequence[Path], *, cancel: Cancellation | None = None
    ) -> InstalledModel:
        """Put what was downloaded on the shelf; its files move there.

        `files` are those of `download`, in its order. One that is on the shelf already, because a
        crash came before anybody else knew, is left there. Raises ModelKnown, NotAModel, and
        DownloadCorrupt if they do not have the hashes that the hub promised.
        """
        with self._turn:
            if (there := self.taken_in(download)) is not None:
                return there
            facts, sources = self._downloaded(download, files)
            damaged = self._became(download)
            if damaged is not None and damaged.keeping is Keeping.OWNED:
                self.discard(damaged)  # what came takes its place: that is how it is mended
            provenance = Provenance(
                origin=download.repository,
                repository=download.repository,
                commit=download.commit,
                licence=download.licence or facts.licence,
                licence_text=download.licence_text,
            )
            name = self._name_for(download)
            model, _ = self.bring(
                InstalledModel(name, facts.kind, Keeping.OWNED, (), provenance=provenance),
                sources,
                Way.LINK,
                _nobody,
                cancel or Cancellation(),
                facts=facts,
                promised=[file.sha256 for file in download.files],
            )
            for path in {*files} - {part.path for part in model.parts}:
                path.unlink(missing_ok=True)  # its other name is the shelf's
        return model

    def _name_for(self, download: Download) -> str:
        """Its own name; with its commit where another version of the same model is here."""
        name = fit_name(download.name)
        for model in self._store.models():
            source = model.provenance
            same = (model.name.casefold(), source.repository) == (
                name.casefold(),
                download.repository,
            )
            if same and source.commit != download.commit:
                return fit_name(f"{download.name} {download.commit[:SHORT]}")
        return name

    def bring(
        self,
        model: InstalledModel,
        sources: Sequence[tuple[str, Path]],
        way: Way,
        counted: Counted,
        cancel: Cancellation,
        *,
        facts: Facts | None = None,
        promised: Sequence[str] = (),
    ) -> tuple[InstalledModel, bool]:
        """Copy or link (path within the model's folder, file) and record `model` with them.

        Returns it, and whether a file to be linked was copied. `facts` fill in what it lacks.
        Raises ModelKnown, DownloadCorrupt if the hashes `promised` are others.
        """
        with self._turn:
            if model.name.casefold() in {name.casefold() for name in self._known()}:
                raise ModelKnown(model=model.name)
            self._store.begin_risk(RISK, model.name)
            try:
                parts, copied = self._files.bring(model.name, sources, way, counted, cancel)
                _compare(parts, promised)
                brought = self._record(model, parts, facts)
            except BaseException:
                self._files.discard(model.name)
                self._store.end_risk(RISK, model.name)
                raise
            self._store.end_risk(RISK, model.name)
        return brought, copied

    def discard(self, model: InstalledModel) -> int:
        """Take a model off the record, and files that are ours away; the bytes that frees."""
        with self._turn:
            if model.keeping is not Keeping.OWNED:
                self._store.remove_model(model.name)
                return 0
            self._store.begin_risk(RISK, model.name)
            self._store.remove_model(model.name)
            freed = self._files.discard(model.name)
            self._store.end_risk(RISK, model.name)
        return freed

    def recover(self) -> None:
        """After a start: take away files that a crash left behind without a record."""
        on_record = {model.name for model in self._store.models()}
        for what, name in self._store.open_risks():
            if what == RISK:
                if name not in on_record:
                    self._files.discard(name)
                self._store.end_risk(RISK, name)

    def _downloaded(
        self, download: Download, files: Sequence[Path]
    ) -> tuple[Facts, list[tuple[str, Path]]]:
        """What a finished download is, and its files by name within the model's folder.

        Raises NotAModel, and DownloadCorrupt for what is not as git knew it: of a file that is no
        LFS file there is no SHA-256 to compare later.
        """
        if is_gguf(files[0]):
            return self._read_facts(files[0]), [(path.name, path) for path in files]
        for file, path in zip(download.files, files, strict=True):
            if not file.sha256 and self._files.blob_id(path) != file.blob:
                raise DownloadCorrupt(file=path.name)
        home = min((path.parent for path in files), key=lambda folder: len(folder.parts))
        return (
            self._files.folder_facts(home),
            [(path.relative_to(home).as_posix(), path) for path in files],
        )

    def _look_at(self, paths: Iterable[Path], brought: Brought) -> Iterable[_Wanted]:
        for found in gather(paths, self._files, self._folders):
            try:
                if isinstance(found, ModelError):
                    raise found
                if isinstance(found, ModelFolder):
                    yield _wanted_folder(found.path, self._files.folder_facts(found.path))
                else:
                    sources = tuple((path.name, path) for path in found)
                    facts = self._read_facts(found[0])
                    yield _Wanted(model_name(found[0]), found[0], sources, facts)
            except ModelError as error:
                brought.refused.append(error)

    def _add(
        self, wanted: _Wanted, way: Way, counted: Counted, cancel: Cancellation
    ) -> tuple[InstalledModel, bool]:
        name, facts = wanted.name, wanted.facts
        if name.casefold() in {known.casefold() for known in self._known()}:
            raise ModelKnown(model=name)
        provenance = Provenance(origin=str(wanted.origin), licence=facts.licence)
        if way is not Way.IN_PLACE:
            model = InstalledModel(name, facts.kind, Keeping.OWNED, (), provenance=provenance)
            return self.bring(model, wanted.sources, way, counted, cancel, facts=facts)
        parts = tuple(
            ModelPart(
                path, self._hashed(name, path, counted, cancel), self._folders.size(path) or 0
            )
            for _, path in wanted.sources
        )
        model = InstalledModel(name, facts.kind, Keeping.IN_PLACE, (), provenance=provenance)
        return self._record(model, parts, facts), False

    def _hashed(self, name: str, path: Path, counted: Counted, cancel: Cancellation) -> str:
        try:
            return self._folders.sha256(name, path, counted=counted, cancel=cancel)
        except ModelMissing as gone:
            raise _unreadable(path, gone) from gone

    def _record(
        self, model: InstalledModel, parts: tuple[ModelPart, ...], facts: Facts | None
    ) -> InstalledModel:
        if facts is not None:
            model = replace(
                model,
                context_window=facts.context_window,
                parameters=facts.parameters,
                quantization=facts.quantization,
            )
        model = replace(model, parts=parts, added=time.time())
        self._store.add_model(model)
        return model


def _wanted_folder(folder: Path, facts: FolderFacts) -> _Wanted:
    sources = tuple((name, folder / name) for name in facts.files)
    return _Wanted(fit_name(folder.name), folder, sources, facts)


def _compare(parts: Sequence[ModelPart], promised: Sequence[str]) -> None:
    """Raise DownloadCorrupt for a file that does not have the hash promised for it, if any is."""
    for part, sha256 in zip(parts, promised, strict=False):
        if sha256 not in ("", part.sha256):
            raise DownloadCorrupt(file=part.path.name)


def _unreadable(path: Path, gone: ModelMissing) -> FileUnreadable:
    """A file that was there a moment ago: a stick that was pulled out, a disk that fails."""
    cause = gone.__cause__
    reason = reason_of(cause) if isinstance(cause, OSError) else "it is gone"
    return FileUnreadable(file=str(path), reason=reason)


def _nobody(_: int) -> None:
    """Hears how much was read of a file that is linked, and so hashed in a moment."""
