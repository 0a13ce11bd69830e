"""Follow-up questions: whether one needs the one before it, and what is searched for then.

"And in 2019?" says nothing alone. Read behind "What was the rent in 2018?" it does, once 2018 has
made room. Rules over words in English, German and Spanish; no model. A question that follows
another which follows a third is read behind what that one came to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.domain.ranking import ABOUT_ASKING
from desktop.domain.words import content_words, fold, word_spans

FEWEST = 3  # content words of a question that stands alone
AFTER_AND = 4  # and of one that begins with "and"
MOST_IN_A_ROW = 8  # questions of which each follows the one before
LONGEST = 600  # characters of what is carried on from one question to the next


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_AND = _listed("and und y e but aber pero or oder o also auch también then dann entonces")
# "What about the tenant?": whatever comes behind, the question before it says what is asked.
_WHAT_ABOUT = re.compile(
    r"\W*(?:(?:and|but|ok|okay|so|und|aber|y|pero)\b\W*)?"
    r"(?:(?:what|how) about|what of|same (?:question|for)|the same for|"
    r"(?:und )?(?:was|wie) (?:ist|sieht|steht|war|gilt|wäre) es (?:\w+ )?(?:mit|bei|um|für)|"
    r"was ist (?:denn )?mit|wie (?:ist|war) das (?:bei|mit|für|in)|"
    r"(?:y )?qué (?:hay|pasa|tal|ocurre) (?:de|con|en)|lo mismo)\b",
    re.IGNORECASE,
)
# What points back. "It" and the like also stand for nothing: "Is it allowed", "Gibt es".
_POINTING = _listed(
    """
    it its they them their theirs he him his she hers this that these those one ones former latter
    ihn ihm ihnen deren dessen dieser diese dieses diesem diesen jener jene jenes
    davon dafür dazu darin darauf damit daran darüber dagegen dabei daraus danach dort
    eso esa ese esos esas esto esta este estos estas ello ella ellos ellas él su sus suyo suya allí
    """
)
_POINTING_FIRST = _listed("er sie es")  # only where nothing stands before that they may stand for
_NO_POINTING = re.compile(
    r"\b(?:is|was|are|were|does|would|will|can) it (?:be )?(?:allowed|possible|true|necessary|"
    r"permitted|forbidden|required|take|legal|clear|correct)\b|"
    r"\b(?:that|this|one) (?:of|who|which)\b|(?<=[^\W\d_] )that (?=[^\W\d_]+)|\bat least one\b|"
    r"\bgibt es\b|\bist es (?:erlaubt|möglich|wahr|richtig|nötig|verboten|gestattet)\b|"
    r"\bhandelt es sich\b|\bone (?:year|month|day|week|hour|time|page|person)\b",
    re.IGNORECASE,
)
_POINTED_AT = re.compile(
    r"\b(?:of|for|about|after|before|in|on|with|to|from|by|is|was|does|did|why|how|under|are|were)"
    r" (?:that|this|these|those)\b",
    re.IGNORECASE,
)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:\s*[-/–]\s*\d{2,4})?")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"(?:first|second|third|fourth|erste[ns]?|zweite[ns]?|dritte[ns]?|vierte[ns]?|primer|segundo|"
    r"tercer|cuarto) (?:quarter|quartal|trimestre))\b",
    re.IGNORECASE,
)
_PREPOSITIONS = _listed(
    "in for at of on by with from to für bei von mit nach an auf im am en para de por con del"
)
_DETERMINERS = _listed(
    "the a an this that der die das den dem des ein eine einen einem einer el la los las un una"
)


def follows(question: str) -> bool:
    """Whether a question needs the one before it to be understood."""
    wanted = [word for word in content_words(question) if word not in ABOUT_ASKING]
    if _WHAT_ABOUT.match(question) or len(wanted) < FEWEST:
        return True
    found = _words(question)
    if found[0] in _AND and len(wanted) < AFTER_AND:
        return True
    return _points_back(question)


def searched(question: str, earlier: Sequence[str]) -> str:
    """What to search for: `question` alone, or behind what it follows.

    `earlier` are the questions before it, oldest first.
    """
    if not question.strip():
        return question
    chain = [question]
    for before in reversed(earlier[-MOST_IN_A_ROW:]):
        if not follows(chain[-1]):
            break
        chain.append(before)
    found = chain.pop()
    while chain:
        found = f"{_making_room(found[-LONGEST:], chain[-1])} {chain.pop()}".strip()
    return found


def _points_back(question: str) -> bool:
    """Whether there is a pronoun that nothing before it in the question may be meant by."""
    pointed = _POINTED_AT.search(question) is not None
    rest = question if pointed else _NO_POINTING.sub(lambda m: " " * len(m[0]), question)
    for start, end in word_spans(rest):
        word = rest[start:end].casefold()
        if word not in _POINTING and word not in _POINTING_FIRST:
            continue
        before = [w for w in content_words(question[:start]) if w not in ABOUT_ASKING]
        if not before or (pointed and word in ("this", "that", "these", "those")):
            return True
        # "Wann endet er?": a verb alone can be meant by no pronoun.
        if len(before) == 1 and not _is_named(question[:start]):
            return True
    return False


def _is_named(before: str) -> bool:
    """Whether a noun that a pronoun may stand for is in `before`: it has an article in front."""
    found = _words(before)
    return any(word in _DETERMINERS for word in found)


def _making_room(before: str, question: str) -> str:
    """The question before, without what the next one puts something else in the place of."""
    for kind in (_YEAR, _MONTH):
        if kind.search(question):
            before = kind.sub(" ", before)
    if not _YEAR.search(question):
        before = _without_place(before, question)
    return " ".join(before.split())


def _without_place(before: str, question: str) -> str:
    """Without what stood behind the preposition that the next question begins with.

    "Was gilt für den Mieter?" and then "Und für den Vermieter?".
    """
    asked = [word for word in _words(question) if word not in _AND]
    if not asked or asked[0] not in _PREPOSITIONS:
        return before
    spans = word_spans(before)
    folded = [before[start:end].casefold() for start, end in spans]
    for at in range(len(spans) - 1, -1, -1):
        if folded[at] != asked[0]:
            continue
        last = at + 1
        while last < len(spans) and folded[last] in _DETERMINERS:
            last += 1
        if last >= len(spans) or _YEAR.fullmatch(folded[last]):
            continue
        # A name has several words: Harbour Street.
        while (
            last + 1 < len(spans)
            and _in_name(folded[last], before[spans[last][0]])
            and (_in_name(folded[last + 1], before[spans[last + 1][0]]))
        ):
            last += 1
        return f"{before[: spans[at][0]]} {before[spans[last][1] :]}"
    return before


def _in_name(word: str, first: str) -> bool:
    return first.isupper() or (word.isdigit() and not _YEAR.fullmatch(word))


def _words(text: str) -> list[str]:
    return [text[start:end].casefold() for start, end in word_spans(text)] or [fold(text)]
