"""Whether a number is the least or the most that may be: "at least 5", "5 or less".

By the words on either side of it within its clause. A denial beside a number may say no
more than such a bound does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.domain.facts import wordings
from desktop.domain.facts.fact import Fact

_LOOK_BACK = 70  # characters before a number in which "not ... more than" may stand
_LOOK_ON = 60  # characters behind it in which "is prohibited" may

_MORE = r"""more|more\ often|higher|longer|greater|larger|bigger|heavier|older|wider|taller|deeper
    |faster|later|mehr|höher|länger|größer|schwerer|älter|breiter|tiefer|schneller|später
    |öfter|häufiger|más|mayor|plus"""
_LESS = r"""less|fewer|lower|shorter|smaller|lighter|younger|narrower|earlier
    |weniger|niedriger|kürzer|kleiner|leichter|jünger|schmaler|früher|menos|menor|moins"""
_NO = r"not?|never|nicht|nie|kein\w{0,2}|no|nunca|pas"
_UP = rf"""at\ least | (?:{_NO})\ (?:{_LESS})\ (?:than|als|de|que) | minimum(?:\ of)?
    | (?:{_MORE})\ (?:than|als|de|que) | over | above | beyond | exceed(?:s|ed|ing)?
    | in\ excess\ of | mindestens | wenigstens | über | al\ menos | au\ moins | mínimo(?:\ de)?"""
_DOWN = rf"""at\ (?:the\ )?(?:very\ )?most | (?:{_NO})\ (?:{_MORE})\ (?:than|als|de|que)
    | (?:a\ )?(?:maximum|limit)(?:\ of)? | (?:limited|restricted)\ to
    | (?:as\ )?(?:many|much|long)\ as | up\ to | at\ or\ (?:below|under)
    | (?:{_LESS})\ (?:than|als|de|que) | under | below | not\ exceed(?:ing)?
    | höchstens | längstens | maximal | max\.? | bis\ (?:zu|maximal) | unter
    | begrenzt\ auf | beschränkt\ auf | (?:obergrenze|grenze|grenzwert)\ von | au\ plus
    | como\ máximo | máximo(?:\ de)? | hasta"""
_BOUND = re.compile(rf"(?<!\w)(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\s*+(?:[£$€]|EUR|GBP|USD)?\s*+$",
                    re.IGNORECASE | re.VERBOSE)  # fmt: skip
_BEFORE_NUMBER = " \t\n\r\f\v\u00a0\u202f£$€"
# What each of these phrases ends with: to look for a phrase takes time, and most numbers have none.
_ENDS = (
    "least", "most", "than", "als", "de", "que", "of", "minimum", "over", "above", "beyond",
    "exceed", "exceeds", "exceeded", "exceeding", "mindestens", "wenigstens", "über", "menos",
    "moins", "mínimo", "maximum", "limit", "to", "as", "under", "below", "höchstens", "längstens",
    "maximal", "max", "max.", "zu", "unter", "auf", "von", "plus", "máximo", "hasta",
    "eur", "gbp", "usd",
)  # fmt: skip
_BEHIND = re.compile(
    r"""\s(?:(?P<down>or\ (?:less|fewer|under|below)|at\ (?:the\ )?most|maximum|oder\ weniger
    |höchstens|maximal|como\ máximo|au\ plus)
    |(?P<up>or\ (?:more|over|above)|and\ (?:over|above)|at\ least|minimum|oder\ mehr))(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_NEGATED = re.compile(
    r"(?:\b(?:not?|cannot|unable|never|nor|none|nobody|nothing|nicht|nichts|keine?[nmrs]?|nie|nunca)\b"
    r"|n['’]t\b)(?:(?!\b(?:until|till|if|when|unless|because|before|after|bis|wenn|weil|bevor"
    r"|falls|sobald|es\ssei)\b)[^.;:,]){0,60}$",
    re.IGNORECASE,
)
_BANNED = re.compile(
    r"[^.;:,\d]{0,45}?\b(?:(?:not|never)\s(?:be\s)?(?:permitted|allowed|accepted)|prohibited|forbidden"
    r"|banned|refused|verboten|untersagt|unzulässig|nicht\s(?:gestattet|erlaubt|zulässig)"
    r"|(?:must|may|shall|should|can)\s?(?:not|never)|(?:darf|dürfen)\b[^.;:,]{0,30}?\bnicht)\b",
    re.IGNORECASE,
)

_POSITIVE = (wordings.MUST, wordings.MAY)
_APART = re.compile(r"[.;:,](?!\d)|.{60}", re.DOTALL)
_WITHIN = re.compile(
    r"\b(?:within|inside|until|before|limit\w*|permitted|allowed|bis|innerhalb|binnen|grenzwert"
    r"|erlaubt|zulässig|hasta|dentro)\b[^.;:,]{0,24}$",
    re.IGNORECASE,
)


def bound(text: str, start: int, end: int) -> str:
    """ ">" if `text[start:end]` is the least that may be, "<" if the most, else nothing.

    A "not" before the phrase turns it round, and so does a ban behind the number.
    """
    before = text[max(0, start - _LOOK_BACK) : start]
    if before.rstrip(_BEFORE_NUMBER).lower().endswith(_ENDS) and (match := _BOUND.search(before)):
        if match["up"] is None:
            return "<"
        # "At least" and "no less than" say it whatever is denied before.
        simple = match["up"].lower().startswith(("at least", "no", "min", "al m", "au m", "wen"))
        turned = not simple and (
            _NEGATED.search(before, 0, match.start()) or _BANNED.match(text, end, end + _LOOK_ON)
        )
        return "<" if turned else ">"
    if match := _BEHIND.match(text, end, end + _LOOK_ON):
        return "<" if match["down"] else ">"
    return ""


def says_a_bound(
    denial: Fact, quantities: Iterable[Fact], others: Iterable[Fact], own: str, other: str
) -> bool:
    """Whether `denial` only says of a number what `other` says by "at most": "not above 5".

    `quantities` are those of its sentence in `own`, `others` those of its partners' in `other`.
    """
    bounds = [
        one
        for one in quantities
        if one.bound
        and not _APART.search(own, min(one.end, denial.end), max(one.start, denial.start))
        and (denial.normal in _POSITIVE or _is_turned(denial, one, own))
    ]
    return any(
        one.normal == mate.normal and (one.bound == mate.bound or _is_within(other, mate))
        for one in bounds
        for mate in others
    )


def _is_turned(denial: Fact, number: Fact, text: str) -> bool:
    """Whether it is the denial that makes of "more than 5" the most that may be."""
    first = max(0, number.start - _LOOK_BACK)
    match = _BOUND.search(text[first : number.start])
    if match is None:
        return False
    turned = number.bound == ("<" if match["up"] else ">")
    return turned or (denial.end > first + match.start() and denial.start < number.start)


def _is_within(text: str, number: Fact) -> bool:
    return _WITHIN.search(text, max(0, number.start - _LOOK_BACK), number.start) is not None
