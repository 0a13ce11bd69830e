"""Which documents are looked in, by what they are: their type, date and author.

Pure rules over what a document's record says. A document that says nothing of its date or author
is in no range of dates and of no author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.formats import SUFFIXES
from desktop.domain.words import fold

_DATE = re.compile(r"(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ]|$)")
_GROUPS: Final = {group.casefold(): suffixes for group, suffixes in SUFFIXES.items()}
_SUFFIXES: Final = frozenset(suffix for group in SUFFIXES.values() for suffix in group)

TYPES: Final = tuple(_GROUPS)  # as `suffixes_of` knows them, beside the endings themselves


@dataclass(frozen=True, slots=True)
class Filter:
    """What a document must be; empty fields ask nothing.

    `types` are endings of file names with their dot. `since` and `until` are the first and the last
    day. An author is found by any part of the name, accents and capitals aside.
    """

    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    author: str = ""

    @property
    def asks(self) -> bool:
        """Whether it leaves anything out."""
        return self != EVERY

    def admits(self, name: str, created: str, author: str) -> bool:
        """Whether a document is looked in. `created` is ISO 8601, as far as the file gives it."""
        if self.types and not name.casefold().endswith(self.types):
            return False
        if self.author and " ".join(fold(self.author).split()) not in " ".join(
            fold(author).split()
        ):
            return False
        return (self.since is None and self.until is None) or self._holds(created)

    def _holds(self, created: str) -> bool:
        said = _DATE.match(created)
        if said is None:
            return False
        day = said["date"]  # a year or a month alone is held against as much of the bounds
        return (self.since is None or self.since.isoformat()[: len(day)] <= day) and (
            self.until is None or day <= self.until.isoformat()[: len(day)]
        )


EVERY: Final = Filter()


def suffixes_of(kind: str) -> tuple[str, ...]:
    """The endings of a type's file names: "pdf", ".pdf" and "Word" are types. Raises ValueError."""
    said = kind.strip().casefold()
    if said in _GROUPS:
        return _GROUPS[said]
    suffix = f".{said.removeprefix('.')}"
    if suffix not in _SUFFIXES:
        raise ValueError(kind)
    return (suffix,)
