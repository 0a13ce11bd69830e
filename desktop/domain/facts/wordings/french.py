"""How French says no, must, should and may."""

from __future__ import annotations

from desktop.domain.facts.wordings.said import (
    CANNOT,
    MAY,
    MUST,
    MUST_NOT,
    NEED_NOT,
    NOT,
    ONLY,
    SHOULD,
    WITHOUT,
    Wordings,
)

PARTS = {
    # "n'est pas", "n'avez pas", and a word more
    "<ne>": r"n(?:e\ |['’])(?:\w+['’\s]){1,3}?(?:pas|plus|jamais)\ (?:\w+\ )?",
}

WORDINGS: Wordings = (
    (
        "",
        r"""
        n(?:e\ |['’])(?:\w+['’\s]){0,2}?pas\ (?:seulement|hésiter)|n['’]hésitez\ pas
        |sans\ (?:délai|préjudice|tarder)
        """,
    ),
    ("not^", r"abstenu[es]*|ouvert[es]*|mêmes?|inchangé[es]*"),
    ("not~", r"contre|au\ lieu\ de|plutôt\ que|au\ plus\ tard|cessé|annulé[es]*"),
    (
        NEED_NOT,
        r"""
        <ne>(?:besoin|obligé[es]*|tenu[es]*|nécessaires?|obligatoires?|requis[es]*|exigé[es]*)\b
        |inutile|dispensé[es]*|facultati(?:f|ve)s?
        """,
    ),
    (
        MUST_NOT,
        r"""
        interdi(?:t|te|ts|tes|re|ction)|<ne>(?:le\ droit|autorisé[es]*|permis[es]*|admis[es]*)
        |ne\ (?:\w+\ )?(?:doi(?:t|s|vent)|devra|devront|devez|devons|faut|faudra)\ (?:\w+\ )?(?:pas
        |jamais|plus)|défense\ de
        """,
    ),
    (
        CANNOT,
        r"""
        ne\ (?:\w+\ )?(?:peu(?:t|x|vent)|pouvons|pouvez|pourra|pourront|pourrez|pouvai[st])\ (?:\w+
        \ )?(?:pas|plus|jamais|être)|impossible|<ne>possible
        """,
    ),
    (
        MUST,
        r"""
        doi(?:t|s|vent)|devra|devront|devez|devrez|devons|(?:il\ )?(?:faut|faudra)|tenu[es]*\ de
        |obligatoires?|obligé[es]*|obligation
        """,
    ),
    ("must?", r"nécessaires?|besoin|requis[es]*|veuillez|prière"),
    (SHOULD, r"devrai(?:t|s|ent)|devriez|conseillé[es]*|recommandé[es]*|recommand(?:e|ons|ent)"),
    (
        MAY,
        r"""
        peu(?:t|x|vent)|pouvons|pouvez|pourra|pourront|pourrez|autorisé[es]*|permis[es]*
        |(?:a|ont|avez)\ le\ droit
        """,
    ),
    ("may?", r"possibles?|possibilité|pourrai(?:t|ent)"),
    (WITHOUT, r"sans|sauf|à\ moins|hormis|excepté"),
    (ONLY, r"ne\ [^.;,:]{1,40}?\ que|seulement|uniquement|exclusivement"),
    (
        NOT,
        r"""
        n(?:e\ |['’])(?:[\w]+['’\s]){0,4}?(?:pas|plus|jamais|rien|aucune?|personne|nulle)
        |aucune?|jamais|rien|nul|nulle|personne(?=\ n)|ni|pas|non
        """,
    ),
    (
        "not?",
        r"""
        refus(?:e|é|és|ée|ées|ent|er)|rejet(?:é|és|ée|ées|te)|manqu(?:e|ent|ait)|absence|exclu[es]*
        |in(?:complet|complète|valide|exact)[es]*|nie|nient|conteste[nt]*|ancienne(?=\ adresse)
        """,
    ),
)

DENIED = {"ouvert": "ferm", "même": "chang modif", "inchangé": "chang modif"}
