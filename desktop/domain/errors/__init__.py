"""The error tree: what can go wrong in the user's world, in the user's words.

Everything here is a *known* error: the file, the disk, the model, the process or the user. A bug of
ours is any other exception; the edges (`cli/main.py`, `gui/notify.py`) tell the two apart, once.

    EscritoireError
    ├── DocumentError
    │   ├── DocumentMissing          the path is gone or was never there
    │   ├── DocumentUnreadable       the system refuses to let us read it
    │   ├── NotAPdf                  a file that is not what its name says
    │   ├── FormatNotSupported       a format this version does not read
    │   ├── DocumentDamaged          a file that cannot be opened
    │   ├── PasswordNeeded           encrypted, and no password was given
    │   ├── PasswordWrong            encrypted, and the password does not open it
    │   ├── NoPages                  a file with nothing in it
    │   ├── DocumentTooDemanding     over the reader's time or memory limit
    │   ├── DocumentQuarantined      it crashed the reader before
    │   ├── DocumentChanged          the file is no longer the one that was read
    │   ├── PageNotDrawn             a format that has no page images
    │   ├── NothingToRead            a folder without a readable file
    │   ├── RecognizerUnknown        no file that scans are read with
    │   ├── ScriptMissing            the file for a script was not brought in
    │   ├── DocumentUnknown          no document of that name or path in the library
    │   ├── DocumentNameShared       several documents of that name, and no path
    │   ├── CollectionKnown          a collection of that name is there already
    │   ├── FolderAway               a watched folder that cannot be reached now
    │   ├── FolderKnown              a folder that is watched already, or a part of one
    │   ├── FolderNotWatched         no watched folder of that name
    │   ├── NothingToSummarise       no page of it has any text
    │   └── CollectionUnknown        no collection of that name
    ├── ExchangeError
    │   ├── AnswerUnknown            a conversation without so many answers
    │   ├── ChatNumberUnknown      no conversation of that number
    │   ├── ExportFormUnknown        a name that does not say what a file is to be
    │   ├── ConversationsDamaged     a file without conversations that can be taken in
    │   └── ConversationsTooLarge    more of them than are taken in at once
    ├── ModelError
    │   ├── ModelMissing             no such model, or its file is gone
    │   ├── ModelChanged             its SHA-256 is not the one on record
    │   ├── ModelWillNotLoad         llama.cpp refuses the file
    │   ├── PromptTooLong            more tokens than the context window holds
    │   ├── TemplateFailed           the model's chat template fails or runs on
    │   ├── RerankerLeftOut          it did not answer in time, and is not asked again
    │   ├── AnswerEmpty              the model wrote nothing, or thought and wrote nothing
    │   ├── EmbedderMissing          no embedding model is installed
    │   ├── ModelTooLarge            more memory than there is
    │   ├── ContextTooLong           a context window larger than the model's
    │   ├── AdapterMismatch          a LoRA made for another base model
    │   ├── ModelInUse               it cannot be removed while it answers
    │   ├── SearchedWith             it cannot be removed while documents are searched with it
    │   ├── ModelStays               it is not ours to remove
    │   ├── ModelKnown               a model of that name is there already
    │   ├── NotAModel                a file that is not what its name says
    │   ├── PackUntrusted            a pack whose hash list does not match or is not signed
    │   ├── FolderUnfit              a pack cannot be written there
    │   └── DeviceUnknown            no device of that name
    ├── ProfileError
    │   ├── ProfileInUse             another copy has this profile open
    │   ├── ProfileUnwritable        the folder cannot be written
    │   ├── PassphraseNeeded         no keyring here, and no passphrase was given
    │   ├── PassphraseWrong          the passphrase does not open the profile
    │   ├── KeyLost                  the keyring no longer holds this profile's key
    │   ├── StoreDamaged             the database is not readable
    │   └── StoreNewer               made by a newer version
    ├── DiskFull
    ├── FileUnreadable               a passphrase or queries file cannot be read
    ├── FileUnwritable               a file that was asked for cannot be written
    ├── IndexDamaged                 the vector index fails; it can be rebuilt from the store
    ├── QueriesInvalid               a line of a --queries file cannot be read
    ├── RewriteError
    │   ├── TextEmpty                nothing but white space
    │   ├── TextTooShort             a single word
    │   ├── TextTooLong              more than can be rewritten at once
    │   ├── TextFormatUnknown        a file of a format that is not rewritten
    │   ├── OriginalDamaged          a Word document or mail that cannot be taken apart
    │   ├── OriginalProtected        a Word document under a password
    │   ├── OriginalTooDemanding     over the limits of what may be taken apart
    │   ├── OriginalChanged          the file is no longer the one that was read
    │   ├── OriginalStays            a result that would take the original's place
    │   ├── FileThere                a result that would take another file's place
    │   ├── ClipboardUnreadable      no program here that gives the clipboard or the selection
    │   ├── ClipboardSecret          a password manager put it there
    │   ├── WindowSilent             whoever has the profile open does not answer
    │   ├── ToneUnknown              no tone of that name
    │   ├── ToneDamaged              a tone's file cannot be read
    │   ├── VoiceUnknown             no voice of that name
    │   ├── VoiceKnown               a voice of that name is there already
    │   ├── VoiceDamaged             a voice's file cannot be read
    │   ├── VoiceTooLong             a field of a voice is over its bound
    │   ├── PairsTooFew              a voice with too few pairs to be measured
    │   └── ExamplesWanting          a voice without a pair to make more of
    ├── ConversationError
    │   ├── ConversationUnknown      no such chat any more
    │   ├── TurnUnknown              no such message any more
    │   ├── FolderExists             a folder of chats of that name is there already
    │   ├── QuestionTooLong          more than a question may have
    │   └── SourcesChanged           what an answer was written from is not as it was
    ├── NetworkError
    │   ├── Offline                  the offline switch is on
    │   ├── HubUnreachable           no connection to the hub, or it does not answer
    │   ├── HubRefused               the hub answers with an error
    │   ├── HostNotAllowed           a host outside the allow-list
    │   ├── TokenNeeded              a gated model, and no token is stored or it is not valid
    │   ├── TokenRefused             a token that the hub does not know
    │   ├── KeyringNeeded            no keyring here that could keep a token
    │   ├── LicenceNotAccepted       a gated model whose licence was not accepted yet
    │   ├── RepositoryUnknown        no such repository or file on the hub
    │   └── DownloadCorrupt          what came does not have the hash that the hub promised
    └── WorkerError
        ├── WorkerCrashed            a child process ended by itself
        └── WorkerStalled            a child process gave no sign of life

An error crosses a process boundary as its code and facts; the words stay here. `sentence` and
`remedy` are templates over the facts, so that a translation can replace them as a whole.

Each subject has a module; everyone imports from here, so that `ERRORS` holds all there are.
"""

