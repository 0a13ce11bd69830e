"""Names that may be none: two nouns of German beside each other, which are written large too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.domain.facts.fact import FactChange, Kind, Outcome
from desktop.domain.facts.reading import Reading


def nouns_for_names(changes: Iterable[FactChange], old: Reading, new: Reading) -> list[FactChange]:
    """The changes; "Beschluss Gegenstimmen" is doubtful where the other side has one of the words,
    and not in a name."""
    return [
        replace(change, doubtful=True) if _may_be_nouns(change, old, new) else change
        for change in changes
    ]


def _may_be_nouns(change: FactChange, old: Reading, new: Reading) -> bool:
    name = change.after if change.before is None else change.before
    if name is None or change.outcome is Outcome.CHANGED or name.kind is not Kind.NAME:
        return False
    other = old if change.before is None else new
    named = {word for one in other.of(Kind.NAME) for word in one.normal.split()}
    words = name.normal.split()
    return len(words) > 1 and any(word in other.words and word not in named for word in words)
