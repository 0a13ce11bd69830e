"""Prompt lookup: what the model will probably write next, because the prompt has it already.

A text that is put right, or quoted, is written almost as it stands in the prompt. The last tokens
written are looked for there, and what follows them is proposed; the decoder evaluates the proposal
in one batch with the token it has to evaluate anyway, and keeps of it what the model would have
chosen by itself. So a proposal changes how fast a text comes and not which.

Idea: A. Saxena, "Prompt Lookup Decoding", 2023. Knows tokens alone, no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

LOOKED_FOR: Final = 3  # tokens; two are found by chance too often, four too seldom after a change
FIRST: Final = 8  # tokens of the first proposal
LONGEST: Final = 24
SHORTEST: Final = 3
LONGEST_REST: Final = 32  # chances to propose that are let go by, after proposals were wrong


class PromptLookup:
    """Proposals out of one prompt for one answer."""

    def __init__(self, prompt: Sequence[int]) -> None:
        self._prompt = prompt
        self._after: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for end in range(LOOKED_FOR, len(prompt)):
            self._after[tuple(prompt[end - LOOKED_FOR : end])].append(end)
        self._at = 0  # where in the prompt the answer is, as far as it follows it
        self._length = FIRST
        self._rest = 0
        self._wrong = 0  # proposals in a row of which nothing was right

    def propose(self, answer: Sequence[int], most: int) -> list[int]:
        """What may follow `answer`, `most` tokens at the most; nothing if there is no telling."""
        places = self._after.get(tuple(answer[-LOOKED_FOR:]))
        if not places or most < 1:
            return []
        if self._rest:
            self._rest -= 1
            return []
        # The nearest further on: what was put right went on behind the place that it was at.
        self._at = next((place for place in places if place >= self._at), places[-1])
        return list(self._prompt[self._at : self._at + min(self._length, most)])

    def learn(self, proposed: int, right: int) -> None:
        """Of the last proposal of `proposed` tokens, the first `right` ones were right."""
        self._at += right
        if right == proposed:
            self._length = min(2 * self._length, LONGEST)
        else:
            self._length = max(SHORTEST, min(right + 2, LONGEST))
        if right:
            self._wrong = 0
        else:
            self._wrong += 1
            self._rest = min(2**self._wrong, LONGEST_REST)


class Ahead:
    """Tokens that were evaluated before their turn, and what of them came true."""

    def __init__(self, lookup: PromptLookup | None) -> None:
        self.at = -1  # place in the last batch of the token that was chosen last
        self._lookup = lookup
        self._tokens: list[int] = []  # evaluated, in the order of their turns

    def forget(self) -> None:
        """The last batch is another job's."""
        self._tokens, self.at = [], -1

    def has(self, token: int) -> bool:
        """Whether `token`, which was just chosen, is evaluated already; then it is the last."""
        if self.at < 0 or self.at >= len(self._tokens) or self._tokens[self.at] != token:
            return False
        self.at += 1
        return True

    def draft(self, answer: Sequence[int], most: int) -> list[int]:
        """What to evaluate together with the last token of `answer`, which is not evaluated."""
        if self._lookup is None:
            return []
        if self._tokens:
            self._lookup.learn(len(self._tokens), max(0, self.at))
        self._tokens = self._lookup.propose(answer, most)
        self.at = 0
        return self._tokens
