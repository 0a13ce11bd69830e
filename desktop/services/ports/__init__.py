"""What the services need from the outside world, as Protocols.

The adapters live in `workers/` and `storage/` and are named only by the composition root. Every
method is called on a worker thread and may block; every long one takes a `Cancellation` and raises
`Cancelled` when it was wished for. All raise `EscritoireError` for what can go wrong outside.

One file a neighbour; everybody imports them from here.
"""

from desktop.services.ports.children import (
    ChatFiles,
    Generator,
    Reader,
    Reranker,
    Retriever,
    Retrievers,
    Vector,
)
from desktop.services.ports.connecting import Hub, Tokens
from desktop.services.ports.folders import FolderFiles, FolderNotices, FolderRecords
from desktop.services.ports.keeping import States, Store
from desktop.services.ports.scripts import RecognizerFiles
from desktop.services.ports.shelving import (
    Counted,
    ModelFiles,
    ModelFolders,
    Models,
    Packs,
    ReadFacts,
    Shelf,
)
from desktop.services.ports.writing import ExportFiles, Reviser, RewrittenFiles, Tones, VoiceFiles

__all__ = [
    "ChatFiles",
    "Counted",
    "ExportFiles",
    "FolderFiles",
    "FolderNotices",
    "FolderRecords",
    "Generator",
    "Hub",
    "ModelFiles",
    "ModelFolders",
    "Models",
    "Packs",
    "ReadFacts",
    "Reader",
    "RecognizerFiles",
    "Reranker",
    "Retriever",
    "Retrievers",
    "Reviser",
    "RewrittenFiles",
    "Shelf",
    "States",
    "Store",
    "Tokens",
    "Tones",
    "Vector",
    "VoiceFiles",
]
