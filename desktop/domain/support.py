"""Support: whether a place in the passages bears out a sentence, by rules over words and facts.

A sentence is borne out by a place that holds most of its words, the rare ones counting most, where
nothing that it says is said otherwise: its numbers, dates and names stand there with the same
words, what it denies is denied there, who does what is the same, and what it quotes stands there
to the letter. It knows no grammar and no world: what it cannot tell it takes for unsupported.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.contradictions import ROOT, contradicts, says_beyond
from desktop.domain.documents import Passage
from desktop.domain.sentences import Span, sentences
from desktop.domain.words import content_words, fold, numbers, words

# Weighted share of a sentence's words that its place holds; calibrated on the labelled examples,
# where less lets more inventions through and more marks more honest paraphrases.
SUPPORTED_SHARE = 0.65

CORE_SHARE = 0.4  # that a single sentence of the place must hold
_ENOUGH = 0.8  # a place that holds as much need not be wider
_NEAR = 2  # sentences that a place may grow by at once
_BARE = 4  # letters of a German participle without its "ge"
_CANDIDATES = 3  # passages whose place is read closely
_ABSENT = 0.7  # weight of a word that no passage holds, against one that a single sentence holds


@dataclass(frozen=True, slots=True)
class Support:
    """The place in `passage` (an index) that holds `share` of a sentence's words."""

    passage: int
    start: int
    end: int
    share: float
    borne_out: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage taken apart: its sentences and what each of them holds."""

    text: str
    spans: list[Span]
    stems: list[frozenset[str]]
    figures: frozenset[str]
    words: frozenset[str]  # by which it may name something
    named: frozenset[str]  # the words of its document's passages


@dataclass(frozen=True, slots=True)
class _Place:
    passage: int
    first: int  # of the passage's sentences
    last: int
    core: int  # the one that holds most
    share: float


class Sources:
    """The passages that an answer may rest on, taken apart once for all of its sentences."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        named: defaultdict[int, set[str]] = defaultdict(set)
        for passage in passages:
            named[passage.document_id] |= _names_of(passage)
        self._read = [
            _taken_apart(passage, frozenset(named[passage.document_id])) for passage in passages
        ]
        held = Counter(stem for read in self._read for stems in read.stems for stem in stems)
        count = sum(len(read.stems) for read in self._read)
        self._weights = {stem: math.log(1 + count / many) for stem, many in held.items()}
        self._absent = math.log(1 + count) * _ABSENT

    def support(self, sentence: str) -> Support | None:
        """Where `sentence` is borne out best; None if it holds nothing that could be checked."""
        wanted = frozenset(content_words(sentence))
        if not wanted:
            return None
        figures = set(numbers(sentence))
        places = [
            place
            for index, read in enumerate(self._read)
            if figures <= read.figures and (place := self._narrowest(wanted, index)) is not None
        ]
        places.sort(key=lambda place: -place.share)
        for place in places[:_CANDIDATES]:
            if place.share >= SUPPORTED_SHARE and self._agrees(sentence, place):
                return self._support(place, borne_out=True)
        return self._support(places[0], borne_out=False) if places else None

    def _support(self, place: _Place, *, borne_out: bool) -> Support:
        spans = self._read[place.passage].spans
        start, end = spans[place.first][0], spans[place.last][1]
        return Support(place.passage, start, end, place.share, borne_out)

    def _agrees(self, sentence: str, place: _Place) -> bool:
        read = self._read[place.passage]
        start, end = read.spans[place.first][0], read.spans[place.last][1]
        core = read.text[slice(*read.spans[place.core])]
        said = read.text[start:end]
        return not (
            says_beyond(sentence, said)
            or contradicts(
                sentence, said, core=core, passage=read.text, here=read.words, named=read.named
            )
        )

    def _weight(self, stems: frozenset[str]) -> float:
        return sum(self._weights.get(stem, self._absent) for stem in stems)

    def _held(self, wanted: frozenset[str], stems: frozenset[str]) -> frozenset[str]:
        """Those of `wanted` that `stems` holds, in whatever form of the word."""
        return frozenset(one for one in wanted if one in stems or _akin(one, stems))

    def _narrowest(self, wanted: frozenset[str], index: int) -> _Place | None:
        """The place of a passage that holds most of `wanted`.

        Starts from the sentence that holds most and takes in neighbours while they add to it, until
        all is held that the passage holds.
        """
        read = self._read[index]
        held = [self._held(wanted, stems) for stems in read.stems]
        if not any(held):
            return None
        # Of those that hold as much, the shortest says it most plainly.
        core = max(
            range(len(held)),
            key=lambda at: (self._weight(held[at]), read.spans[at][0] - read.spans[at][1]),
        )
        first = last = core
        covered = held[core]
        whole = self._weight(wanted)
        while self._weight(covered) < _ENOUGH * whole:
            wider = [
                (min(first, at), max(last, at), covered | held[at])
                for at in range(max(0, first - _NEAR), min(len(held), last + _NEAR + 1))
            ]
            best = max(
                wider, key=lambda one: self._weight(one[2]) + (first - one[0] - one[1]) / 1e3
            )
            if best[2] == covered:
                break
            first, last, covered = best
        if self._weight(held[core]) < CORE_SHARE * whole:
            return None
        return _Place(index, first, last, core, self._weight(covered) / whole)


def _akin(stem: str, stems: frozenset[str]) -> bool:
    """Whether a word of the same root is among `stems`: "gehalten" is akin to "Haltung"."""
    if len(stem) >= ROOT and any(one[:ROOT] == stem[:ROOT] for one in stems):
        return True
    bare = stem.removeprefix("ge")
    return bare != stem and len(bare) >= _BARE and any(one.startswith(bare[:ROOT]) for one in stems)


def _names_of(passage: Passage) -> set[str]:
    """Every word by which it may name something, those of its headings and its document too."""
    around = f"{passage.document} {passage.heading} {passage.text}"
    return {fold(word).removesuffix("'s") for word in words(around)}


def _taken_apart(passage: Passage, named: frozenset[str]) -> _Read:
    text = passage.text
    spans = sentences(text)
    stems = [frozenset(content_words(text[start:end])) for start, end in spans]
    return _Read(text, spans, stems, frozenset(numbers(text)), frozenset(_names_of(passage)), named)
