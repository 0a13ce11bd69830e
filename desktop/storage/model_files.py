"""The files of models that the profile owns: brought in whole, or not at all, and taken away again.

models/NAME/        the files of one model
models/.NAME.part/  the same while they come; nothing is ever loaded from there

What is in `models/NAME` is loaded only once it is on record, which happens elsewhere and later.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from desktop.domain.errors import DiskFull, FileUnreadable, NotAModel
from desktop.domain.jobs import Cancellation
from desktop.domain.model_folders import FolderFacts
from desktop.domain.models import ModelPart, Way
from desktop.domain.shards import is_gguf
from desktop.storage.copying import copy_hashed
from desktop.storage.database import Database
from desktop.storage.disk import free_space, has_room, make_private_folder, refusal, settle_folder
from desktop.storage.model_folder import is_model_folder, read_folder
from desktop.storage.paths import Paths, folders_of_other_applications
from desktop.storage.verified import PIECE, Traces, VerifiedFiles

MAGIC = b"GGUF"
MOST_ENTRIES = 20_000  # looked at in one folder that is watched; more are no folder of models

# How a system says that this file cannot have a second name there.
NO_LINK = frozenset(
    {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
)


class ModelFiles:
    """`services.ports.ModelFiles` over the profile's folder of models."""

    def __init__(self, database: Database, paths: Paths) -> None:
        self._verified = VerifiedFiles(database)
        self._paths = paths

    def make_room(self, sizes: Sequence[int]) -> None:
        """Find out, before anything is written, that files of these bytes fit. Raises DiskFull."""
        folder = self._paths.models
        make_private_folder(folder, self._paths.profile)
        try:
            free = free_space(folder)
            room = free >= sum(sizes) and has_room(folder, max(sizes, default=0))
        except OSError as error:
            raise refusal(error, folder, self._paths.profile) from error
        if not room:
            raise DiskFull(path=str(folder))

    def bring(
        self,
        name: str,
        sources: Sequence[tuple[str, Path]],
        way: Way,
        counted: Callable[[int], None],
        cancel: Cancellation,
    ) -> tuple[tuple[ModelPart, ...], bool]:
        """Put files into the folder of the model `name`: (path within it, where it is now).

        Returns its parts, with what they hash to, and whether any that was to be linked had to be
        copied. All of them get their names at once, and durably; a failure leaves nothing behind.
        Raises DiskFull, ProfileUnwritable, FileUnreadable, NotAModel, Cancelled.
        """
        folder, coming = self._folder(name), self._coming(name)
        make_private_folder(self._paths.models, self._paths.profile)
        try:
            remove_tree(coming)
            coming.mkdir(mode=0o700)
            parts, seen, copied = [], [], False
            for path, source in sources:
                target = coming / path
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                size, sha256, linked = self._bring_file(source, target, way, counted, cancel)
                copied |= way is Way.LINK and not linked
                parts.append(ModelPart(folder / path, sha256, size))
                seen.append(Traces.of(target))
            for inner in {coming, *(part.parent for part in files_below(coming))}:
                settle_folder(inner)
            # What is there is on no record: a crash left it, or a download, which is linked by now.
            remove_tree(folder)
            coming.rename(folder)
            settle_folder(self._paths.models)
        except OSError as error:
            raise refusal(error, folder, self._paths.profile) from error
        finally:
            with suppress(OSError):
                remove_tree(coming)
        for part, traces in zip(parts, seen, strict=True):
            self._verified.remember(part.path, traces, part.sha256)
        return tuple(parts), copied

    def discard(self, name: str) -> int:
        """Take away all files of the model `name`, also those half brought; the bytes that frees.

        Raises ProfileUnwritable.
        """
        freed = 0
        folder, coming = self._folder(name), self._coming(name)
        try:
            for tree in (folder, coming):
                for file in files_below(tree):
                    status = file.lstat()
                    freed += status.st_size if status.st_nlink == 1 else 0
                    self._verified.forget(file)
                remove_tree(tree)
        except OSError as error:
            raise refusal(error, folder, self._paths.profile) from error
        return freed

    def ggufs_below(self, folder: Path) -> list[Path]:
        """The files in and below a folder that are GGUFs: by name, or nameless and by their start.

        Links to folders are not followed. What may not be looked at is passed over.
        """
        found: list[Path] = []
        for looked_at, (path, regular) in enumerate(_entries(folder)):
            if looked_at >= MOST_ENTRIES:
                break
            if regular and (is_gguf(path) or (not path.suffix and _starts_as_gguf(path))):
                found.append(path)
        return sorted(found)

    def folder_facts(self, folder: Path) -> FolderFacts:
        """What the embedding model or reranker in a folder says of itself. Raises NotAModel."""
        return read_folder(folder)

    def model_folders_below(self, folder: Path) -> list[Path]:
        """The folders, this one or below, that hold an embedding model or a reranker."""
        found: list[Path] = []
        for looked_at, (parent, folders, _) in enumerate(os.walk(folder)):
            if looked_at >= MOST_ENTRIES:
                break
            folders.sort()
            if is_model_folder(Path(parent)):
                found.append(Path(parent))
                folders.clear()
        return found

    def blob_id(self, path: Path) -> str:
        """What git knows a file's content by. Raises FileUnreadable.

        https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
        """
        try:
            digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
        except OSError as error:
            reason = (error.strerror or "it does not answer").lower()
            raise FileUnreadable(file=str(path), reason=reason) from error
        return digest.hexdigest()

    def known_folders(self) -> list[Path]:
        """Where other applications keep their models, of those that are here."""
        return [folder for folder in folders_of_other_applications() if folder.is_dir()]

    def _bring_file(
        self,
        source: Path,
        target: Path,
        way: Way,
        counted: Callable[[int], None],
        cancel: Cancellation,
    ) -> tuple[int, str, bool]:
        """Size, SHA-256, and whether the file is linked rather than copied."""
        before = _traces(source)
        linked = way is Way.LINK and _link(source, target)
        if linked:
            sha256 = self._verified.sha256(
                source.name, target, afresh=True, counted=counted, cancel=cancel
            )
            self._verified.forget(target)  # its name will be another
            return target.stat().st_size, sha256, True
        if way is Way.LINK:
            self.make_room([before.size])  # which for copies was done before the first of them
        size, sha256 = copy_hashed(source, target, counted, cancel)
        if _traces(source) != before:
            raise NotAModel(model=source.name, reason="it was written to while it was read")
        return size, sha256, False

    def _folder(self, name: str) -> Path:
        folder = self._paths.models / name
        if folder.parent != self._paths.models or name.startswith("."):
            raise ValueError(f"{name!r} is no name of a folder")
        return folder

    def _coming(self, name: str) -> Path:
        return self._folder(name).with_name(f".{name}.part")


def _traces(source: Path) -> Traces:
    try:
        return Traces.of(source)
    except OSError as error:
        reason = (error.strerror or "it does not answer").lower()
        raise FileUnreadable(file=str(source), reason=reason) from error


def _link(source: Path, target: Path) -> bool:
    try:
        # Resolved: a second name for a symbolic link would still lead away.
        target.hardlink_to(source.resolve())
    except OSError as error:
        if error.errno in NO_LINK:
            return False
        _traces(source)  # it may be gone, which is nothing that the profile's folder did
        raise
    return True


def files_below(folder: Path) -> list[Path]:
    return [Path(parent, name) for parent, _, names in os.walk(folder) for name in names]


def remove_tree(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _entries(folder: Path) -> Iterator[tuple[Path, bool]]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            try:
                yield path, stat.S_ISREG(path.stat().st_mode)
            except OSError:
                continue


def _starts_as_gguf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False
