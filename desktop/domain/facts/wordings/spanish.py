"""How Spanish says no, must, should and may."""

from __future__ import annotations

from desktop.domain.facts.wordings.said import (
    MAY,
    MUST,
    MUST_NOT,
    NEED_NOT,
    NOT,
    SHOULD,
    WITHOUT,
    Wordings,
)

PARTS = {
    "<puede>": r"(?:puede[n]?|podrá[n]?|podía[n]?|podemos)",
}

WORDINGS: Wordings = (
    ("", r"no\ sólo|no\ solo|sin\ (?:demora|perjuicio)"),
    ("not~", r"no\ (?:más|menos)\ (?:de|tarde)|a\ más\ tardar|en\ (?:lugar|vez)\ de"),
    ("not^", r"abstuv\w+|abstien\w+|abiert[oa]s?|mism[oa]s?|igual"),
    (
        NEED_NOT,
        r"""
        no\ (?:es|son|será)\ (?:necesari[oa]s?|obligatori[oa]s?)|no\ (?:tiene|tienen)\ que
        |no\ hace\ falta|no\ hay\ que|no\ (?:está|están)\ obligad[oa]s?
        """,
    ),
    (
        MUST_NOT,
        r"""
        no\ (?:se\ )?(?:le\ )?<puede>|no\ (?:se\ )?(?:debe[n]?|deberá[n]?)|no\ (?:se
        |está)\ permit(?:e|ido|en|ida)|proh[ií]b(?:ido|ida|e|en|ición)\w*|no\ (?:será|es)\ posible
        |imposible
        """,
    ),
    (
        MUST,
        r"""
        debe[n]?|deberá[n]?|debemos|tiene[n]?\ que|tendrá[n]?\ que|hay\ que|ha[n]?\ de
        |es\ preciso|obligatori[oa]s?|obligad[oa]s?|obligación
        """,
    ),
    ("must?", r"necesari[oa]s?|requiere[n]?"),
    (SHOULD, r"debería[n]?|conviene|recomienda[n]?|recomendable|aconseja[n]?"),
    (MAY, r"<puede>|se\ permite[n]?|permitid[oa]s?|autorizad[oa]s?|tiene\ derecho\ a"),
    ("may?", r"posible|podría[n]?"),
    (WITHOUT, r"sin|salvo|excepto|a\ menos\ que"),
    (
        NOT,
        r"""
        no\ [^.;,:]{1,40}?\ (?:ningun[oa]s?|ningún|nadie|nada|nunca|jamás|tampoco)|no|nunca|jamás
        |nadie
        |nada
        """,
    ),
    (
        "not?",
        r"""
        ningun[oa]s?|ningún|ni|tampoco|excluye[n]?|excluid[oa]s?|carece[n]?|falta(?:n|ba|ban
        |ron)?|niega[n]?
        |in(?:completo|válido|correcto)
        """,
    ),
    ("only?", r"solo|sólo|solamente|únicamente"),
)

DENIED = {"abiert": "cerr", "mism": "cambi modific", "igual": "cambi modific"}
