"""Grounding: how many untrue sentences are marked, and how many honest ones are marked too?

"Unsupported" is the finding whose precision and recall are printed. The figures that count are
those of the held-out part. Deterministic but for the time: a test holds looser bounds.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.grounding import ground
from desktop.domain.sentences import sentences
from tests.bench.figures import Figure, table
from tests.grounding.labelled import DEVELOP, HELD_OUT, Example, examples, passages

SENTENCES, PASSAGES = 20, 5  # of the answer whose grounding is timed
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """What was marked in one part of the examples."""

    planted: Counter[str]
    caught: Counter[str]
    honest: int
    misplaced: int  # honest sentences cited, but to another passage
    missed: tuple[Example, ...]  # untrue and believed
    alarming: tuple[Example, ...]  # honest and marked

    @property
    def recall(self) -> float:
        """The share of untrue sentences that are marked unsupported."""
        return self.caught.total() / self.planted.total()

    @property
    def precision(self) -> float:
        """The share of marked sentences that are untrue."""
        return self.caught.total() / max(1, self.caught.total() + len(self.alarming))

    @property
    def false_alarms(self) -> float:
        """The share of honest sentences that are marked."""
        return len(self.alarming) / self.honest


def score(labelled: Sequence[Example]) -> Score:
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed, alarming = [], []
    honest = misplaced = 0
    for example in labelled:
        grounded = ground(example.sentence, example.passages)
        believed = all(sentence.supported for sentence in grounded.sentences)
        if example.supported:
            honest += 1
            if not believed:
                alarming.append(example)
            elif example.by is not None and grounded.citations[0].page != example.by + 1:
                misplaced += 1
            continue
        planted[example.planted] += 1
        if believed:
            missed.append(example)
        else:
            caught[example.planted] += 1
    return Score(planted, caught, honest, misplaced, tuple(missed), tuple(alarming))


def measure() -> list[Figure]:
    """Both parts, then the time that a long answer takes."""
    figures: list[Figure] = []
    for part in (DEVELOP, HELD_OUT):
        found = score(examples(part))
        counts = part == HELD_OUT
        untrue = found.planted.total()
        figures += [
            Figure("grounding", f"{part} recall, {kind} ({count})", found.caught[kind] / count, "")
            for kind, count in sorted(found.planted.items())
        ]
        figures += [
            Figure("grounding", f"{part} recall of unsupported ({untrue})",
                   found.recall, "", at_least=0.8 if counts else None),
            Figure("grounding", f"{part} precision of unsupported",
                   found.precision, "", at_least=0.9 if counts else None),
            Figure("grounding", f"{part} false alarms ({found.honest} honest sentences)",
                   found.false_alarms, "", at_most=0.1 if counts else None),
            Figure("grounding", f"{part} cited to another passage",
                   found.misplaced / found.honest, ""),
        ]  # fmt: skip
    name = f"an answer of {SENTENCES} sentences over {PASSAGES} passages, processor time"
    figures.append(Figure("grounding", name, _time() * 1000, "ms", at_most=50))
    return figures


def _time() -> float:
    """Seconds of processor time for a long answer; nothing of it was ever read before."""
    labelled = [one for one in examples(DEVELOP) if one.language == "en"]
    said = " ".join(one.sentence for one in labelled if one.supported)
    cut = [said[start:end] for start, end in sentences(said)]
    texts = list(dict.fromkeys(p.text for one in labelled for p in one.passages))
    times = []
    for number in range(ROUNDS):
        marked = [f"{text} Copy {number}." for text in texts[number : number + PASSAGES]]
        answer = " ".join(f"{one.rstrip('.')}, copy {number}." for one in cut[:SENTENCES])
        begun = time.process_time()
        ground(answer, passages(marked))
        times.append(time.process_time() - begun)
    return max(times)


if __name__ == "__main__":
    print(table(measure()))
    if "--develop" in sys.argv:
        found = score(examples(DEVELOP))
        for example in (*found.alarming, *found.missed):
            print(f"{example.planted or 'honest'}: {example.sentence}")
