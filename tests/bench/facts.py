"""Facts lock: how many planted changes are noticed, and how many honest rewrites raise an alarm?

What blocks is counted alone: a doubtful change is worth a look, and neither notices nor alarms. A
change counts as noticed when one of its kind is reported that is not reported of the honest rewrite
it was planted in. What a text never seen gives is what the unseen pairs give: no rule was written
from their sentences. Deterministic: a test holds the same figures.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.facts import FactChange, Kind, blocking, compare, extract
from tests.bench.figures import Figure, table
from tests.facts.pairs import DEVELOP, FRESH, HELD_OUT, LONGER, UNSEEN, Pair, pairs

_QUANTITY = (Kind.NUMBER, Kind.AMOUNT, Kind.DURATION)
_POLAR = (Kind.NEGATION, Kind.MODALITY)
REPORTED_AS: dict[str, tuple[Kind, ...]] = {
    "number": _QUANTITY,
    "unit": _QUANTITY,
    "amount": (Kind.AMOUNT, Kind.NUMBER),
    "date": (Kind.DATE, Kind.NUMBER),  # a year alone is a number
    "time": (Kind.TIME,),
    "name": (Kind.NAME,),
    "e-mail": (Kind.EMAIL,),
    "web address": (Kind.WEB_ADDRESS,),
    "phone": (Kind.PHONE,),
    "reference": (Kind.REFERENCE,),
    "quotation": (Kind.QUOTATION,),
    "negation": _POLAR,
    "modality": _POLAR,
    "swap": (*_QUANTITY, Kind.DATE, Kind.TIME, Kind.NAME),
    "added": tuple(Kind),
    "dropped": tuple(Kind),
}
STRICT = ("number", "date", "negation")  # 98 % of each is wanted


@dataclass(frozen=True, slots=True)
class Score:
    """What was found in one part of the pairs."""

    planted: Counter[str]
    caught: Counter[str]
    honest: int
    alarms: int
    looks: int  # honest rewrites of which something is only worth a look, alarms or not
    sentences: int  # honest rewrites of which a whole sentence is reported
    missed: tuple[Pair, ...]
    alarming: tuple[Pair, ...]

    def recall(self, *kinds: str) -> float:
        """The share of planted changes noticed, of `kinds` or of all."""
        wanted = kinds or tuple(self.planted)
        return sum(self.caught[k] for k in wanted) / sum(self.planted[k] for k in wanted)

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.honest


def score(labelled: Sequence[Pair]) -> Score:
    """Compare every pair. The language is told by the text, as in use."""
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed, alarming = [], []
    honest = looks = sentences = 0
    for pair in labelled:
        if not pair.planted:
            honest += 1
            found = compare(pair.before, pair.after)
            changes = blocking(found)
            looks += len(changes) < len(found)
            sentences += any(change.kind is Kind.SENTENCE for change in changes)
            if changes:
                alarming.append(pair)
            continue
        planted[pair.planted] += 1
        if notices(pair):
            caught[pair.planted] += 1
        else:
            missed.append(pair)
    return Score(
        planted, caught, honest, len(alarming), looks, sentences, tuple(missed), tuple(alarming)
    )


def notices(pair: Pair) -> bool:
    """Whether the change planted in `pair` is reported as what it is."""
    reported = Counter(
        _said(change)
        for change in blocking(compare(pair.before, pair.after))
        if change.kind in REPORTED_AS[pair.planted]
    )
    reported.subtract(_said(change) for change in blocking(compare(pair.before, pair.honest)))
    return any(count > 0 for count in reported.values())


def _said(change: FactChange) -> tuple[str, ...]:
    sides = (change.before, change.after)
    return (change.outcome, *(side.normal if side else "" for side in sides))


def measure() -> list[Figure]:
    """All parts of the pairs, the held-out ones with what is wanted of them; then the speed."""
    figures: list[Figure] = []
    for part in (DEVELOP, LONGER, FRESH, HELD_OUT, UNSEEN):
        found = score(pairs(part))
        counts = part in (HELD_OUT, UNSEEN)
        for kind in sorted(found.planted):
            wanted = 0.98 if counts and kind in STRICT else None
            name = f"{part} recall, {kind} ({found.planted[kind]})"
            figures.append(Figure("facts", name, found.recall(kind), "", at_least=wanted))
        total = sum(found.planted.values())
        figures += [
            Figure("facts", f"{part} recall, numbers, dates and negations",
                   found.recall(*STRICT), "", at_least=0.98 if counts else None),
            Figure("facts", f"{part} recall, all ({total})",
                   found.recall(), "", at_least=0.95 if counts else None),
            Figure("facts", f"{part} false alarms ({found.honest} honest rewrites)",
                   found.false_alarms, "", at_most=0.05 if counts else None),
            Figure("facts", f"{part} honest rewrites of which something is worth a look",
                   found.looks / found.honest, ""),
            Figure("facts", f"{part} false alarms of whole sentences",
                   found.sentences / found.honest, ""),
        ]  # fmt: skip
    before, after = _long(1_000_000)
    megabyte = f"{len(before) / 1e6:.1f} million characters, processor time"
    begun = time.process_time()
    extract(before)
    extracted = time.process_time()
    compare(before, after)
    compared = time.process_time()
    compare(before, after.replace("Item 7:", "Item seven:"))
    again = time.process_time()
    figures += [
        Figure("facts", f"extracting {megabyte}", extracted - begun, "s"),
        Figure("facts", f"comparing {megabyte}", compared - begun, "s"),
        Figure("facts", f"comparing {megabyte}, again after a change", again - compared, "s"),
    ]
    return figures


def _long(characters: int) -> tuple[str, str]:
    """A text of that length with its honest rewrite, no two paragraphs of which are the same."""
    honest = [pair for pair in pairs(DEVELOP) if not pair.planted]
    before, after, length = [], [], 0
    for number in itertools.count(1):
        pair = honest[number % len(honest)]
        before.append(f"Item {number}: {pair.before}")
        after.append(f"Item {number}: {pair.after}")
        length += len(before[-1]) + 2
        if length >= characters:
            return "\n\n".join(before), "\n\n".join(after)
    raise AssertionError


if __name__ == "__main__":
    print(table(measure()))
    if "--develop" in sys.argv:
        found = score([*pairs(DEVELOP), *pairs(LONGER)])
        for pair in (*found.missed, *found.alarming):
            print(f"\n{pair.planted or 'honest'}: {pair.before}\n  -> {pair.after}")
            for change in compare(pair.before, pair.after):
                sides = (change.before, change.after)
                print(
                    "    ", change.outcome, *(f"{s.text!r} {s.normal}" if s else "-" for s in sides)
                )
