"""What crosses the pipe between the application and a child: typed, bounded, never pickled.

Both sides decode with msgspec into the structs below and nothing else; a message that does not fit
is refused. A child that a hostile document has taken over can therefore lie, but it can neither
make the parent run code nor fill its memory. No Qt, no third-party library but msgspec.

Every job ends exactly once: `Done`, `Failed` or `Cancelled`. Everything before that is `Output`
(a part of the result, in order) or `Progress` (which only grows).
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

MAX_TO_CHILD = 32 * 1024 * 1024  # bytes of one message; vectors for an index are the largest
MAX_FROM_CHILD = 64 * 1024 * 1024  # bytes; a page image at 4,000 x 4,000 pixels is 48 MB
MAX_HEAD = 32 * 1024 * 1024  # bytes of a model file's head; vocabularies are most of it

# Bounds of what a child may say. Text is counted in characters.
Number = Annotated[int, Meta(ge=0, le=2**53)]
Name = Annotated[str, Meta(max_length=2_000)]
PageTextStr = Annotated[str, Meta(max_length=2_000_000)]
Pixels = Annotated[int, Meta(ge=1, le=10_000)]


# -- reader -------------------------------------------------------------------------------------


class ReadDocument(Struct, tag="read_document", frozen=True):
    """Read a PDF's text, page by page. Output: one `DocumentOpened`, then a `PageText` a page.

    Done: `DocumentRead`.
    """

    path: str
    password: str | None = None
    first_page: int = 1  # from 1; where to resume


class DocumentOpened(Struct, tag="document_opened", frozen=True):
    page_count: Annotated[int, Meta(ge=1, le=1_000_000)]
    title: Name = ""
    author: Name = ""
    created: Name = ""
    # (level, title, page), in reading order
    outline: Annotated[list[tuple[Number, Name, Number]], Meta(max_length=10_000)] = []


class PageText(Struct, tag="page_text", frozen=True):
    number: Number
    label: Name
    text: PageTextStr


class DocumentRead(Struct, tag="document_read", frozen=True):
    pages: Number


class RenderPage(Struct, tag="render_page", frozen=True):
    """Draw a page. Done: `PagePixels`. `spans` are (start, end) offsets into that page's text."""

    path: str
    page: int
    width: int  # of the image, in pixels; the height follows from the page
    spans: list[tuple[int, int]] = []
    password: str | None = None


class PagePixels(Struct, tag="page_pixels", frozen=True):
    """`pixels`: height x width x 3 bytes, RGB. `lit`: (left, top, width, height) in pixels."""

    width: Pixels
    height: Pixels
    pixels: bytes
    lit: Annotated[list[tuple[float, float, float, float]], Meta(max_length=10_000)] = []


# -- retriever ----------------------------------------------------------------------------------


class Embed(Struct, tag="embed", frozen=True):
    """Vectors for texts. Output: `Vectors` as batches finish, in any order. Done: `Embedded`."""

    texts: list[str]


class Vectors(Struct, tag="vectors", frozen=True):
    """`vectors`: a float16 row of `dimensions` for each of `positions` (in the request's texts)."""

    positions: Annotated[list[Number], Meta(max_length=100_000)]
    dimensions: Annotated[int, Meta(ge=1, le=8_192)]
    vectors: bytes


class Embedded(Struct, tag="embedded", frozen=True):
    texts: Number


class AddVectors(Struct, tag="add_vectors", frozen=True):
    """Add rows to the vector index. `vectors`: float16 rows. Done: `IndexState`."""

    chunk_ids: list[int]
    document_ids: list[int]
    dimensions: int
    vectors: bytes


class RemoveDocuments(Struct, tag="remove_documents", frozen=True):
    """Drop every row of these documents from the vector index. Done: `IndexState`."""

    document_ids: list[int]


class ProbeIndex(Struct, tag="probe_index", frozen=True):
    """Open the vector index and run one real query. Done: `IndexState` (`healthy` tells)."""


class ResetIndex(Struct, tag="reset_index", frozen=True):
    """Drop the vector index, damaged or not, and start an empty one. Done: `IndexState`."""


class IndexState(Struct, tag="index_state", frozen=True):
    healthy: bool
    rows: Number = 0
    reason: Name = ""


class FindNearest(Struct, tag="find_nearest", frozen=True):
    """The chunks nearest in meaning. Done: `Nearest`. `document_ids` None means everywhere."""

    query: str
    limit: int
    document_ids: list[int] | None = None


class Nearest(Struct, tag="nearest", frozen=True):
    """Best first. `similarities` are cosines, -1 to 1."""

    chunk_ids: Annotated[list[Number], Meta(max_length=10_000)]
    similarities: Annotated[list[float], Meta(max_length=10_000)]


class WarmUp(Struct, tag="warm_up", frozen=True):
    """Load what the first query would have to wait for. Done: `Warm`."""


class Warm(Struct, tag="warm", frozen=True):
    description: Name = ""


