"""What crosses the pipe between the application and a child: typed, bounded, never pickled.

Both sides decode with msgspec into the structs below and nothing else; a message that does not fit
is refused. A child that a hostile document has taken over can therefore lie, but it can neither
make the parent run code nor fill its memory. No Qt, no third-party library but msgspec.

Every job ends exactly once: `Done`, `Failed` or `Cancelled`. Everything before that is `Output`
(a part of the result, in order) or `Progress` (which only grows).
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from desktop.workers.protocol.bounds import (
    MAX_FROM_CHILD,
    MAX_HEAD,
    MAX_PAGE_TEXT,
    MAX_PIECE,
    MAX_STATE,
    MAX_TO_CHILD,
    Name,
    Number,
    PageTextStr,
    Pixels,
)
from desktop.workers.protocol.downloader import (
    Answered,
    CheckToken,
    FetchFile,
    FetchText,
    FileFetched,
    HeadBytes,
    HubAccess,
    HubEntry,
    HubFileEntry,
    HubListing,
    HubRepositories,
    HubText,
    ListRepository,
    ReadHead,
    Requested,
    SearchHub,
    TokenOwner,
)
from desktop.workers.protocol.dummy import Rehearse, Rehearsed
from desktop.workers.protocol.generator import (
    AttachedAdapter,
    Begin,
    Begun,
    ChatMessage,
    ComputerExamined,
    Device,
    ExamineComputer,
    Generate,
    Generated,
    LoadModel,
    MeasureSpeed,
    MemoryTaken,
    ModelLoaded,
    Prefill,
    Prefilled,
    RestoreState,
    SaveState,
    SpeedMeasured,
    StatePiece,
    StateSaved,
    TakeState,
    TextDelta,
)
from desktop.workers.protocol.reader import (
    DocumentOpened,
    DocumentRead,
    PagePixels,
    PageText,
    ReadDocument,
    RenderPage,
    ScanBegun,
)
from desktop.workers.protocol.retriever import (
    AddVectors,
    Embed,
    Embedded,
    EmbedderUsed,
    FindNearest,
    IndexState,
    KeepIndexes,
    Kept,
    Nearest,
    ProbeIndex,
    RemoveDocuments,
    Rerank,
    Reranked,
    ResetIndex,
    Vectors,
    Warm,
    WarmUp,
)
from desktop.workers.protocol.reviser import (
    FileBytes,
    OriginalRead,
    OriginalRevised,
    ParagraphEdit,
    ParagraphEntry,
    ParagraphsRead,
    ReadOriginal,
    ReplaceBody,
    ReviseOriginal,
)

__all__ = [
    "MAX_FROM_CHILD",
    "MAX_HEAD",
    "MAX_PAGE_TEXT",
    "MAX_PIECE",
    "MAX_STATE",
    "MAX_TO_CHILD",
    "AddVectors",
    "Answered",
    "AtWork",
    "AttachedAdapter",
    "Begin",
    "Begun",
    "Body",
    "Cancel",
    "Cancelled",
    "ChatMessage",
    "CheckToken",
    "ComputerExamined",
    "Device",
    "DocumentOpened",
    "DocumentRead",
    "Done",
    "Embed",
    "Embedded",
    "EmbedderUsed",
    "ExamineComputer",
    "Failed",
    "FetchFile",
    "FetchText",
    "FileBytes",
    "FileFetched",
    "FindNearest",
    "FromChild",
    "Generate",
    "Generated",
    "HeadBytes",
    "Heard",
    "HubAccess",
    "HubEntry",
    "HubFileEntry",
    "HubListing",
    "HubRepositories",
    "HubText",
    "IndexState",
    "KeepIndexes",
    "Kept",
    "ListRepository",
    "LoadModel",
    "MeasureSpeed",
    "MemoryTaken",
    "ModelLoaded",
    "Name",
    "Nearest",
    "Number",
    "OriginalRead",
    "OriginalRevised",
    "Output",
    "PagePixels",
    "PageText",
    "PageTextStr",
    "ParagraphEdit",
    "ParagraphEntry",
    "ParagraphsRead",
    "Pixels",
    "Prefill",
    "Prefilled",
    "ProbeIndex",
    "Progress",
    "ReadDocument",
    "ReadHead",
    "ReadOriginal",
    "Ready",
    "Rehearse",
    "Rehearsed",
    "RemoveDocuments",
    "RenderPage",
    "ReplaceBody",
    "Request",
    "Requested",
    "Rerank",
    "Reranked",
    "ResetIndex",
    "RestoreState",
    "ReviseOriginal",
    "SaveState",
    "ScanBegun",
    "SearchHub",
    "Shutdown",
    "SpeedMeasured",
    "Start",
    "StatePiece",
    "StateSaved",
    "TakeState",
    "Taken",
    "TextDelta",
    "ToChild",
    "TokenOwner",
    "Vectors",
    "Warm",
    "WarmUp",
    "decode_from_child",
    "decode_to_child",
    "encode",
]

Request = (
    ReadDocument
    | RenderPage
    | ReadOriginal
    | ReviseOriginal
    | ReplaceBody
    | Embed
    | AddVectors
    | RemoveDocuments
    | ProbeIndex
    | ResetIndex
    | KeepIndexes
    | FindNearest
    | Rerank
    | WarmUp
    | ExamineComputer
    | LoadModel
    | MeasureSpeed
    | Generate
    | Prefill
    | Begin
    | SaveState
    | TakeState
    | RestoreState
    | SearchHub
    | ListRepository
    | ReadHead
    | FetchText
    | FetchFile
    | CheckToken
    | Rehearse
)

Body = (
    DocumentOpened
    | ScanBegun
    | PageText
    | DocumentRead
    | PagePixels
    | ParagraphsRead
    | OriginalRead
    | FileBytes
    | OriginalRevised
    | Vectors
    | Embedded
    | IndexState
    | Kept
    | Nearest
    | Reranked
    | Warm
    | ComputerExamined
    | ModelLoaded
    | SpeedMeasured
    | TextDelta
    | Generated
    | Prefilled
    | Begun
    | StatePiece
    | StateSaved
    | HubRepositories
    | HubListing
    | HeadBytes
    | HubText
    | FileFetched
    | TokenOwner
    | Requested
    | Answered
    | Rehearsed
)


class Start(Struct, tag="start", frozen=True):
    """Begin a job. Jobs with `background` set give way to others between their steps.

    With `max_ahead`, the job rests while that many of its outputs are not `Taken`, and others run.
    """

    job: int
    request: Request
    background: bool = False
    max_ahead: int = 0  # 0: no bound


class Taken(Struct, tag="taken", frozen=True):
    """One more output of the job was taken by whoever asked for it."""

    job: int


class Heard(Struct, tag="heard", frozen=True):
    """What the job told the parent's witness was written down."""

    job: int


