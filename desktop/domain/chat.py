"""Conversations: turns, answers, and what each answer rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.documents import Unit


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class TurnState(StrEnum):
    """How far a turn has come. Only an answer is ever anything but COMPLETE."""

    STREAMING = "streaming"  # being written; after a crash, found like this and shown as stopped
    COMPLETE = "complete"
    STOPPED = "stopped"  # the user pressed Stop
    FAILED = "failed"


class AnswerMode(StrEnum):
    """What the user wants made of the passages that are found."""

    ANSWER = "answer"
    QUOTE = "quote"  # the passages themselves, no model
    SUMMARISE = "summarise"  # what they say about the matter, and nothing else
    COMPARE = "compare"  # what each of some documents says, side by side


class AnswerKind(StrEnum):
    """What an answer was made from."""

    GROUNDED = "grounded"  # a model wrote it from passages
    QUOTED = "quoted"  # the best passages verbatim, no model
    SUMMARISED = "summarised"  # a model summarised what stands there, and was asked nothing else
    COMPARED = "compared"  # each of some documents answers alone, in a column of its own
    NOT_FOUND = "not_found"  # no relevant passage, said so; its citations are the closest places


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in stored page text: `text` is that page's text from `start` to `end`.

    `number` is the chip's number, from 1. Never a quote that a model wrote. `document_id` is 0
    once the document was removed; the rest stays.
    """

    number: int
    document_id: int
    document: str
    page: int
    page_label: str
    start: int
    end: int
    text: str
    heading: str = ""
    unit: Unit = Unit.PAGE


@dataclass(frozen=True, slots=True)
class SentenceSupport:
    """One sentence of an answer, from `start` to `end` of its text, and what supports it.

    `citation` is a citation's number, or None where no passage supports the sentence.
    """

    start: int
    end: int
    citation: int | None
    score: float  # share of the sentence that the passage bears out, 0 to 1

    @property
    def supported(self) -> bool:
        return self.citation is not None


@dataclass(frozen=True, slots=True)
class Timings:
    """How long an answer took. Times are seconds of wall clock."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    first_token_s: float = 0.0
    tokens: int = 0
    tokens_per_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `temperature` 0 is greedy: the same prompt, the same answer."""

    temperature: float = 0.0
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    seed: int = 0
    max_tokens: int = 512
    reasoning_tokens: int = 0  # further ones for what it reasons first, where it does
    stop_repeating: bool = True  # end when the model only repeats itself
    draft_from_prompt: bool = False  # for what is mostly in the prompt: the same text, sooner


@dataclass(frozen=True, slots=True)
class Searched:
    """Where an answer was looked for: how much of it could be searched, and what it is called.

    `collection` is empty where everything was searched, or documents were named one by one
    (`chosen`); several are named with commas between. `unfinished` of the documents were not
    indexed to the end; `unreadable` ones are missing, in part at least: they failed, are locked,
    were stopped, or hold no text. `without_text` of the pages hold none.
    """

    documents: int
    pages: int
    unfinished: int = 0
    collection: str = ""
    chosen: bool = False
    unreadable: int = 0
    without_text: int = 0


@dataclass(frozen=True, slots=True)
class GivenPassage:
    """A passage that a prompt held: where in stored page text it stood, without its words."""

    document_id: int
    document: str
    page: int
    page_label: str
    start: int
    end: int
    heading: str = ""
    unit: Unit = Unit.PAGE
    title: str = ""  # of the document
    best: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Where in the text of a COMPARED answer stands what a document says: from `start` to `end`.

    `found` is False where it says nothing, and the text says that.
    """

    document_id: int
    document: str
    start: int
    end: int
    found: bool = True


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why something was left out: an error's code and facts."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """What it takes to read an answer's details, and to get the same one again.

    The prompt is put together anew from the `passages`, the last `recalled` messages of what was
    said before, and the question; `prompt_sha256` tells whether it is the same one. `begun` are
    the characters that were there already when the answer was last written on.
    """

    kind: AnswerKind
    model: str = ""
    model_sha256: str = ""
    sampling: Sampling = field(default_factory=Sampling)
    timings: Timings = field(default_factory=Timings)
    scope_incomplete: bool = False  # indexing was still under way
    truncated: bool = False  # ended at the limit of tokens, or where it began to repeat itself
    searched: Searched | None = None  # None where it did not come to searching
    passages: tuple[GivenPassage, ...] = ()
    recalled: int = 0
    prompt_sha256: str = ""
    begun: int = 0
    of_document: str = ""  # the whole document that was SUMMARISED, by its name
    columns: tuple[Column, ...] = ()  # of a COMPARED one, as far as it was finished
    words_only: Shortfall | None = None  # why meaning was not searched
    not_reranked: Shortfall | None = None  # why the chosen reranker put nothing in order
    left_out: int = 0  # of the conversation's first questions, those that the model did not see
    summarised: int = 0  # and those that it saw a summary of
    reasoning: str = ""  # what the model wrote before its answer
    reasoning_s: float = 0.0  # and how long it took

    @property
    def unsaid_incomplete(self) -> bool:
        """Whether indexing was still under way and the answer itself does not say so."""
        return self.scope_incomplete and self.kind is not AnswerKind.NOT_FOUND

    @property
    def unsaid_unreadable(self) -> int:
        """How many documents are missing from what was searched, if the answer does not say so."""
        told = self.searched is None or self.kind is AnswerKind.NOT_FOUND
        return 0 if told or self.searched is None else self.searched.unreadable


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation, which is a tree of turns.

    `parent` is the turn that it follows, 0 for none. `variants` are all turns that follow that one,
    in the order they came: other answers to a question, other versions of a question.
    """

    id: int
    conversation_id: int
    role: Role
    text: str
    state: TurnState
    created: float  # seconds since the epoch
    citations: tuple[Citation, ...] = ()
    sentences: tuple[SentenceSupport, ...] = ()
    record: AnswerRecord | None = None
    error_code: str = ""
    error_facts: dict[str, str | int] = field(default_factory=dict)
    parent: int = 0
    variants: tuple[int, ...] = ()

    @property
    def variant(self) -> int:
        """Which of its variants it is, from 1."""
        return self.variants.index(self.id) + 1 if self.id in self.variants else 1


@dataclass(frozen=True, slots=True)
class Folder:
    """What conversations are kept in; each in one at most."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """`folder_id` is 0 for a conversation that is in no folder."""

    id: int
    title: str
    created: float
    updated: float
    pinned: bool = False
    archived: bool = False
    folder_id: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A turn, or (`turn_id` 0) the title of a conversation, in which something was found."""

    conversation_id: int
    title: str
    archived: bool
    turn_id: int
    role: Role
    created: float
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a model is given: a role ("system", "user", "assistant") and text."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a prompt: its tokens, and how many of them were evaluated before."""

    tokens: int
    cached: int


@dataclass(frozen=True, slots=True)
class Generated:
    """How a generation ended: `reason` is "end" (the model ended), "stop" (a stop string),
    "limit" (the most tokens asked for, or the context window) or "repeats" (see Sampling)."""

    timings: Timings
    reason: str
