"""A store full of conversations, made at once: what years of use would leave.

Words are drawn as language draws them (Zipf), from a fixed seed, so that some are in nearly every
turn and most in very few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

from desktop.storage.store import Store

WORDS = 20_000
SYLLABLES = [f"{one}{two}" for one in "bdfgklmnrstvw" for two in "aeio"]
QUESTION, ANSWER = 12, 40  # words
STEP = 400  # conversations a transaction
DAY = 86_400.0


def vocabulary() -> list[str]:
    """Words that can be told apart, the frequent ones first and short."""
    draw = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < WORDS:
        count = 2 + len(words) // 8_000 + draw.randrange(2)
        words["".join(draw.choices(SYLLABLES, k=count))] = None
    return list(words)


def texts(count: int, words: list[str]) -> Iterator[str]:
    """`count` texts of one sentence, questions and answers in turn."""
    draw = random.Random(8)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in range(count):
        length = ANSWER if number % 2 else QUESTION
        yield " ".join(draw.choices(words, cum_weights=weights, k=length))


def fill(store: Store, conversations: int, turns: int, now: float) -> None:
    """Add that many conversations of that many turns each, the newest one now, over two years."""
    words = vocabulary()
    said = texts(conversations * turns, words)
    for first in range(0, conversations, STEP):
        with store._database.transaction() as connection:
            top = connection.execute("SELECT coalesce(max(id), 0) FROM turn").fetchone()[0]
            for number in range(first, min(first + STEP, conversations)):
                at = now - (conversations - 1 - number) * 730 * DAY / conversations
                spoken = [next(said) for _ in range(turns)]
                conversation = connection.execute(
                    "INSERT INTO conversation (title, created, updated) VALUES (?, ?, ?)",
                    (" ".join(spoken[0].split()[:8]), at, at),
                ).lastrowid
                connection.executemany(
                    "INSERT INTO turn (id, conversation_id, role, text, state, created, parent)"
                    " VALUES (?, ?, ?, ?, 'complete', ?, ?)",
                    [
                        (
                            top + turn,
                            conversation,
                            "assistant" if turn % 2 == 0 else "user",
                            text,
                            at,
                            top + turn - 1 if turn > 1 else 0,
                        )
                        for turn, text in enumerate(spoken, 1)
                    ],
                )
                top += turns
