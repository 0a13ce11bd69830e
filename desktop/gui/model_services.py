"""The services about models, as the window is handed them: one bundle, so that pages name few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.domain.catalogue import Entry
from desktop.domain.hub import Request
from desktop.domain.models import Provenance
from desktop.services.chat_models import ChatModels
from desktop.services.downloads import Downloads
from desktop.services.hub import ModelHub
from desktop.services.judging import Judging
from desktop.services.loading import Loader
from desktop.services.packs import Packs
from desktop.services.reembedding import Reembedding
from desktop.services.search_models import SearchModels
from desktop.services.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ModelServices:
    """Each of them blocks. `requests` gives the newest lines of the ledger, oldest first, and
    `licence_text` the text of a model's licence, "" where none is known."""

    shelf: Shelf
    chat_models: ChatModels
    packs: Packs
    loader: Loader
    judging: Judging
    hub: ModelHub
    downloads: Downloads
    search_models: SearchModels
    reembedding: Reembedding
    catalogue: Sequence[Entry]
    requests: Callable[[], list[Request]]
    licence_text: Callable[[Provenance], str]
