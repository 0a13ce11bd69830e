"""Numbers as they are written: in figures with either convention of separators, and in words.

English, German, Spanish and French. A number is a `Fraction`, so that 0.1 is 0.1; one too
long to be a quantity is left as it stands, because to turn a million digits into a number takes
minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

LONGEST = 40  # characters of a number that is still worked out

_LONGEST_RUN = 16  # number words in a row that can be one number

_SIGN = r"(?:(?<![\w)\].,/-])[-\u2212])?"
_FIGURES = re.compile(
    rf"{_SIGN}(?<![\w.,/])\d{{1,3}}(?:([.,'’\u00a0\u202f ])\d{{3}}(?!\d))(?:\1\d{{3}}(?!\d))*+"
    r"(?:[.,]\d++)?"
    rf"|{_SIGN}(?<!\d)(?<!\d[.,])\d++(?:[.,]\d++)*+"
)
_WORD = re.compile(r"[^\W\d_]++")

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_ES_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_ES_HUNDREDS = (
    "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
)
_DE = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_FR = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_FR_TENS = "vingt trente quarante cinquante soixante"

# word: (value, what it does): a unit is added, a tens takes a unit after it, a factor multiplies.
_ADDS: dict[str, dict[str, int]] = {
    "en": {w: n for n, w in enumerate(_EN.split())}
    | {w: n * 10 for n, w in enumerate(_EN_TENS.split(), 2)},
    "es": {w: n for n, w in enumerate(_ES.split())}
    | {w: n * 10 for n, w in enumerate(_ES_TENS.split(), 3)}
    | {w: n * 100 for n, w in enumerate(_ES_HUNDREDS.split(), 1)}
    | {"ciento": 100, "doscientas": 200, "trescientas": 300, "cuatrocientas": 400},
    "fr": {w: n for n, w in enumerate(_FR.split(), 2)}
    | {w: n * 10 for n, w in enumerate(_FR_TENS.split(), 2)},
}
_FACTORS = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9},
    "es": {"mil": 1000, "millón": 10**6, "millones": 10**6},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6},
}
_JOINS = {"en": "and", "es": "y", "fr": "et"}

_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "de": "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft",
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième",
    "es": "primer segund tercer cuart quint sext séptim octav noven décim",
}
_TIMES = {"twice": 2, "thrice": 3, "zweimal": 2, "dreimal": 3, "viermal": 4, "dozen": 12,
          "dutzend": 12}  # fmt: skip
# What may stand for a number and counts nothing itself.
_TIMES_OVER = {"double": 2, "doubled": 2, "doubling": 2, "both": 2, "pair": 2, "triple": 3,
               "doppelt": 2, "doppelte": 2, "doppelten": 2, "beide": 2, "beiden": 2, "doble": 2,
               "ambos": 2, "ambas": 2}  # fmt: skip
_DE_PARTS = {w: n for n, w in enumerate(_DE.split())} | {
    "ein": 1, "eine": 1, "dreissig": 30, "zwo": 2, "zweien": 2, "zweier": 2, "dreien": 3,
    "dreier": 3,
}  # fmt: skip
_DE_TENS_OF = {w: n * 10 for n, w in enumerate(_DE_TENS.split(), 2)} | {"dreissig": 30}


@dataclass(frozen=True, slots=True)
class Numeral:
    """`text[start:end]` is a number; `value` is None if it is too long to be worked out.

    It is `weak` where its language says it without counting: "one", "the first".
    """

    start: int
    end: int
    value: Fraction | None
    weak: bool = False


def numerals(text: str, start: int, end: int, language: str) -> Iterator[Numeral]:
    """The numbers in `text[start:end]`; those in figures first, then those in words."""
    for match in _FIGURES.finditer(text, start, end):
        yield Numeral(match.start(), match.end(), value_of(match[0], language))
    if language == "de":
        yield from _german(text, start, end)
    else:
        yield from _in_words(text, start, end, language)


@lru_cache(maxsize=20_000)
def value_of(figures: str, language: str) -> Fraction | None:
    """What a number in figures is worth, its separators read as `language` sets them."""
    if len(figures) > LONGEST:
        return None
    plain = re.sub("['’\u00a0\u202f ]", "", figures).replace("\u2212", "-")
    marks = [mark for mark in plain if mark in ".,"]
    if len(marks) > 1 and len(set(marks)) == 2:  # both: the last one is the decimal
        decimal = marks[-1]
    elif len(marks) > 1:
        decimal = ""
    elif marks:
        grouping = "," if language == "en" else "."
        groups = re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", plain) is not None
        decimal = "" if groups and marks[0] == grouping else marks[0]
    else:
        decimal = ""
    plain = "".join("." if mark == decimal else mark for mark in plain
                    if mark == decimal or mark not in ".,")  # fmt: skip
    try:
        return Fraction(plain)
    except ValueError:
        return None


def _in_words(text: str, start: int, end: int, language: str) -> Iterator[Numeral]:
    """Numbers in words, put together from left to right."""
    adds, factors, join = _ADDS[language], _FACTORS[language], _JOINS[language]
    ordinals = _ordinals(language)
    counting = _counting(language)
    run: list[tuple[int, int, int, bool]] = []  # start, end, value, is a factor
    joined = False
    for match, word in _spoken(text, start, end):
        if word not in counting:  # most words
            yield from _flush(run)
            joined = False
            continue
        if len(run) > _LONGEST_RUN or (run and not _touches(text, run[-1][1], match.start(), join)):
            yield from _flush(run)
        if word == join and run:
            joined = True
            continue
        value = adds.get(word)
        factor = factors.get(word)
        if value is not None and _continues(run, value, joined, language):
            run.append((match.start(), match.end(), value, False))
        elif factor is not None and (run or _stands_for_one(text, match.start())):
            run.append((match.start(), match.end(), factor, True))
        else:
            yield from _flush(run)
            if value is not None:
                run.append((match.start(), match.end(), value, False))
            elif factor is not None and word in ("mil", "mille", "cent"):
                run.append((match.start(), match.end(), factor, True))
            elif times := _TIMES.get(word) or _TIMES_OVER.get(word):
                yield Numeral(*match.span(), Fraction(times), weak=word in _TIMES_OVER)
            elif (rank := ordinals.get(_ordinal_stem(word, language))) is not None:
                follows = text[match.end() : match.end() + 6].lower()
                if not follows.startswith((" part", "-part")):
                    yield Numeral(match.start(), match.end(), Fraction(rank), weak=rank < 3)
        joined = False
    yield from _flush(run)


def _spoken(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str]]:
    """The words, each in small letters as well, but for the "one" of "no one"."""
    previous = ""
    for match in _WORD.finditer(text, start, end):
        word = match[0].lower()
        if word != "one" or previous not in ("no", "any", "every", "some"):
            yield match, word
        previous = word


@lru_cache(maxsize=len(_ADDS))
def _counting(language: str) -> frozenset[str]:
    """Every word that may be part of a number in words."""
    endings = ("", "o", "a", "os", "as") if language == "es" else ("", "s")
    ranks = {rank + ending for rank in _ordinals(language) for ending in endings}
    joins = {_JOINS[language]}
    return frozenset(ranks | joins | {*_ADDS[language], *_FACTORS[language], *_TIMES, *_TIMES_OVER})


def _touches(text: str, end: int, start: int, join: str) -> bool:
    """Whether nothing but spaces, a hyphen or the joining word lies between two number words."""
    if start - end > 12:
        return False
    between = text[end:start].lower().replace("-", " ").split()
    return between in ([], [join])


def _continues(
    run: list[tuple[int, int, int, bool]], value: int, joined: bool, language: str
) -> bool:
    """Whether a word that adds `value` goes on with the number before it."""
    if not run:
        return True
    last, factor = run[-1][2], run[-1][3]
    if factor:
        return last > value
    if language == "es":
        return (last >= 100 and value < 100) or (joined and 30 <= last < 100 and 0 < value < 10)
    if language == "fr":  # "dix-sept", "soixante-douze"
        return last >= 100 > value or (last >= 20 and value < 17) or (last == 10 and 6 < value < 10)
    return not joined and 20 <= last < 100 and 0 < value < 10


def _stands_for_one(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].lower().strip() in ("a", "n")


def _flush(run: list[tuple[int, int, int, bool]]) -> Iterator[Numeral]:
    if not run:
        return
    total = part = 0
    for _, _, value, factor in run:
        if not factor:
            part += value
        elif value == 100:
            part = max(part, 1) * 100
        else:
            total += max(part, 1) * value
            part = 0
    whole = Fraction(total + part)
    yield Numeral(run[0][0], run[-1][1], whole, weak=whole == 1)
    run.clear()


def _ordinals(language: str) -> dict[str, int]:
    return {word: rank for rank, word in enumerate(_ORDINALS[language].split(), 1)}


def _ordinal_stem(word: str, language: str) -> str:
    if language == "fr":
        return word.removesuffix("s")
    return re.sub(r"(?:os|as|o|a)$", "", word) if language == "es" else word


def _german(text: str, start: int, end: int) -> Iterator[Numeral]:
    """German writes a number in one word: "fünfundsiebzigtausend"."""
    ordinals = _ordinals("de")
    for match in _WORD.finditer(text, start, end):
        word = match[0].lower()
        if len(word) > 60:
            continue
        if times := _TIMES.get(word) or _TIMES_OVER.get(word):
            yield Numeral(*match.span(), Fraction(times), weak=word in _TIMES_OVER)
            continue
        value = german_value(word)
        if value is not None and word not in ("ein", "eine"):
            yield Numeral(match.start(), match.end(), Fraction(value), weak=value == 1)
        elif match[0][0].islower() and (ending := re.search(r"e[nrsm]?$", word)):
            rank = ordinals.get(word[: ending.start()])
            if rank is not None:  # "Dritte", written large, are other people
                yield Numeral(match.start(), match.end(), Fraction(rank), weak=rank < 3)


@lru_cache(maxsize=20_000)
def german_value(word: str) -> int | None:
    """What a German number word in lower case is worth; None if it is none."""
    for factor, name in ((1000, "tausend"), (100, "hundert")):
        if name in word:
            before, after = word.split(name, 1)
            many = 1 if not before else german_value(before)
            rest = 0 if not after else german_value(after.removeprefix("und"))
            return None if many is None or rest is None else many * factor + rest
    if word in _DE_PARTS:
        return _DE_PARTS[word]
    if word in _DE_TENS_OF:
        return _DE_TENS_OF[word]
    if "und" in word:
        unit, tens = word.split("und", 1)
        if unit in _DE_PARTS and 0 < _DE_PARTS[unit] < 10 and tens in _DE_TENS_OF:
            return _DE_PARTS[unit] + _DE_TENS_OF[tens]
    return None
