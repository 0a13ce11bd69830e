"""Watched folders: models of other applications, found there and left as they are.

A watched folder is only read. What is found in it has no hash until it is first used or verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import ModelMissing, NotAModel
from desktop.domain.gguf import GgufFacts
from desktop.domain.models import InstalledModel, Keeping, ModelPart, Provenance
from desktop.domain.shards import fit_name, model_name, models_among
from desktop.services.model_intake import missing_shard
from desktop.services.ports import ModelFiles, ModelFolders, ReadFacts, Store
from desktop.services.written_paths import absolute

SETTING = "watched model folders"


class Watching:
    """Which folders are watched, and the models found there."""

    def __init__(
        self, store: Store, folders: ModelFolders, files: ModelFiles, read_facts: ReadFacts
    ) -> None:
        self._store = store
        self._folders = folders
        self._files = files
        self._read_facts = read_facts
        self._facts: dict[tuple[Path, int], GgufFacts | None] = {}  # by first file and its size

    def watched(self) -> list[Path]:
        """The folders that are watched, there or not."""
        try:
            kept = json.loads(self._store.setting(SETTING) or "[]")
        except ValueError:
            return []
        return [Path(folder) for folder in kept if isinstance(folder, str)]

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on. Raises ModelMissing if it is none."""
        named = absolute(folder)
        if not named.is_dir():
            raise NotAModel(model=str(folder), reason="it is not a folder")
        watched = self.watched()
        if named not in watched:
            self._keep([*watched, named])

    def unwatch(self, folder: Path) -> Path:
        """Watch a folder no longer; the folder as it was watched. Raises ModelMissing."""
        named = absolute(folder)
        watched = self.watched()
        if named not in watched:
            raise ModelMissing(model=str(folder))
        self._keep([each for each in watched if each != named])
        return named

    def found(self, known: list[InstalledModel]) -> Iterator[InstalledModel]:
        """The models in watched folders, but for those whose files are among the `known` ones."""
        paths = {part.path for model in known for part in model.parts}
        names = {model.name.casefold() for model in known}
        for folder in self.watched():
            for files in models_among(self._files.ggufs_below(folder)):
                if files[0] in paths or missing_shard(files, self._folders) is not None:
                    continue
                facts = self._facts_of(files[0])
                if facts is None:
                    continue
                model = self._model(files, folder, facts, names)
                names.add(model.name.casefold())
                paths.update(files)
                yield model

    def _model(
        self, files: tuple[Path, ...], folder: Path, facts: GgufFacts, names: set[str]
    ) -> InstalledModel:
        name = model_name(files[0])
        if name.casefold() in names:
            name = fit_name(f"{name} ({files[0].parent.name})")
        number, first = 2, name
        while name.casefold() in names:
            name, number = f"{first} {number}", number + 1
        return InstalledModel(
            name=name,
            kind=facts.kind,
            keeping=Keeping.IN_PLACE,
            parts=tuple(ModelPart(path, "", self._folders.size(path) or 0) for path in files),
            context_window=facts.context_window,
            parameters=facts.parameters,
            quantization=facts.quantization,
            provenance=Provenance(origin=origin_of(folder), licence=facts.licence),
        )

    def _facts_of(self, path: Path) -> GgufFacts | None:
        """The file's facts, read once while it has its size; None if it is no model."""
        key = (path, self._folders.size(path) or 0)
        if key not in self._facts:
            try:
                self._facts[key] = replace(self._read_facts(path), shapes={})
            except (ModelMissing, NotAModel):
                self._facts[key] = None
        return self._facts[key]

    def _keep(self, folders: list[Path]) -> None:
        self._store.set_setting(SETTING, json.dumps([str(folder) for folder in folders]))


def origin_of(folder: Path) -> str:
    """Where a model came from that was found in a watched folder."""
    return f"the watched folder {folder}"