from __future__ import annotations

from desktop.domain.errors.base import Cancelled, EscritoireError, Fact, by_code, fill
from desktop.domain.errors.documents import (
    CollectionKnown,
    CollectionUnknown,
    DocumentChanged,
    DocumentDamaged,
    DocumentError,
    DocumentMissing,
    DocumentNameShared,
    DocumentQuarantined,
    DocumentTooDemanding,
    DocumentUnknown,
    DocumentUnreadable,
    FolderAway,
    FolderKnown,
    FolderNotWatched,
    FormatNotSupported,
    NoPages,
    NotAPdf,
    NothingToRead,
    NothingToSummarise,
    PageNotDrawn,
    PasswordNeeded,
    PasswordWrong,
    RecognizerUnknown,
    ScriptMissing,
)
from desktop.domain.errors.exchange import (
    AnswerUnknown,
    ChatNumberUnknown,
    ConversationsDamaged,
    ConversationsTooLarge,
    ExchangeError,
    ExportFormUnknown,
)
from desktop.domain.errors.files import (
    DiskFull,
    FileUnreadable,
    FileUnwritable,
    IndexDamaged,
    QueriesInvalid,
)
from desktop.domain.errors.models import (
    AdapterMismatch,
    AnswerEmpty,
    ContextTooLong,
    DeviceUnknown,
    EmbedderMissing,
    FolderUnfit,
    ModelChanged,
    ModelError,
    ModelInUse,
    ModelKnown,
    ModelMissing,
    ModelStays,
    ModelTooLarge,
    ModelWillNotLoad,
    NotAModel,
    PackUntrusted,
    PromptTooLong,
    RerankerLeftOut,
    SearchedWith,
    TemplateFailed,
)
from desktop.domain.errors.network import (
    DownloadCorrupt,
    HostNotAllowed,
    HubRefused,
    HubUnreachable,
    KeyringNeeded,
    LicenceNotAccepted,
    NetworkError,
    Offline,
    RepositoryUnknown,
    TokenNeeded,
    TokenRefused,
)
from desktop.domain.errors.profile import (
    KeyLost,
    PassphraseNeeded,
    PassphraseWrong,
    ProfileError,
    ProfileInUse,
    ProfileUnwritable,
    StoreDamaged,
    StoreNewer,
)
from desktop.domain.errors.rewriting import (
    ClipboardSecret,
    ClipboardUnreadable,
    ExamplesWanting,
    FileThere,
    OriginalChanged,
    OriginalDamaged,
    OriginalProtected,
    OriginalStays,
    OriginalTooDemanding,
    PairsTooFew,
    RewriteError,
    TextEmpty,
    TextFormatUnknown,
    TextTooLong,
    TextTooShort,
    ToneDamaged,
    ToneUnknown,
    VoiceDamaged,
    VoiceKnown,
    VoiceTooLong,
    VoiceUnknown,
    WindowSilent,
)
from desktop.domain.errors.talking import (
    ConversationError,
    ConversationUnknown,
    FolderExists,
    QuestionTooLong,
    SourcesChanged,
    TurnUnknown,
)
from desktop.domain.errors.workers import WorkerCrashed, WorkerError, WorkerStalled

