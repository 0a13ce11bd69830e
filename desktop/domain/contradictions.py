"""Contradictions: what a sentence says that the place it may come from does not say, or denies.

Facts are compared as the facts lock does, but one way only: an answer may leave out what its source
says. It judges no likeness of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop.domain.facts import Fact, FactChange, Kind, Outcome, compare, extract, wordings
from desktop.domain.facts.quotations import quotations
from desktop.domain.opposites import is_opposite
from desktop.domain.sentences import sentences
from desktop.domain.words import FUNCTION_WORDS, content_words, fold, words

ROOT = 5  # letters that two words of one root share: "reparieren" and "Reparatur"
QUOTED_WORDS = 4  # in quotation marks: as many are a quotation, fewer a manner of speaking

_STATED = frozenset(Kind) - {Kind.NEGATION, Kind.MODALITY, Kind.NAME, Kind.QUOTATION, Kind.SENTENCE}
_QUANTITIES = (Kind.NUMBER, Kind.AMOUNT, Kind.DURATION)
_POLAR = (Kind.NEGATION, Kind.MODALITY)

# More than a source says that speaks of one or some. "Every month" says how often.
_UNIVERSAL = re.compile(
    r"""(?<!\w)(?:all|everyone|everybody|anyone|anybody|everything|always|ever|whole|entire
    |unanimous(?:ly)?|(?:every|each)(?!\s(?:\d|\w+\s(?:days?|weeks?|months?|years?|hours?)|day|week
    |month|year|quarter|bay)\b)
    |alle[nrs]?|sämtliche[nr]?|immer|jegliche[nrs]?|einstimmig|nie\swieder|ganze[nrms]?
    |jede[nrms]?(?!\s(?:tag|woche|monat|jahr|quartal))
    |tod[oa]s|siempre|unanimidad|cualquier)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTIES = {
    word: party
    for party, listed in {
        "landlord": "landlord landlady lessor vermieter vermieterin vermieters arrendador "
        "arrendadora",
        "tenant": "tenant lessee mieter mieterin mieters arrendatario arrendataria",
        "employer": "employer arbeitgeber arbeitgeberin arbeitgebers empleador empleadora",
        "employee": "employee arbeitnehmer arbeitnehmerin arbeitnehmers empleado "
        "empleada trabajador trabajadora",
        "buyer": "buyer purchaser käufer käuferin käufers comprador compradora",
        "seller": "seller vendor verkäufer verkäuferin verkäufers vendedor vendedora",
        "lender": "lender darlehensgeber darlehensgeberin prestamista",
        "borrower": "borrower darlehensnehmer darlehensnehmerin prestatario",
        "licensor": "licensor lizenzgeber licenciante",
        "licensee": "licensee lizenznehmer licenciatario",
        "claimant": "claimant plaintiff kläger klägerin klägers demandante",
        "defendant": "defendant beklagte beklagter beklagten demandado demandada",
    }.items()
    for word in listed.split()
}
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
# A name's word. Without bounds, a line of nothing but capitals would be looked through again and
# again.
_LARGE = rf"{_CAPITAL}[\w'’-]{{1,40}}+"
_CAPITALS = re.compile(rf"(?<!\w){_LARGE}(?:\s{_LARGE}){{1,4}}")
_TITLED = re.compile(
    r"(?<!\w)(?:(?:Mrs?|Ms|Miss|Dr|Prof|Sir|Herrn?|Frau|[Dd]on|[Dd]oña|Sra?|Señora?)\.?\s){1,4}"
    rf"(?P<name>{_LARGE}(?:\s{_LARGE}){{0,4}})"
)
_NUMBERED = re.compile(r"\W?\d|\s\d")  # "Flat 4" and "TOP 5" name no one
_FROM_TO = re.compile(
    r"""(?<!\w)(?:from|von|vom|de|desde)\s(?P<one>[£$€]?[\w.,]+)(?:\s\w+)?\s(?:to|auf|zu|bis|a)\s
    (?P<other>[£$€]?[\w.,]*\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BY = re.compile(
    r"(?<!\w)(?:by|from|to|von|vom|durch|an|auf|por|de)\W+(?:\w{1,5}\.?\W+)?$", re.IGNORECASE
)
_CUT = re.compile(
    r"[,;:–—]\s|(?<!\w)(?:and|but|while|und|aber|während|sondern|y|pero)(?!\w)", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DENIALS = frozenset(
    (
        wordings.NOT, wordings.WITHOUT, wordings.MUST_NOT, wordings.SHOULD_NOT, wordings.CANNOT,
        wordings.NEED_NOT,
    )
)  # fmt: skip


def says_beyond(sentence: str, place: str) -> bool:
    """Whether it speaks of all where the place does not."""
    return bool(_UNIVERSAL.search(sentence)) and not _UNIVERSAL.search(place)


def contradicts(
    sentence: str,
    place: str,
    *,
    core: str,
    passage: str,
    here: frozenset[str],
    named: frozenset[str],
) -> bool:
    """Whether `sentence` says anything that `place` does not, or says otherwise.

    `core` is the sentence of the place that says most of it, `passage` what lies around the place,
    `here` the words by which that may name something, and `named` those of its whole document.
    """
    return (
        _tells_apart(sentence, place, here)
        or _renames(sentence, passage, named)
        or _of_another(sentence, core)
        or is_opposite(sentence, core)
        or _is_torn(sentence, place)
        or _goes_back(sentence, place)
        or _trades_places(sentence, core)
        or any(_stands_elsewhere(fact, sentence, core, place) for fact in extract(sentence))
    )


def misquoted(text: str, passages: Iterable[str]) -> Iterator[Fact]:
    """The quotations in `text` that stand in none of `passages`."""
    sources = [_letters(passage) for passage in passages]
    for fact in quotations(text):
        if len(fact.normal.split()) >= QUOTED_WORDS and not any(
            _letters(fact.normal) in source for source in sources
        ):
            yield fact


def is_named(word: str, among: frozenset[str]) -> bool:
    """Whether a word of a name is `among` words that were folded."""
    return fold(word).removesuffix("'s") in among


def _letters(text: str) -> str:
    """Words alone, so that line breaks, hyphens and kinds of quotation marks are no difference."""
    return " ".join(words(text))


def _tells_apart(sentence: str, place: str, here: frozenset[str]) -> bool:
    """Whether a fact of the sentence is none of the place, or another one there."""
    changes = compare(place, sentence)
    lost = [one.before for one in changes if one.outcome is Outcome.LOST and one.before]
    dates = [fact.normal for fact in extract(place) if fact.kind is Kind.DATE]
    denied = [fact for fact in lost if fact.normal in _DENIALS and fact.kind in _POLAR]
    # "Not ... except five days": of what is excepted the place denies nothing.
    if not any(fact.normal == wordings.WITHOUT for fact in denied) and any(
        _concerns(fact, sentence) for fact in denied
    ):
        return True
    return any(_differs(one, here, dates) for one in changes if one.after is not None)


def _differs(change: FactChange, here: frozenset[str], dates: list[str]) -> bool:
    fact = change.after
    if fact is None:
        return False
    if fact.kind is Kind.NAME:
        return not all(is_named(one, here) for one in words(fact.loose))
    if fact.kind is Kind.DATE:
        return not any(date.startswith(fact.normal) for date in dates)  # "in March 2019"
    if fact.kind in _POLAR:
        # What is so by contract "must" be so; what may be is another matter.
        return not (change.outcome is Outcome.ADDED and fact.normal == wordings.MUST)
    return fact.kind in _STATED


def _concerns(denial: Fact, sentence: str) -> bool:
    """Whether what the place denies is what the sentence speaks of."""
    if denial.weak or not denial.scope:
        return False
    said, scope = _roots(sentence), {stem[:ROOT] for stem in denial.scope}
    return len(said & scope) >= max(1, len(scope) / 2)


def _renames(sentence: str, passage: str, named: frozenset[str]) -> bool:
    """Whether a name of several words is half another one: "Jonas Burger" for "Jonas Berger"."""
    for match in _CAPITALS.finditer(sentence):
        parts = [one for one in match[0].split() if one.casefold() not in FUNCTION_WORDS]
        strange = [not all(is_named(word, named) for word in words(part)) for part in parts]
        for part, is_strange in zip(parts, strange, strict=True):
            if any(strange) and not is_strange and _is_of_a_name(part, passage):
                return True
    return False


def _is_of_a_name(part: str, passage: str) -> bool:
    word = re.escape(part)
    before = rf"(?<!\w){_CAPITAL}[\w'’-]{{0,40}}+\s{word}(?!\w)"
    return bool(re.search(rf"(?<!\w){word}\s{_CAPITAL}|{before}", passage))


def _actors(text: str) -> dict[str, int]:
    """Who is named in a text, as the last word of the name or the party, and where first."""
    found: dict[str, int] = {}
    for match in _WORD.finditer(text):
        party = _PARTIES.get(match[0].casefold())
        if party:
            found.setdefault(party, match.start())
    for match in _TITLED.finditer(text):
        found.setdefault(fold(match["name"].split()[-1]).removesuffix("'s"), match.start())
    for fact in extract(text):
        if fact.kind is Kind.NAME and not _NUMBERED.match(text, fact.end):
            found.setdefault(fold(fact.loose), fact.start)
    return found


def _of_another(sentence: str, core: str) -> bool:
    """Whether the place says it of somebody else, who is named there."""
    mine, theirs = _actors(sentence), _actors(core)
    if not set(theirs) - set(mine):
        return False
    there = {fold(word) for word in words(core)} | set(theirs)
    first = min(mine, key=lambda one: mine[one], default="")
    return any(
        not any(word in there for word in words(one))
        for one in mine
        if one == first or one not in _PARTIES.values()
    )


def _is_torn(sentence: str, place: str) -> bool:
    """Whether two clauses each join words that the place has in different clauses: "the roof is new
    and the boiler is old" of "the roof is old and the boiler is new"."""
    there = [_roots(one) for one in _clauses(place)]
    everything = frozenset[str]().union(*there)
    whole = [
        clause
        for one in _clauses(sentence)
        if len(clause := _roots(one)) > 1 and clause <= everything
    ]
    return sum(not any(clause <= one for one in there) for clause in whole) > 1


def _roots(text: str) -> frozenset[str]:
    return frozenset(stem[:ROOT] for stem in content_words(text))


def _goes_back(sentence: str, place: str) -> bool:
    """ "From Monday to Thursday" of "from Thursday to Monday"."""
    mine = {(m["one"].casefold(), m["other"].casefold()) for m in _FROM_TO.finditer(sentence)}
    theirs = [(m["other"].casefold(), m["one"].casefold()) for m in _FROM_TO.finditer(place)]
    return any(pair in mine for pair in theirs)


def _clauses(text: str) -> list[str]:
    return [one for start, end in sentences(text) for one in _CUT.split(text[start:end])]


def _trades_places(sentence: str, core: str) -> bool:
    """Whether of two who are named the one does what the place says of the other."""
    mine, theirs = _actors(sentence), _actors(core)
    both = [one for one in mine if one in theirs]
    if len(both) != 2:
        return False
    first, second = sorted(both, key=lambda one: mine[one])
    turned = theirs[first] > theirs[second]
    voices = [
        bool(_BY.search(text[:at]))
        for text, at in (
            (sentence, mine[second]),
            (core, max(theirs[first], theirs[second])),
        )
    ]
    return turned and voices[0] == voices[1]


def _stands_elsewhere(fact: Fact, sentence: str, core: str, place: str) -> bool:
    """Whether a value stands in the place with none of the words that it has here.

    A year or a date often stands in a sentence of its own, at the head; it counts where the core of
    the place has another date.
    """
    if fact.weak or fact.kind not in (*_QUANTITIES, Kind.DATE) or _YEAR.fullmatch(fact.text):
        return False
    if fact.kind is Kind.DATE and not any(one.kind is Kind.DATE for one in extract(core)):
        return False
    here = _beside(fact, sentence)
    there = [
        one
        for one in extract(place)
        if one.kind is fact.kind and (one.normal == fact.normal or one.loose == fact.loose)
    ]
    return bool(here and there) and not any(here & _beside(one, place) for one in there)


def _beside(fact: Fact, text: str) -> set[str]:
    """The stems of its sentence without the value itself."""
    for start, end in sentences(text):
        if start <= fact.start < end:
            around = f"{text[start : fact.start]} {text[fact.end : end]}"
            return {stem for stem in content_words(around) if not stem[0].isdigit()}
    return set()
