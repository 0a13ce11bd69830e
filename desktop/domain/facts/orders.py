"""What the order of two values says: "9 to 4", "3 of 12", "from 5 to 7", "8 above 6", "5, not 7".

Only such orders are read as a phrase beside the values themselves shows; each has a direction, so
that "from 5 to 7" and "7 instead of 5" are one. It knows nothing of what the values are of.
"""

from __future__ import annotations

import re

from desktop.domain.facts.fact import Fact

_FAR = 90  # characters between two values that a phrase may join
_BEFORE, _BEHIND = 24, 30  # characters before the first and behind the second that are looked at
_BETWEEN = re.compile(
    r"""\W*(?:\w+\s){0,2}?(?:
      (?P<against>to|against|zu|gegen|contre|contra) | (?P<of>of|out\ of|von|sur)
    | (?P<not>(?:and\ |und\ |et\ |y\ )?(?:not|nicht|no|non)|rather\ than|instead\ of|statt|anstatt
        |en\ lugar\ de|au\ lieu\ de)
    )\s(?:\w{1,5}\s){0,2}\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_PHRASE = re.compile(
    r"""\b(?:(?P<above>exceed\w*|above|over|more\ than|higher\ than|in\ excess\ of|über|oberhalb
        |überschr[ei]\w*|supera\w*|por\ encima\ de|dépass\w*|au-dessus)
    | (?P<below>below|under|less\ than|lower\ than|unter|unterhalb|unterschr[ei]\w*|por\ debajo\ de
        |en\ dessous)
    | (?P<instead>instead\ of|rather\ than|up\ from|down\ from|statt|anstatt|en\ lugar\ de
        |au\ lieu\ de))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_UPTO = re.compile(r"\W*(?:\w{1,8}\s)?(?:to|auf|a|à)\s\W*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|von|de|du)\s\W*$", re.IGNORECASE)
_OUT_OF = re.compile(r"\b(?:of|out\sof|von|de|sur)\s(?:the\s|den\s|las?\s|los\s|les\s)?$",
                     re.IGNORECASE)  # fmt: skip
_OPPOSED = re.compile(r"[^.;\n]{0,18}?\b(?:dagegen|against|en\scontra|contre)\b", re.IGNORECASE)
# Of what was rejected the votes against are named first: "by 5 to 3".
_REJECTED = re.compile(r"\b(?:reject|defeat|not\b|n['’]t\b|abgelehn|lehnt|nicht\b|rechaz|rejet)",
                       re.IGNORECASE)  # fmt: skip
_STOP = re.compile(r"[;\n\d]|[.!?]\s")  # a further value stops a phrase as well
_MIRRORED = {"below": ("above", -1), "instead": ("change", -1)}

Orders = set[tuple[str, int]]


def turned_round(one: Fact, other: Fact, before: str, new_one: Fact, new_other: Fact,
                 after: str) -> bool:  # fmt: skip
    """Whether `after` puts the two values in an order that is the opposite of that in `before`."""
    there = orders(one, other, before)
    if not there:
        return False
    here = orders(new_one, new_other, after)
    return not there & here and any((name, -way) in here for name, way in there)


def orders(one: Fact, other: Fact, text: str) -> Orders:
    """What the order of two values in `text` says, and whether it says so of `one` first."""
    if one.start > other.start:
        return {(name, -way) for name, way in orders(other, one, text)}
    if not one.end <= other.start <= one.end + _FAR:
        return set()
    found: Orders = set()
    if match := _BETWEEN.fullmatch(text, one.end, other.start):
        found.add((match.lastgroup or "", 1))
    if _STOP.search(text, one.end, other.start):
        return found
    if one.normal.partition(" ")[2] == other.normal.partition(" ")[2]:  # of one unit
        for match in _PHRASE.finditer(text, one.end, other.start):
            name = match.lastgroup or ""
            found.add(_MIRRORED.get(name, (name, 1)))
    front = text[max(0, one.start - _BEFORE) : one.start]
    if _FROM.search(front) and _UPTO.fullmatch(text, one.end, other.start):
        found.add(("change", 1))
    elif _OUT_OF.search(front) and ("of", 1) not in found:
        found.add(("of", -1))
    lost = _REJECTED.search(text, max(0, one.start - _FAR), other.end + _BEHIND)
    if not lost and _OPPOSED.match(text, other.end, other.end + _BEHIND):
        found.add(("against", 1))
    return found
