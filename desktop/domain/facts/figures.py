"""Quantities: numbers with their units, amounts of money, percentages, spans of time.

A unit is turned into the smallest of its family, so that "0.5 g" is "500 mg" and "two weeks" are
"14 days"; a month and 30 days stay two things. What is no unit ("14 invoices") is left out: a
rewrite may call it something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from desktop.domain.facts.bounds import bound
from desktop.domain.facts.fact import Fact, Kind
from desktop.domain.facts.numerals import Numeral, numerals

_ONE = Fraction(1)  # known by its identity: to multiply by it takes as long as by any other


def _table(*rows: tuple[str, str, str]) -> dict[str, tuple[str, Fraction]]:
    """{spelling: (family, factor)} from rows of family, factor and spellings."""
    return {
        spelling.replace("_", " "): (family, _ONE if factor == "1" else Fraction(factor))
        for family, factor, spellings in rows
        for spelling in spellings.split()
    }


_CURRENCIES = _table(
    ("EUR", "1", "€ eur euro euros"),
    ("USD", "1", "$ usd us$ dollar dollars dólar dólares us_dollars"),
    ("GBP", "1", "£ gbp pound pounds pfund libras sterling"),
    ("CHF", "1", "chf sfr franken francs"),
    ("JPY", "1", "¥ jpy yen"),
)
_SCALES = _table(
    ("", "1000", "thousand tausend tsd tsd. k mil"),
    ("", "1000000", "million millions millionen mio mio. mn millón millones millones_de m"),
    ("", "1000000000", "billion billions milliarde milliarden mrd mrd. bn"),
)
_UNITS = _table(
    ("%", "1", "% percent per_cent prozent v._h. por_ciento pour_cent pct"),
    ("mg", "1", "mg milligram milligrams milligramm miligramos"),
    ("mg", "0.001", "µg μg mcg microgram micrograms mikrogramm"),
    ("mg", "1000", "g gram grams gramme grammes gramm gramme gramos"),
    ("mg", "1000000", "kg kilogram kilograms kilo kilos kilogramm kilogramos"),
    ("mg", "1000000000", "t tonne tonnes tonnen toneladas"),
    ("ml", "1", "ml millilitre millilitres milliliter milliliters mililitros"),
    ("ml", "10", "cl"),
    ("ml", "1000", "l litre litres liter liters litros"),
    ("m³", "1", "m³ m3 cubic_metres cubic_meters kubikmeter metros_cúbicos"),
    ("mm", "1", "mm millimetre millimetres millimeter millimeters milímetros"),
    ("mm", "10", "cm centimetre centimetres centimeter centimeters zentimeter centímetros"),
    ("mm", "1000", "m metre metres meter meters metern metros mètre mètres"),
    ("mm", "1000000", "km kilometre kilometres kilometer kilometers kilometern kilómetros"),
    ("mile", "1", "mile miles meilen"),
    ("inch", "1", "inch inches zoll"),
    ("foot", "1", "foot feet"),
    ("lb", "1", "lb lbs"),
    ("m²", "1", "m² m2 qm sqm square_metres square_meters quadratmeter metros_cuadrados"),
    ("ha", "1", "ha hectare hectares hektar hectáreas"),
    ("°C", "1", "°c °_c degrees_celsius grad_celsius grad grados"),
    ("°F", "1", "°f °_f degrees_fahrenheit"),
    ("mmHg", "1", "mmhg"),
    ("mmol/l", "1", "mmol/l"),
    ("mg/dl", "1", "mg/dl"),
    ("bpm", "1", "bpm"),
    ("rpm", "1", "rpm"),
    ("kW", "1", "kw kilowatt kilowatts"),
    ("kWh", "1", "kwh"),
    ("V", "1", "volt volts"),
    ("W", "1", "watt watts"),
    ("Hz", "1", "hz"),
    ("MB", "1", "mb"),
    ("MB", "1000", "gb"),
    ("MB", "1000000", "tb"),
    ("km/h", "1", "km/h"),
    ("mph", "1", "mph"),
    ("dB", "1", "db"),
)
_SPANS = _table(
    ("s", "1", "s sec secs second seconds sekunde sekunden segundo segundos"),
    ("s", "60", "min mins minute minutes minuten minuto minutos"),
    ("s", "3600", "h hr hrs hour hours hourly stunde stunden hora horas heure heures"),
    ("s", "86400", "day days tag tage tagen tages día días jour jours"),
    ("s", "604800", "week weeks woche wochen semana semanas semaine semaines"),
    ("month", "1", "month months monat monate monaten monats mes meses mois"),
    ("month", "12", "year years yr yrs jahr jahre jahren jahres año años ans année années"),
    ("month", "120", "decade decades jahrzehnt jahrzehnte"),
    ("working day", "1", "working_day working_days business_day business_days días_hábiles"),
    ("working day", "1", "jours_ouvrables jours_ouvrés"),
    ("working day", "1", "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen"),
)
_SUFFIXES = _UNITS | _SPANS | _CURRENCIES


def _either(spellings: Iterable[str]) -> str:
    longest_first = sorted(spellings, key=lambda one: (-len(one), one))
    return "|".join(re.escape(one).replace(r"\ ", r"[\s\u00a0]") for one in longest_first)


_GAP = r"[ \t\u00a0\u202f]?\n?-?"
_AFTER = re.compile(
    rf"['’]?{_GAP}(?P<one>[%€$£¥]|[°µμ]?\s?[^\W\d_]{{1,20}}+[²³23]?"
    r"(?:/[a-z]{1,2}|\$|\.(?=\s[^\W\d_]))?)"
    r"(?P<two>[\s\u00a0][^\W\d_]{1,12}+)?"
)
_PREFIX = re.compile(rf"(?:(?<!\w)(?P<code>{_either(c for c in _CURRENCIES if c.isalpha())})"
                     r"[\s\u00a0]?|(?P<sign>(?:US)?\$|[€£¥])[\s\u00a0]?)$",
                     re.IGNORECASE)  # fmt: skip
_BETWEEN = re.compile(r"\s*(?:-|–|/|to|and|or|bis|und|oder|a|y|o)\s*", re.IGNORECASE)
_NEXT_ONE = re.compile(r"(?<!\w)(?:an?|one|ein(?:e[nmrs]?)?|una?)(?=[ \u00a0]\w)", re.IGNORECASE)
_HALF = re.compile(r"(?<!\w)(?:half|halves|hälfte|mitad)(?!\w)", re.IGNORECASE)
# No amount has three decimals: "1.200 Euro" and "€1,200" are the same in every language.
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PER = re.compile(
    r"""(?:\s(?:\w+\s)?)?(?:(?:per|an?|each|every|pro|im|je|jede[sn]?|par|por|al|cada|chaque)\s(?:
      (?P<year>annum|year|jahr|an|año) | (?P<month>month|monat|mois|mes)
    | (?P<quarter>quarter|quartal|trimestre) | (?P<week>week|woche|semaine|semana)
    | (?P<day>day|tag|jour|día))(?!\w) | (?P<year2>p\.\s?a\.|annually|yearly|jährlich|anual(?:es)?)
    | (?P<month2>monthly|monatlich|mensual(?:es)?))""",
    re.IGNORECASE | re.VERBOSE,
)
_RATE = re.compile(
    r"(?<!\w)(?:(?P<year>annual|yearly|jährliche?\w?|annuel\w*)|(?P<month>monthly|monatliche?\w?"
    r"|mensuel\w*)|(?P<quarter>quarterly))\s[^.;,]{0,25}$",
    re.IGNORECASE,
)
_PERIODS = {
    "year": "year", "year2": "year", "month": "month", "month2": "month",
    "quarter": "quarter", "week": "week", "day": "day",
}  # fmt: skip
_LOOK_BACK = 40  # characters before a number in which "at least" or a currency may stand


def figures(
    text: str, start: int, end: int, language: str, free: Callable[[int, int], bool]
) -> Iterator[Fact]:
    """The quantities in `text[start:end]` that lie where `free(start, end)` allows them."""
    found = sorted(
        (one for one in numerals(text, start, end, language) if free(one.start, one.end)),
        key=lambda one: one.start,
    )
    quantities = [_Quantity(text, one, end) for one in found]
    for one, following in pairwise(quantities):
        between = text[one.end : following.start] if following.start - one.end < 8 else "."
        counts = not one.family and not one.numeral.weak
        if counts and following.family and _BETWEEN.fullmatch(between):
            one.take_from(following)
    for quantity in quantities:
        if quantity.family == "%":
            quantity.per(text)
        yield quantity.fact(text)
    taken = {one.numeral.start for one in quantities}
    yield from _single_units(text, start, end, taken, free)
    yield from _halves(text, start, end, free)


def _spelled(text: str, at: int, limit: int, table: Mapping[str, object]) -> tuple[str, int] | None:
    """The spelling of `table` that follows a number ending at `at`, and where it ends."""
    match = _AFTER.match(text, at, limit)
    if match is None:
        return None
    one, two = match["one"].lower(), match["two"]
    if two:
        both = f"{one} {two[1:].lower()}"
        if both in table:
            return both, match.end()
    for spelling in (one, one.rstrip(".")):
        if spelling in table:
            return spelling, match.start("one") + len(spelling)
    return None


class _Quantity:
    """A number while its unit is being looked for."""

    def __init__(self, text: str, numeral: Numeral, limit: int) -> None:
        self.numeral = numeral
        self.start, self.end = numeral.start, numeral.end
        self.family, self.factor, self.scale = "", _ONE, _ONE
        self.kind = Kind.NUMBER
        before = text[max(0, self.start - 8) : self.start]
        prefix = _PREFIX.search(before)
        scale = _spelled(text, self.end, limit, _SCALES)
        if scale and (scale[0] not in ("m", "k", "mil") or prefix):
            self.scale = _SCALES[scale[0]][1]
            self.end = scale[1]
        if prefix:
            self.start -= len(prefix[0])
            self._is((prefix["code"] or prefix["sign"]).lower())
        elif suffix := _spelled(text, self.end, limit, _SUFFIXES):
            others = suffix[0] in "€$£¥" and text[suffix[1] : suffix[1] + 1].isdigit()
            if not others and (suffix[0] != "second" or self.numeral.value == 1):
                self.end = suffix[1]
                self._is(suffix[0])
        elif self.scale != 1 and text.startswith(" de ", self.end):  # "2,5 millones de euros"
            suffix = _spelled(text, self.end + 3, limit, _SUFFIXES)
            if suffix:
                self.end = suffix[1]
                self._is(suffix[0])

    def _is(self, spelling: str) -> None:
        self.family, self.factor = _SUFFIXES[spelling]
        if spelling in _CURRENCIES:
            self.kind = Kind.AMOUNT
        elif spelling in _SPANS:
            self.kind = Kind.DURATION

    def per(self, text: str) -> None:
        """ "4 % a month" is not "4 %": the time that a share is for is part of its unit."""
        match = _PER.match(text, self.end)
        if match is None:
            match = _RATE.search(text, max(0, self.start - _LOOK_BACK), self.start)
        elif self.end < match.end():
            self.end = match.end()
        if match is not None:
            self.family += " per " + _PERIODS[(match.lastgroup or "year")]

    def take_from(self, following: _Quantity) -> None:
        """ "5 to 10 mg": the first number is of the second one's unit."""
        self.family, self.factor, self.kind = following.family, following.factor, following.kind
        if self.scale == 1 and following.kind is Kind.AMOUNT:
            self.scale = following.scale

    def fact(self, text: str) -> Fact:
        """What the number states, in the smallest unit of its family."""
        value = self.numeral.value
        written = text[self.numeral.start : self.numeral.end]
        if self.kind is Kind.AMOUNT and _GROUPED.fullmatch(written):
            value = Fraction(re.sub("[.,]", "", written))
        bare = text[self.numeral.start : self.numeral.end]
        if value is not None:
            value = value if self.scale is _ONE else value * self.scale
            bare = str(value)
        whole = bare if value is None or self.factor is _ONE else str(value * self.factor)
        return Fact(
            self.kind, self.start, self.end, text[self.start : self.end],
            f"{whole} {self.family}".strip(), bare,
            weak=self.numeral.weak and not self.family, bound=bound(text, self.start, self.end),
        )  # fmt: skip


def _halves(text: str, start: int, end: int, free: Callable[[int, int], bool]) -> Iterator[Fact]:
    """ "Half of them" may become "50 %"; it is weak, because nothing was counted."""
    for match in _HALF.finditer(text, start, end):
        if free(*match.span()):
            yield Fact(Kind.NUMBER, *match.span(), match[0], "50 %", "1/2", weak=True)


def _single_units(
    text: str, start: int, end: int, taken: set[int], free: Callable[[int, int], bool]
) -> Iterator[Fact]:
    """ "A month", "eines Monats": one of a unit without a number. It is weak: also "£2 an hour"."""
    for match in _NEXT_ONE.finditer(text, start, end):
        suffix = _spelled(text, match.end(), end, _SUFFIXES)
        if suffix is None or match.start() in taken or not free(match.start(), suffix[1]):
            continue
        family, factor = _SUFFIXES[suffix[0]]
        if len(suffix[0]) > 2:
            kind = Kind.DURATION if suffix[0] in _SPANS else Kind.NUMBER
            yield Fact(
                kind, match.start(), suffix[1], text[match.start() : suffix[1]],
                f"{factor} {family}", "1", weak=True,
            )  # fmt: skip