class Cancel(Struct, tag="cancel", frozen=True):
    job: int


class Shutdown(Struct, tag="shutdown", frozen=True):
    """End in good order once the running step is over."""


class Ready(Struct, tag="ready", frozen=True):
    """The first message of a child: what the operating system enforces on it, as it found out.

    `protections`: name -> "enforced", or why not.
    """

    protections: Annotated[dict[Name, Name], Meta(max_length=50)]


class Progress(Struct, tag="progress", frozen=True):
    job: Number
    done: Number
    total: Number


class AtWork(Struct, tag="at_work", frozen=True):
    """A long step gets on, whosever it is."""


class Output(Struct, tag="output", frozen=True):
    job: Number
    body: Body


class Done(Struct, tag="done", frozen=True):
    job: Number
    body: Body


class Failed(Struct, tag="failed", frozen=True):
    """`code` names an error of `domain.errors`; the parent owns the words."""

    job: Number
    code: Annotated[str, Meta(max_length=100)]
    facts: Annotated[dict[Name, Name | Number], Meta(max_length=20)] = {}


class Cancelled(Struct, tag="cancelled", frozen=True):
    job: Number


ToChild = Start | Taken | Heard | Cancel | Shutdown
FromChild = Ready | Progress | AtWork | Output | Done | Failed | Cancelled

T = TypeVar("T")

_encoder = msgspec.msgpack.Encoder()
_to_child: msgspec.msgpack.Decoder[ToChild] = msgspec.msgpack.Decoder(ToChild)
_from_child: msgspec.msgpack.Decoder[FromChild] = msgspec.msgpack.Decoder(FromChild)


def encode(message: ToChild | FromChild) -> bytes:
    """The message as bytes."""
    return _encoder.encode(message)


def decode_to_child(raw: bytes) -> ToChild:
    """What the parent said. Raises msgspec.DecodeError if it is no such message."""
    return _decode(_to_child, raw)


def decode_from_child(raw: bytes) -> FromChild:
    """What a child said. Raises msgspec.DecodeError if it is no such message within bounds."""
    return _decode(_from_child, raw)


def _decode(decoder: msgspec.msgpack.Decoder[T], raw: bytes) -> T:
    try:
        return decoder.decode(raw)
    except (UnicodeDecodeError, RecursionError) as error:  # which msgspec lets through
        raise msgspec.DecodeError(str(error)) from error
