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
