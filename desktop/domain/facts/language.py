"""Which of the four languages a text is in, by its commonest words. A guess, and enough for one:
it decides what "1.200" means and which words are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LANGUAGES = ("en", "de", "es", "fr")

_TELLING = {
    word: language
    for language, listed in {
        "en": """the of and to is are was were for with by not that this from have has been which
            will must shall should may an at be it on or your you we our as any if within per
            their they he she his her its but cannot can could do does did
            been had there when who what than so under after before them those these one two three
            i""",
        "de": """der die das und ist sind war wurde wurden nicht mit von den dem des ein eine einen
            einem einer für auf im zu zum zur bei wird werden sich auch aus nach über bis haben hat
            sie wir ihr ihre kein keine oder als dass muss darf kann beträgt innerhalb ihren
            ihrer ihrem keinen keinem keiner müssen dürfen können soll sollen sollte sollten ohne
            wenn aber noch nur durch vor seit unter ich er diese dieser dieses bitte alle sowie
            gemäß wird worden hatte nie niemand sein seine seinen binnen zwei drei vier
            herr herrn frau januar februar märz mai juni juli oktober dezember""",
        "es": """el los las que y del una por con para es son fue ha han se su sus al lo como
            más pero este esta debe puede según sin hasta desde cada está están sobre
            ni unos deben pueden nunca nadie hay ser sido fueron antes durante cuando si
            muy ya dos tres
            señor señora enero febrero marzo abril mayo junio julio agosto octubre diciembre""",
        "fr": """le les des du et est dans pour par sur avec qui ne pas une au aux ce cette vous
            nous il elle sont sera seront été avant après sans votre notre vos nos leur on ont avons
            avez je mais plus doit peut peuvent aucun aucune jamais si entre depuis jusqu délai lui
            monsieur madame janvier février mars avril juin juillet août septembre octobre novembre
            décembre""",
    }.items()
    for word in listed.split()
}
_WORD = re.compile(r"[^\W\d_]++")
_GERMAN_LETTERS = re.compile("[äöüß]")
_SPANISH_LETTERS = re.compile("[ñ¿¡áíóú]")
_FRENCH_LETTERS = re.compile("[çèêàùœâîûô]")
_PARAGRAPH = re.compile(r"[^\n]*+\n*+")
_ENOUGH = 3  # telling words by which a paragraph may differ from its text


def language_of(text: str, default: str = "en") -> str:
    """The language whose words are most frequent; `default` if none stands out."""
    return _most_told(text, default, 1)


def stretches(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, language) of runs of paragraphs in one language; `language` where none shows."""
    start, current = 0, ""
    for match in _PARAGRAPH.finditer(text):
        if not match[0]:
            continue
        here = _most_told(match[0], language, _ENOUGH)
        if current and here != current:
            yield start, match.start(), current
            start = match.start()
        current = here
    if current:
        yield start, len(text), current


def _most_told(text: str, default: str, enough: int) -> str:
    counts = dict.fromkeys(LANGUAGES, 0)
    for match in _WORD.finditer(text.lower()):  # one by one: other threads want their turn
        told = _TELLING.get(match[0])
        if told:
            counts[told] += 1
    counts["de"] += len(_GERMAN_LETTERS.findall(text))
    counts["es"] += len(_SPANISH_LETTERS.findall(text))
    counts["fr"] += len(_FRENCH_LETTERS.findall(text))
    ranked = sorted(counts, key=lambda one: -counts[one])
    clear = counts[ranked[0]] >= counts[ranked[1]] + enough
    return ranked[0] if clear else default
