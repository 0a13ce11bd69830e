"""What the services need from the outside world, as Protocols.

The adapters live in `workers/` and `storage/` and are named only by the composition root. Every
method is called on a worker thread and may block; every long one takes a `Cancellation` and raises
`Cancelled` when it was wished for. All raise `EscritoireError` for what can go wrong outside.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.chat import (
    AnswerRecord,
    Citation,
    Conversation,
    Generated,
    Message,
    Role,
    Sampling,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.documents import (
    Chunk,
    Collection,
    Document,
    DocumentFacts,
    DocumentState,
    IndexHealth,
    Page,
    PageImage,
    Similar,
    StoredChunk,
    WordHit,
)
from desktop.domain.errors import EscritoireError
from desktop.domain.gguf import GgufFacts
from desktop.domain.hardware import Computer
from desktop.domain.hub import (
    Download,
    DownloadState,
    HubAccess,
    HubFile,
    Listing,
    Repository,
    Request,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import (
    CPU,
    PROGRAM_CHOOSES,
    EmbedderFiles,
    InstalledModel,
    Loaded,
    LoadSettings,
    ModelFile,
    ModelPart,
    Speed,
    Way,
)
from desktop.domain.packs import Pack
from desktop.domain.rewrites import RewriteRecord, StoredRewrite
from desktop.domain.tone import Tone
from desktop.domain.voices import Voice

Vector = bytes  # float16 components, little endian


class Reader(Protocol):
    """Untrusted file -> pages and page images."""

    def read(
        self, path: Path, *, password: str | None, first_page: int, cancel: Cancellation
    ) -> abc.Generator[DocumentFacts | Page, None, None]:
        """The file's facts first, then its pages from `first_page` on, in order."""
        ...

    def render(
        self,
        path: Path,
        page: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],
        password: str | None,
        cancel: Cancellation,
    ) -> PageImage:
        """The page drawn `width` pixels wide, with the rectangles of `spans` of its text."""
        ...


class Retriever(Protocol):
    """Texts -> vectors; query -> nearest chunks."""

    @property
    def embedder(self) -> str:
        """Name of the embedding model; vectors of another one are of no use to it."""
        ...

    def warm_up(self, cancel: Cancellation) -> None: ...

    def embed(
        self, texts: Sequence[str], *, background: bool, cancel: Cancellation
    ) -> Iterator[tuple[list[int], list[Vector]]]:
        """Batches of (positions in `texts`, their vectors), in any order."""
        ...

    def nearest(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None, cancel: Cancellation
    ) -> list[Similar]: ...

    def add(
        self, rows: Iterable[tuple[int, int, Vector]], *, background: bool, cancel: Cancellation
    ) -> None:
        """Add (chunk id, document id, vector) rows to the vector index."""
        ...

    def remove(self, document_ids: Sequence[int]) -> None: ...

    def probe(self) -> IndexHealth:
        """Run one real query against the vector index."""
        ...

    def reset(self) -> None:
        """Start an empty vector index, whatever state the old one is in."""
        ...


