"""Whether what a model wrote can be a rewrite of the text it was given, facts aside.

And where facts changed, the sentences that were rewritten faithfully beside the originals of those
that were not. Pure rules over text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from desktop.domain.cleaning import talks_about
from desktop.domain.language import language_of
from desktop.domain.rewrites import Flaw
from desktop.domain.sentences import Span, sentences
from desktop.domain.tone import Manner
from desktop.domain.words import content_words

SHORT = 60  # characters; how long a text is says little where there is so little of it
LENIENCE = 80  # characters that a short text may grow by

# What it costs to pair sentences off: nothing where all words are shared.
_ALONE = 0.9  # a sentence without a counterpart
_DIVIDED = 0.1  # on top, for each further sentence that one was divided into, or joined from
_MOST_PARTS = 4

_STEPS = (
    (1, 1),
    *((1, n) for n in range(2, _MOST_PARTS + 1)),
    *((n, 1) for n in range(2, _MOST_PARTS + 1)),
    (1, 0),
    (0, 1),
)

_Bead = tuple[int, int, int, int]  # sentences [a, b) before, [c, d) after


def flaw_of(written: str, original: str, manner: Manner, reason: str) -> Flaw | None:
    """What speaks against `written`, already without what stood around it; None if nothing does.

    `reason` is why the model ended, as `Generated` has it.
    """
    shortest = len(original) * manner.shortest if len(original) > SHORT else 2
    before, after = language_of(original), language_of(written)
    checks = (
        (Flaw.EMPTY, not any(character.isalnum() for character in written)),
        (Flaw.TALKED, talks_about(written, original)),
        (Flaw.REPEATED, reason == "repeats"),
        (Flaw.RAN_ON, len(written) > len(original) * manner.longest + LENIENCE),
        (Flaw.CUT_SHORT, reason == "limit" or len(written) < shortest),
        (Flaw.OTHER_LANGUAGE, bool(before and after) and before != after),
    )
    return next((flaw for flaw, found in checks if found), None)


def mended(
    before: str, after: str, lost: Sequence[Span], added: Sequence[Span]
) -> tuple[str, list[str]]:
    """`after` with the original sentence wherever one of the `lost` spans of `before` or `added`
    spans of `after` lies; the text, and the original sentences that stand in it now.

    A sentence that has no original is dropped: who changes facts, invents sentences too.
    """
    olds, news = sentences(before), sentences(after)
    parts: list[str] = []
    kept: list[str] = []
    for a, b, c, d in _beads(before, after, olds, news):
        spoilt = _touch(olds[a:b], lost) or _touch(news[c:d], added)
        side, spans = (before, olds[a:b]) if spoilt else (after, news[c:d])
        if not spans or a == b:
            continue
        start, end = spans[0][0], spans[-1][1]
        if spoilt:
            kept.append(side[start:end])
        gap = _gap(side, start) if "\n" in before else " "
        parts += (gap if parts else "", side[start:end])
    return "".join(parts), kept


def _touch(sentences_: Sequence[Span], spans: Sequence[Span]) -> bool:
    return any(start < last and end > first for first, last in spans for start, end in sentences_)


def _gap(text: str, start: int) -> str:
    """The white space before `start`; a blank where there is none to copy."""
    head = text[:start]
    return head[len(head.rstrip()) :] or " "


def _beads(before: str, after: str, olds: Sequence[Span], news: Sequence[Span]) -> list[_Bead]:
    """The sentences paired off in order, one with one or with several, by the words they share.

    Dynamic programming, as in Gale and Church, "A program for aligning sentences in bilingual
    corpora" (1993), with shared words in place of lengths.
    """
    old_words = [frozenset(content_words(before[start:end])) for start, end in olds]
    new_words = [frozenset(content_words(after[start:end])) for start, end in news]
    rows, columns = len(olds), len(news)
    cost = [[math.inf] * (columns + 1) for _ in range(rows + 1)]
    step = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    cost[0][0] = 0.0
    for i in range(rows + 1):
        for k in range(columns + 1):
            for m, n in _STEPS:
                if i < m or k < n:
                    continue
                price = cost[i - m][k - n] + _price(old_words[i - m : i], new_words[k - n : k])
                if price < cost[i][k]:
                    cost[i][k], step[i][k] = price, (m, n)
    beads: list[_Bead] = []
    i, k = rows, columns
    while i or k:
        m, n = step[i][k]
        beads.append((i - m, i, k - n, k))
        i, k = i - m, k - n
    return beads[::-1]


def _price(olds: Sequence[frozenset[str]], news: Sequence[frozenset[str]]) -> float:
    if not olds or not news:
        return _ALONE
    old, new = frozenset().union(*olds), frozenset().union(*news)
    shared = 2 * len(old & new) / (len(old) + len(new)) if old or new else 1.0
    return 1 - shared + _DIVIDED * (len(olds) + len(news) - 2)