# -- generator ----------------------------------------------------------------------------------


class ExamineComputer(Struct, tag="examine_computer", frozen=True):
    """What there is to run models on. Done: `ComputerExamined`."""


class Device(Struct, frozen=True):
    """A GPU as ggml's registry has it. `backend` is the registry's own word; memory in bytes."""

    name: Name
    description: Name
    backend: Name
    memory: Number
    free: Number
    integrated: bool = False


class ComputerExamined(Struct, tag="computer_examined", frozen=True):
    """Processor, memory (bytes), GPUs, and what the build of llama.cpp supports."""

    processor: Name
    architecture: Name
    features: Annotated[list[Name], Meta(max_length=200)]
    cores: Number
    performance_cores: Number
    threads: Number
    memory: Number
    free: Number
    devices: Annotated[list[Device], Meta(max_length=64)]
    version: Name
    backends: Annotated[list[Name], Meta(max_length=64)]
    gpu_offload: bool


class AttachedAdapter(Struct, frozen=True):
    """A LoRA in GGUF and the strength it is applied with."""

    path: str
    strength: float = 1.0


class LoadModel(Struct, tag="load_model", frozen=True):
    """Load a GGUF, in place of the one loaded before. Progress: 0 to 100. Done: `ModelLoaded`.

    Zero means that the generator chooses. `device` is the name of a `Device`, "" for none: then
    everything is on the processor.
    """

    path: str
    context_window: int = 0  # tokens; more than the model was trained for is refused
    usual_window: int = 4096  # tokens, or as many as the model was trained for, if none are asked
    threads: int = 0  # writing one token after another
    batch_threads: int = 0  # evaluating a prompt
    batch: int = 0  # tokens
    device: str = ""
    gpu_layers: int = 0
    cache_type: Literal["f16", "q8_0", "q4_0"] = "f16"
    memory_map: bool = False
    memory_lock: bool = False
    adapters: list[AttachedAdapter] = []


class MemoryTaken(Struct, frozen=True):
    """Bytes that llama.cpp says it took in one place."""

    weights: Number = 0
    cache: Number = 0
    compute: Number = 0


class ModelLoaded(Struct, tag="model_loaded", frozen=True):
    """`on_computer` and `on_device` are what loading took; `locked` whether the system let it."""

    name: Name
    context_window: Number
    parameters: Number
    size: Number  # bytes of weights
    seconds: float = 0.0
    on_computer: MemoryTaken = MemoryTaken()
    on_device: MemoryTaken = MemoryTaken()
    locked: bool = False


class MeasureSpeed(Struct, tag="measure_speed", frozen=True):
    """How fast the loaded model is here. Progress: 0 to 100. Done: `SpeedMeasured`."""


class SpeedMeasured(Struct, tag="speed_measured", frozen=True):
    """Tokens a second; `threads` are those with which writing was fastest."""

    prefill: float
    decode: float
    threads: Number
    load_s: float
    memory: Number  # bytes that the model takes, wherever they are


class ChatMessage(Struct, frozen=True):
    role: str
    content: str


class Generate(Struct, tag="generate", frozen=True):
    """Answer a chat. Progress: prompt tokens evaluated. Output: `TextDelta`. Done: `Generated`.

    The prompt's longest prefix that is already in the KV cache is not evaluated again.
    """

    messages: list[ChatMessage]
    temperature: float = 0.0
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    seed: int = 0
    max_tokens: int = 512
    stop: list[str] = []
    stop_repeating: bool = False
    draft_from_prompt: bool = False  # the answer is mostly in the prompt: the same, but sooner


class TextDelta(Struct, tag="text_delta", frozen=True):
    text: Annotated[str, Meta(max_length=100_000)]


class Generated(Struct, tag="generated", frozen=True):
    """`reason`: "end" (the model ended), "stop" (a stop string), "limit" (max_tokens or window),
    "repeats" (the model says what it said before)."""

    reason: Annotated[str, Meta(max_length=20)]
    prompt_tokens: Number
    cached_tokens: Number
    first_token_s: float
    tokens: Number
    tokens_per_s: float


class Prefill(Struct, tag="prefill", frozen=True):
    """Evaluate the prompt's beginning ahead of the question. Done: `Prefilled`."""

    messages: list[ChatMessage]


class Prefilled(Struct, tag="prefilled", frozen=True):
    prompt_tokens: Number
    cached_tokens: Number


# -- downloader ---------------------------------------------------------------------------------
#
# Of every request that a job makes it tells the parent's witness: `Requested` before it leaves (or
# is refused), `Answered` when its answer has ended.


class HubAccess(Struct, frozen=True):
    """Where the hub is, which hosts beside it may be asked, and who asks ("" for nobody)."""

    endpoint: str
    hosts: list[str] = []
    token: str = ""


