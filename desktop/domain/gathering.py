"""Gathering passages, best first: what touches is joined, what says the same is shown once.

Pure rules over passages and the text of their pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from desktop.domain.chunking import LIMIT, estimate_tokens
from desktop.domain.documents import Passage
from desktop.domain.ranking import runs_of_words, says_the_same

# Tokens of a joined passage, of which each of a prompt costs time before the first word; what is
# larger already is left as it is.
MOST_JOINED = 2 * LIMIT

PageText = Callable[[int, int], str]  # document id, page -> the page's text


def distinct(passages: Iterable[Passage], most: int, named: Collection[int] = ()) -> list[Passage]:
    """The first `most` of the passages without those that say the same as a better one.

    Of two that say the same, one in a document that the question names takes the place of one that
    is not; where it names both, both stay, for each is asked what it says.
    """
    kept: list[Passage] = []
    seen: list[set[tuple[str, ...]]] = []
    for passage in passages:
        if len(kept) == most:
            break
        runs = runs_of_words(passage.text)
        same = [at for at, other in enumerate(seen) if says_the_same(runs, other)]
        if not same:
            kept.append(passage)
            seen.append(runs)
        elif passage.document_id in named:
            holders = [kept[at].document_id for at in same]
            if passage.document_id in holders:
                continue
            if all(holder in named for holder in holders):
                kept.append(passage)
                seen.append(runs)
            else:
                at = next(at for at in same if kept[at].document_id not in named)
                kept[at] = replace(passage, score=kept[at].score)
    return kept


def gathered(passages: Iterable[Passage], top: int, page_text: PageText) -> list[Passage]:
    """The first `top` of `passages`, those that touch made one with one range.

    A joined passage stands where the better of its parts stood.
    """
    found: list[Passage] = []
    for passage in passages:
        if len(found) == top:
            break
        grown, at = passage, len(found)
        for place, taken in enumerate(found):
            better, other = (taken, grown) if place < at else (grown, taken)
            joined = _joined(better, other, page_text)
            if joined is not None:
                grown, at = joined, min(at, place)
                found[place] = joined
        if at == len(found):
            found.append(grown)
            continue
        # What came in between may have closed the gap between two.
        found[at] = grown
        found = [one for place, one in enumerate(found) if place == at or not _holds(grown, one)]
    return found


def _holds(passage: Passage, part: Passage) -> bool:
    here = (passage.document_id, passage.page) == (part.document_id, part.page)
    return here and passage.start <= part.start and part.end <= passage.end


def _joined(better: Passage, other: Passage, page_text: PageText) -> Passage | None:
    """The two as one passage, if nothing but white space lies between them; None if they cannot."""
    if (better.document_id, better.page) != (other.document_id, other.page):
        return None
    first, second = sorted((better, other), key=lambda passage: passage.start)
    text = page_text(better.document_id, better.page)
    whole = text[first.start : second.end]
    if text[first.end : second.start].strip() or estimate_tokens(whole) > MOST_JOINED:
        return None
    found = [one.similarity for one in (better, other) if one.similarity is not None]
    return replace(
        better,
        best=better.best or (better.start, better.end),
        start=first.start,
        end=second.end,
        text=whole,
        similarity=max(found, default=None),
    )
