"""A rewrite: what was wished, what came out, and what it takes to understand it later."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.changes import Change
from desktop.domain.chat import Timings
from desktop.domain.facts import FactChange
from desktop.domain.tone import Strength

DEFAULT_TONE = "plain"


class Flaw(StrEnum):
    """Why what a model wrote is not taken for a rewrite of the text it was given."""

    EMPTY = "it wrote nothing"
    TALKED = "it answered instead of rewriting"
    CUT_SHORT = "it stopped early"
    RAN_ON = "it wrote far more than was there"
    REPEATED = "it repeated itself"
    OTHER_LANGUAGE = "it changed the language"
    FACTS = "it changed facts"
    FIXED = "it changed a link or a field"
    TOO_LONG = "the paragraph is too long for it"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a text is to be rewritten: by a tone or a voice, with words of one's own."""

    tone: str = DEFAULT_TONE
    voice: str = ""  # goes before the tone
    instruction: str = ""
    strength: Strength = Strength.MEDIUM
    keep_length: bool = False
    without_adapter: bool = False  # do without the voice's adapter, which may not fit the model
    accept_facts: bool = False  # take a rewrite although facts changed; they are shown all the same


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of the original that stands in the output because the model's version would not do.

    `text` is original text; `paragraph` counts from 1. `facts` are those that the model changed in
    that paragraph, with spans of the paragraph before and of what the model made of it.
    """

    paragraph: int
    text: str
    flaw: Flaw
    facts: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RewriteRecord:
    """What a rewrite was made with. Timings are over all its paragraphs."""

    wish: Wish
    model: str = ""
    model_sha256: str = ""
    timings: Timings = field(default_factory=Timings)
    paragraphs: int = 0  # given to the model
    retried: int = 0
    untouched: int = 0  # blocks left as they are: tables, code, headings, quoted mail
    unwritten: int = 0  # paragraphs left as they are because it was stopped before them


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A rewrite. `facts` are those that differ between the text and `output`, doubtful ones too.

    `error` ended it early (so that paragraphs are unwritten) or kept it out of the history.
    """

    text: str
    output: str
    changes: tuple[Change, ...]
    facts: tuple[FactChange, ...]
    kept: tuple[Kept, ...]
    record: RewriteRecord
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class StoredRewrite:
    """A rewrite in the history."""

    id: int
    created: float  # seconds since the epoch
    text: str
    output: str
    record: RewriteRecord
