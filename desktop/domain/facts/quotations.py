"""Quotations: what stands between quotation marks must stand there word for word afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.facts.fact import Fact, Kind

LONGEST = 2000  # characters: two marks further apart are no pair

# Single marks are left alone: most of them are apostrophes.
_QUOTATION = re.compile(
    r"“([^“”„\n]{2,2000}+)”|„([^„“”\n]{2,2000}+)[“”]|«([^«»\n]{2,2000}+)»|»([^«»\n]{2,2000}+)«"
    r"|(?<![\w\"])\"([^\"\n]{2,2000}+)\"(?!\w)"
)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "‚": "'", "–": "-", "—": "-", "\u00a0": " "})


def quotations(text: str) -> Iterator[Fact]:
    """The quotations in `text`, compared without their marks and the punctuation at their ends."""
    for match in _QUOTATION.finditer(text):
        inner = match[match.lastindex or 0]
        normal = " ".join(inner.translate(_ALIKE).split()).strip(" .,;:!?…").casefold()
        if normal:
            yield Fact(Kind.QUOTATION, *match.span(), match[0], normal)
