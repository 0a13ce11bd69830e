"""The models that write: which of them answers, and how each is loaded.

What they are as files, and whether they are still that, is the shelf's.
"""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import ModelMissing, NotAModel
from desktop.domain.models import (
    NO_MODEL,
    InstalledModel,
    Keeping,
    LoadSettings,
    ModelFile,
    ModelKind,
    ModelPart,
)
from desktop.domain.shards import is_gguf, model_name
from desktop.services.load_settings import from_json, to_json
from desktop.services.ports import ModelFolders, ReadFacts, Store
from desktop.services.shelf import Shelf
from desktop.services.written_paths import absolute

CHOSEN = "chosen model"
LOADING = "load settings of "


class ChatModels:
    """`services.ports.Models`. Thread-safe; most of it may block."""

    def __init__(
        self, store: Store, shelf: Shelf, folders: ModelFolders, read_facts: ReadFacts
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._folders = folders
        self._read_facts = read_facts

    # -- which one, and how it is loaded

    def chosen(self) -> InstalledModel:
        """The model that answers: the one that was chosen, or else the starter model.

        Raises ModelMissing if there is no chat model at all.
        """
        models = [model for model in self._shelf.installed() if model.kind is ModelKind.CHAT]
        name = self._store.setting(CHOSEN)
        for model in models:
            if model.name == name:
                return model
        # One of another application's is nothing that the user brought here to answer.
        for model in models:
            ours = model.keeping is not Keeping.IN_PLACE or model.added
            if ours and self._shelf.trouble_of(model) is None:
                return model
        for model in models:
            if model.keeping is Keeping.INSTALLATION:
                return model
        raise ModelMissing(model=NO_MODEL)

    def choose(self, name: str) -> InstalledModel:
        """Let a model answer from now on. Raises ModelMissing, NotAModel if it writes no text."""
        model = _writing(self._shelf.find(name))
        self._store.set_setting(CHOSEN, model.name)
        self._shelf.changed.tell(model.name)
        return model

    def settings_of(self, name: str) -> LoadSettings:
        """How a model is to be loaded; defaults where nothing was set."""
        kept = self._store.setting(LOADING + name)
        return LoadSettings() if kept is None else from_json(kept, name)

    def set_settings(self, name: str, settings: LoadSettings) -> None:
        """Load a model so from now on. Raises ModelMissing."""
        model = self._shelf.find(name)
        self._store.set_setting(LOADING + model.name, to_json(settings))
        self._shelf.changed.tell(model.name)

    # -- services.ports.Models

    def chat_models(self) -> list[ModelFile]:
        """The chat models that may be loaded, as far as can be seen without hashing them."""
        return [
            _file(model)
            for model in self._shelf.installed()
            if model.kind is ModelKind.CHAT and self._shelf.trouble_of(model) is None
        ]

    def chat_model(self, reference: str | None) -> ModelFile:
        """The model of that name, or the chosen one; its hashes checked.

        The path of a GGUF file is a reference too: there is no hash on record for it, so the one
        it has is stated. Raises ModelMissing, ModelChanged, NotAModel.
        """
        try:
            model = self.chosen() if reference is None else self._shelf.find(reference)
        except ModelMissing:
            path = absolute(reference or "")
            if reference is None or not (is_gguf(path) or self._folders.size(path) is not None):
                raise
            return self._file_of_the_users(path)
        return _file(self._shelf.identify(_writing(model).name))

    def _file_of_the_users(self, path: Path) -> ModelFile:
        facts = self._read_facts(path)
        part = ModelPart(path, self._folders.sha256(path.name, path), self._folders.size(path) or 0)
        return ModelFile(
            name=model_name(path),
            path=path,
            sha256=part.sha256,
            size=part.size,
            context_window=facts.context_window,
            quantization=facts.quantization,
            licence=facts.licence,
        )


def _writing(model: InstalledModel) -> InstalledModel:
    """The model, being one that writes text. Raises NotAModel."""
    if model.kind is not ModelKind.CHAT:
        raise NotAModel(model=model.name, reason="it writes no answers")
    return model


def _file(model: InstalledModel) -> ModelFile:
    first, source = model.parts[0], model.provenance
    return ModelFile(
        name=model.name,
        path=first.path,
        sha256=first.sha256,
        size=model.size,
        context_window=model.context_window,
        quantization=model.quantization,
        licence=source.licence,
        origin=source.origin,
        parts=model.parts if len(model.parts) > 1 else (),
    )
