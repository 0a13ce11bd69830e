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
    │   └── CollectionUnknown        no collection of that name
    ├── ModelError
    │   ├── ModelMissing             no such model, or its file is gone
    │   ├── ModelChanged             its SHA-256 is not the one on record
    │   ├── ModelWillNotLoad         llama.cpp refuses the file
    │   ├── PromptTooLong            more tokens than the context window holds
    │   ├── TemplateFailed           the model's chat template fails or runs on
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
    │   ├── PairsTooFew              a voice with too few pairs to be measured
    │   └── ExamplesWanting          a voice without a pair to make more of
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
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int


class EscritoireError(Exception):
    """A known error: one sentence on what happened, one on what to do now.

    `code` is stable and unique; `facts` fill the templates.
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."
    remedy: ClassVar[str] = "Try again."

    def __init__(self, /, **facts: Fact) -> None:
        super().__init__()
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.happened()} {self.to_do()}"

    def happened(self) -> str:
        """The sentence on what happened, in English."""
        return fill(self.sentence, self.facts)

    def to_do(self) -> str:
        """The sentence on what to do now, in English."""
        return fill(self.remedy, self.facts)


def fill(template: str, facts: dict[str, Fact]) -> str:
    """The template with its facts; a fact that is missing stays visible as its name."""
    return template.format_map(_Facts(facts))


class _Facts(dict[str, Fact]):
    def __missing__(self, name: str) -> str:
        return f"({name})"


# -- documents


class DocumentError(EscritoireError):
    """Something about one document, named by the fact `file`."""


class DocumentMissing(DocumentError):
    code = "document_missing"
    sentence = "{file} is not there."
    remedy = "Check the path; if the file was moved, add it again from its new place."


class DocumentUnreadable(DocumentError):
    code = "document_unreadable"
    sentence = "{file} may not be read: {reason}."
    remedy = "Ask for the right to read it, or copy it to a folder of yours."


class NotAPdf(DocumentError):
    code = "not_a_pdf"
    sentence = "{file} is not a PDF, whatever its name says."
    remedy = "Open it in the program it came from and save it as PDF."


class FormatNotSupported(DocumentError):
    code = "format_not_supported"
    sentence = "{file} has a format that this version does not read."
    remedy = "Save it as PDF and add that."


class DocumentDamaged(DocumentError):
    code = "document_damaged"
    sentence = "{file} is damaged or cut short and cannot be opened."
    remedy = "Fetch it again from where it came from."


class PasswordNeeded(DocumentError):
    code = "password_needed"
    sentence = "{file} is protected by a password."
    remedy = "Give the password, or save a copy without one."


class PasswordWrong(DocumentError):
    code = "password_wrong"
    sentence = "That password does not open {file}."
    remedy = "Check capitals and keyboard layout and try again."


class NoPages(DocumentError):
    code = "no_pages"
    sentence = "{file} has no pages."
    remedy = "Export it again from the program it came from."


class DocumentTooDemanding(DocumentError):
    code = "document_too_demanding"
    sentence = "{file} takes more {resource} to read than is safe, so reading was stopped."
    remedy = "Print it to a new PDF, or split it, and add that."


class DocumentQuarantined(DocumentError):
    code = "document_quarantined"
    sentence = "{file} made the reader crash, so it is left alone."
    remedy = "Print it to a new PDF and add that; the other files are not affected."


class DocumentChanged(DocumentError):
    code = "document_changed"
    sentence = "{file} has changed since it was read."
    remedy = "Add it again; the stored text is shown until then."


class PageNotDrawn(DocumentError):
    code = "page_not_drawn"
    sentence = "{file} has no page images, so its text is shown."
    remedy = "Open it in the program it came from to see it as it was laid out."


class NothingToRead(DocumentError):
    code = "nothing_to_read"
    sentence = "There is no document in {file} that this version reads."
    remedy = "Choose a folder with documents in it."


class CollectionUnknown(DocumentError):
    code = "collection_unknown"
    sentence = "There is no collection named {name}."
    remedy = (
        "Choose another, or index something into it: escritoire index --collection {name} PATH."
    )


# -- models


class ModelError(EscritoireError):
    """Something about one model, named by the fact `model`."""


class ModelMissing(ModelError):
    code = "model_missing"
    sentence = "The model {model} is not on this computer."
    remedy = "Put it back or choose another model; until then, answers quote your documents."


class ModelChanged(ModelError):
    code = "model_changed"
    sentence = "The file of {model} is not the one that was verified, so it is not loaded."
    remedy = "Install the model again."


class ModelWillNotLoad(ModelError):
    code = "model_will_not_load"
    sentence = "The model {model} cannot be loaded: {reason}."
    remedy = (
        "Choose another model, a smaller one if memory is short, or install it again; until then, "
        "answers quote your documents."
    )


class PromptTooLong(ModelError):
    code = "prompt_too_long"
    sentence = "The question has {tokens} tokens, more than the {limit} the model can take in."
    remedy = "Shorten the question or start a new chat."


class TemplateFailed(ModelError):
    code = "template_failed"
    sentence = "The chat template of {model} does not work: {reason}."
    remedy = "Choose another model."


class EmbedderMissing(ModelError):
    code = "embedder_missing"
    sentence = "No embedding model is installed, so meaning cannot be searched."
    remedy = "Run the installation again; words are searched until then."


class ModelTooLarge(ModelError):
    code = "model_too_large"
    sentence = "{model} needs {needed}, and this computer has {free} free."
    remedy = "Choose a smaller model or quantization, or a shorter context window."


class ContextTooLong(ModelError):
    code = "context_too_long"
    sentence = "{model} was made for {limit} tokens at a time, not for {tokens}."
    remedy = "Choose a context window of {limit} tokens or fewer."


class AdapterMismatch(ModelError):
    code = "adapter_mismatch"
    sentence = "The adapter {adapter} was not made for {model}: {reason}."
    remedy = "Use it with the model that it was made for."


class ModelInUse(ModelError):
    code = "model_in_use"
    sentence = "{model} is answering at the moment."
    remedy = "Wait until it has answered, or press Stop."


class SearchedWith(ModelError):
    code = "searched_with"
    sentence = "{model} cannot be removed: your documents are searched with it."
    remedy = (
        "Use another one for that first; once your documents are embedded with it, remove this."
    )


class ModelStays(ModelError):
    code = "model_stays"
    sentence = "{model} cannot be removed: {reason}."
    remedy = "Choose another model to answer; this one takes no space of the profile's."


class ModelKnown(ModelError):
    code = "model_known"
    sentence = "There is a model named {model} already."
    remedy = "Remove it first, or rename the file."


class NotAModel(ModelError):
    code = "not_a_model"
    sentence = "{model} is not a model that can be used: {reason}."
    remedy = (
        "Choose a GGUF file, a folder with an embedding model or a reranker in safetensors, or a "
        "pack."
    )


class PackUntrusted(ModelError):
    code = "pack_untrusted"
    sentence = "The pack {model} is not what was packed: {reason}."
    remedy = "Make it again on the computer that it came from."


class FolderUnfit(ModelError):
    code = "folder_unfit"
    sentence = "The pack cannot be written to {model}: {reason}."
    remedy = "Choose a new folder, in a place that you may write to."


class DeviceUnknown(ModelError):
    code = "device_unknown"
    sentence = "There is no device named {device} here."
    remedy = "Choose another one on the Models page, or one of those listed by: escritoire doctor."


# -- profile and store


class ProfileError(EscritoireError):
    """Something about the profile folder, named by the fact `profile`."""


class ProfileInUse(ProfileError):
    code = "profile_in_use"
    sentence = "Another copy of Escritoire has the profile {profile} open."
    remedy = "Close that copy, or choose another profile with --profile."


class ProfileUnwritable(ProfileError):
    code = "profile_unwritable"
    sentence = "The folder {profile} cannot be used: {reason}."
    remedy = "Choose a folder that you may write to with --profile."


class PassphraseNeeded(ProfileError):
    code = "passphrase_needed"
    sentence = "The profile {profile} needs a passphrase, as no keyring here holds its key."
    remedy = "Put one into a file and give it with --passphrase-file PATH."


class PassphraseWrong(ProfileError):
    code = "passphrase_wrong"
    sentence = "That passphrase does not open the profile {profile}."
    remedy = "Check capitals and keyboard layout and try again."


class KeyLost(ProfileError):
    code = "key_lost"
    sentence = "The keyring no longer holds the key of the profile {profile}."
    remedy = "Unlock the keyring, or give the passphrase with --passphrase-file PATH."


class StoreDamaged(ProfileError):
    code = "store_damaged"
    sentence = "The database of the profile {profile} is damaged; it has not been changed."
    remedy = "Put back the newest backup from {backups}, or start with another profile."


class StoreNewer(ProfileError):
    code = "store_newer"
    sentence = "The profile {profile} was made by a newer version of Escritoire."
    remedy = "Open it with that version, or choose another profile with --profile."


class DiskFull(EscritoireError):
    code = "disk_full"
    sentence = "The disk is full: {path} could not be written."
    remedy = "Free some space and try again; nothing that was saved is lost."


class FileUnreadable(EscritoireError):
    code = "file_unreadable"
    sentence = "{file} cannot be read: {reason}."
    remedy = "Check the path and the right to read it."


class FileUnwritable(EscritoireError):
    code = "file_unwritable"
    sentence = "{file} cannot be written: {reason}."
    remedy = "Choose a folder that you may write to."


class IndexDamaged(EscritoireError):
    code = "index_damaged"
    sentence = "The search index is damaged ({reason})."
    remedy = "Start Escritoire again: it rebuilds the index from your stored documents."


class QueriesInvalid(EscritoireError):
    code = "queries_invalid"
    sentence = "Line {line} of {file} cannot be read: {reason}."
    remedy = 'Give one JSON object a line, such as {{"id": "1", "query": "Who signed it?"}}.'


# -- rewriting


class RewriteError(EscritoireError):
    """Something about a text to be rewritten, a tone or a voice."""


class TextEmpty(RewriteError):
    code = "text_empty"
    sentence = "There is no text to rewrite."
    remedy = "Give a sentence or more."


class TextTooShort(RewriteError):
    code = "text_too_short"
    sentence = "A single word cannot be rewritten."
    remedy = "Give the sentence that it stands in."


class TextTooLong(RewriteError):
    code = "text_too_long"
    sentence = "The text has {characters} characters, more than the {limit} that can be rewritten."
    remedy = "Rewrite it in parts."


class TextFormatUnknown(RewriteError):
    code = "text_format_unknown"
    sentence = "{file} has a format that cannot be rewritten: {reason}."
    remedy = "Save it as .docx, .txt or .md, or paste its text."


class OriginalDamaged(RewriteError):
    code = "original_damaged"
    sentence = "{file} is damaged or not what its name says, so it is not rewritten: {reason}."
    remedy = "Open it in the program it came from and save it again."


class OriginalProtected(RewriteError):
    code = "original_protected"
    sentence = "{file} is protected by a password, so it cannot be rewritten."
    remedy = "Save a copy without one and rewrite that."


class OriginalTooDemanding(RewriteError):
    code = "original_too_demanding"
    sentence = "{file} takes more {resource} to take apart than is safe, so it is not rewritten."
    remedy = "Split it, or paste the part in question as text."


class OriginalChanged(RewriteError):
    code = "original_changed"
    sentence = "{file} has changed since it was read, so the rewrite does not fit it any more."
    remedy = "Open it again and rewrite it anew; the rewritten text can be copied until then."


class OriginalStays(RewriteError):
    code = "original_stays"
    sentence = "{file} is the original, which is never written over."
    remedy = "Give the rewritten file another name, such as {proposed}."


class FileThere(RewriteError):
    code = "file_there"
    sentence = "There is a file {file} already."
    remedy = "Give the rewritten file another name, or move that one away."


class ClipboardUnreadable(RewriteError):
    code = "clipboard_unreadable"
    sentence = "The {source} cannot be read from here: {reason}."
    remedy = "Start Escritoire first, which reads it itself, or hand the text in on standard input."


class ClipboardSecret(RewriteError):
    code = "clipboard_secret"
    sentence = "A password manager marked what is on the clipboard as secret, so it was not read."
    remedy = "Copy the text to rewrite, and try again."


class WindowSilent(RewriteError):
    code = "window_silent"
    sentence = "Escritoire has the profile {profile} open and does not answer."
    remedy = "Open its window; if a command of yours is running, wait until it has ended."


class ToneUnknown(RewriteError):
    code = "tone_unknown"
    sentence = "There is no tone named {tone}."
    remedy = "Choose one of these: {known}."


class ToneDamaged(RewriteError):
    code = "tone_damaged"
    sentence = "The tone in {file} cannot be read: {reason}."
    remedy = "Correct the file, or remove it; the tones that come with Escritoire show its form."


class VoiceUnknown(RewriteError):
    code = "voice_unknown"
    sentence = "There is no voice named {voice}."
    remedy = "Choose one that there is: {known}."


class VoiceKnown(RewriteError):
    code = "voice_known"
    sentence = "There is a voice named {voice} already."
    remedy = "Give this one another name, or remove or replace the one there is."


class VoiceDamaged(RewriteError):
    code = "voice_damaged"
    sentence = "{file} is not a voice that can be read: {reason}."
    remedy = "Have it exported again where it comes from."


class PairsTooFew(RewriteError):
    code = "pairs_too_few"
    sentence = "The voice {voice} has {pairs} pairs, too few to hold some back and measure by them."
    remedy = "Give it at least {needed}."


class ExamplesWanting(RewriteError):
    code = "examples_wanting"
    sentence = "The voice {voice} has no pairs, so there is nothing to make more of."
    remedy = "Give it a pair first, or give a text to be rewritten in it."


# -- network


class NetworkError(EscritoireError):
    """Something about a request to the hub, named by the fact `host` or `repository`."""


class Offline(NetworkError):
    code = "offline"
    sentence = "Escritoire is set to stay offline, so nothing was asked of {host}."
    remedy = "Turn the offline switch off in Settings to fetch models."


class HubUnreachable(NetworkError):
    code = "hub_unreachable"
    sentence = "{host} cannot be reached: {reason}."
    remedy = "Check the connection and the proxy; a download goes on where it stopped."


class HubRefused(NetworkError):
    code = "hub_refused"
    sentence = "{host} answered with an error ({status})."
    remedy = "Try again later; a download goes on where it stopped."


class HostNotAllowed(NetworkError):
    code = "host_not_allowed"
    sentence = "{host} is not one of the hosts that models may come from, so it was not asked."
    remedy = "If it is your own mirror, set it as the hub in Settings."


class TokenNeeded(NetworkError):
    code = "token_needed"
    sentence = "{repository} is given only to people who are signed in."
    remedy = "Enter an access token of yours in Settings, or with: escritoire models token."


class TokenRefused(NetworkError):
    code = "token_refused"
    sentence = "{host} does not know that access token."
    remedy = "Make a new one with the right to read, in your account there, and enter that."


class KeyringNeeded(NetworkError):
    code = "keyring_needed"
    sentence = "This computer offers no keyring, and an access token is kept nowhere else."
    remedy = "Unlock or install a keyring of the system, and enter the token again."


class LicenceNotAccepted(NetworkError):
    code = "licence_not_accepted"
    sentence = "{repository} is given only to people who have accepted its licence."
    remedy = "Accept it at {page} and try again."


class RepositoryUnknown(NetworkError):
    code = "repository_unknown"
    sentence = "The hub has no {repository}."
    remedy = "Check how it is spelt, or search for it."


class DownloadCorrupt(NetworkError):
    code = "download_corrupt"
    sentence = "What came for {file} is not what the hub promised, so it was thrown away."
    remedy = "Fetch it again; if that happens twice, something between here and the hub changes it."


# -- worker processes


class WorkerError(EscritoireError):
    """Something about one of our child processes, named by the fact `worker`."""


class WorkerCrashed(WorkerError):
    code = "worker_crashed"
    sentence = "The {worker} stopped unexpectedly ({cause})."
    remedy = "Try again: it starts afresh by itself."


class WorkerStalled(WorkerError):
    code = "worker_stalled"
    sentence = "The {worker} gave no sign of life for {seconds} seconds and was stopped."
    remedy = "Try again: it starts afresh by itself."


class Cancelled(Exception):
    """The user asked for the job to end. Not an error, and never shown as one."""


def _by_code(root: type[EscritoireError]) -> dict[str, type[EscritoireError]]:
    """`root` and all below it that have a code of their own. Raises ValueError if two have one."""
    found: dict[str, type[EscritoireError]] = {}
    waiting = [root]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "code" not in vars(kind):
            continue  # a family
        if kind.code in found:
            raise ValueError(f"{kind.__name__} and {found[kind.code].__name__} have one code")
        found[kind.code] = kind
    return found


ERRORS: dict[str, type[EscritoireError]] = _by_code(EscritoireError)


def error_from(code: str, facts: dict[str, Fact]) -> EscritoireError:
    """The error that crossed a process boundary as `code` and `facts`.

    An unknown code becomes a plain `EscritoireError`: the other side is not trusted.
    """
    return ERRORS.get(code, EscritoireError)(**facts)
