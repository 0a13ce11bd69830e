"""How close a rewrite comes to the way it was wanted, measured and told in plain words.

Four features of style that can be counted, and the distance in meaning that the caller measured.
Each is a closeness from 0 (as far away as the text before, or farther) to 1 (as wanted).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.voice_compiler import CONTRACTED, sentence_lengths
from desktop.domain.words import content_words, words

LONG_WORD = 7  # letters; formal texts have more of them
WITHIN_CHANCE = 3  # of 100, by which two figures may differ and say the same


class Verdict(StrEnum):
    """What measuring a voice found."""

    CLOSER = "The voice brings rewrites closer to how you write"
    FURTHER = "The voice takes rewrites further away from how you write"
    SAME = "The voice makes little difference"


class Feature(StrEnum):
    """A feature of style that is measured."""

    LENGTH = "length of sentences"
    FORMALITY = "formality"
    WORDING = "choice of words"
    PREFERRED = "use of preferred words"


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

    @property
    def of_100(self) -> int:
        """The score as it is shown."""
        return round(100 * self.score)

    @property
    def extremes(self) -> tuple[Feature, Feature]:
        """In which feature of style the text is closest, and in which it is furthest off."""
        features = {
            Feature.LENGTH: self.sentence_length,
            Feature.FORMALITY: self.formality,
            Feature.WORDING: self.wording,
            Feature.PREFERRED: self.preferred,
        }
        # Of two that are alike, another one for each end.
        return max(features, key=lambda f: (features[f], f)), min(
            features, key=lambda f: (features[f], f)
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """Closeness of held-out rewrites in a voice, and of the same without one; means of `pairs`."""

    pairs: int
    with_voice: Closeness
    without: Closeness

    @property
    def verdict(self) -> Verdict:
        """What the figures come to; a difference of a few is none."""
        more = self.with_voice.of_100 - self.without.of_100
        if abs(more) <= WITHIN_CHANCE:
            return Verdict.SAME
        return Verdict.CLOSER if more > 0 else Verdict.FURTHER

    @property
    def words(self) -> str:
        """The figures as a sentence for its owner."""
        most, least = self.with_voice.extremes
        return (
            f"{self.verdict}: {self.with_voice.of_100} of 100 with it, {self.without.of_100}"
            f" without, over {self.pairs} of your pairs that it was not shown. Closest is its"
            f" {most}, furthest off its {least}."
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
