"""What happens on the way to a rewrite, in the order it happens. `Loading`, `SteppedDown`,
`Prefilling` and `Wrote` are those of an answer."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from desktop.domain.rewrites import Flaw, Kept, Rewritten
from desktop.services.answer_events import Loading, Prefilling, SteppedDown, Wrote


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Paragraph `number` of `total`, both from 1, is given to the model.

    `text` stands in the whole text from the character `start` on.
    """

    number: int
    total: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Retrying:
    """What was written of this paragraph will not do; it is written once more."""

    number: int
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Settled:
    """The paragraph as it stands in the output; takes the place of what was written of it."""

    number: int
    text: str
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Comparing:
    """Nothing more is written; what changed is looked for."""


RewriteEvent = (
    Loading | SteppedDown | Prefilling | Paragraph | Wrote | Retrying | Settled | Comparing
)
Rewrite = Generator[RewriteEvent, None, Rewritten]