class SearchHub(Struct, tag="search_hub", frozen=True):
    """Repositories with GGUF files, the most fetched first. Done: `HubRepositories`."""

    via: HubAccess
    text: str
    limit: int


class ListRepository(Struct, tag="list_repository", frozen=True):
    """What a repository holds, at the commit that is its newest now. Done: `HubListing`."""

    via: HubAccess
    repository: str


class ReadHead(Struct, tag="read_head", frozen=True):
    """`length` bytes of a file from `start` on, or what there is. Done: `HeadBytes`."""

    via: HubAccess
    repository: str
    commit: str
    file: str
    start: int
    length: int


class FetchText(Struct, tag="fetch_text", frozen=True):
    """A small text file of a repository. Done: `HubText`."""

    via: HubAccess
    repository: str
    commit: str
    file: str


class FetchFile(Struct, tag="fetch_file", frozen=True):
    """Fetch a file to the path `target`, by way of a `.part` beside it. Done: `FileFetched`.

    Progress: bytes that are there. What is there of it already is hashed, not fetched again. The
    target is there only if its SHA-256 is `sha256`.
    """

    via: HubAccess
    repository: str
    commit: str
    file: str
    size: int
    sha256: str
    target: str


class CheckToken(Struct, tag="check_token", frozen=True):
    """Whose token `via` holds. Done: `TokenOwner`."""

    via: HubAccess


class HubEntry(Struct, frozen=True):
    name: Name
    licence: Name = ""
    gated: bool = False
    downloads: Number = 0


class HubRepositories(Struct, tag="hub_repositories", frozen=True):
    repositories: Annotated[list[HubEntry], Meta(max_length=1_000)]


class HubFileEntry(Struct, frozen=True):
    path: Name
    size: Number
    sha256: Annotated[str, Meta(max_length=64)] = ""  # "" where the hub has none


class HubListing(Struct, tag="hub_listing", frozen=True):
    repository: HubEntry
    commit: Annotated[str, Meta(max_length=40)]
    files: Annotated[list[HubFileEntry], Meta(max_length=20_000)]


class HeadBytes(Struct, tag="head_bytes", frozen=True):
    content: Annotated[bytes, Meta(max_length=MAX_HEAD)]


class HubText(Struct, tag="hub_text", frozen=True):
    text: Annotated[str, Meta(max_length=1_000_000)]


class FileFetched(Struct, tag="file_fetched", frozen=True):
    """`received` bytes came over the network for it."""

    size: Number
    received: Number


class TokenOwner(Struct, tag="token_owner", frozen=True):
    name: Name


class Requested(Struct, tag="requested", frozen=True):
    """A request is about to leave, or was `refused` for the reason given.

    `number` is one of a child's life, `path` without its query.
    """

    number: Number
    method: Annotated[str, Meta(max_length=10)]
    host: Name
    path: Name
    purpose: Name
    refused: Name = ""


class Answered(Struct, tag="answered", frozen=True):
    """How the request `number` ended: status 0 if no answer came, `received` in bytes."""

    number: Number
    status: Annotated[int, Meta(ge=0, le=999)]
    received: Number
    outcome: Name = ""


# -- dummy: a real child process without a library behind it, for tests of the plumbing -----------


class Rehearse(Struct, tag="rehearse", frozen=True):
    """Do what a test needs a child to do. Output: `steps` x `Rehearsed`. Done: `Rehearsed`.

    `act`: "count" (between steps it looks at the pipe), "block" (never returns, deaf to cancel),
    "wait" (one long step that asks for the cancellation itself), "abort" (dies of SIGABRT), "exit"
    (with code `steps`), "eat" (allocates until its memory limit, at most `steps` MiB), "fail" (ends
    with the error code in `text`), "break" (raises what is no known error), "flood" (sends a
    message over the size limit), "garble" (sends bytes that are no message), "hang_up" (closes its
    side of the pipe and lives on). "connect" (sockets), "write" (to the file `text`), "run" (other
    programs) and "signal" (other processes) try what a lockdown refuses: Done's `text` is a JSON
    object of attempt -> "done" or the error's name.
    """

    act: str
    steps: int = 0
    text: str = ""


class Rehearsed(Struct, tag="rehearsed", frozen=True):
    step: Number
    text: Name = ""


# -- the envelope ---------------------------------------------------------------------------------

Request = (
    ReadDocument
    | RenderPage
    | Embed
    | AddVectors
    | RemoveDocuments
    | ProbeIndex
    | ResetIndex
    | FindNearest
    | WarmUp
    | ExamineComputer
    | LoadModel
    | MeasureSpeed
    | Generate
    | Prefill
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
    | PageText
    | DocumentRead
    | PagePixels
    | Vectors
    | Embedded
    | IndexState
    | Nearest
    | Warm
    | ComputerExamined
    | ModelLoaded
    | SpeedMeasured
    | TextDelta
    | Generated
    | Prefilled
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
FromChild = Ready | Progress | Output | Done | Failed | Cancelled

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
