"""Dates and times of day as they are written, each turned into one form.

A date is "2019-10-03", without its year "--10-03", a month "2019-10", a quarter "2022-Q3", a day of
the week "Monday". Of 03/04/2019 the first number is the day, as in most of the countries whose
languages are read here, unless it cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.facts.fact import Fact, Kind

_MONTH_NAMES = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jän. feb. mär. apr. mai jun. jul. aug. sept okt dez.",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(names.split(), 1)
    if name not in ("jän.", "feb.", "mär.", "apr.", "jun.", "jul.", "aug.", "dez.")
} | {"jänner": 1, "sept": 9, "okt": 10, "dez": 12, "dic": 12, "ene": 1}
_WEEKDAYS = {
    name: english.capitalize()
    for english, names in zip(
        "monday tuesday wednesday thursday friday saturday sunday".split(),
        (
            "monday mondays montag montags lunes lundi",
            "tuesday tuesdays dienstag dienstags martes mardi",
            "wednesday wednesdays mittwoch mittwochs miércoles mercredi",
            "thursday thursdays donnerstag donnerstags jueves jeudi",
            "friday fridays freitag freitags viernes vendredi",
            "saturday saturdays samstag samstags sonnabend sábado sábados samedi",
            "sunday sundays sonntag sonntags domingo domingos dimanche",
        ),
        strict=True,
    )
    for name in names.split()
}


def _either(names: dict[str, int] | dict[str, str]) -> str:
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


_MONTH = rf"(?:{_either(_MONTH_NAMES)})"
_YEAR = r"[12]\d{3}"
_DATE = re.compile(
    rf"""(?<![\w./-])(?:
      (?P<y1>{_YEAR})-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})(?P<mark>[./-])\ ?(?P<m2>\d{{1,2}})(?P=mark)\ ?(?P<y2>{_YEAR}|\d\d)?(?<![/-])
    | (?:the\ )?(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m3>{_MONTH})\b\.?
        (?:,?\s(?:de\s|del\s)?(?P<y3>{_YEAR}))?
    | (?P<m4>{_MONTH})\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y4>{_YEAR}))?(?!\d|[.,:]\d)
    | (?P<m5>{_MONTH})\.?\s(?:de\s|of\s)?(?P<y5>{_YEAR})
    | (?P<m8>0[1-9]|1[0-2])/(?P<y8>{_YEAR})
    | Q(?P<q6>[1-4])[\s/]?(?P<y6>{_YEAR})
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
# Where a date may begin. To try there alone, and to look for small letters in a text made small,
# takes a fraction of the time that it takes to try everywhere whatever the letters are.
_DIGITS = re.compile(r"\d++")
_NAMED = re.compile(rf"(?:{_either(_MONTH_NAMES)}|q[1-4])")
_SPAN = 16  # characters before a date in which the first day of a span may stand
_JOIN = r"\s?(?:-|–|to|and|until|bis(?:\szum)?|und|al?|y|hasta(?:\sel)?)\s?"
_DAY_BEFORE = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?{_JOIN}$", re.IGNORECASE
)
_DAY_AFTER = re.compile(rf"{_JOIN}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d\w.:])", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?:{_either(_WEEKDAYS)})(?!\w)")
# A month alone is one only with a capital letter, and "May" and "March" only where nothing else is.
_MONTH_ALONE = re.compile(
    r"(?<!\w)(?:(?:in|since|until|by|from|to|of|early|late|mid|end|before|after)\s)?(?P<month>"
    + "|".join(sorted({name.capitalize() for name in _MONTH_NAMES if len(name) > 4} | {"June",
       "July", "Mai", "Juni", "Juli", "März"}))
    + r")(?!\w)"
)  # fmt: skip
_BEFORE_DATE = re.compile(r"[\s,]{0,2}(?:den |dem |the |der |le )?")
_TIME = re.compile(
    r"""(?<![\w.,:/$€£])(?:
      (?P<h1>[01]?\d|2[0-4])(?:[:.](?P<m1>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?
    | (?P<h7>1?\d)(?:[:.](?P<m7>[0-5]\d))?\s(?:uhr\s)?(?:in\sthe\s)?
        (?P<of>morning|afternoon|evening|morgens|vormittags|nachmittags|abends)\b
    | (?P<h2>[01]?\d|2[0-4])[:.](?P<m2>[0-5]\d)\s?(?:uhr|h|hrs|hours|horas)\b
    | (?P<h3>[01]?\d|2[0-4]):(?P<m3>[0-5]\d)(?::[0-5]\d)?(?![\d:])
    | (?P<h4>[01]?\d|2[0-4])(?:
        (?:\s(?:bis|und|-|–)\s(?P<to>[01]?\d|2[0-4]))?(?::00)?\suhr\b | \so['’]clock\b)
    | (?P<h5>[01]?\d|2[0-3])\s?h\s?(?P<m5>[0-5]\d)\b(?!\s?m?[gl]\b)
    | (?:12\s)?(?P<named>noon|midnight|midday|mittags|mitternacht|mediodía|medianoche)\b
    | (?P<h6>1?\d)(?:[:.](?P<m6>[0-5]\d))?\sde\sla\s(?P<part>mañana|tarde|noche)\b
    )(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_LATER = ("tarde", "noche", "afternoon", "evening", "nachmittags", "abends")
_NIGHT = ("midnight", "mitternacht", "medianoche")
_UNTIL_HOUR = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?"
    r"\s?(?:bis|und|to|-|–|and|al?)\s?$"
)


def dates(text: str, small: str, start: int, end: int, language: str) -> Iterator[Fact]:
    """The dates in `text[start:end]`, in order; a day of the week beside its date is weak.

    `small` is the text in small letters, every one at its place.
    """
    ends: list[int] = []
    found: list[tuple[int, int]] = []
    for match in _written(text, small, start, end):
        normal = _normal(match)
        if language == "en" and match["m3"] in ("may", "march") and not match["y3"]:
            continue  # "members over 21 may enter"
        # "15.07." is a day in German; elsewhere it is a number at the end of a sentence.
        if normal and (match["mark"] != "." or match["y2"] or language == "de"):
            found.append(match.span())
            ends.append(match.end())
            yield Fact(Kind.DATE, *match.span(), match[0], normal)
            yield from _other_end(text, start, end, match, normal)
    starts = {one for one, _ in found}
    stops = set(ends)
    for match in _WEEKDAY.finditer(small, start, end):
        if match.start() and (
            small[match.start() - 1].isalnum() or small[match.start() - 1] == "_"
        ):
            continue
        after = _BEFORE_DATE.match(text, match.end(), end)
        near = after is not None and after.end() in starts
        near = near or any(match.start() - back in stops for back in (1, 2))
        yield Fact(
            Kind.DATE, *match.span(), text[match.start() : match.end()], _WEEKDAYS[match[0]],
            weak=near,
        )  # fmt: skip
    covered = iter([*found, (end + 1, end + 1)])
    current = next(covered)
    for match in _MONTH_ALONE.finditer(text, start, end):
        while current[1] <= match.start("month"):
            current = next(covered)
        at, stop = match.span("month")
        if current[0] <= at < current[1] or (
            match["month"] in ("May", "March") and match.start() == at
        ):
            continue
        number = _MONTH_NAMES[match["month"].lower()]
        yield Fact(Kind.DATE, at, stop, text[at:stop], f"--{number:02}")


def _written(text: str, small: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of `_DATE`, from left to right."""
    begins = [match.start() for match in _DIGITS.finditer(text, start, end)]
    begins += [match.start() for match in _NAMED.finditer(small, start, end)]
    last = start
    for at in sorted(begins):
        article = at - 4 if small.startswith("the ", max(at - 4, 0)) else at
        for first in sorted({article, at}):
            match = _DATE.match(text, first, end) if first >= last else None
            if match is not None:
                last = match.end()
                yield match
                break


def _other_end(
    text: str, start: int, end: int, match: re.Match[str], normal: str
) -> Iterator[Fact]:
    """ "7 to 18 July", "July 7-18": the other day of a span is of the same month."""
    window = text[max(start, match.start() - _SPAN) : match.start()]
    if match["d4"]:
        other = _DAY_AFTER.match(text, match.end(), end)
    elif match["d3"]:
        other = _DAY_BEFORE.search(window)
    else:
        return
    if other is not None and 1 <= int(other["day"]) <= 31:
        at = other.start("day") + (0 if match["d4"] else match.start() - len(window))
        yield Fact(
            Kind.DATE, at, at + len(other["day"]), other["day"],
            f"{normal[:-2]}{int(other['day']):02}",
        )  # fmt: skip


def times(text: str, start: int, end: int) -> Iterator[Fact]:
    """The times of day in `text[start:end]`, on the clock of 24 hours."""
    for match in _TIME.finditer(text, start, end):
        hour, minute = _clock(match)
        if hour > 24:
            continue
        if match["to"]:
            yield _time(text, *match.span("h4"), hour, minute)
            yield _time(text, *match.span("to"), int(match["to"]), 0)
            continue
        yield _time(text, *match.span(), hour, minute)
        # "from 9 to 5 p.m.", "8 bis 17:00 Uhr": the first has no word of its own
        window = text[max(start, match.start() - 12) : match.start()]
        earlier = _UNTIL_HOUR.search(window)
        if earlier:
            at = match.start() - len(window)
            first = earlier.span("hour")[0], max(earlier.end("hour"), earlier.end("minute"))
            minute = int(earlier["minute"] or 0)
            yield _time(text, at + first[0], at + first[1], int(earlier["hour"]), minute)


def _time(text: str, start: int, end: int, hour: int, minute: int) -> Fact:
    return Fact(Kind.TIME, start, end, text[start:end], f"{hour % 24:02}:{minute:02}")


def _clock(match: re.Match[str]) -> tuple[int, int]:
    if match["named"]:
        return (0 if match["named"].lower() in _NIGHT else 12), 0
    hour = int(next(match[f"h{n}"] for n in range(1, 8) if match[f"h{n}"]))
    minute = int(next((match[f"m{n}"] for n in (1, 2, 3, 5, 6, 7) if match[f"m{n}"]), "0"))
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    elif (match["part"] or match["of"] or "").lower() in _LATER and hour < 12:
        hour += 12
    return hour, minute


def _normal(match: re.Match[str]) -> str:
    if match["q6"]:
        return f"{match['y6']}-Q{match['q6']}"
    if match["m8"]:
        return f"{match['y8']}-{match['m8']}"
    if match["m5"]:
        return f"{match['y5']}-{_month(match['m5']):02}"
    kind = next(n for n in "1234" if match[f"d{n}"])
    day, year = int(match[f"d{kind}"]), match[f"y{kind}"]
    written = match[f"m{kind}"]
    month = int(written) if written.isdigit() else _month(written)
    if month > 12 and day <= 12:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31) or (match["mark"] in ("/", "-") and not year):
        return ""
    if year and len(year) == 2:
        year = ("20" if int(year) < 70 else "19") + year
    return f"{year or '-'}-{month:02}-{day:02}"


def _month(name: str) -> int:
    return _MONTH_NAMES[name.lower().rstrip(".")]
