"""Which documents are the same one: to the byte, nearly, or as an older and a newer version.

Told by two things. A sketch of a text is the smallest hashes of its word sequences (bottom-k
sketches, Broder 1997): what two sketches have in common estimates what their texts have in common.
A name without its words for a version or a day ("lease v2 (1).pdf", "Lease 2021-05-03 final.pdf")
is its stem: files of one stem are held for versions of each other where their texts agree less. A
year alone is no version: the report of another year is another report. Pure rules, no I/O.
"""

from __future__ import annotations

import heapq
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import PurePath

from desktop.domain.documents import Document
from desktop.domain.words import words

SHINGLE = 4  # words in a row
SKETCH = 256  # hashes; two sketches agree to within 0.06 of their texts, nineteen times in twenty
LEAST_SHINGLES = 20  # a shorter text says too little to be told from another
MOST_WORDS = 300_000  # of a document that are looked at

ALIKE = 0.8  # of all word sequences of two texts, held in common: the same text but for a little
DATED = 0.5  # the same, of two files whose names differ by a day
VERSIONED = 0.2  # the same, of two files whose names differ by words for a version

# Pairs to compare are looked for by the smallest hashes alone: of two texts that agree by half,
# half of these are the same, and fewer than a third only once in hundreds.
LOOKED_FOR, LEAST_COMMON = 48, 1 / 3

# A sequence that more documents hold is a form, a footer or a letterhead.
MOST_HOLDERS = 40

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)[-_. ]?(?P<m>0[1-9]|1[0-2])[-_. ]?(?P<d>0[1-9]|[12]\d|3[01])"
    r"|(?P<d2>0?[1-9]|[12]\d|3[01])[-_. ](?P<m2>0?[1-9]|1[0-2])[-_. ](?P<y2>(?:19|20)\d\d))(?!\d)"
)
_NUMBER = re.compile(
    r"(?<![a-z])(?:v|ver|version|rev|revision|fassung|stand|entwurf|draft)[-_. ]{0,2}(\d{1,3})"
    r"(?:[._](\d{1,3}))?(?!\d)"
)
_FIRST = re.compile(r"(?<![^\W_])(?:draft|entwurf|borrador|brouillon|vorab|old|alt)(?![^\W_])")
_LAST = re.compile(
    r"(?<![^\W_])(?:final|signed|executed|endfassung|unterschrieben|unterzeichnet|firmado)(?![^\W_])"
)
_NEUTRAL = re.compile(
    r"(?<![^\W_])(?:copy|kopie|copia|copie|neu|new|revised|updated|version|fassung|rev)(?![^\W_])"
    r"|\(\d{1,3}\)"
)
_APART = re.compile(r"[\W_]+")


class Basis(StrEnum):
    """What tells which of two versions is newer."""

    NUMBER = "number"  # a version in their names
    NAMED_DAY = "named day"  # a day in their names
    CREATED = "created"  # the date that the documents give themselves
    MODIFIED = "modified"  # when their files were written
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Name:
    """A file's name taken apart. `number` is 0 for a draft, the largest for a final version."""

    stem: str
    number: tuple[int, int] | None = None
    day: str = ""  # ISO 8601
    marked: bool = False  # there were words for a version

    @classmethod
    def of(cls, file: str) -> Name:
        path = PurePath(file)
        text = path.stem.casefold()
        day = ""
        if match := _DAY.search(text):
            year, month, date = (match["y"] or match["y2"]), *_month_and_day(match)
            day = f"{year}-{month:02}-{date:02}"
            text = f"{text[: match.start()]} {text[match.end() :]}"
        number: tuple[int, int] | None = None
        marked = False
        if match := _NUMBER.search(text):
            number = (int(match[1]), int(match[2] or 0))
        elif _FIRST.search(text):
            number = (0, 0)
        elif _LAST.search(text):
            number = (_NEWEST, 0)
        for pattern in (_NUMBER, _FIRST, _LAST, _NEUTRAL):
            text, count = pattern.subn(" ", text)
            marked = marked or bool(count)
        return cls(" ".join(_APART.sub(" ", text).split()), number, day, marked)


_NEWEST = 1_000


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    return int(match["m"] or match["m2"]), int(match["d"] or match["d2"])


# -- sketches


def sketch(texts: Iterable[str]) -> bytes:
    """The sketch of a document's pages in order; empty for a text that says too little."""
    found: set[int] = set()
    last: list[str] = []
    seen = 0
    for text in texts:
        row = [*last, *words(text)]
        for at in range(len(row) - SHINGLE + 1):
            shingle = "\0".join(row[at : at + SHINGLE]).encode(errors="replace")
            found.add(int.from_bytes(blake2b(shingle, digest_size=8).digest()))
        last = row[-(SHINGLE - 1) :]
        seen += len(row)
        if seen > MOST_WORDS:
            break
    if len(found) < LEAST_SHINGLES:
        return b""
    smallest = heapq.nsmallest(SKETCH, found)
    return struct.pack(f">{len(smallest)}Q", *smallest)


