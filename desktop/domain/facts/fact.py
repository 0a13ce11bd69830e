"""The nouns of the facts lock: what a rewrite must keep of a text, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of fact it is. A window names them; nothing else depends on the words."""

    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    NAME = "name"
    EMAIL = "e-mail"
    WEB_ADDRESS = "web address"
    PHONE = "phone"
    REFERENCE = "reference"
    QUOTATION = "quotation"
    NEGATION = "negation"
    MODALITY = "modality"
    SENTENCE = "sentence"  # one that the other text says nothing of


class Outcome(StrEnum):
    """What became of a fact."""

    LOST = "lost"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Fact:
    """`text[start:end]` states something of `kind`; two mentions of one fact have one `normal`.

    `loose` is the part of it that may stand for the whole: the bare number of a quantity, the last
    word of a name. `weak` facts are wordings that may come and go without a fact being touched:
    they can stand for another mention, but nobody is warned when they are missing. `scope` is what
    a negation or modality is said of: stems, the nearest first.
    """

    kind: Kind
    start: int
    end: int
    text: str
    normal: str
    loose: str = ""
    weak: bool = False
    bound: str = ""  # "<" for "at most", ">" for "at least", of a number
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is not the same before and after; of a lost or added one a side is None.

    A `doubtful` one may well be said in other words: it is worth a look, and blocks nothing.
    """

    outcome: Outcome
    before: Fact | None
    after: Fact | None
    doubtful: bool = False

    @property
    def kind(self) -> Kind:
        """A statement turned into its opposite is a negation, however it was worded."""
        sides = [side for side in (self.before, self.after) if side is not None]
        polar = (Kind.NEGATION, Kind.MODALITY)
        if len(sides) == 2 and all(side.kind in polar for side in sides):
            negative = [side.kind is Kind.NEGATION or " not" in side.normal for side in sides]
            return Kind.MODALITY if negative[0] == negative[1] else Kind.NEGATION
        return sides[0].kind


def blocking(changes: Iterable[FactChange]) -> list[FactChange]:
    """Those that somebody must look at before a version is taken."""
    return [change for change in changes if not change.doubtful]
