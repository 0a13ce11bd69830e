"""Changes: what differs between two texts, word by word, so that each can be taken or left.

Words and signs are aligned, paragraphs first and words within them; white space follows. It
changes no text and judges none: a change is two spans, and everything between two changes is the
same on both sides, to the character. The work grows with the length of the texts, whatever is in
them: where no word tells two long places apart, one is taken for the replacement of the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*+|[^\w\s]|_")
_LINE = re.compile(r"[^\r\n]+")

DEEPEST = 12  # rounds of looking for words that occur once on both sides
LARGEST_TABLE = 4_096  # cells: what is compared word with word
ISLAND = 3  # tokens; so few equal ones between larger changes are chance


@dataclass(frozen=True, slots=True)
class Change:
    """`old`, at [start, end) of the text before, became `new`, at [new_start, new_end) after.

    Either may be empty: an insertion, or a deletion.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One text as it is compared: its tokens and where they stand."""

    text: str
    tokens: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


_Match = tuple[int, int]  # token of the text before, the same one of the text after
_Range = tuple[int, int, int, int]  # tokens [a, b) before, [c, d) after


def changes(before: str, after: str) -> list[Change]:
    """What makes `after` of `before`, in order; the spans do not overlap on either side."""
    if before == after:
        return []
    old, new = _side(before), _side(after)
    matches = _without_islands(_matches(old, new), old, new)
    return [change for gap in _gaps(matches, old, new) if (change := _change(old, new, *gap))]


def apply(before: str, changes: Sequence[Change], accepted: Collection[int]) -> str:
    """`before` with the changes whose positions in `changes` are in `accepted`, the others left.

    With all of them it is the text after, with none it is `before`.
    """
    parts: list[str] = []
    done = 0
    for number, change in enumerate(changes):
        if number in accepted:
            parts += (before[done : change.start], change.new)
            done = change.end
    return "".join([*parts, before[done:]])


# -- aligning


def _side(text: str) -> _Side:
    found = [match for match in _TOKEN.finditer(text)]  # noqa: C416 - `list` lets no thread in
    return _Side(text, [m[0] for m in found], [m.start() for m in found], [m.end() for m in found])


def _matches(old: _Side, new: _Side) -> list[_Match]:
    """Pairs of equal tokens, growing on both sides."""
    matches: list[_Match] = []
    for same, place in _by_paragraph(old, new):
        a, b, c, _ = place
        if same:
            matches += ((a + n, c + n) for n in range(b - a))
        else:
            matches += _by_word(old.tokens, new.tokens, place)
    return matches


def _by_paragraph(old: _Side, new: _Side) -> Iterator[tuple[bool, _Range]]:
    """The texts cut where a paragraph is the same, or where as many paragraphs stand in between;
    whether the tokens there are the same is told with each."""
    olds, news = _paragraphs(old), _paragraphs(new)
    keys_old = [tuple(old.tokens[a:b]) for a, b in olds]
    keys_new = [tuple(new.tokens[a:b]) for a, b in news]
    same = list(_anchors(keys_old, keys_new, (0, len(olds), 0, len(news)), 0))
    for (i, k), (j, m) in pairwise([(-1, -1), *same, (len(olds), len(news))]):
        between_old, between_new = olds[i + 1 : j], news[k + 1 : m]
        if len(between_old) == len(between_new):
            yield from ((False, (*o, *n)) for o, n in zip(between_old, between_new, strict=True))
        elif between_old and between_new:
            yield (
                False,
                (between_old[0][0], between_old[-1][1], between_new[0][0], between_new[-1][1]),
            )
        if j < len(olds):
            yield True, (*olds[j], *news[m])


def _paragraphs(side: _Side) -> list[tuple[int, int]]:
    """The tokens of each line that has any, as ranges; a paragraph is a line here."""
    ranges: list[tuple[int, int]] = []
    for line in _LINE.finditer(side.text):
        first = bisect_left(side.starts, line.start())
        last = bisect_left(side.starts, line.end())
        if first < last:
            ranges.append((first, last))
    return ranges


def _by_word(old: Sequence[str], new: Sequence[str], place: _Range) -> list[_Match]:
    return list(_anchors(old, new, place, 0, table=True))


def _anchors(
    old: Sequence[object],
    new: Sequence[object],
    place: _Range,
    depth: int,
    *,
    table: bool = False,
) -> Iterator[_Match]:
    """Equal items within `place`: those at both ends, then those that occur once on both sides and
    in the same order, then the same again between them ("patience diff"); what is small enough is
    at last compared item by item, if `table` asks for it.
    """
    a, b, c, d = place
    while a < b and c < d and old[a] == new[c]:
        yield a, c
        a, c = a + 1, c + 1
    tail: list[_Match] = []
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        tail.append((b, d))
    if a < b and c < d:
        if table and (b - a) * (d - c) <= LARGEST_TABLE:
            yield from _longest_common(old, new, (a, b, c, d))
        elif depth < DEEPEST:
            # In a long place every word may occur twice; three in a row do not.
            once = _once_on_both(old, new, (a, b, c, d), 1) or _once_on_both(
                old, new, (a, b, c, d), 3
            )
            if once:
                yield from _between(old, new, (a, b, c, d), once, depth, table=table)
    yield from reversed(tail)


def _between(
    old: Sequence[object],
    new: Sequence[object],
    place: _Range,
    once: Sequence[_Match],
    depth: int,
    *,
    table: bool,
) -> Iterator[_Match]:
    a, b, c, d = place
    for (i, k), (j, m) in pairwise([(a - 1, c - 1), *once, (b, d)]):
        yield from _anchors(old, new, (i + 1, j, k + 1, m), depth + 1, table=table)
        if j < b:
            yield j, m


def _once_on_both(
    old: Sequence[object], new: Sequence[object], place: _Range, length: int
) -> list[_Match]:
    """Where runs of `length` items begin that occur once on both sides, as many as are in the same
    order."""
    a, b, c, d = place
    olds = list(zip(*(old[a + n : b] for n in range(length)), strict=False))
    news = list(zip(*(new[c + n : d] for n in range(length)), strict=False))
    in_old, in_new = Counter(olds), Counter(news)
    where = {run: n for n, run in enumerate(news, c) if in_new[run] == 1}
    pairs = [(n, where[run]) for n, run in enumerate(olds, a) if in_old[run] == 1 and run in where]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[_Match]) -> list[_Match]:
    """The longest run of pairs that rises on the right too (patience sorting)."""
    tops: list[int] = []  # the lowest right side that ends a run of length n + 1
    ends: list[int] = []  # the pair it belongs to
    before: list[int] = []  # for each pair, the one before it in its run
    for n, (_, right) in enumerate(pairs):
        at = bisect_left(tops, right)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [right]
        ends[at : at + 1] = [n]
    run: list[_Match] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]


def _longest_common(
    old: Sequence[object], new: Sequence[object], place: _Range
) -> Iterator[_Match]:
    """A longest common subsequence of a small place, by the textbook's table."""
    a, b, c, d = place
    rows, columns = b - a, d - c
    lengths = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for k in range(columns - 1, -1, -1):
            equal = old[a + i] == new[c + k]
            row[k] = below[k + 1] + 1 if equal else max(below[k], row[k + 1])
    i = k = 0
    while i < rows and k < columns:
        if old[a + i] == new[c + k]:
            yield a + i, c + k
            i, k = i + 1, k + 1
        elif lengths[i + 1][k] >= lengths[i][k + 1]:
            i += 1
        else:
            k += 1


