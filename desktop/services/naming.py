"""Searching the documents that a question names, beside searching all of them.

Not a filter: what is found everywhere stays in the running, behind what is found in the documents
named. A question over several documents draws from each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.domain.documents import Similar, WordHit
from desktop.domain.naming import EACH_ALONE, NAMED_WEIGHT, Named, named, terms_of
from desktop.services.ports import Store

# (question, document ids) -> what words find, what meaning finds
Find = Callable[[str, Sequence[int]], tuple[Sequence[WordHit], Sequence[Similar]]]


@dataclass(slots=True)
class FoundByName:
    """Rankings to be joined with the others, the similarities that meaning gave, and where."""

    rankings: list[tuple[float, list[int]]] = field(default_factory=list)
    similarity: dict[int, float] = field(default_factory=dict)
    document_ids: set[int] = field(default_factory=set)  # of the documents named


def find_by_name(
    store: Store, question: str, document_ids: Sequence[int] | None, find: Find
) -> FoundByName:
    """What `find` finds in the documents that `question` names; nothing, if it names none."""
    found = FoundByName()
    terms = terms_of(question)
    words = list(dict.fromkeys(term.folded for term in terms))
    total, called = store.called(words, document_ids=document_ids)
    for group in named(question, terms, called, total):
        found.document_ids.update(group.document_ids)
        for document_ids_together in _together(group):
            by_word, by_meaning = find(group.question, document_ids_together)
            found.rankings += [
                (NAMED_WEIGHT, [hit.chunk_id for hit in by_word]),
                (NAMED_WEIGHT, [hit.chunk_id for hit in by_meaning]),
            ]
            found.similarity |= dict(by_meaning)
    return found


def _together(group: Named) -> list[Sequence[int]]:
    """Documents that are searched at once: a few one by one, many all together."""
    if len(group.document_ids) <= EACH_ALONE:
        return [[document_id] for document_id in group.document_ids]
    return [group.document_ids]
