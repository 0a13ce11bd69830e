"""Voices: how an office writes, as pairs, rules, words, a greeting and a closing.

A voice is told to a model as the rules its owner sees and may edit; nothing about it is hidden in
weights but what an adapter brings that its owner gave it. Pure rules over text; the rules
themselves are derived in `voice_compiler`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.models import Adapter
from desktop.domain.tone import Manner, Pair, told

NAME_PLACE = "{name}"

# What a voice may hold: characters of each of its texts, and how many of them there may be.
LONGEST_NAME, LONGEST_LINE, LONGEST_RULE = 80, 200, 500
LONGEST_TEXT, LONGEST_GUIDELINE = 20_000, 200_000  # of a side of a pair
MOST_PAIRS, MOST_RULES, MOST_WORDS = 500, 60, 200

# What opens and closes letters; what stands between the first word and the comma is the reader.
_ADDRESSED = re.compile(
    r"(?:Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening)|Sehr geehrte[rs]?|Liebe[rs]?|Hallo|"
    r"Guten (?:Tag|Morgen|Abend)|Estimad[oa]s?|Querid[oa]s?|Hola)\b\s*(?P<name>[^,!:]*)[,!:]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody writes. `rules` are what a model is told, in the order it is told them.

    `greeting` and `closing` take the place of those that a text has, "" for leaving them;
    "{name}" in a greeting is whom the text addresses.
    """

    name: str
    pairs: tuple[Pair, ...] = ()
    guideline: str = ""
    rules: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    greeting: str = ""
    closing: str = ""
    adapter: Adapter | None = None  # a LoRA that the model is loaded with to write in this voice


def out_of_bounds(voice: Voice) -> tuple[str, str] | None:
    """The first field that holds more than a voice may, and how much that may be, in words."""
    sides = [side for pair in voice.pairs for side in (pair.before, pair.after)]
    texts = (
        ("the name", [voice.name], LONGEST_NAME),
        ("each text of a pair", sides, LONGEST_TEXT),
        ("the house style", [voice.guideline], LONGEST_GUIDELINE),
        ("each rule", voice.rules, LONGEST_RULE),
        ("each word to use", voice.use, LONGEST_LINE),
        ("each word to avoid", voice.avoid, LONGEST_LINE),
        ("the greeting", [voice.greeting], LONGEST_LINE),
        ("the closing", [voice.closing], LONGEST_LINE),
    )
    lists = (
        ("the list of pairs", voice.pairs, MOST_PAIRS),
        ("the list of rules", voice.rules, MOST_RULES),
        ("the list of words to use", voice.use, MOST_WORDS),
        ("the list of words to avoid", voice.avoid, MOST_WORDS),
    )
    for field, held, longest in texts:
        if max(map(len, held), default=0) > longest:
            return field, f"{longest} characters"
    for field, listed, most in lists:
        if len(listed) > most:
            return field, f"{most} entries"
    return None


def manner_of(
    voice: Voice, examples: Sequence[Pair], *, keep_length: bool, instruction: str
) -> Manner:
    """What a model is told of a voice, with the examples chosen for a text."""
    rules = list(voice.rules)
    if voice.use:
        rules.append(f"Prefer these words where they fit: {', '.join(voice.use)}.")
    if voice.avoid:
        rules.append(f"Never use these words: {', '.join(voice.avoid)}.")
    if keep_length:
        rules.append("Keep every sentence about as long as it is.")
    rules += told(instruction)
    return Manner(tuple(rules), tuple(examples), keep_length=keep_length)


def greeted(voice: Voice, salutation: str) -> str:
    """A salutation as the voice has it; the one that stands there if it has none, or if whom it
    addresses cannot be told."""
    if not voice.greeting:
        return salutation
    if NAME_PLACE not in voice.greeting:
        return voice.greeting
    addressed = _ADDRESSED.fullmatch(salutation.strip())
    name = addressed["name"].strip() if addressed else ""
    return voice.greeting.replace(NAME_PLACE, name) if name else salutation
