"""Noticing that a model has begun to repeat itself: small ones do, up to the limit of tokens.

Rules over words; each part of the text is looked at once, however often it is asked.
"""

from __future__ import annotations

from desktop.domain.sentences import sentences
from desktop.domain.words import without_item, words

LONGEST_PERIOD = 160  # characters that may come round again within a sentence
ROUNDS = 4  # times they come round before it is a loop
SHORTEST_LOOP = 48  # characters that all rounds have together
EMPTY_IN_A_ROW = 4  # sentences without a letter, such as "5. 5."
SHORTEST = 4  # words; shorter sentences ("Yes.", "See below.") may be said twice


class RepetitionWatch:
    """Follows a growing text."""

    def __init__(self) -> None:
        self._said: set[tuple[str, ...]] = set()
        self._from = 0  # where the first sentence begins that is not known to have ended
        self._empty = 0

    def begins_at(self, text: str) -> int | None:
        """The offset at which `text` begins to repeat itself, or None (so far).

        `text` is the whole text; it may only have grown since the last call.
        """
        unfinished = text[self._from :]
        spans = sentences(unfinished)
        for start, end in spans[:-1]:  # the last one may still grow
            if self._repeats(unfinished[start:end]):
                return self._from + start
        if not spans:
            return None
        self._from += spans[-1][0]
        return self._from if _loops(text[self._from :]) else None

    def last(self, text: str) -> int | None:
        """As `begins_at`, for a text that has ended: its last sentence counts too."""
        begins = self.begins_at(text)
        if begins is None and self._repeats(text[self._from :]):
            return self._from
        return begins

    def _repeats(self, sentence: str) -> bool:
        said = tuple(words(without_item(sentence)))
        self._empty = 0 if any(c.isalpha() for c in sentence) else self._empty + 1
        if self._empty >= EMPTY_IN_A_ROW:
            return True
        if len(said) < SHORTEST:
            return False
        if said in self._said:
            return True
        self._said.add(said)
        return False


def repetition(text: str) -> int | None:
    """The offset at which a finished text begins to repeat itself, or None."""
    return RepetitionWatch().last(text)


def _loops(sentence: str) -> bool:
    """Whether the end of an unfinished sentence only goes round and round."""
    last = sentence[-LONGEST_PERIOD * ROUNDS :]
    for period in range(1, len(last) // ROUNDS + 1):
        length = max(period * ROUNDS, SHORTEST_LOOP)
        tail = last[-length:]
        if len(tail) == length and tail[period:] == tail[:-period]:
            return any(character.isalnum() for character in tail)  # a ruled line is none
    return False
