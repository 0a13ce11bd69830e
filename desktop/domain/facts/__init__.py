"""Facts lock: what a rewrite must not change, found before and after and compared.

Rules and word lists, no model: the same two texts always give the same answer. It does not judge
style, and it cannot see a change of meaning that touches none of its kinds.
"""

from __future__ import annotations

from desktop.domain.facts.comparing import compare
from desktop.domain.facts.extracting import extract
from desktop.domain.facts.fact import Fact, FactChange, Kind, Outcome

__all__ = ["Fact", "FactChange", "Kind", "Outcome", "compare", "extract"]
