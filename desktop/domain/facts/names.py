"""Names of persons, organisations and places, by capital letters, titles and their neighbours.

No model and no dictionary of names: what begins a sentence in English or Spanish is a name only
with a second sign of one, and in German, which writes every noun large, a capital is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from desktop.domain.facts.fact import Fact, Kind
from desktop.domain.facts.places import GIVEN_NAMES, PLACES


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TITLES = _words(
    """mr mrs ms miss mx dr prof professor sir dame lord lady rev judge justice herr herrn frau
    dr.med dipl ing señor señora sr sra srta don doña dra herren
    m mme mlle monsieur madame maître"""
)
_LEGAL_FORMS = _words(
    """ltd plc llc llp inc corp gmbh ag kg ohg se ug e.v ev sa s.a sl s.l bv nv co kgaa"""
)
_NO_FORMS = ("Sa", "Se", "Sl", "Ev", "Es")  # words of their own, unless in capitals
# Written large for the sake of form; they name no one.
_GENERIC = _words(
    """
    tenant landlord supplier customer client company buyer seller party parties agreement contract
    services service court board committee director directors patient employer employee employees
    borrower lender licensee licensor contractor consultant controller processor data subject
    claimant defendant respondent appellant policyholder insurer insured management staff state
    article section clause schedule annex appendix chapter table figure page room recommendation
    finding part case paragraph regulation directive act rule rules invoice order
    dear sincerely faithfully regards yours kind best subject re sir madam i i'm i've i'd i'll
    deposit premises property goods products product fee price term effective date notice
    internet english german spanish french january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    christmas easter office department confidential information work q ok
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    inquilino propietario comprador vendedor cliente artículo estimado estimada ud uds usted
    contrato partes parte
    mieter vermieter käufer verkäufer kunde auftraggeber auftragnehmer arbeitgeber arbeitnehmer
    """
)
_GERMAN_COMMON = _words(
    """
    der die das den dem des ein eine einen einem einer sie ihr ihre ihren ihrem ihrer ich wir er es
    im in am an auf bei mit nach von vor zu zum zur bis seit und oder aber wenn als für durch ohne
    über unter aus um vom beim ins ans gemäß laut sehr leider bitte danke vielen alle jede
    jeder jedes dieser diese
    dieses kein keine wie was wer wo da dort hier nur auch noch nicht sonst davon dafür hiermit
    euro prozent uhr tage tagen monate monaten wochen jahre jahren stunden minuten liter meter gramm
    mio mrd millionen milliarden januar februar märz april mai juni juli august september oktober
    november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag abs absatz satz
    nr art artikel anfang mitte ende firma gesellschaft zeuge zeugin kläger klägerin beklagte
    patient patientin kollege kollegin raum seite kapitel lit buchstabe frau herr herrn anlage
    dame damen herren geehrte geehrter freundlichen grüßen gruß
    """
)
_PARTICLES = r"(?:of|de|del|la|von|van|der|den|zu|y|and|&|für|the|du|des)"
_PIECE = r"[^\W\d_a-zäöüß](?:[^\W_]|['’.&-](?=\w)){0,40}+"
_RUN = re.compile(
    rf"(?<![\w@./-])(?!\w+n['’]t\b)"  # "Don't"
    rf"(?:{_PIECE}\.?)(?:[ \u00a0](?:{_PARTICLES}[ \u00a0]){{0,2}}(?:{_PIECE})){{0,5}}+"
)
_OPENER = re.compile(r"(?:^|[.!?:;…]|\n)[\s\"'“”„«»‘’(\[–—*•-]*$")
_TOKEN = re.compile(r"[^\s\u00a0]+")
_LOOK_BACK = 12
_SHORT = _words("st ste co inc ltd corp ph.d")  # their full stop ends no sentence


def names(
    text: str, start: int, end: int, language: str, free: Callable[[int, int], bool]
) -> Iterator[Fact]:
    """The names in `text[start:end]`; `loose` is the one word that must be there at least."""
    for match in _RUN.finditer(text, start, end):
        before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
        opens_sentence = match.start() == start or _OPENER.search(before) is not None
        pieces = [(match.start() + token.start(), token[0]) for token in _TOKEN.finditer(match[0])]
        for part in _parts(pieces, language):
            at = part[0][0]
            opens = opens_sentence if at == match.start() else _after_stop(text, at)
            named = _name(part, language, opens)
            if named is not None and free(named.start, named.end):
                yield replace(named, text=text[named.start : named.end])


def _parts(pieces: list[tuple[int, str]], language: str) -> Iterator[list[tuple[int, str]]]:
    """A run of capital letters cut where a name cannot go on."""
    part: list[tuple[int, str]] = []
    for at, piece in pieces:
        plain = _plain(piece)
        cuts = plain in ("and", "y") or (plain in _GERMAN_COMMON and plain not in _TITLES)
        cuts = cuts if language == "de" else plain in ("and", "y")
        if cuts:
            yield from _trimmed(part)
            part = []
        else:
            part.append((at, piece))
            if piece.endswith(".") and len(plain) > 1 and plain not in _TITLES | _SHORT:
                yield from _trimmed(part)
                part = []
    yield from _trimmed(part)


def _after_stop(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].startswith(".")


def _trimmed(part: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    while part and not part[0][1][0].isupper():
        part = part[1:]
    while part and not part[-1][1][0].isupper():
        part = part[:-1]
    if part:
        yield part


def _name(part: list[tuple[int, str]], language: str, opens: bool) -> Fact | None:
    if language != "de" and opens and len(part) > 1 and _opens_only(part[0][1]):
        part = part[1:]
        opens = False
        while part and not part[0][1][0].isupper():
            part = part[1:]
    titled = False
    while part and _plain(part[0][1]) in _TITLES:
        titled, part = True, part[1:]
    kept = [(at, piece) for at, piece in part if piece[0].isupper()]
    kept = [(at, piece) for at, piece in kept if _plain(piece) not in _GENERIC]
    if language == "de" and opens and not titled and kept and not _sign(kept[0][1]):
        kept = kept[1:]  # "Mündliche Absprachen": what opens a sentence is written large anyway
    if not kept:
        return None
    signs = titled or any(_sign(piece) for _, piece in kept)
    if not signs:
        if language == "de":
            if len(kept) < 2 or any(_is_german_noun(piece) for _, piece in kept):
                return None
        elif opens and len(kept) < 2:
            return None
    if language == "de" and not titled:
        kept = _german_core(kept)
    last = next((p for p in reversed(kept) if _plain(p[1]) not in _LEGAL_FORMS), kept[-1])
    start = kept[0][0]
    end = kept[-1][0] + len(kept[-1][1].rstrip(".,'’"))
    shown = " ".join(piece for _, piece in kept)
    normal = " ".join(_plain(piece) for _, piece in kept)
    return Fact(Kind.NAME, start, end, shown, normal, _plain(last[1]))


def _german_core(kept: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Of "Versicherungsnehmerin Anna Berger" the name, without the noun in front of it."""
    for index, (_, piece) in enumerate(kept):
        if _sign(piece):
            return kept[index:] if _plain(piece) not in _LEGAL_FORMS else kept[max(0, index - 2) :]
    return kept


