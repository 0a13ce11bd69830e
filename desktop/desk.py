"""The desk: services over a profile and its child processes, without Qt.

The one place, beside `app.py`, that names concrete classes. Window and command line both sit at it.
"""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import EmbedderMissing, ModelChanged
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles
from desktop.services.answering import Answering
from desktop.services.conversations import Conversations
from desktop.services.library import Library
from desktop.services.ports import Models
from desktop.services.retrieval import Retrieval
from desktop.services.rewriting import Rewriting
from desktop.services.voice_fitting import VoiceFitting
from desktop.services.voices import Voices
from desktop.storage.paths import default_profile, handbook, installation_tones
from desktop.storage.profile import Profile, open_profile
from desktop.storage.tones import ToneFiles
from desktop.storage.voice_files import VoiceFiles
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from desktop.workers.retriever.adapter import RetrieverAdapter, retriever_client

__all__ = ["Desk", "default_profile", "open_desk"]

HANDBOOK_ADDED = "handbook added"


class Desk:
    """An open profile with its services. Close it to end the children and close the store.

    The children are started by the first job that needs them; opening costs none of their time.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        reading = reader_client()
        embedder = _embedder(profile.models)
        finding = retriever_client(profile.paths.index, embedder)
        writing = generator_client()
        self._clients = (reading, finding, writing)
        store = profile.store
        retriever = RetrieverAdapter(finding, embedder)
        self.models: Models = profile.models
        self.retrieval = Retrieval(store, retriever)
        self.library = Library(store, ReaderAdapter(reading), retriever)
        self.conversations = Conversations(store)
        generator = LlamaGenerator(writing)
        self.answering = Answering(
            store, self.retrieval, generator, profile.models, self.conversations
        )
        tones = ToneFiles((profile.paths.tones, installation_tones()))
        self.voices = Voices(store, retriever, VoiceFiles())
        self.rewriting = Rewriting(store, generator, profile.models, tones, self.voices)
        self.voice_fitting = VoiceFitting(generator, profile.models, self.voices)

    @property
    def profile(self) -> Path:
        return self._profile.paths.profile

    @property
    def damage(self) -> str:
        """What the daily backup found wrong with the store, in a sentence, or "" (so far)."""
        return self._profile.damage

    def prepare(self, cancel: Cancellation) -> None:
        """Mend what the last run left behind; put the handbook into a new profile.

        Blocks for as long as one real query of the vector index, or its rebuilding, takes.
        """
        self.library.recover()
        self.retrieval.ensure_index(cancel=cancel)
        if self._profile.store.setting(HANDBOOK_ADDED) is None:
            if handbook().exists():
                self.library.add([handbook()])
            self._profile.store.set_setting(HANDBOOK_ADDED, "yes")

    def warm_up(self, cancel: Cancellation) -> None:
        """Load both models, so that the first question does not wait for them."""
        self.retrieval.warm_up(cancel)
        self.answering.warm_up(cancel)

    def close(self) -> None:
        """End the children, then close the store. What was running is cancelled."""
        for client in self._clients:
            client.stop()
        self._profile.close()


def open_desk(profile: Path, passphrase: str | None = None) -> Desk:
    """Unlock and open the profile in this folder, made new if there is none.

    Raises the errors of `storage.profile.open_profile`.
    """
    return Desk(open_profile(profile, passphrase))


def _embedder(models: Models) -> EmbedderFiles | None:
    """The embedding model, if there is one that may be used; words are searched without."""
    try:
        return models.embedder()
    except (EmbedderMissing, ModelChanged):
        return None
