"""Words as searching and checking compare them: folded, stemmed a little, without function words.

English, German and Spanish, by rules and a list; no dictionary, no model.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\W_]+")
_HALF = re.compile("[\ud800-\udfff]")
# Scripts without spaces between words, and Hangul, whose particles are written with them.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_UNSPACED_SIGN = re.compile(f"([{_UNSPACED}])")
# Letters that are no other letter with an accent, and that people write in other letters.
_SPELT = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
     "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")

# "3. ", "b) ", "- " at the start of a line: an item's mark, no word or figure of the text.
_ITEM = re.compile(r"(?m)^\s*(?:\(?(?:\d{1,3}|[a-z])[.)]|[-*•])(?=\s|$)")

# Endings cut from the longest to the shortest, so that "signed", "signing" and "signs" meet.
# A crude cut is enough: both sides of every comparison are cut alike.
_ENDINGS = (
    "ations", "ation", "ungen", "ingly", "edly", "ments", "ment", "iones", "ness", "ing", "ies",
    "ung", "ion", "ern", "est", "ed", "es", "en", "er", "em", "ly", "s", "e", "n", "a", "o",
)  # fmt: skip
_STEM_LENGTH = 4  # a stem is never cut shorter, in characters

FUNCTION_WORDS = frozenset(
    """
    a an the and or but if then than so as at by for from in into of off on onto out over to up with
    without about after again against all am are aren't be been before being below between both can
    cannot could did do does doing down during each few had has have having he her here hers him
    his how i i'm is isn't it its it's itself just me more most my no nor not now only other our
    ours own same she should some such that that's their theirs them there these they this those
    through too under until very was wasn't we were what what's when where which while who who's
    whom whose why will would you your yours tell please give many much
    aber alle allem allen aller alles als also am an auch auf aus bei bin bis bist da damit dann das
    dass dein dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du
    durch ein eine einem einen einer eines er es für gegen gibt hat hatte hatten habe haben hier ich
    ihm ihn ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder jedes kann kein keine
    können man mehr mein mit nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen
    seiner sich sie sind so über um und uns unter vom von vor war waren warum was wegen weil welche
    welchem welchen welcher welches wem wen wenn wer werden wie wird wo wurde wurden zu zum zur
    al algo como con cual cuál cuales cuáles cuando cuándo cuanto cuánto de del desde donde dónde el
    él ella ellas ellos en entre era eran es esa ese eso esta está están este esto fue fueron ha han
    hasta hay la las le les lo los más me mi muy nada ni o para pero por porque qué que quien quién
    quiénes se ser si sí sin sobre son su sus también te tiene tu un una unas uno unos y ya
    """.split()
)


def fold(text: str) -> str:
    """Lower case without diacritics, as the word index compares it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Every word and number of `text`, in order, in lower case.

    Where a script puts no spaces between words, every two signs that stand together are one.
    """
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        if word.isascii() or not _UNSPACED_RUN.search(word):
            found.append(word)
            continue
        at = 0
        for run in _UNSPACED_RUN.finditer(word):
            found += [word[at : run.start()]] if run.start() > at else []
            signs = run.group()
            found += [signs[n : n + 2] for n in range(max(1, len(signs) - 1))]
            at = run.end()
        found += [word[at:]] if at < len(word) else []
    return found


def searchable(text: str) -> str:
    """`text` as the word indexes take it in, and as they are asked.

    The index itself folds capitals and accents. It knows no ligature and no letter of full width,
    takes "ß" for a letter of its own, and a run of Chinese for one word: every sign of such a run
    becomes a word here, and two together are asked for as a phrase.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SPELT)
    return plain if plain.isascii() else _UNSPACED_SIGN.sub(r" \1 ", plain)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words and numbers of `text` stand: (start, end), in order."""
    return [match.span() for match in _WORD.finditer(text)]


def without_item(text: str) -> str:
    """The text without the marks of list items at the start of its lines."""
    return _ITEM.sub(" ", text)


def content_words(text: str) -> list[str]:
    """The stems that carry meaning, in order; numbers as they stand."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS]


def whole(text: str) -> str:
    """`text` with halves of surrogate pairs, which no encoding can carry, replaced one for one.

    Python makes such halves of bytes that are no text, such as a mistyped argument's.
    """
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def stem(word: str) -> str:
    """A word folded and cut so that its inflections mostly meet; numbers are left alone."""
    if word[0].isdigit():
        return word
    folded = fold(word).removesuffix("'s")
    cut = True
    while cut:
        cut = False
        for ending in _ENDINGS:
            if folded.endswith(ending) and len(folded) - len(ending) >= _STEM_LENGTH:
                folded = folded[: -len(ending)]
                cut = True
                break
    return folded


def numbers(text: str) -> list[str]:
    """The numbers in `text`, in order, with group separators dropped: "1,200" becomes "1200"."""
    return [_plain(match.group()) for match in _NUMBER.finditer(text)]


def _plain(number: str) -> str:
    # A group of exactly three digits after a separator is a thousands group in either convention.
    return re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", number)
