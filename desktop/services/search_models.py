"""The models that documents are searched with: the embedder that serves, the reranker if any.

Both are models of the shelf like others. Which embedder serves, the store says, by the key of the
vectors it has: here it is found which model that is. Loads nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop.domain.catalogue import Entry
from desktop.domain.contexts import SCHEME
from desktop.domain.errors import EmbedderMissing, ModelChanged, ModelError, NotAModel
from desktop.domain.model_folders import CONFIG
from desktop.domain.models import (
    EmbedderFiles,
    InstalledModel,
    Keeping,
    ModelKind,
    RerankerFiles,
)
from desktop.services.ports import ModelFiles, Store
from desktop.services.shelf import Shelf

RERANKER = "chosen reranker"
RERANKING = "reranking"


class SearchModels:
    """Thread-safe. `catalogue` knows prefixes that some models' own settings do not mention."""

    def __init__(
        self, store: Store, shelf: Shelf, files: ModelFiles, catalogue: Sequence[Entry] = ()
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._files = files
        self._entries = {entry.repository.casefold(): entry for entry in catalogue}

    # -- the embedder

    def at_start(self) -> EmbedderFiles | None:
        """The embedder that serves, its hashes checked; None if there is none that may be used.

        If the one whose vectors are stored is here no more, another is set on its way; and if they
        were made by an earlier scheme, they serve until those of today's are there.
        """
        known = list(self._embedders())
        for files, model in known:
            if model.keeping is Keeping.INSTALLATION:
                # Stores of earlier versions knew the installation's by its name.
                self._store.rename_embedder(files.name, files.of_scheme(0).key)
        serving = self._store.serving_embedder()
        usual = known[0][0] if known else None
        chosen = _of_key(serving, known)
        if chosen is not None and chosen.scheme != SCHEME:
            today = chosen.of_scheme(SCHEME)
            if not self._store.vector_count(serving):
                self._store.serve_embedder(today.key)
                chosen = today
            elif not self._store.coming_embedder():
                self._store.set_coming_embedder(today.key)
        if chosen is None and usual is not None:
            if self._store.vector_count(serving):
                if not self._store.coming_embedder():  # or else the user has chosen another
                    self._store.set_coming_embedder(usual.key)
                return None
            chosen = usual
            if serving:
                self._store.serve_embedder(usual.key)
        if chosen is None:
            return None
        try:
            return self.embedder(chosen.name).of_scheme(chosen.scheme)
        except ModelError:
            return None

    def embedder(self, name: str) -> EmbedderFiles:
        """An embedding model, its hashes checked. Raises ModelMissing, ModelChanged, NotAModel."""
        model = self._shelf.find(name)
        if model.kind is not ModelKind.EMBEDDER:
            raise NotAModel(model=model.name, reason="it makes no vectors of texts")
        model = self._shelf.identify(model.name)
        files = self._embedder_files(model)
        self._refuse_strangers(model, files.folder)
        return files

    def by_key(self, key: str) -> EmbedderFiles:
        """The embedder that vectors are known by. Raises EmbedderMissing, ModelChanged."""
        files = _of_key(key, self._embedders())
        if files is None:
            raise EmbedderMissing
        return self.embedder(files.name).of_scheme(files.scheme)

    def serving(self) -> str:
        """The name of the embedder that serves, "" if there is none."""
        return self._name_of(self._store.serving_embedder()) or self._usual_name()

    def coming(self) -> str:
        """The name of the one that is to take its place, "" for none."""
        return self._name_of(self._store.coming_embedder())

    # -- the reranker

    @property
    def reranking(self) -> bool:
        """Whether passages are put in order where a reranker is chosen."""
        return self._store.setting(RERANKING) != "off"

    def set_reranking(self, on: bool) -> None:
        self._store.set_setting(RERANKING, "on" if on else "off")
        self._shelf.changed.tell("")

    def chosen_reranker(self) -> str:
        """The name of the reranker that is chosen, used or not; "" for none."""
        return self._store.setting(RERANKER) or ""

    def choose_reranker(self, name: str) -> None:
        """Let a reranker put passages in order; "" for none. Raises ModelMissing, NotAModel."""
        if name:
            model = self._shelf.find(name)
            if model.kind is not ModelKind.RERANKER:
                raise NotAModel(model=model.name, reason="it puts no passages in order")
            name = model.name
        self._store.set_setting(RERANKER, name)
        if name:
            self._store.set_setting(RERANKING, "on")
        self._shelf.changed.tell(name)

    def reranker(self) -> RerankerFiles | None:
        """The reranker to use, its hashes checked; None for none.

        Raises ModelMissing, ModelChanged.
        """
        name = self.chosen_reranker()
        if not name or not self.reranking:
            return None
        model = self._shelf.identify(name)
        folder = _home(model)
        self._refuse_strangers(model, folder)
        return RerankerFiles(model.name, folder)

    # -- both

    def uses(self, name: str) -> bool:
        """Whether documents are searched with the model, or soon will be."""
        reranker = self.chosen_reranker() if self.reranking else ""
        return name in (self.serving(), self.coming(), reranker)

    def _embedders(self) -> Iterator[tuple[EmbedderFiles, InstalledModel]]:
        """Those whose files can be made out, the usual one first; not verified."""
        models = [m for m in self._shelf.installed() if m.kind is ModelKind.EMBEDDER]
        for model in sorted(models, key=lambda model: model.keeping is not Keeping.INSTALLATION):
            try:
                yield self._embedder_files(model), model
            except ModelError:
                continue

    def _name_of(self, key: str) -> str:
        if not key:
            return ""
        files = _of_key(key, self._embedders())
        return files.name if files else ""

    def _usual_name(self) -> str:
        if self._store.serving_embedder():
            return ""
        return next((model.name for _, model in self._embedders()), "")

    def _embedder_files(self, model: InstalledModel) -> EmbedderFiles:
        home = _home(model)
        facts = self._files.folder_facts(home)
        source = model.provenance
        entry = self._entries.get(source.repository.casefold()) if source.repository else None
        query, passage = facts.query_prefix, facts.passage_prefix
        if entry is not None and not (query or passage):
            query, passage = entry.query_prefix, entry.passage_prefix
        return EmbedderFiles(
            name=model.name,
            folder=home,
            dimensions=facts.dimensions,
            hashes={part.path.relative_to(home).as_posix(): part.sha256 for part in model.parts},
            licence=source.licence,
            origin=source.origin,
            query_prefix=query,
            passage_prefix=passage,
        )

    def _refuse_strangers(self, model: InstalledModel, home: Path) -> None:
        """Raise ModelChanged for a folder that has come to hold more than what was hashed."""
        recorded = {part.path.relative_to(home).as_posix() for part in model.parts}
        if set(self._files.folder_facts(home).files) != recorded:
            raise ModelChanged(model=model.name)


def _of_key(
    key: str, known: Iterable[tuple[EmbedderFiles, InstalledModel]]
) -> EmbedderFiles | None:
    """The embedder that vectors are known by, with the scheme that they were made by."""
    for files, _ in known:
        for scheme in range(SCHEME, -1, -1):
            if files.of_scheme(scheme).key == key:
                return files.of_scheme(scheme)
    return None


def _home(model: InstalledModel) -> Path:
    """The folder that the model's files lie in. Raises NotAModel."""
    homes = [part.path.parent for part in model.parts if part.path.name == CONFIG]
    if not homes:
        raise NotAModel(model=model.name, reason=f"{CONFIG} is missing")
    return min(homes, key=lambda home: len(os.fspath(home)))
