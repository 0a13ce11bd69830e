"""Grounding: what in an answer the passages bear out.

The markers a model writes are not trusted: every finished sentence is compared with the passages
(`support`), and what no passage bears out is left without a citation. So is a sentence that quotes
what stands in none of them. Pure rules; no model, no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.chat import Citation, Searched, SentenceSupport
from desktop.domain.contradictions import misquoted
from desktop.domain.documents import Passage
from desktop.domain.facts import Fact
from desktop.domain.sentences import sentences
from desktop.domain.support import Sources, Support
from desktop.domain.words import content_words, without_item

NOT_FOUND = "Nothing in your documents answers this."
NOT_BORNE_OUT = "No passage bears that out. The best one found says:"

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


_QUOTES = re.compile('[“”„«»"]')


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer's citations, and for each of its sentences the one that supports it."""

    citations: tuple[Citation, ...]
    sentences: tuple[SentenceSupport, ...]


def ground(answer: str, passages: Sequence[Passage]) -> Grounded:
    """Attribute each sentence of `answer` to the passage that best supports it.

    A citation covers the sentences of its passage that were needed, not the whole passage; places
    of one passage that touch are one citation. They are numbered by first use.
    """
    sources = Sources(passages)
    false = list(misquoted(answer, [passage.text for passage in passages]))
    supports = [
        (start, end, _unless_misquoted(sources.support(claim), start, end, false))
        for start, end in sentences(answer)
        if _says_something(answer[start:end])
        for claim in [_claim(answer[start:end])]
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
    that the user is never left with the model's word alone. Of one that was joined from several it
    is the part that was found.
    """
    grounded = ground(answer, passages)
    if grounded.citations or not passages:
        return answer, grounded
    shown = f"{answer.rstrip()}\n\n{NOT_BORNE_OUT}\n\n"
    best = passages[0]
    first, last = best.best or (best.start, best.end)
    cited = cite(1, best, first - best.start, last - best.start)
    support = SentenceSupport(len(shown), len(shown) + len(cited.text), 1, 1.0)
    return shown + cited.text, Grounded((cited,), (*grounded.sentences, support))


def not_found(searched: Searched, passages: Sequence[Passage]) -> tuple[str, Grounded]:
    """The answer that there is none: what was searched, and where the closest places are.

    The places are citations of no sentence: they bear nothing out.
    """
    where = f" in {searched.collection}" if searched.collection else ""
    text = (
        f"{NOT_FOUND} Searched{where}: {_count(searched.documents, 'document')},"
        f" {_count(searched.pages, 'page')}."
    )
    if searched.unfinished:
        text += f" Not fully indexed yet: {_count(searched.unfinished, 'document')}."
    if searched.unreadable:
        text += f" Not to be read: {_count(searched.unreadable, 'document')}."
    if searched.without_text:
        text += f" Without text: {_count(searched.without_text, 'page')}."
    return text, Grounded(_whole(passages), ())


def quote(passages: Sequence[Passage]) -> tuple[str, Grounded]:
    """An answer that is the best passages verbatim, each a paragraph with its number in front."""
    text = ""
    supports = []
    for number, passage in enumerate(passages[:QUOTED_PASSAGES], 1):
        text += ("\n\n" if text else "") + f"[{number}] "
        start = len(text)
        text += passage.text
        supports.append(SentenceSupport(start, len(text), number, 1.0))
    return text, Grounded(_whole(passages), tuple(supports))


def _whole(passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The best passages as citations, each from its first letter to its last."""
    return tuple(
        cite(number, passage, 0, len(passage.text))
        for number, passage in enumerate(passages[:QUOTED_PASSAGES], 1)
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


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


def _places(supports: Sequence[Support]) -> list[tuple[int, int, int]]:
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


def _number_of(support: Support, places: Sequence[tuple[int, int, int]]) -> int:
    return next(number for number, place in enumerate(places, 1) if _within(support, place))


def _within(support: Support, place: tuple[int, int, int]) -> bool:
    passage, start, end = place
    return support.passage == passage and start <= support.start and support.end <= end


def _claim(sentence: str) -> str:
    """What a sentence says, without the marks in it: what it quotes is compared on its own.

    And without words that only announce it, as in "The answer is: No.", which any passage holds
    that speaks of answers.
    """
    said = without_item(_MARKER.sub(" ", sentence))
    announced, colon, rest = said.partition(":")
    if colon and rest.strip() and not set(content_words(announced)) - _ANNOUNCING:
        said = rest
    return " ".join(_QUOTES.sub(" ", said).split())


def _unless_misquoted(
    found: Support | None, start: int, end: int, false: Sequence[Fact]
) -> Support | None:
    """The support of `answer[start:end]`, unless it quotes what no passage says."""
    if found and any(fact.start < end and start < fact.end for fact in false):
        return replace(found, borne_out=False)
    return found


def _says_something(sentence: str) -> bool:
    """Whether it claims anything: an item's number, a ruled line or "The answer is:" does not."""
    said = without_item(sentence)
    if said.rstrip().endswith(":"):
        return bool(set(content_words(said)) - _ANNOUNCING)
    return any(character.isalpha() for character in said)
