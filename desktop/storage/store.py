"""The store as the services know it: one object out of its parts."""

from __future__ import annotations

from desktop.storage.chunks import Chunks
from desktop.storage.conversations import Conversations
from desktop.storage.documents import Documents
from desktop.storage.downloads import Downloads
from desktop.storage.journal import Journal
from desktop.storage.ledger import Ledger
from desktop.storage.rewrites import Rewrites
from desktop.storage.shelf import ModelRecords
from desktop.storage.taken_in import TakenIn
from desktop.storage.vectors import Vectors
from desktop.storage.voices import Voices


class Store(
    Documents,
    Chunks,
    Vectors,
    Conversations,
    TakenIn,
    Voices,
    Rewrites,
    ModelRecords,
    Downloads,
    Ledger,
    Journal,
):
    """`services.ports.Store` over SQLCipher. Every method may be called from any thread."""
