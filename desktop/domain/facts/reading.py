"""A text as the facts lock reads it: its facts and sentences, block by block.

No fact and no sentence goes across a blank line, so what was found in a block is remembered: while
a rewrite is reviewed, a long text is compared again after every decision, and most of its blocks
are those of the time before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from threading import Lock

from desktop.domain.facts.extracting import found_in
from desktop.domain.facts.fact import Fact, Kind
from desktop.domain.facts.places import OF_PLACES
from desktop.domain.facts.polarity import stems_of
from desktop.domain.sentences import Span, line_width, sentences

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_BETWEEN = "\n\n"
_start = attrgetter("start")
# Characters: while a pattern looks through them in vain, no other thread has its turn.
_AT_ONCE = 16_000
_REMEMBERED = 4_000_000  # characters of blocks


class Sentences:
    """A text's sentences, with the stems of each."""

    def __init__(self, text: str, spans: list[Span], stems: list[frozenset[str]]) -> None:
        self.text = text
        self.spans = spans
        self.stems = stems
        self._starts = [start for start, _ in spans]

    def index(self, at: int) -> int:
        """The number of the sentence that the character `at` is in."""
        return max(0, bisect_right(self._starts, at) - 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One text. `words` are those that may name something, in small letters."""

    facts: list[Fact]
    sentences: Sentences
    words: set[str]
    years: set[str]

    def of(self, *kinds: Kind) -> list[Fact]:
        """The facts of some kinds."""
        return [fact for fact in self.facts if fact.kind in kinds]


@dataclass(frozen=True, slots=True)
class _Block:
    facts: tuple[Fact, ...]
    spans: tuple[Span, ...]
    stems: tuple[frozenset[str], ...]
    words: frozenset[str]
    years: frozenset[str]


_Key = tuple[str, str, int]  # a block, the language of its text, the width of its lines


class _Seen:
    """The blocks read last, up to a number of characters; any thread may ask."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._blocks: dict[_Key, _Block] = {}
        self._lock = Lock()

    def of(self, keys: Iterable[_Key]) -> dict[_Key, _Block]:
        """Those of `keys` that are remembered."""
        with self._lock:
            return {key: self._blocks[key] for key in keys if key in self._blocks}

    def keep(self, blocks: dict[_Key, _Block]) -> None:
        """Remember `blocks`; what was read longest ago goes."""
        with self._lock:
            for key, block in blocks.items():
                if self._blocks.pop(key, None) is None:
                    self._held += len(key[0])
                self._blocks[key] = block
            while self._held > self._most:
                oldest = next(iter(self._blocks))
                del self._blocks[oldest]
                self._held -= len(oldest[0])


_seen = _Seen(_REMEMBERED)


def read(text: str, language: str) -> Reading:
    """`text` read in `language`, where a paragraph does not clearly show another one."""
    width = line_width(text)
    keys = [(at, (block, language, width if "\n" in block else 0)) for at, block in _blocks(text)]
    known = _seen.of(key for _, key in keys)
    fresh = list(dict.fromkeys(key for _, key in keys if key not in known))
    for batch in _batches(fresh):
        known.update(_read(batch, language, width))
    _seen.keep(known)
    facts: list[Fact] = []
    spans: list[Span] = []
    stems: list[frozenset[str]] = []
    words: set[str] = set()
    years: set[str] = set()
    for at, key in keys:
        found = known[key]
        facts += found.facts if not at else [_moved(fact, at) for fact in found.facts]
        spans += [(start + at, end + at) for start, end in found.spans]
        stems += found.stems
        words |= found.words
        years |= found.years
    return Reading(facts, Sentences(text, spans, stems), words, years)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _BLANK.finditer(text):
        if match.start() > start:
            yield start, text[start : match.start()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]


def _batches(keys: Sequence[_Key]) -> Iterator[list[_Key]]:
    batch: list[_Key] = []
    size = 0
    for key in keys:
        batch.append(key)
        size += len(key[0])
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(keys: Sequence[_Key], language: str, width: int) -> dict[_Key, _Block]:
    """The blocks read at one go, which takes less time than one by one."""
    text = _BETWEEN.join(block for block, _, _ in keys)
    spans = sentences(text, width)
    facts = found_in(text, spans, language)
    result: dict[_Key, _Block] = {}
    start = span = fact = 0
    for key in keys:
        end = start + len(key[0])
        first, span = span, bisect_left(spans, (end, end), lo=span)
        first_fact, fact = fact, bisect_left(facts, end, lo=fact, key=_start)
        inside = spans[first:span]
        result[key] = _Block(
            tuple(_moved(one, -start) for one in facts[first_fact:fact] if one.end <= end),
            tuple((one - start, other - start) for one, other in inside),
            tuple(frozenset(stems_of(text, *one)) for one in inside),
            frozenset(_words(key[0])),
            frozenset(_YEAR.findall(key[0])),
        )
        start = end + len(_BETWEEN)
    return result


def _words(text: str) -> set[str]:
    words = set()
    for found in set(_WORD.findall(text.lower().replace("’", "'"))):
        word = found.removesuffix("'s")
        words.add(word)
        if "-" in word:
            words.update(word.split("-"))
        if word in OF_PLACES:
            words.add(OF_PLACES[word])
    return words


def _moved(fact: Fact, by: int) -> Fact:
    return Fact(
        fact.kind, fact.start + by, fact.end + by, fact.text, fact.normal, fact.loose, fact.weak,
        fact.bound, fact.scope,
    )  # fmt: skip