class Generator(Protocol):
    """Messages -> text."""

    def load(
        self,
        model: ModelFile,
        *,
        settings: LoadSettings = PROGRAM_CHOOSES,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> abc.Generator[Progress, None, None]:
        """Load `model` unless it is loaded in just that way; progress is in per cent.

        `device` and `gpu_layers` are what became of those that `settings` wishes for: CPU or the
        name of a `Gpu`, and how many layers it takes.
        """
        ...

    @property
    def loaded(self) -> Loaded | None:
        """What loading the model took that is loaded now; None if none is."""
        ...

    def examine(self, cancel: Cancellation) -> Computer:
        """What this computer has to run models on, now."""
        ...

    def measure(
        self,
        model: ModelFile,
        settings: LoadSettings = PROGRAM_CHOOSES,
        *,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> abc.Generator[Progress, None, Speed]:
        """Load `model` anew and measure how fast it is; questions asked meanwhile go first."""
        ...

    def generate(
        self,
        messages: Sequence[Message],
        *,
        sampling: Sampling,
        stop: Sequence[str],
        cancel: Cancellation,
    ) -> abc.Generator[str | Progress, None, Generated]:
        """The answer's text as it comes; before it, progress in prompt tokens evaluated."""
        ...

    def prefill(self, messages: Sequence[Message], *, cancel: Cancellation) -> None:
        """Evaluate the beginning of a prompt ahead of time; gives way to `generate`."""
        ...


class Hub(Protocol):
    """Where models come from. All methods raise a NetworkError for what goes wrong there."""

    def search(
        self, access: HubAccess, text: str, *, limit: int, cancel: Cancellation
    ) -> list[Repository]:
        """Repositories with GGUF files whose names hold `text`, the most fetched first."""
        ...

    def listing(self, access: HubAccess, repository: str, *, cancel: Cancellation) -> Listing:
        """All files of a repository, at the commit that is its newest now."""
        ...

    def head(
        self,
        access: HubAccess,
        repository: Repository,
        file: HubFile,
        *,
        start: int,
        length: int,
        cancel: Cancellation,
    ) -> bytes:
        """`length` bytes of a file from `start` on, or as many as there are."""
        ...

    def text(
        self, access: HubAccess, repository: str, commit: str, file: str, *, cancel: Cancellation
    ) -> str:
        """A small text file of a repository; a very long one is cut."""
        ...

    def token_owner(self, access: HubAccess, *, cancel: Cancellation) -> str:
        """Whose token it is. Raises TokenRefused."""
        ...

    def fetch(
        self,
        access: HubAccess,
        repository: str,
        commit: str,
        file: HubFile,
        target: Path,
        *,
        cancel: Cancellation,
    ) -> abc.Generator[Progress, None, None]:
        """Fetch a file to `target`, going on where an earlier run stopped; progress is in bytes.

        The target is there only if its hash is the file's. Raises DownloadCorrupt, DiskFull, too.
        """
        ...


class Shelf(Protocol):
    """Where models are kept."""

    def take_in(self, download: Download, files: Sequence[Path]) -> object:
        """Move the verified files of a finished download to where models lie, and record them.

        `files` are in the order of `download.files`, in a folder that is removed afterwards.
        """
        ...


class Tokens(Protocol):
    """The one access token to a hub that the user entered, kept where the system keeps secrets."""

    def read(self) -> str:
        """The token, "" if there is none."""
        ...

    def keep(self, token: str) -> None:
        """Raises KeyringNeeded."""
        ...

    def remove(self) -> None: ...


class Store(Protocol):
    """The truth: documents, pages, chunks, vectors, conversations, downloads, the ledger.

    Serial and durable: what a method that returned has done is committed.
    """

    # collections
    def collection(self, name: str) -> Collection | None: ...
    def add_collection(self, name: str) -> Collection: ...
    def collections(self) -> list[Collection]: ...

    # documents
    def add_document(self, path: Path, collection_id: int) -> Document:
        """A new QUEUED document, or the one already recorded for `path`, now in this collection."""
        ...

    def document(self, document_id: int) -> Document | None: ...
    def documents(self, collection_id: int | None = None) -> list[Document]: ...
    def unfinished_documents(self) -> list[Document]:
        """QUEUED, READING and INDEXING ones, oldest first."""
        ...

    def set_state(
        self, document_id: int, state: DocumentState, error: EscritoireError | None = None
    ) -> Document: ...
    def set_file(self, document_id: int, *, sha256: str, size: int) -> None:
        """Record which bytes were read; drops pages, chunks and vectors of other bytes."""
        ...

    def set_facts(self, document_id: int, facts: DocumentFacts) -> None: ...
    def add_page(self, document_id: int, page: Page, chunks: Sequence[Chunk]) -> None:
        """Store a page, its chunks and their words in one transaction; replaces the page."""
        ...

    def page(self, document_id: int, number: int) -> Page | None: ...
    def remove_document(self, document_id: int) -> None: ...

    # chunks
    def chunks(self, chunk_ids: Sequence[int]) -> list[StoredChunk]: ...
    def chunks_without_vector(
        self, document_id: int, embedder: str, *, after: int = 0, limit: int = 1000
    ) -> list[StoredChunk]:
        """What is left to embed: at most `limit` chunks with an id above `after`, by id.

        Ids grow with the page number, as pages are read in order.
        """
        ...

    def add_vectors(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Store (chunk id, vector) pairs and count the pages that are done."""
        ...

    def vectors(self, embedder: str) -> Iterator[list[tuple[int, int, Vector]]]:
        """Every (chunk id, document id, vector), in lists of bounded length."""
        ...

    def vector_count(self, embedder: str) -> int: ...
    def search_words(
        self, query: str, *, limit: int, document_ids: Sequence[int] | None
    ) -> list[WordHit]: ...

    # conversations
    def add_conversation(self, title: str) -> Conversation: ...
    def conversations(self) -> list[Conversation]:
        """Newest first."""
        ...

    def rename_conversation(self, conversation_id: int, title: str) -> None: ...
    def remove_conversation(self, conversation_id: int) -> None: ...
    def turns(self, conversation_id: int) -> list[Turn]: ...
    def add_turn(self, conversation_id: int, role: Role, text: str, state: TurnState) -> Turn: ...
    def save_text(self, turn_id: int, text: str) -> None:
        """The text of an answer so far."""
        ...

    def finish_turn(
        self,
        turn_id: int,
        *,
        text: str,
        state: TurnState,
        citations: Sequence[Citation] = (),
        sentences: Sequence[SentenceSupport] = (),
        record: AnswerRecord | None = None,
        error: EscritoireError | None = None,
    ) -> Turn: ...

    # downloads
    def add_download(
        self,
        *,
        name: str,
        repository: str,
        commit: str,
        licence: str,
        files: tuple[HubFile, ...],
    ) -> Download: ...
    def downloads(self) -> list[Download]:
        """All of them, in the order they were asked for."""
        ...

    def set_download(
        self,
        download_id: int,
        state: DownloadState,
        *,
        done: int | None = None,
        error: EscritoireError | None = None,
    ) -> Download | None:
        """Put a download into a state, `done` bytes far (None: as before); None if it is gone."""
        ...

    def remove_download(self, download_id: int) -> None: ...

    # the ledger
    def requests(self, *, limit: int | None = None) -> list[Request]:
        """The newest `limit` requests that left this computer or were refused, oldest first."""
        ...

    # voices and rewrites
    def voices(self) -> list[Voice]:
        """By name."""
        ...

    def voice(self, name: str) -> Voice | None: ...
    def save_voice(self, voice: Voice) -> None:
        """Keep a voice; one of the same name is replaced."""
        ...

    def remove_voice(self, name: str) -> bool:
        """Remove a voice; whether there was one."""
        ...

    def add_rewrite(self, text: str, output: str, record: RewriteRecord) -> StoredRewrite: ...
    def rewrites(self, limit: int = 100) -> list[StoredRewrite]:
        """The latest, newest first."""
        ...

    def forget_rewrites(self) -> int:
        """Remove every rewrite; returns how many there were."""
        ...

    # the journal of risky steps
    def begin_risk(self, what: str, target: str) -> None:
        """Note durably that `what` is about to be tried on `target`."""
        ...

    def end_risk(self, what: str, target: str) -> None: ...
    def open_risks(self) -> list[tuple[str, str]]:
        """What was begun and never ended: it took the application down with it."""
        ...

    # models, other than the installation's own
    def models(self) -> list[InstalledModel]:
        """Every model on record, the one added first coming first."""
        ...

    def add_model(self, model: InstalledModel) -> None:
        """Record a model with its parts, in place of the one that had its name."""
        ...

    def remove_model(self, name: str) -> None: ...
    def speed(self, sha256: str) -> Speed | None:
        """What was measured of the model whose first file has this hash."""
        ...

    def set_speed(self, sha256: str, speed: Speed) -> None: ...

    # small facts
    def setting(self, name: str) -> str | None: ...
    def set_setting(self, name: str, value: str) -> None: ...


Counted = Callable[[int], None]  # told how many bytes were read since it was told last

# What a model says of itself whose first file this is. Raises ModelMissing, NotAModel.
ReadFacts = Callable[[Path], GgufFacts]


class Tones(Protocol):
    """The tones that come with the program, and the user's own."""

    def names(self) -> list[str]:
        """The tones there are, whether they can be read or not."""
        ...

    def tone(self, name: str) -> Tone:
        """The tone of that name. Raises ToneUnknown, ToneDamaged."""
        ...


class VoiceFiles(Protocol):
    """Voices as files."""

    def read(self, path: Path) -> Voice:
        """The voice in a file. Raises FileUnreadable, VoiceDamaged."""
        ...

    def write(self, voice: Voice, path: Path) -> None:
        """Write a voice to a file that is not there yet. Raises FileUnreadable, DiskFull."""
        ...


class Models(Protocol):
    """The models that can be used: what answering needs to know of the shelf."""

    def chat_models(self) -> list[ModelFile]: ...
    def chat_model(self, reference: str | None) -> ModelFile:
        """The model of that name (None: the one to use), its hash checked.

        Raises ModelMissing, ModelChanged.
        """
        ...

    def embedder(self) -> EmbedderFiles:
        """The embedding model, its hashes checked. Raises EmbedderMissing, ModelChanged."""
        ...


class ModelFolders(Protocol):
    """What came with the installation, and what any file hashes to."""

    def installation(self) -> list[InstalledModel]: ...
    def embedder(self) -> EmbedderFiles: ...
    def size(self, path: Path) -> int | None:
        """Bytes of a regular file, or None if there is none."""
        ...

    def sha256(
        self,
        model: str,
        path: Path,
        *,
        afresh: bool = False,
        counted: Counted | None = None,
        cancel: Cancellation | None = None,
    ) -> str:
        """What a file hashes to: remembered if it is untouched since, unless wanted `afresh`.

        Raises ModelMissing, ModelChanged (it is being written to).
        """
        ...

    def verified(self, parts: Sequence[ModelPart]) -> float:
        """When all parts were last found to be what they ought to be, 0 if they were not."""
        ...


class ModelFiles(Protocol):
    """The files of the models that the profile owns, and where other files are looked for."""

    def make_room(self, sizes: Sequence[int]) -> None:
        """Raises DiskFull if files of these bytes do not fit; writes nothing."""
        ...

    def bring(
        self,
        name: str,
        sources: Sequence[tuple[str, Path]],
        way: Way,
        counted: Counted,
        cancel: Cancellation,
    ) -> tuple[tuple[ModelPart, ...], bool]:
        """Put (path within the model's folder, file) into it, all of them or none.

        Returns the parts with what they hash to, and whether a file to be linked was copied.
        Raises DiskFull, ProfileUnwritable, FileUnreadable, NotAModel.
        """
        ...

    def discard(self, name: str) -> int:
        """Take away all files of a model, also half brought ones; the bytes that frees."""
        ...

    def ggufs_below(self, folder: Path) -> list[Path]: ...
    def known_folders(self) -> list[Path]:
        """Where other applications keep their models, of those that are here."""
        ...


class Packs(Protocol):
    """Packs of models on a disk, written whole and read with doubt."""

    def is_pack(self, folder: Path) -> bool: ...
    def new_key(self) -> bytes:
        """A private key to sign packs with."""
        ...

    def fingerprint_of(self, key: bytes) -> str:
        """What the packs signed with this private key are known by."""
        ...

    def write(
        self,
        folder: Path,
        models: Sequence[InstalledModel],
        key: bytes,
        counted: Counted,
        cancel: Cancellation,
    ) -> None:
        """Raises FolderUnfit, DiskFull, ModelChanged, FileUnreadable; leaves nothing then."""
        ...

    def open(self, folder: Path) -> Pack:
        """The pack whose signature fits, its files not hashed yet. Raises PackUntrusted."""
        ...

    def check(self, pack: Pack, counted: Counted, cancel: Cancellation) -> None:
        """Hash every file. Raises PackUntrusted."""
        ...
