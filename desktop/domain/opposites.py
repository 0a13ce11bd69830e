"""Opposites: words of which the one says that the other is not so, "rose" and "fell".

Pairs of word beginnings in three languages, by which a sentence is held to its source; no grammar,
and no synonyms.
"""

from __future__ import annotations

import re

# Words of which the one side denies the other; by their beginnings, as they are inflected.
_OPPOSITES = tuple(
    tuple(re.compile(rf"(?<!\w)(?:{word})", re.IGNORECASE) for word in pair)
    for pair in (
        (r"accept(?:ed|s)?\b|approved?\b|adopted", r"reject|declin|refus|turned down"),
        (r"rose\b|risen|rais|increas|grew|grow|up\b|higher", r"fell\b|fall|decreas|declin|down\b"),
        (r"higher|raised", r"lower|reduc|dropped"),
        (r"start(?:ed|s)\b|began|begun|begins?\b|commenc", r"stopp|end(?:ed|s)\b|ceas|discontinu"),
        (r"open(?:ed|s)?\b", r"clos(?:ed|es)\b|shut"),
        (r"includ(?:es|ed|ing)", r"exclud"),
        (r"won\b|wins\b", r"lost\b|loses\b"),
        (r"profits?\b", r"loss(?:es)?\b"),
        (r"before\b", r"after\b"),
        (r"at least|minimum", r"at most|maximum|up to"),
        (r"bought|buys|purchas", r"sold\b|sells"),
        (r"hired|appointed|joined", r"dismissed|resigned|left\b"),
        (r"angenommen|genehmigt|zugestimmt|beschlossen", r"abgelehnt|verworfen|zurückgewiesen"),
        (r"stieg|steig|gestiegen|erhöh|zugenommen|wuchs", r"sank|sink|gesunken|fiel\b|senk"),
        (r"zugenommen|erhöh", r"abgenommen|verringer"),
        (r"begonnen|begann|beginnt|angesetzt|verordnet", r"abgesetzt|beendet|endete?\b"),
        (r"geöffnet|eröffnet", r"geschlossen|stillgelegt"),
        (r"gewinn", r"verlust"),
        (r"mindestens", r"höchstens|maximal"),
        (r"festgestellt|nachgewiesen|bestätigt", r"ausgeschlossen|widerlegt"),
        (r"confirm|found\b|detected", r"ruled out|excluded"),
        (r"gekauft|kauft|erwarb", r"verkauft"),
        (r"aprob|acept|admit", r"rechaz|deneg"),
        (r"aument|sub(?:e|ió|ido)\b|crec", r"disminu|baj(?:a|ó|ado)\b|reduc"),
        (r"ganancia|beneficio", r"pérdida"),
    )
)


def is_opposite(sentence: str, source: str) -> bool:
    """Whether a word of the sentence is the opposite of one in its source, and is not there."""
    return any(
        (mine.search(sentence) and not other.search(sentence))
        and (other.search(source) and not mine.search(source))
        for pair in _OPPOSITES
        for mine, other in (pair, pair[::-1])
    )
