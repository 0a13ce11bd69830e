"""Where sentences begin and end, in English, German and Spanish text as it comes out of files.

Rules and word lists, no model: the text is read once, in time linear in its length. It knows
abbreviations, initials, ordinals, headings and table rows; what it cannot know it leaves together,
because a sentence too long is still a true quotation. It changes no text: spans only.
"""

from __future__ import annotations

import re

Span = tuple[int, int]  # start, end (exclusive), in characters


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A full stop after one of these never ends a sentence: something always follows.
_NEVER_LAST = _words(
    """
    dr mr mrs ms mx prof rev hon st sr sra srta dra jr gen col capt lt sgt cmdr maj gov rep pres
    hr fr frl dipl ing nos nr nrn núm arts ziff lit bzw vgl ggf evtl inkl exkl zzgl ca approx cf eg
    ie vs viz ed eds trans figs abb anl bd bde hg hrsg vol vols pp págs seite rn rz caps ap apdo
    párr secs paras regs v aufl jg zit sog insb insbes bes höchst bspw gem geb gest verh ee mio mrd
    """
)

# These are words of their own too: the full stop shortens them only before a number.
_BEFORE_NUMBER = _words(
    """
    no num art abs abt anm fig tab kap p pg pág s cap sec sect para par ch chap cl reg sch tel fax
    mob ext dept div max min jan feb mar apr jun jul aug sep sept oct okt nov dec dez est
    """
)

# These may also be the last word of a sentence; what follows decides.
_MAYBE_LAST = _words(
    """
    inc ltd co corp plc llc gmbh bros a.m p.m u.s u.k u.s.a u.n e.u d.c ph.d m.d b.a m.a b.sc m.sc
    ee.uu uu ud uds vd vds al ff jh jhd mill tsd std
    """
)

# Words that open a sentence, hardly a name: they tell "vitamin C. The" from "J. Smith".
_OPENERS = _words(
    """
    the a an this that these those it he she they we you in on at as by for from to of with when
    while if after before however but and although there his her their its our my what who
    der die das ein eine einer dies diese dieser dieses es er sie wir ihr im in am an auf bei mit
    nach von vor zu zur zum wenn als während aber und obwohl dort seine ihre unsere was wer auch
    el la los las un una unos unas este esta estos estas ese esa ello él ella ellos en con por para
    de del al cuando mientras si después antes pero y aunque allí su sus lo qué quién también
    """
)

# Before a number with a full stop, in German, these make it an ordinal: "am 3. Oktober".
_BEFORE_ORDINAL = _words(
    """
    am vom zum beim im dem den der des die das ab bis seit und oder ein eine einem einen jeder jede
    jedes sein seine seinem seinen ihr ihre ihrem ihren nach vor zur dieser diesem diesen
    """
)

_MONTHS = _words(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts
    """
)

BETWEEN_CELLS = " | "  # how the row of a table is written as a line

_OPENING = "\"'“”„‟«»‚‘’‹›([{¿¡*•–—"
_END = re.compile(
    r"""
      (?P<wide> [。！？｡]++ [」』）”’]*+ )  # no space follows in Chinese and Japanese
    | (?P<stop> (?<![.!?…]) [.!?…]++ )
      (?P<closing> (?: \[\d{1,3}\] | ["'“”’»«‘›‹)\]}] )*+ ) (?= \s | $ )
    | (?P<gap> (?: \r\n | [\r\n\f\v\u2028\u2029] ) \s*+ )
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s\"'“”„«»‚‘’()\[\]{}/]+$")
_NEXT_WORD = re.compile(r"\w+")
_NUMERAL = re.compile(r"\d\w*|[IVXLCDM]+|[A-Z]")
_LETTER_BEFORE = re.compile(r"(?:^|\s)\w\.$")
_ITEM = re.compile(r"(?:[•▪●◦‣■□*·–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s")
_BREAK = re.compile(r"\r\n|[\r\n\v\u2028\u2029]")
_LINE_MARKS = 60  # characters looked at around a stop: no word that decides is longer
_NARROW = 35  # characters: no prose is set in lines this short


def sentences(text: str, width: int | None = None) -> list[Span]:
    """The sentences of `text` as (start, end) offsets, in order.

    They carry no white space at either end, do not overlap, and leave nothing out but white space.
    A blank line always ends a sentence; a line break does so after a heading or a table row. What
    such a line is shows the `width` of lines; that of `text` itself if None.
    """
    spans: list[Span] = []
    if width is None:
        width = line_width(text)
    start = line = 0
    for match in _END.finditer(text):
        if match["gap"] is not None:
            previous, line = line, match.end()
            ends = _line_ends_sentence(text, previous, match, width)
        else:
            ends = match["wide"] is not None or _stop_ends_sentence(text, start, match)
        if ends:
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; empty if there is nothing else in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    start, end = trimmed(text, start, end)
    if start < end:
        spans.append((start, end))


def line_width(text: str) -> int:
    """How wide the text is set: nine lines in ten are no longer (characters)."""
    lengths = sorted(len(line) for line in _BREAK.split(text) if line.strip())
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _line_ends_sentence(text: str, line: int, match: re.Match[str], width: int) -> bool:
    """Whether a sentence is over where the line from `line` on breaks off."""
    gap, following = match["gap"], text[match.end() : match.end() + _LINE_MARKS]
    if not following or "\f" in gap or len(_BREAK.findall(gap)) > 1:
        return True
    if _ITEM.match(following) or BETWEEN_CELLS in text[line : match.start()]:
        return True
    if following[0].islower():
        return False
    length = match.start() - line
    return length < width * 0.6 or width < _NARROW


def _stop_ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop really is one, by the words on its two sides."""
    after = text[match.end() : match.end() + _LINE_MARKS].lstrip()
    if not after:
        return True
    first = after.lstrip(_OPENING + " ")[:1]
    if first.islower():
        return False
    if match["stop"] != "." or match["closing"]:
        return True
    before = text[max(start, match.start() - _LINE_MARKS) : match.start()]
    word_match = _WORD_BEFORE.search(before)
    if word_match is None:
        return True
    next_match = _NEXT_WORD.search(after)
    next_word = next_match[0] if next_match else ""
    return _word_can_end(word_match[0], before[: word_match.start()].rstrip(), next_word)


def _word_can_end(word: str, before: str, next_word: str) -> bool:
    """Whether a sentence may end in `word` and a full stop when `next_word` follows."""
    bare = word.lower().strip("-–—.,;:")
    opens = next_word.lower() in _OPENERS
    if word.isdigit() and len(word) <= 2:
        return not _is_ordinal(before, next_word)
    if bare in _NEVER_LAST:
        return False
    if bare in _BEFORE_NUMBER:
        return not _NUMERAL.fullmatch(next_word)
    if bare in _MAYBE_LAST:
        return opens or not next_word
    if len(word) == 1 and word.islower():  # a variable, or "z. B.", "u. a.", "v. Chr."
        paired = len(next_word) == 1 or next_word == "Chr" or _LETTER_BEFORE.search(before)
        return not paired
    initial = word[-1].isalpha() and len(word.rsplit(".", 1)[-1]) == 1  # "J.", "z.B.", "S.A."
    return opens or not initial


def _is_ordinal(before: str, next_word: str) -> bool:
    """Whether a number with a full stop is "1. Introduction" or the German "am 3. Oktober"."""
    last = _WORD_BEFORE.search(before)
    return last is None or last[0].lower() in _BEFORE_ORDINAL or next_word.lower() in _MONTHS
