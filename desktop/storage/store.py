"""The store as the services know it: one object out of its parts."""

from __future__ import annotations

from desktop.storage.chunks import Chunks
from desktop.storage.collections import Collections
from desktop.storage.completeness import Completeness
from desktop.storage.conversations import Conversations
from desktop.storage.documents import Documents
from desktop.storage.downloads import Downloads
from desktop.storage.filing import Filing
from desktop.storage.filtering import Filtering
from desktop.storage.journal import Journal
from desktop.storage.ledger import Ledger
from desktop.storage.naming import Naming
from desktop.storage.rewrites import Rewrites
from desktop.storage.said import Said
from desktop.storage.scrubbing import Scrubbing
from desktop.storage.shelf import ModelRecords
from desktop.storage.summaries import SummaryParts
from desktop.storage.taken_in import TakenIn
from desktop.storage.vectors import Vectors
from desktop.storage.voices import Voices
from desktop.storage.watched_folders import WatchedFolders


class Store(
    Documents,
    Naming,
    Filtering,
    Collections,
    Completeness,
    WatchedFolders,
    Chunks,
    Vectors,
    Conversations,
    Filing,
    Said,
    SummaryParts,
    TakenIn,
    Voices,
    Rewrites,
    ModelRecords,
    Downloads,
    Ledger,
    Journal,
    Scrubbing,
):
    """`services.ports.Store` over SQLCipher. Every method may be called from any thread."""
