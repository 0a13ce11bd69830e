"""The desk: services over a profile and its child processes, without Qt.

The one place, beside `joined.py`, that names concrete classes. Window and command line both sit at
it.
"""

from __future__ import annotations

import logging
from pathlib import Path

from desktop.domain.errors import EscritoireError, ModelMissing
from desktop.domain.hub import Request
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Provenance, Speed
from desktop.services.answering import Answering
from desktop.services.appearance import Appearance
from desktop.services.chat_models import ChatModels
from desktop.services.conversations import Conversations
from desktop.services.downloads import Downloads
from desktop.services.example_proposing import ExampleProposing
from desktop.services.hub import ModelHub
from desktop.services.judging import Judging
from desktop.services.library import Library
from desktop.services.loading import Loader
from desktop.services.originals import Originals
from desktop.services.packs import Packs
from desktop.services.presence import Presence
from desktop.services.reembedding import Reembedding
from desktop.services.retrieval import Retrieval
from desktop.services.rewriting import Rewriting
from desktop.services.search_models import SearchModels
from desktop.services.shelf import Shelf
from desktop.services.voice_fitting import VoiceFitting
from desktop.services.voices import Voices
from desktop.storage import catalogue, packs
from desktop.storage.gguf_head import read_facts
from desktop.storage.licences import licence_text
from desktop.storage.new_files import RewrittenFiles
from desktop.storage.paths import catalogue as catalogue_file
from desktop.storage.paths import default_profile, handbook, installation_tones, licence_texts
from desktop.storage.profile import Profile, open_profile
from desktop.storage.tones import ToneFiles
from desktop.storage.voice_files import VoiceFiles
from desktop.workers.downloader.adapter import HubAdapter, downloader_client
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from desktop.workers.retriever.adapter import (
    RerankerAdapter,
    RetrieverAdapter,
    retriever_client,
)
from desktop.workers.reviser.adapter import ReviserAdapter, reviser_client

__all__ = ["Desk", "default_profile", "open_desk"]

HANDBOOK_ADDED = "handbook added"

log = logging.getLogger(__name__)


class Desk:
    """An open profile with its services. Close it to end the children and close the store.

    The children are started by the first job that needs them; opening costs none of their time.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._closed = False
        reading = reader_client()
        finding = retriever_client(profile.paths.index)
        writing = generator_client()
        revising = reviser_client()
        store = profile.store
        fetching = downloader_client(profile.paths.downloads, store)
        self._clients = (reading, finding, writing, revising, fetching)
        self.catalogue = catalogue.read(catalogue_file())
        self.shelf = Shelf(store, profile.models, profile.model_files, read_facts, self._uses)
        self.chat_models = ChatModels(store, self.shelf, profile.models, read_facts)
        self.search_models = SearchModels(store, self.shelf, profile.model_files, self.catalogue)
        retriever = RetrieverAdapter(finding, self.search_models.at_start())
        self.packs = Packs(store, packs.Packs(licence_texts()), self.shelf, read_facts)
        self.retrieval = Retrieval(
            store, retriever, RerankerAdapter(finding), self.search_models.reranker
        )
        self.reembedding = Reembedding(store, self.search_models, retriever)
        self.library = Library(store, ReaderAdapter(reading), retriever)
        self.conversations = Conversations(store)
        generator = LlamaGenerator(writing)
        self.loader = Loader(generator, read_facts, self.chat_models.settings_of, self._speed_of)
        self.answering = Answering(
            store, self.retrieval, generator, self.loader, self.chat_models, self.conversations
        )
        tones = ToneFiles((profile.paths.tones, installation_tones()))
        self.voices = Voices(store, retriever, VoiceFiles(profile.paths.adapters), profile.states)
        self.rewriting = Rewriting(
            store, generator, self.loader, self.chat_models, tones, self.voices, profile.states
        )
        self.originals = Originals(store, ReviserAdapter(revising), RewrittenFiles())
        self.presence = Presence(store)
        self.appearance = Appearance(store)
        self.voice_fitting = VoiceFitting(generator, self.loader, self.chat_models, self.voices)

        self.examples = ExampleProposing(generator, self.loader, self.chat_models, self.voices)
        hub = HubAdapter(fetching)
        self.hub = ModelHub(store, hub, profile.token)
        self.judging = Judging(self.loader, self.hub)
        self.downloads = Downloads(store, self.hub, hub, self.shelf, profile.paths.downloads)

    @property
    def profile(self) -> Path:
        return self._profile.paths.profile

    def requests(self, *, limit: int | None = None) -> list[Request]:
        """The ledger: the newest requests that left this computer or were refused, oldest first."""
        return self._profile.store.requests(limit=limit)

    def licence_text(self, source: Provenance) -> str:
        """The text of a model's licence, "" where none is known."""
        return licence_text(source, licence_texts())

    @property
    def damage(self) -> str:
        """What the daily backup found wrong with the store, in a sentence, or "" (so far)."""
        return self._profile.damage

    def prepare(self, cancel: Cancellation) -> None:
        """Mend what the last run left behind; put the handbook into a new profile.

        Blocks for as long as one real query of the vector index, or its rebuilding, takes.
        """
        self.shelf.recover()
        self.library.recover()
        self.retrieval.ensure_index(cancel=cancel)
        self.reembedding.tidy(cancel)
        if self._profile.store.setting(HANDBOOK_ADDED) is None:
            if handbook().exists():
                self.library.add([handbook()])
            self._profile.store.set_setting(HANDBOOK_ADDED, "yes")

    def warm_up(self, cancel: Cancellation) -> None:
        """Load both models, so that the first question does not wait for them."""
        self.retrieval.warm_up(cancel)
        self.answering.warm_up(cancel)

    def close(self) -> None:
        """End the children, then close the store. What was running is cancelled.

        Models that were removed go now: until here they could be put back. Closing again does
        nothing.
        """
        if self._closed:
            return
        self._closed = True
        for client in self._clients:
            client.stop()
        try:
            self.shelf.settle()
            self.voices.settle()
        except (EscritoireError, OSError) as error:
            log.warning("what was removed is left for the next time: %s", error)
        finally:
            self._profile.close()

    def _uses(self, model: str) -> bool:
        return self.answering.uses(model) or self.search_models.uses(model)

    def _speed_of(self, model: str) -> Speed | None:
        try:
            return self.shelf.speed(model)
        except ModelMissing:  # a file that was named by its path
            return None


def open_desk(profile: Path, passphrase: str | None = None) -> Desk:
    """Unlock and open the profile in this folder, made new if there is none.

    Raises the errors of `storage.profile.open_profile`.
    """
    return Desk(open_profile(profile, passphrase))
