"""Grounding: what in an answer the passages bear out.

The markers a model writes are not trusted: every finished sentence is compared with the passages,
and what no passage bears out is left without a citation. Pure rules over words and numbers; no
model, no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.chat import Citation, SentenceSupport
from desktop.domain.documents import Passage
from desktop.domain.sentences import sentences
from desktop.domain.words import content_words, numbers, without_item

NOT_FOUND = "Nothing in your documents answers this."
NOT_BORNE_OUT = "No passage bears that out. The best one found says:"

# A sentence is supported when a passage holds this share of its content words, and every number.
SUPPORTED_SHARE = 0.6

# What a sentence that ends in a colon may say without claiming anything.
_ANNOUNCING = frozenset(
    content_words("answer passage question document text says following Antwort")
)

# White space between two sentences, in characters: places this near are one.
TOUCHING = 2

# Passages that a quoted answer shows.
QUOTED_PASSAGES = 3

# "[2]", "[1, 3]": what a model writes to cite. No claim of its own, and not believed.
_MARKER = re.compile(r"\[\d+(?:\s*[,;]\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer's citations, and for each of its sentences the one that supports it."""

    citations: tuple[Citation, ...]
    sentences: tuple[SentenceSupport, ...]


@dataclass(frozen=True, slots=True)
class _Support:
    """The place in `passage` (an index) that bears out `share` of a sentence."""

    passage: int
    start: int
    end: int
    share: float

    @property
    def borne_out(self) -> bool:
        return self.share >= SUPPORTED_SHARE


def ground(answer: str, passages: Sequence[Passage]) -> Grounded:
    """Attribute each sentence of `answer` to the passage that best supports it.

    A citation covers the sentences of its passage that were needed, not the whole passage; places
    of one passage that touch are one citation. They are numbered by first use.
    """
    supports = [
        (start, end, _best_support(answer[start:end], passages))
        for start, end in sentences(answer)
        if _says_something(answer[start:end])
    ]
    places = _places([found for _, _, found in supports if found and found.borne_out])
    citations = tuple(
        cite(number, passages[passage], start, end)
        for number, (passage, start, end) in enumerate(places, 1)
    )
    attributed = tuple(
        SentenceSupport(
            start,
            end,
            _number_of(found, places) if found and found.borne_out else None,
            found.share if found else 0.0,
        )
        for start, end, found in supports
    )
    return Grounded(citations, attributed)


def stand_by(answer: str, passages: Sequence[Passage]) -> tuple[str, Grounded]:
    """The answer as it may be shown, grounded.

    One that no passage supports in a single sentence is followed by the best passage, verbatim, so
    that the user is never left with the model's word alone.
    """
    grounded = ground(answer, passages)
    if grounded.citations or not passages:
        return answer, grounded
    shown = f"{answer.rstrip()}\n\n{NOT_BORNE_OUT}\n\n"
    quoted, best = passages[0].text, cite(1, passages[0], 0, len(passages[0].text))
    support = SentenceSupport(len(shown), len(shown) + len(quoted), 1, 1.0)
    return shown + quoted, Grounded((best,), (*grounded.sentences, support))


def quote(passages: Sequence[Passage]) -> tuple[str, Grounded]:
    """An answer that is the best passages verbatim, each a paragraph with its number in front."""
    text = ""
    citations, supports = [], []
    for number, passage in enumerate(passages[:QUOTED_PASSAGES], 1):
        text += ("\n\n" if text else "") + f"[{number}] "
        start = len(text)
        text += passage.text
        citations.append(cite(number, passage, 0, len(passage.text)))
        supports.append(SentenceSupport(start, len(text), number, 1.0))
    return text, Grounded(tuple(citations), tuple(supports))


def cite(number: int, passage: Passage, start: int, end: int) -> Citation:
    """The citation of `passage.text[start:end]`, in offsets of its page."""
    return Citation(
        number=number,
        document_id=passage.document_id,
        document=passage.document,
        page=passage.page,
        page_label=passage.page_label,
        start=passage.start + start,
        end=passage.start + end,
        text=passage.text[start:end],
        heading=passage.heading,
        unit=passage.unit,
    )


def _places(supports: Sequence[_Support]) -> list[tuple[int, int, int]]:
    """(passage, start, end) of each place that supports something, touching ones joined."""
    joined: list[tuple[int, int, int]] = []
    for passage, start, end in sorted({(s.passage, s.start, s.end) for s in supports}):
        if joined and joined[-1][0] == passage and start <= joined[-1][2] + TOUCHING:
            joined[-1] = (passage, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((passage, start, end))
    first_use = {place: at for at, s in reversed(list(enumerate(supports)))
                 for place in joined if _within(s, place)}  # fmt: skip
    return sorted(joined, key=lambda place: first_use[place])


def _number_of(support: _Support, places: Sequence[tuple[int, int, int]]) -> int:
    return next(number for number, place in enumerate(places, 1) if _within(support, place))


def _within(support: _Support, place: tuple[int, int, int]) -> bool:
    passage, start, end = place
    return support.passage == passage and start <= support.start and support.end <= end


def _says_something(sentence: str) -> bool:
    """Whether it claims anything: an item's number, a ruled line or "The answer is:" does not."""
    said = without_item(sentence)
    if said.rstrip().endswith(":"):
        return bool(set(content_words(said)) - _ANNOUNCING)
    return any(character.isalpha() for character in said)


def _best_support(sentence: str, passages: Sequence[Passage]) -> _Support | None:
    """Where `sentence` is borne out best; None if it holds nothing that could be checked."""
    sentence = without_item(_MARKER.sub(" ", sentence))
    wanted = set(content_words(sentence))
    if not wanted:
        return None
    figures = set(numbers(sentence))
    best: _Support | None = None
    for index, passage in enumerate(passages):
        if not figures <= set(numbers(passage.text)):
            continue
        found = _narrowest(wanted, index, passage.text)
        if found is not None and (best is None or found.share > best.share):
            best = found
    return best


def _narrowest(wanted: set[str], index: int, text: str) -> _Support | None:
    """The place in `text` that holds most of `wanted`, and the share that all of `text` holds.

    Starts from the sentence that holds most and takes in neighbours while they add to it, until it
    holds enough.
    """
    spans = sentences(text)
    held = [wanted & set(content_words(text[start:end])) for start, end in spans]
    whole = set().union(*held) if held else set()
    if not whole:
        return None
    # Of those that hold as much, the shortest says it most plainly.
    first = last = max(
        range(len(held)), key=lambda at: (len(held[at]), spans[at][0] - spans[at][1])
    )
    covered = set(held[first])
    while True:
        before = held[first - 1] - covered if first else set()
        after = held[last + 1] - covered if last + 1 < len(held) else set()
        enough = len(covered) >= SUPPORTED_SHARE * len(wanted)
        if enough or not (before or after):
            return _Support(index, spans[first][0], spans[last][1], len(whole) / len(wanted))
        if len(before) > len(after):
            first -= 1
        else:
            last += 1
        covered |= before if len(before) > len(after) else after
