"""The voice compiler: rules in words, out of before/after pairs and a guideline.

Plain counting, no model: how long the sentences after are, whether words are contracted, how the
reader is addressed, which words replaced which. What it finds is a proposal that its owner edits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from desktop.domain.changes import changes
from desktop.domain.language import language_of
from desktop.domain.sentences import sentences
from desktop.domain.tone import Pair
from desktop.domain.words import FUNCTION_WORDS, words

OFTEN = 2  # pairs in which something must be seen before it is a rule
MOST_WORDS = 12  # replaced words that are told
MOST_GUIDELINES = 16  # sentences taken from a guideline
LONGEST_GUIDELINE = 240  # characters; a longer sentence explains, and tells nothing to do

CONTRACTED = re.compile(
    r"\b\w+(?:n['’]t|['’](?:ll|re|ve|m|d))\b|\b(?:it|that|there|let)['’]s\b", re.IGNORECASE
)
WRITTEN_OUT = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should) ?not|"
    r"(?:i|we|you|they) (?:will|are|have|am)|it is|that is)\b",
    re.IGNORECASE,
)
_FIRST_LINE = re.compile(r"\s*([^\n]{2,60}?[,!:])\s*\n")
_ADDRESS = (
    ("German", re.compile(r"\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b"), 'Address the reader with "Sie".'),
    (
        "German",
        re.compile(r"\b(?:du|dich|dir|deine?[mnrs]?)\b", re.IGNORECASE),
        'Address the reader with "du".',
    ),
    ("English", re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE), 'Speak to the reader as "you".'),
)
_WE = re.compile(r"\b(?:we|us|our|wir|uns|unsere?[mnrs]?)\b", re.IGNORECASE)
_BULLET = re.compile(r"(?m)^\s*(?:[-*•–]|\(?\d{1,3}[.)])\s+")
_TELLS = re.compile(
    r"\b(?:use|write|avoid|prefer|never|always|do not|don['’]t|must|should|keep|spell|begin|start|"
    r"end|"
    r"address|say|choose|put|no|not|schreiben|verwenden|vermeiden|nie|niemals|immer|nicht|"
    r"kein\w*|sollen|soll|müssen|muss|statt|evite|use|escriba|nunca|siempre)\b",
    re.IGNORECASE,
)


def compile_rules(pairs: Sequence[Pair], guideline: str = "") -> tuple[str, ...]:
    """The rules that pairs and guideline speak for, the guideline's own sentences first.

    None where there is too little to go by.
    """
    told = list(_from_guideline(guideline))
    if pairs:
        befores, afters = [pair.before for pair in pairs], [pair.after for pair in pairs]
        told += _sentence_length(befores, afters)
        told += _contractions(befores, afters)
        told += _exclamations(befores, afters)
        told += _address(befores, afters)
        told += _opening(afters)
        told += _replaced(pairs)
    return tuple(dict.fromkeys(told))


def recompiled(rules: Sequence[str], before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """The rules of a voice whose pairs or guideline changed, with what its owner made of them.

    `before` and `now` are those compiled. What the owner wrote or edited stays as it is, what he
    removed stays away, what is no longer borne out goes, and what is new follows at the end.
    """
    removed = set(before) - set(rules)
    kept = [rule for rule in rules if rule not in before or rule in now]
    new = [rule for rule in now if rule not in kept and rule not in removed]
    return tuple(dict.fromkeys([*kept, *new]))


def sentence_lengths(text: str) -> list[int]:
    """Words of each sentence that has any."""
    counts = (len(words(text[start:end])) for start, end in sentences(text))
    return [count for count in counts if count]


def _from_guideline(guideline: str) -> Iterator[str]:
    plain = _BULLET.sub("", guideline.replace("**", "").replace("`", ""))
    found = (" ".join(plain[start:end].split()) for start, end in sentences(plain))
    telling = [
        line for line in found
        if len(line) <= LONGEST_GUIDELINE and not line.startswith("#") and _TELLS.search(line)
    ]  # fmt: skip
    for line in telling[:MOST_GUIDELINES]:
        yield line if line.endswith((".", "!", "?")) else f"{line}."


def _sentence_length(befores: Sequence[str], afters: Sequence[str]) -> Iterator[str]:
    before = [length for text in befores for length in sentence_lengths(text)]
    after = sorted(length for text in afters for length in sentence_lengths(text))
    if not before or not after:
        return
    mean = sum(after) / len(after)
    if abs(mean - sum(before) / len(before)) > 0.15 * mean:
        longest = after[int((len(after) - 1) * 0.95)]
        yield f"Write sentences of about {round(mean)} words, none longer than {max(longest, 8)}."


def _contractions(befores: Sequence[str], afters: Sequence[str]) -> Iterator[str]:
    short_before = sum(len(CONTRACTED.findall(text)) for text in befores)
    short, full = (
        sum(len(pattern.findall(text)) for text in afters) for pattern in (CONTRACTED, WRITTEN_OUT)
    )
    if short >= OFTEN and short > full:
        yield "Use contractions (don't, we'll)."
    elif full >= OFTEN and not short and short_before:
        yield "Write words out: do not, we will; no contractions."


def _exclamations(befores: Sequence[str], afters: Sequence[str]) -> Iterator[str]:
    if any("!" in text for text in befores) and not any("!" in text for text in afters):
        yield "No exclamation marks."


def _address(befores: Sequence[str], afters: Sequence[str]) -> Iterator[str]:
    language = language_of("\n".join(afters))
    for of, pattern, rule in _ADDRESS:
        now = sum(pattern.search(text) is not None for text in afters)
        earlier = sum(pattern.search(text) is not None for text in befores)
        if of == language and now >= max(OFTEN, len(afters) * 0.6) and now > earlier:
            yield rule
            break
    we = sum(_WE.search(text) is not None for text in afters)
    if we >= max(OFTEN, len(afters) * 0.6) and we > sum(bool(_WE.search(text)) for text in befores):
        yield 'Write from the point of view of "we".'


def _opening(afters: Sequence[str]) -> Iterator[str]:
    openings = Counter(match[1].split()[0] for text in afters if (match := _FIRST_LINE.match(text)))
    for word, count in openings.most_common(1):
        if count >= OFTEN:
            yield f'Open letters with "{word.rstrip(",!:")}".'


def _replaced(pairs: Sequence[Pair]) -> Iterator[str]:
    """Words that gave way to others in several pairs, and words that simply went."""
    swapped: Counter[tuple[str, str]] = Counter()
    gone: Counter[str] = Counter()
    for pair in pairs:
        swapped.update(dict.fromkeys(_swaps(pair), 1))
        left = set(words(pair.after))
        went = [word for word in words(pair.before) if word not in left and _tells(word)]
        gone.update(dict.fromkeys(went, 1))
    told = 0
    explained: set[str] = set()
    for (old, new), count in swapped.most_common():
        if count >= OFTEN and told < MOST_WORDS and old not in explained:
            yield f'Write "{new}" instead of "{old}".'
            explained |= {old, *old.split()}
            told += 1
    kept = {word for pair in pairs for word in words(pair.after)}
    never = [
        word for word, count in gone.most_common()
        if count >= OFTEN and word not in explained and word not in kept
    ]  # fmt: skip
    if never:
        yield f"Avoid these words: {', '.join(never[:MOST_WORDS])}."


def _swaps(pair: Pair) -> Iterator[tuple[str, str]]:
    for change in changes(pair.before.lower(), pair.after.lower()):
        old, new = words(change.old), words(change.new)
        if 0 < len(old) <= 3 and 0 < len(new) <= 3 and any(_tells(word) for word in old + new):
            yield " ".join(old), " ".join(new)


def _tells(word: str) -> bool:
    """Whether a word may be a matter of style: no number, and more than a function word."""
    return len(word) > 2 and word[0].isalpha() and word not in FUNCTION_WORDS
