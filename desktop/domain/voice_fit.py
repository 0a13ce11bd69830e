"""How close a rewrite comes to the way it was wanted, measured and told in plain words.

Four features of style that can be counted, and the distance in meaning that the caller measured.
Each is a closeness from 0 (as far away as the text before, or farther) to 1 (as wanted).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.voice_compiler import CONTRACTED, sentence_lengths
from desktop.domain.words import content_words, words

LONG_WORD = 7  # letters; formal texts have more of them


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close a text is to the wanted one, each from 0 to 1; `meaning` None if not measured."""

    sentence_length: float
    formality: float
    wording: float  # words shared with the wanted text
    preferred: float  # wanted words used and unwanted ones not
    meaning: float | None = None

    @property
    def score(self) -> float:
        parts = [self.sentence_length, self.formality, self.wording, self.preferred]
        if self.meaning is not None:
            parts.append(self.meaning)
        return sum(parts) / len(parts)


@dataclass(frozen=True, slots=True)
class Fit:
    """Closeness of held-out rewrites in a voice, and of the same without one; means of `pairs`."""

    pairs: int
    with_voice: Closeness
    without: Closeness

    @property
    def words(self) -> str:
        """The figures as a sentence for its owner."""
        ours, bare = round(100 * self.with_voice.score), round(100 * self.without.score)
        if ours > bare + 3:
            verdict = "The voice brings rewrites closer to how you write"
        elif ours < bare - 3:
            verdict = "The voice takes rewrites further away from how you write"
        else:
            verdict = "The voice makes little difference"
        most, least = _extremes(self.with_voice)
        return (
            f"{verdict}: {ours} of 100 with it, {bare} without, over {self.pairs} of your pairs"
            f" that it was not shown. Closest is its {most}, furthest off its {least}."
        )


def closeness(
    text: str,
    wanted: str,
    *,
    use: Sequence[str] = (),
    avoid: Sequence[str] = (),
    meaning: float | None = None,
) -> Closeness:
    """How close `text` is to `wanted`; `meaning` is the cosine of their embeddings."""
    return Closeness(
        sentence_length=_alike(_mean(sentence_lengths(text)), _mean(sentence_lengths(wanted))),
        formality=_alike(_formality(text), _formality(wanted)),
        wording=_shared(text, wanted),
        preferred=_preferred(text, use, avoid),
        meaning=None if meaning is None else max(0.0, min(1.0, meaning)),
    )


def mean_of(measured: Sequence[Closeness]) -> Closeness:
    """The mean of several, at least one."""
    meanings = [one.meaning for one in measured if one.meaning is not None]
    return Closeness(
        sentence_length=_mean([one.sentence_length for one in measured]),
        formality=_mean([one.formality for one in measured]),
        wording=_mean([one.wording for one in measured]),
        preferred=_mean([one.preferred for one in measured]),
        meaning=_mean(meanings) if meanings else None,
    )


def _extremes(close: Closeness) -> tuple[str, str]:
    named = [
        (close.sentence_length, "length of sentences"),
        (close.formality, "formality"),
        (close.wording, "choice of words"),
        (close.preferred, "use of preferred words"),
    ]
    return max(named)[1], min(named)[1]


def _formality(text: str) -> float:
    """The share of long words, less what contractions and exclamation marks take from it."""
    found = words(text)
    if not found:
        return 0.0
    long = sum(len(word) >= LONG_WORD for word in found)
    loose = len(CONTRACTED.findall(text)) + text.count("!")
    return max(0.0, 0.1 + (long - 2 * loose) / len(found))


def _shared(text: str, wanted: str) -> float:
    """Words in common, as the Dice coefficient of the two sets of stems."""
    ours, theirs = set(content_words(text)), set(content_words(wanted))
    if not ours and not theirs:
        return 1.0
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _preferred(text: str, use: Sequence[str], avoid: Sequence[str]) -> float:
    """1 if no word to avoid is in it; each takes a share, which a word to use gives back."""
    folded = f" {' '.join(words(text))} "
    unwanted = sum(f" {' '.join(words(term))} " in folded for term in avoid)
    wanted = sum(f" {' '.join(words(term))} " in folded for term in use)
    return 1.0 if not unwanted else wanted / (wanted + 2 * unwanted)


def _alike(one: float, other: float) -> float:
    larger = max(one, other)
    return 1.0 if larger == 0 else min(one, other) / larger


def _mean(numbers: Iterable[float]) -> float:
    listed = list(numbers)
    return sum(listed) / len(listed) if listed else 0.0
