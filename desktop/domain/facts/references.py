"""What points at something outside the sentence: addresses, telephone numbers, provisions, cases,
standards, and the numbers of invoices, rooms and clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from desktop.domain.facts.fact import Fact, Kind

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@(?:[\w-]{1,63}+\.){1,8}[^\W\d_]{2,24}(?!\w)")
_WEB = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"'“”„«»()]++", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}|\(0\d{1,5}\)|0\d{1,5})"
    r"(?:[ \u00a0/-]?\(?\d{1,8}\)?){1,6}+(?![\w/.,-]?\d)"
)

_NUMBERED = r"\d{1,5}(?:\.\d{1,4}){0,5}"
_WORDS = {
    "§": "§ §§ section sections sect sec s. clause clauses paragraph paragraphs para "
    "abschnitt ziffer "
    "klausel ziff cláusula sección párrafo",
    "article": "article articles art artikel artículo artículos",
    "annex": "annex appendix anlage anhang anexo apéndice",
    "page": "page pages seite seiten página páginas",
    "chapter": "chapter kapitel capítulo",
    "table": "table tabelle tabla",
    "figure": "figure fig abbildung abb figura",
    "room": "room rooms raum zimmer sala habitación",
    "schedule": "schedule",
    "recommendation": "recommendation empfehlung recomendación",
    "finding": "finding feststellung hallazgo",
    "rule": "rule regel regla",
    "regulation": "regulation verordnung reglamento",
    "number": "invoice rechnung factura ref reference referencia aktenzeichen az order ticket "
    "policy vertrag contract file kundennummer rechnungsnummer vertragsnummer bestellung pedido "
    "no nr nº núm number nummer",
}
_CLASS_OF = {word: name for name, listed in _WORDS.items() for word in listed.split()}
_HEAD = "|".join(sorted(map(re.escape, _CLASS_OF), key=lambda word: (-len(word), word)))
_PARTS = r"""(?:\s?\(\w{1,4}\)
      | ,?\s(?:Abs(?:atz|\.)?|Satz|S\.|Nr\.|Nummer|lit\.?|Buchst(?:abe|\.)|paragraph|para\.?|letter|
        point|apartado|letra)\s?\(?\w{1,4}\)?(?!\w))"""
_PROVISION = re.compile(
    rf"(?<!\w)(?P<head>{_HEAD})\.?\s?(?:(?:no|nr|nº|number)\.?\s)?"
    rf"(?P<number>{_NUMBERED}[a-z]?(?![\w/-])|\d{{2,6}}[-/]\d{{2,8}}(?![\w/-]))"
    rf"(?P<parts>{_PARTS}{{0,6}})",
    re.IGNORECASE | re.VERBOSE,
)
_CODE = re.compile(
    r"""(?<![\w./-])(?:
      (?P<case>[CTF]-\d{1,4}/\d{2})(?:\s?P)?
    | \[(?P<neutral>\d{4}\]\s[A-Z][A-Za-z]{1,8}(?:\s\(?[A-Za-z]{1,8}\)?)?\s\d{1,5})
    | (?P<german>(?:[IVX]{1,4}|\d{1,3})\s[A-Z][A-Za-z]{0,4}\s\d{1,5}/\d{2,4})
    | (?P<standard>(?:ISO|IEC|DIN|EN|BS|IEEE|IFRS|IAS|ISA|PCI|RFC|HGB)
        (?:[/\s](?:ISO|IEC|EN)){0,2}\s?\d[\d.:-]{0,14}\d | (?:IFRS|IAS|ISA)\s\d{1,3})
    | (?P<free>(?=[A-Za-z0-9/_.-]{0,30}\d)(?=[A-Za-z0-9/_.-]{0,30}[A-Z])
        [A-Za-z0-9]{1,24}(?:[-/_.][A-Za-z0-9]{1,24}){1,5})
    | (?P<rules>(?:CPR|FPR|SI|LR|DTR|COBS|SYSC|FAR|NEC|GCC|AGB|VOB)\s\d{1,3}\.\d{1,3})
    | (?P<joined>[A-Z]{1,6}\d{2,12}|\d{4}/\d{1,6})
    )(?![\w])""",
    re.VERBOSE,
)
_TRAILING = ".,;:!?"
_PHONE_DIGITS = 9  # the last digits by which two writings of one number agree


def addresses(text: str, start: int, end: int) -> Iterator[Fact]:
    """E-mail and web addresses."""
    for match in _EMAIL.finditer(text, start, end):
        yield Fact(Kind.EMAIL, *match.span(), match[0], match[0].lower())
    for match in _WEB.finditer(text, start, end):
        shown = match[0].rstrip(_TRAILING)
        normal = re.sub(r"^(?:https?://)?(?:www\.)?", "", shown, flags=re.IGNORECASE).rstrip("/")
        yield Fact(Kind.WEB_ADDRESS, match.start(), match.start() + len(shown), shown, normal)


def references(text: str, start: int, end: int, free: Callable[[int, int], bool]) -> Iterator[Fact]:
    """Cases, standards, provisions and numbered things that lie where `free` allows them."""
    codes: set[tuple[int, int]] = set()
    for match in _CODE.finditer(text, start, end):
        if match[0].isalpha() or not free(*match.span()):
            continue
        codes.add(match.span())
        normal = re.sub(r"[\s\[\]]", "", match[0]).upper()
        yield Fact(Kind.REFERENCE, *match.span(), match[0], normal)
    taken = {at for span in codes for at in range(*span)}
    for match in _PROVISION.finditer(text, start, end):
        at = match.start("number")
        if (
            at in taken
            or not free(at, match.end("number"))
            or not _is_head(match["head"], text, at)
        ):
            continue
        kind = _CLASS_OF[match["head"].lower()]
        parts = re.findall(r"\(?(\w{1,4})\)?$|\((\w{1,4})\)|\s(\w{1,4})(?=[\s,(])", match["parts"])
        named = [next(filter(None, part)).lower() for part in parts]
        listed = [one for one in named if one not in ("abs", "satz", "nr", "lit", "s", "para")]
        normal = " ".join([kind, match["number"].lower(), *listed])
        yield Fact(Kind.REFERENCE, *match.span(), match[0], normal, match["number"])


def phones(text: str, start: int, end: int) -> Iterator[Fact]:
    """Telephone numbers, the country's code or the leading zero aside."""
    for match in _PHONE.finditer(text, start, end):
        digits = re.sub(r"\D", "", match[0])
        if 7 <= len(digits) <= 15:
            yield Fact(Kind.PHONE, *match.span(), match[0], digits[-_PHONE_DIGITS:].lstrip("0"))


def _is_head(head: str, text: str, at: int) -> bool:
    """ "No" is a number's head with its full stop only: "no 5" hardly is one."""
    if head.lower() == "s.":
        return head == "s." and text[at - 1 : at] in " \u00a0"
    if head.lower() in ("no", "az", "ref", "file", "order", "contract", "vertrag", "policy"):
        return bool(re.search(r"[.:]\s?$|[Nn]o\.\s$", text[max(0, at - 6) : at])) or head == "Az"
    return True
