"""Packs on a disk: written whole or not at all, and read as if an enemy had made them.

A pack is a folder with nothing in it but its list, its signature, and the files on the list.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.errors import DiskFull, FolderUnfit, ModelChanged, PackUntrusted
from desktop.domain.jobs import Cancellation
from desktop.domain.models import InstalledModel, Keeping, ModelPart, Provenance
from desktop.domain.packs import Pack
from desktop.domain.shards import fit_name
from desktop.storage import pack_list
from desktop.storage.copying import copy_hashed
from desktop.storage.disk import NO_ROOM, free_space, new_file, settle_folder
from desktop.storage.licences import licence_text
from desktop.storage.model_files import files_below, remove_tree
from desktop.storage.pack_list import (
    LARGEST_LIST,
    LARGEST_SIGNATURE,
    LICENCES,
    LIST,
    MODELS,
    SIGNATURE,
    Doubt,
    PackedFile,
    PackedModel,
    PackList,
)
from desktop.storage.verified import PIECE

LONGEST_LICENCE = 1 << 20  # bytes
UNKNOWN_TO_FAT = 1 << 16  # bytes a file, for what the file system itself takes

Counted = Callable[[int], None]


class Packs:
    """`services.ports.Packs`. `licences` is the folder of the licence texts that we carry."""

    def __init__(self, licences: Path) -> None:
        self._licences = licences

    def is_pack(self, folder: Path) -> bool:
        """Whether a folder says that it is a pack."""
        return (folder / LIST).is_file()

    def new_key(self) -> bytes:
        """A private key to sign packs with."""
        return pack_list.new_key()

    def fingerprint_of(self, key: bytes) -> str:
        """What the packs signed with this key are known by."""
        return pack_list.fingerprint_of(key)

    # -- writing

    def write(
        self,
        folder: Path,
        models: Sequence[InstalledModel],
        key: bytes,
        counted: Counted,
        cancel: Cancellation,
    ) -> None:
        """Pack `models` into the new or empty `folder`, signed with `key`; every byte is hashed.

        Raises FolderUnfit, DiskFull before anything is written, ModelChanged if a file is not what
        is on record, FileUnreadable, Cancelled; the folder then stays as it was.
        """
        part = folder.with_name(f"{folder.name}.part")
        try:
            self._check_target(folder, models)
            remove_tree(part)
            part.mkdir(parents=True)
            licences = self._write_licences(part, models)
            packed = [_write_model(part, model, licences, counted, cancel) for model in models]
            made = datetime.now(UTC).isoformat(timespec="seconds")
            texts = sorted(set(licences.values()), key=lambda file: file.path)
            content, signature = pack_list.encoded(PackList(1, made, packed, texts), key)
            _write(part / LIST, content)
            _write(part / SIGNATURE, signature)
            for inner in {part, *(file.parent for file in files_below(part))}:
                settle_folder(inner)
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
            settle_folder(folder.parent)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise DiskFull(path=str(folder)) from error
            reason = (error.strerror or "it does not answer").lower()
            raise FolderUnfit(model=str(folder), reason=reason) from error
        finally:
            with suppress(OSError):
                remove_tree(part)

    def _check_target(self, folder: Path, models: Sequence[InstalledModel]) -> None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderUnfit(model=str(folder), reason="it is there already, and not empty")
        files = sum(len(model.parts) for model in models)
        needed = sum(model.size for model in models) + files * UNKNOWN_TO_FAT
        if free_space(folder) < needed:
            raise DiskFull(path=str(folder))

    def _write_licences(
        self, part: Path, models: Sequence[InstalledModel]
    ) -> dict[str, PackedFile]:
        """Each model's licence text, where there is one; by the model's name."""
        written: dict[bytes, PackedFile] = {}
        licences = {}
        for model in models:
            text = licence_text(model.provenance, self._licences)
            content = text.encode("utf-8", "replace")[:LONGEST_LICENCE]
            if not content:
                continue
            if content not in written:
                path = f"{LICENCES}/{len(written) + 1} {fit_name(model.provenance.licence)}.txt"
                (part / LICENCES).mkdir(exist_ok=True)
                _write(part / path, content)
                sha256 = hashlib.sha256(content).hexdigest()
                written[content] = PackedFile(path, len(content), sha256)
            licences[model.name] = written[content]
        return licences

    # -- reading

    def open(self, folder: Path) -> Pack:
        """The pack in a folder, its signature and its list believed, its files not hashed yet.

        Raises PackUntrusted.
        """
        try:
            content = _small(folder / LIST, LARGEST_LIST)
            signature = _small(folder / SIGNATURE, LARGEST_SIGNATURE)
            pack, fingerprint = pack_list.decoded(content, signature)
            _check_entries(folder, pack)
            texts = {
                file.path: _small(folder / file.path, LONGEST_LICENCE).decode("utf-8", "replace")
                for file in pack.licences
            }
        except Doubt as doubt:
            raise PackUntrusted(model=str(folder), reason=doubt.reason) from None
        except OSError as error:
            reason = f"it cannot be read ({(error.strerror or 'no answer').lower()})"
            raise PackUntrusted(model=str(folder), reason=reason) from error
        return Pack(
            folder,
            fingerprint,
            tuple(
                _model(folder, model, texts.get(model.licence_file, "")) for model in pack.models
            ),
            tuple(_part(folder, file) for file in pack.licences),
        )

    def check(self, pack: Pack, counted: Counted, cancel: Cancellation) -> None:
        """Hash every file of a pack. Raises PackUntrusted, naming the first that is another."""
        parts = [part for model in pack.models for part in model.parts]
        for part in (*parts, *pack.licences):
            try:
                right = _hash(part.path, counted, cancel) == part.sha256
            except OSError:
                right = False
            if not right:
                path = part.path.relative_to(pack.folder).as_posix()
                reason = f"{path} is not the file that was packed"
                raise PackUntrusted(model=str(pack.folder), reason=reason)


def _write_model(
    part: Path,
    model: InstalledModel,
    licences: dict[str, PackedFile],
    counted: Counted,
    cancel: Cancellation,
) -> PackedModel:
    home = Path(os.path.commonpath([each.path.parent for each in model.parts]))
    files = []
    for each in model.parts:
        path = f"{MODELS}/{model.name}/{each.path.relative_to(home).as_posix()}"
        (part / path).parent.mkdir(parents=True, exist_ok=True)
        size, sha256 = copy_hashed(each.path, part / path, counted, cancel)
        if sha256 != each.sha256:
            raise ModelChanged(model=model.name)
        files.append(PackedFile(path, size, sha256))
    source, licence = model.provenance, licences.get(model.name)
    return PackedModel(
        name=model.name,
        kind=model.kind,
        files=files,
        context_window=model.context_window,
        parameters=model.parameters,
        quantization=model.quantization,
        origin=source.origin,
        repository=source.repository,
        commit=source.commit,
        licence=source.licence,
        licence_file="" if licence is None else licence.path,
    )


def _write(path: Path, content: bytes) -> None:
    with new_file(path) as file:
        file.write(content)
        os.fsync(file.fileno())


def _check_entries(folder: Path, pack: PackList) -> None:
    """There must be the files of the list, of their sizes, and nothing else; no link. Raises Doubt.

    Links are refused whatever they lead to: what was hashed must be what is copied.
    """
    sizes = {file.path: file.size for model in pack.models for file in model.files}
    sizes |= {file.path: file.size for file in pack.licences}
    expected = {*sizes, LIST, SIGNATURE}
    for parent, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(parent, name)
            inner, mode = path.relative_to(folder).as_posix(), path.lstat().st_mode
            if stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                raise Doubt(f"{inner} is a link, or no file at all")
            if inner not in expected:
                raise Doubt(f"{inner} is not on its list")
            if path.lstat().st_size != sizes.get(inner, path.lstat().st_size):
                raise Doubt(f"{inner} is not the file that was packed")
            expected.discard(inner)
    for inner in sorted(expected):
        raise Doubt(f"{inner} is missing")


def _small(path: Path, most: int) -> bytes:
    with open(path, "rb", opener=_no_link) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Doubt(f"{path.name} is larger than any that was packed")
    return content


def _hash(path: Path, counted: Counted, cancel: Cancellation) -> str:
    digest = hashlib.sha256()
    piece = memoryview(bytearray(PIECE))
    with open(path, "rb", buffering=0, opener=_no_link) as file:
        while read := file.readinto(piece):
            digest.update(piece[:read])
            counted(read)
            cancel.raise_if_wished()
    return digest.hexdigest()


def _no_link(path: str, flags: int) -> int:
    # Not blocking: a FIFO in place of a file would never be opened. Windows has neither.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _model(folder: Path, packed: PackedModel, licence_text: str) -> InstalledModel:
    return InstalledModel(
        name=packed.name,
        kind=packed.kind,
        keeping=Keeping.OWNED,
        parts=tuple(_part(folder, file) for file in packed.files),
        context_window=packed.context_window,
        parameters=packed.parameters,
        quantization=packed.quantization,
        provenance=Provenance(
            origin=packed.origin,
            repository=packed.repository,
            commit=packed.commit,
            licence=packed.licence,
            licence_text=licence_text,
        ),
    )


def _part(folder: Path, file: PackedFile) -> ModelPart:
    return ModelPart(folder / file.path, file.sha256, file.size)