def _without_islands(matches: list[_Match], old: _Side, new: _Side) -> list[_Match]:
    """The matches without short runs between two changes that are each at least as long: a comma or
    a "the" that two sentences happen to share would only cut one change into crumbs."""
    runs: list[list[_Match]] = []
    for match in matches:
        if runs and (runs[-1][-1][0] + 1, runs[-1][-1][1] + 1) == match:
            runs[-1].append(match)
        else:
            runs.append([match])
    kept: list[_Match] = []
    last, end = (-1, -1), (len(old.tokens), len(new.tokens))
    for number, run in enumerate(runs):
        following = runs[number + 1][0] if number + 1 < len(runs) else end
        left = _distance(last, run[0])
        right = _distance(run[-1], following)
        if len(run) <= ISLAND and min(left, right) > len(run) and left + right > 2 * ISLAND:
            continue
        kept += run
        last = run[-1]
    return kept


def _distance(match: _Match, following: _Match) -> int:
    """How many tokens were changed between two matches."""
    return max(following[0] - match[0], following[1] - match[1]) - 1


# -- from tokens to spans


def _gaps(matches: Sequence[_Match], old: _Side, new: _Side) -> Iterator[_Range]:
    """The characters between matches, on both sides."""
    start = new_start = 0
    for i, k in matches:
        yield start, old.starts[i], new_start, new.starts[k]
        start, new_start = old.ends[i], new.ends[k]
    yield start, len(old.text), new_start, len(new.text)


def _change(
    old: _Side, new: _Side, start: int, end: int, new_start: int, new_end: int
) -> Change | None:
    """The gap without the white space that both sides share at its ends; None if that is all."""
    before, after = old.text, new.text
    while start < end and new_start < new_end and before[end - 1] == after[new_end - 1]:
        if not before[end - 1].isspace():
            break
        end, new_end = end - 1, new_end - 1
    while start < end and new_start < new_end and before[start] == after[new_start]:
        if not before[start].isspace():
            break
        start, new_start = start + 1, new_start + 1
    if start == end and new_start == new_end:
        return None
    return Change(start, end, new_start, new_end, before[start:end], after[new_start:new_end])
