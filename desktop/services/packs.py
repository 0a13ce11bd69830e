"""Packs: models carried to a computer without a network, and believed there only as they were.

A profile signs with one key of its own, made with its first pack and kept in the encrypted store.
Whose key another pack was signed with nobody can tell; that it is the same as last time, we can.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.errors import (
    DownloadCorrupt,
    ModelError,
    ModelKnown,
    NotAModel,
    PackUntrusted,
)
from desktop.domain.gguf import GgufFacts
from desktop.domain.jobs import Cancellation
from desktop.domain.model_folders import FolderFacts
from desktop.domain.models import InstalledModel, ModelKind, Way
from desktop.domain.packs import Pack, Seen, Signer
from desktop.domain.shards import is_gguf
from desktop.services import ports
from desktop.services.bringing import Bringing
from desktop.services.meter import Meter, Told, untold
from desktop.services.shelf import Shelf

SIGNING_KEY = "pack signing key"
KEYS_SEEN = "pack keys seen"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What became of a pack: models now on the shelf, those that were there, and refusals."""

    signer: Signer
    models: list[InstalledModel] = field(default_factory=list)
    known: list[InstalledModel] = field(default_factory=list)
    refused: list[ModelError] = field(default_factory=list)


class Packs:
    """Makes packs of what is on the shelf, and puts what is in packs there."""

    def __init__(
        self, store: ports.Store, packs: ports.Packs, shelf: Shelf, read_facts: ports.ReadFacts
    ) -> None:
        self._store = store
        self._packs = packs
        self._shelf = shelf
        self._read_facts = read_facts
        self._turn = threading.Lock()

    def is_pack(self, folder: Path) -> bool:
        """Whether a folder says that it is a pack; nothing of that is believed yet."""
        return self._packs.is_pack(folder)

    def make(
        self,
        folder: Path,
        names: Sequence[str],
        *,
        progress: Told = untold,
        cancel: Cancellation,
    ) -> Signer:
        """Pack models of the shelf into the new or empty `folder`; who signed it.

        Raises ModelMissing, ModelChanged, FolderUnfit, DiskFull, Cancelled; the folder then stays
        as it was.
        """
        models = {name: self._shelf.identify(name, cancel=cancel) for name in dict.fromkeys(names)}
        wanted = list({model.name: model for model in models.values()}.values())
        key = self._key()
        meter = Meter(sum(model.size for model in wanted), progress)
        self._packs.write(folder, wanted, key, meter.count, cancel)
        return Signer(self._packs.fingerprint_of(key), Seen.OURS)

    def look_at(self, folder: Path) -> tuple[Pack, Signer]:
        """The pack in a folder and who signed it; nothing is added. Raises PackUntrusted."""
        pack = self._packs.open(folder)
        return pack, Signer(pack.fingerprint, self._seen(pack.fingerprint))

    def unpack(self, folder: Path, *, progress: Told = untold, cancel: Cancellation) -> Unpacked:
        """Put the models of a pack on the shelf, every file verified before any is.

        A model that is there already, to the bit, is left; one of the same name that is another is
        refused, and the others come. Raises PackUntrusted, DiskFull, Cancelled, NotAModel: then
        none was added.
        """
        pack, signer = self.look_at(folder)
        copied = sum(model.size for model in pack.models)
        meter = Meter(pack.size + copied, progress)
        self._packs.check(pack, meter.count, cancel)
        facts = {model.name: self._facts(model) for model in pack.models}
        unpacked = Unpacked(signer)
        there = {model.name.casefold(): model for model in self._shelf.installed()}
        wanted = []
        for model in pack.models:
            same = there.get(model.name.casefold())
            if same is None:
                wanted.append(model)
            elif _hashes(same) == _hashes(model):
                unpacked.known.append(same)
            else:
                unpacked.refused.append(ModelKnown(model=model.name))
        self._shelf.make_room(wanted)
        bringing = self._shelf.bringing
        try:
            for model in wanted:
                unpacked.models.append(
                    _bring(bringing, pack, model, facts[model.name], meter, cancel)
                )
        except BaseException:
            for model in unpacked.models:
                bringing.discard(model)
            raise
        self._remember(pack.fingerprint)
        for model in unpacked.models:
            self._shelf.changed.tell(model.name)
        return unpacked

    def _facts(self, model: InstalledModel) -> GgufFacts | FolderFacts | None:
        """What the files say of the model, whatever the list does. Raises NotAModel."""
        first = model.parts[0].path
        if is_gguf(first):
            return self._read_facts(first)
        if model.kind in (ModelKind.EMBEDDER, ModelKind.RERANKER):
            home = min((part.path.parent for part in model.parts), key=lambda path: len(path.parts))
            facts = self._shelf.folder_facts(home)
            packed = {part.path.relative_to(home).as_posix() for part in model.parts}
            if facts.kind is not model.kind or set(facts.files) != packed:
                raise NotAModel(model=model.name, reason="its files are not those of such a model")
            return facts
        return None

    def _key(self) -> bytes:
        with self._turn:
            kept = self._store.setting(SIGNING_KEY)
            if kept is None:
                kept = self._packs.new_key().hex()
                self._store.set_setting(SIGNING_KEY, kept)
        return bytes.fromhex(kept)

    def _seen(self, fingerprint: str) -> Seen:
        own = self._store.setting(SIGNING_KEY)
        if own is not None and self._packs.fingerprint_of(bytes.fromhex(own)) == fingerprint:
            return Seen.OURS
        seen = self._keys_seen()
        if not seen:
            return Seen.FIRST
        if seen[-1] == fingerprint:
            return Seen.SAME
        return Seen.BEFORE if fingerprint in seen else Seen.OTHER

    def _keys_seen(self) -> list[str]:
        kept: list[str] = json.loads(self._store.setting(KEYS_SEEN) or "[]")
        return kept

    def _remember(self, fingerprint: str) -> None:
        with self._turn:
            seen = [each for each in self._keys_seen() if each != fingerprint]
            self._store.set_setting(KEYS_SEEN, json.dumps([*seen, fingerprint]))


def _bring(
    bringing: Bringing,
    pack: Pack,
    model: InstalledModel,
    facts: GgufFacts | FolderFacts | None,
    meter: Meter,
    cancel: Cancellation,
) -> InstalledModel:
    home = pack.folder / "models" / model.name
    sources = [(part.path.relative_to(home).as_posix(), part.path) for part in model.parts]
    promised = [part.sha256 for part in model.parts]
    try:
        brought, _ = bringing.bring(
            model, sources, Way.COPY, meter.count, cancel, facts=facts, promised=promised
        )
    except DownloadCorrupt as error:  # changed since it was verified
        reason = f"{error.facts.get('file', '')} is not the file that was packed"
        raise PackUntrusted(model=str(pack.folder), reason=reason) from error
    return brought


def _hashes(model: InstalledModel) -> set[str]:
    return {part.sha256 for part in model.parts}