def _sign(piece: str) -> bool:
    """Whether a word shows by itself that it is (part of) a name."""
    plain = _plain(piece)
    letters = [c for c in piece if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (
        plain in GIVEN_NAMES
        or plain in PLACES
        or (plain in _LEGAL_FORMS and piece not in _NO_FORMS)
        or (capitals >= 2 and len(letters) >= 3 and "-" not in piece)
    )


def _is_german_noun(piece: str) -> bool:
    return _plain(piece).endswith(
        ("ung", "ungen", "heit", "keit", "schaft", "tion", "tät", "nis", "zeit", "tag", "tage",
         "frist", "recht", "vertrag", "kosten", "stelle", "prüfung", "summe", "termine", "urlaub",
         "miete", "wunde", "antrag", "schreiben", "unterschrift")
    )  # fmt: skip


_OPENS = _words(
    """the a an this that these those it he she they we you in on at as by for from to of with when
    while if after before however and but although there his her their its our your my what who no
    not all any each every both neither either please thank thanks dear under since until unless
    contact questions nothing nobody three two four five ten yours bids claims never do does is are
    el la los las un una en con por para según sin le su sus se no conforme sr es está
    le les des il elle elles nous vous ils on ce cet cette ces votre notre vos nos leur si dans pour
    par sans sur aucun aucune chaque tout toute tous à après avant pendant depuis lors"""
)


def _opens_only(piece: str) -> bool:
    return _plain(piece) in _OPENS


def _plain(piece: str) -> str:
    plain = piece.lower().rstrip(".,").replace("’", "'")
    return plain.removesuffix("'s").rstrip("'")
