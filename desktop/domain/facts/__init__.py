"""Facts lock: what a rewrite must not change, found before and after and compared.

Rules and word lists, no model: the same two texts always give the same answer. It does not judge
style, and it cannot see a change of meaning that touches none of its kinds.
"""

from __future__ import annotations

from desktop.domain.facts.comparing import compare
from desktop.domain.facts.fact import Fact, FactChange, Kind, Outcome, blocking
from desktop.domain.facts.language import language_of
from desktop.domain.facts.reading import read


def extract(text: str, language: str | None = None) -> list[Fact]:
    """The facts of `text` in their order; `language` ("en", "de", "es", "fr") is guessed if None.

    A paragraph that is clearly in another of these is read as such.
    """
    return read(text, language if language is not None else language_of(text)).facts


__all__ = ["Fact", "FactChange", "Kind", "Outcome", "blocking", "compare", "extract"]