def agreement(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of all their word sequences two texts hold in common, 0 to 1, as estimated."""
    union = heapq.nsmallest(SKETCH, set(one) | set(other))
    common = set(one) & set(other)
    return sum(value in common for value in union) / len(union) if union else 0.0


def hashes(packed: bytes) -> tuple[int, ...]:
    """What a sketch holds. Bytes that are none hold nothing."""
    return struct.unpack(f">{len(packed) // 8}Q", packed[: len(packed) // 8 * 8])


# -- the same document


@dataclass(frozen=True, slots=True)
class Same:
    """Documents that are the same one, newest first, and what tells which is newest.

    `exact`: they are the same to the byte. `agreement` is that of the two least alike that were
    compared.
    """

    documents: tuple[Document, ...]
    basis: Basis
    exact: bool = False
    agreement: float = 1.0

    @property
    def newest(self) -> Document:
        return self.documents[0]


def duplicates(documents: Iterable[Document]) -> list[Same]:
    """Documents whose files are the same to the byte, those recorded first coming first."""
    of_hash: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.sha256 and document.size:
            of_hash[document.sha256].append(document)
    return [
        Same(tuple(sorted(same, key=lambda one: one.id)), Basis.NONE, exact=True)
        for same in of_hash.values()
        if len(same) > 1
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of documents beside their names, by id; what is not known is left out.

    `created` is what they say themselves (ISO 8601), `modified` the time of their files.
    """

    sketches: Mapping[int, bytes]
    created: Mapping[int, str]
    modified: Mapping[int, float]


def versions(documents: Sequence[Document], told: Told) -> list[Same]:
    """Documents that are nearly the same, or versions of each other; no two of the same bytes."""
    names = {one.id: Name.of(one.name) for one in documents}
    values = {one.id: hashes(told.sketches.get(one.id, b"")) for one in documents}
    of_id = {one.id: one for one in documents}
    group = {one.id: one.id for one in documents}
    least: dict[int, float] = {}

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for first, second in _candidates(names, values):
        if of_id[first].sha256 == of_id[second].sha256 or not (values[first] and values[second]):
            continue
        agreed = agreement(values[first], values[second])
        if agreed >= _wanted(names[first], names[second]):
            kept, joined = root(first), root(second)
            lowest = min(agreed, least.get(kept, 1.0), least.get(joined, 1.0))
            group[joined] = kept
            least[kept] = lowest
    together: defaultdict[int, list[Document]] = defaultdict(list)
    for one in documents:
        together[root(one.id)].append(one)
    return [
        _in_order(same, names, told, least[number])
        for number, same in together.items()
        if len(same) > 1
    ]


def _candidates(
    names: dict[int, Name], values: dict[int, tuple[int, ...]]
) -> Iterable[tuple[int, int]]:
    """Pairs that may be the same: of one stem, or with a good part of their sketches in common."""
    stems: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in names.items():
        if name.stem:
            stems[name.stem].append(number)
    pairs: set[tuple[int, int]] = set()
    for alike in stems.values():
        for at, first in enumerate(alike[:MOST_HOLDERS]):
            pairs.update((first, second) for second in alike[at + 1 : MOST_HOLDERS])
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, hashed in values.items():
        for value in hashed[:LOOKED_FOR]:
            holders[value].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        if 1 < len(held) <= MOST_HOLDERS:
            shared.update((a, b) for at, a in enumerate(held) for b in held[at + 1 :])
    for (first, second), count in shared.items():
        if count >= min(len(values[first]), len(values[second]), LOOKED_FOR) * LEAST_COMMON:
            pairs.add((first, second))
    return sorted(pairs)


def _wanted(one: Name, other: Name) -> float:
    """How much two texts must agree for their files to be held for the same document."""
    if one.stem != other.stem or not one.stem:
        return ALIKE
    if one.marked or other.marked:
        return VERSIONED
    return DATED if one.day != other.day else ALIKE


def _in_order(same: Sequence[Document], names: dict[int, Name], told: Told, least: float) -> Same:
    """Newest first, by the first thing that all of them say and do not all say alike."""
    criteria: list[tuple[Basis, dict[int, object]]] = [
        (Basis.NUMBER, {one.id: names[one.id].number for one in same}),
        (Basis.NAMED_DAY, {one.id: names[one.id].day or None for one in same}),
        (Basis.CREATED, {one.id: told.created.get(one.id, "")[:19] or None for one in same}),
        (Basis.MODIFIED, {one.id: told.modified.get(one.id) for one in same}),
    ]
    numbered = [names[one.id].number for one in same if names[one.id].number]
    if numbered and len(numbered) < len(same):  # "lease.pdf" beside "lease v2.pdf"
        said = {one.id: names[one.id].number or (1, 0) for one in same}
        criteria[0] = (Basis.NUMBER, dict(said))
    useful = [
        (basis, said)
        for basis, said in criteria
        if None not in said.values() and len(set(said.values())) > 1
    ]
    if not useful:
        return Same(tuple(sorted(same, key=lambda one: -one.id)), Basis.NONE, agreement=least)
    keyed = sorted(same, key=lambda one: tuple(said[one.id] for _, said in useful), reverse=True)
    return Same(tuple(keyed), useful[0][0], agreement=least)