ERRORS: dict[str, type[EscritoireError]] = by_code(EscritoireError)


def error_from(code: str, facts: dict[str, Fact]) -> EscritoireError:
    """The error that crossed a process boundary as `code` and `facts`.

    An unknown code becomes a plain `EscritoireError`: the other side is not trusted.
    """
    return ERRORS.get(code, EscritoireError)(**facts)


__all__ = [
    "ERRORS",
    "AdapterMismatch",
    "AnswerEmpty",
    "AnswerUnknown",
    "Cancelled",
    "ChatNumberUnknown",
    "ClipboardSecret",
    "ClipboardUnreadable",
    "CollectionKnown",
    "CollectionUnknown",
    "ContextTooLong",
    "ConversationError",
    "ConversationUnknown",
    "ConversationsDamaged",
    "ConversationsTooLarge",
    "DeviceUnknown",
    "DiskFull",
    "DocumentChanged",
    "DocumentDamaged",
    "DocumentError",
    "DocumentMissing",
    "DocumentNameShared",
    "DocumentQuarantined",
    "DocumentTooDemanding",
    "DocumentUnknown",
    "DocumentUnreadable",
    "DownloadCorrupt",
    "EmbedderMissing",
    "EscritoireError",
    "ExamplesWanting",
    "ExchangeError",
    "ExportFormUnknown",
    "Fact",
    "FileThere",
    "FileUnreadable",
    "FileUnwritable",
    "FolderAway",
    "FolderExists",
    "FolderKnown",
    "FolderNotWatched",
    "FolderUnfit",
    "FormatNotSupported",
    "HostNotAllowed",
    "HubRefused",
    "HubUnreachable",
    "IndexDamaged",
    "KeyLost",
    "KeyringNeeded",
    "LicenceNotAccepted",
    "ModelChanged",
    "ModelError",
    "ModelInUse",
    "ModelKnown",
    "ModelMissing",
    "ModelStays",
    "ModelTooLarge",
    "ModelWillNotLoad",
    "NetworkError",
    "NoPages",
    "NotAModel",
    "NotAPdf",
    "NothingToRead",
    "NothingToSummarise",
    "Offline",
    "OriginalChanged",
    "OriginalDamaged",
    "OriginalProtected",
    "OriginalStays",
    "OriginalTooDemanding",
    "PackUntrusted",
    "PageNotDrawn",
    "PairsTooFew",
    "PassphraseNeeded",
    "PassphraseWrong",
    "PasswordNeeded",
    "PasswordWrong",
    "ProfileError",
    "ProfileInUse",
    "ProfileUnwritable",
    "PromptTooLong",
    "QueriesInvalid",
    "QuestionTooLong",
    "RecognizerUnknown",
    "RepositoryUnknown",
    "RerankerLeftOut",
    "RewriteError",
    "ScriptMissing",
    "SearchedWith",
    "SourcesChanged",
    "StoreDamaged",
    "StoreNewer",
    "TemplateFailed",
    "TextEmpty",
    "TextFormatUnknown",
    "TextTooLong",
    "TextTooShort",
    "TokenNeeded",
    "TokenRefused",
    "ToneDamaged",
    "ToneUnknown",
    "TurnUnknown",
    "VoiceDamaged",
    "VoiceKnown",
    "VoiceTooLong",
    "VoiceUnknown",
    "WindowSilent",
    "WorkerCrashed",
    "WorkerError",
    "WorkerStalled",
    "error_from",
    "fill",
]
