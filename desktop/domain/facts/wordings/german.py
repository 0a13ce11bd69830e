"""How German says no, must, should and may."""

from __future__ import annotations

from desktop.domain.facts.wordings.said import (
    CANNOT,
    MAY,
    MUST,
    MUST_NOT,
    NEED_NOT,
    NOT,
    SHOULD,
    SHOULD_NOT,
    WITHOUT,
    Wordings,
)

PARTS = {
    # "zu liefern", "vorzulegen": what "hat" and "ist" demand.
    "<to>": r"""\b(?:zu\ (?!ihr|sein|dies|kein|mein|den|händen|lasten|gunsten|kosten)\w{2,30}
        |\w{2,12}zu\w{2,20})(?:en|ern|eln)\b""",
    # "ist verboten zu rauchen" demands nothing; the word that says what it does stands there.
    "<unless>": r"""(?![^.;,:]{0,60}?\b(?:verboten|untersagt|erlaubt|gestattet|möglich|unmöglich
        |verpflichtet|notwendig|erforderlich|nötig|berechtigt|befugt|zulässig|bereit|lage)\b)""",
    "<sofar>": r"""(?:[^.;,:]|(?<=\d)[.,](?=\d)|(?<=\d)\.
        |,\ (?=(?:aller)?spätestens|mindestens|längstens|\w{0,20}zu\w{1,30}en\b))""",
}

WORDINGS: Wordings = (
    (
        "",
        r"""
        bestreite[nt]\ (?:\w+\ ){0,2}nicht|nicht\ (?:bestritten|einmal|nur|zuletzt)
        |zögern\ sie\ (?:bitte\ )?nicht|ohne\ (?:\w+\ )?(?:zögern|verzögerung|verzug)
        """,
    ),
    (
        "not~",
        r"""
        frühestens|abwesend|sonst|ansonsten|andernfalls|anstelle
        |(?:an)?statt(?=\ (?:de[rsmn]|eine[srm]?|am|um|im|zu|bisher|\d))
        |entf(?:ällt|allen|iel(?:en)?)|f[aä]ll(?:t|en)\b(?=[^.;,:]{0,60}?\ aus\b)
        |abgesetzt|abgelehnt|lehn(?:t|te|en|e)|verzichte[nt]?
        |ausgenommen|belegt|besetzt|gestrichen|abgesagt|eingestellt|befreit|erlassen|zu\ hause
        |(?:nicht|keine)\ (?:später|mehr|weniger|früher
        |länger)\ als
        """,
    ),
    (
        "not^",
        r"""
        geschlossen|(?:offen|geöffnet)(?!\ bis\b)|unverändert\w*|gleich|wie\ (?:bisher|zuvor
        |vorher)|enth(?:ielt
        |ielten|alten)
        """,
    ),
    (
        NEED_NOT,
        r"""
        (?:ist|sind)\ (?:\w+\ ){0,5}?nichts\ (?:\w+\ )?zu\ \w+|nichts\ (?:\w+\ )?zu\ (?:veranlassen
        |tun
        |unternehmen|zahlen|bezahlen)|keine\ (?:pflicht|verpflichtung)
        |nicht\ (?:\w+\ )?(?:erforderlich|notwendig|nötig
        |verpflichtet|vorgeschrieben)|unnötig|entbehrlich
        """,
    ),
    ("need not?", r"freiwillig\w*|freigestellt"),
    (
        MUST_NOT,
        r"""
        (?:ist|sind)\ (?:[^.;,:]{0,60}?\ )?zu\ (?:unterlassen|vermeiden|verzichten)
        |nicht\ (?:\w+\ )?(?:gestattet|erlaubt|zulässig|berechtigt|befugt|zugelassen)|untersagt
        |verboten|unzulässig|unerlaubt|\w{0,20}verbot(?:en|e|s)?
        """,
    ),
    (SHOULD_NOT, r"nicht\ (?:empfohlen|ratsam)|abzuraten|rät\ davon\ ab"),
    (CANNOT, r"nicht\ möglich|unmöglich|nicht\ in\ der\ lage"),
    (
        MUST,
        r"""
        muss(?:te|ten|t)?|müssen|müsse|müsst|verpflichtet|verpflichtend
        |vorgeschrieben|zwingend|obligatorisch|pflicht|bedürfen|bedarf
        |(?:hat|haben)\b(?=<sofar>{0,100}?<to>)|(?:ist|sind)\b<unless>(?=<sofar>{0,100}?<to>)
        """,
    ),
    (
        "must?",
        r"""<first>\w{2,20}en\ sie(?!\w)|erforderlich|notwendig|nötig
        |brauch(?:t|en|e|te|ten)|soweit|müsste[n]?""",
    ),
    (
        SHOULD,
        r"""
        soll(?:te|ten|en)?|empfohlen|empfehl(?:en|t|e)|empfiehlt|ratsam|angeraten|empfehlung
        |raten|rät
        """,
    ),
    ("should?", r"bitte[n]?|gebeten|ersucht|vorgesehen|geplant"),
    (
        MAY,
        r"""
        darf|dürfen|dürfe|durfte[n]?|berechtigt|berechtigen|gestattet|erlaubt|zulässig|zugelassen
        |befugt
        |recht(?=,?\ (?:\w+\ ){0,4}zu\ )
        """,
    ),
    ("may?", r"kann|können|könne|könnte[n]?|konnte[n]?|möglich|möglichkeit|erlaubt\ sein"),
    (WITHOUT, r"ohne|es\ sei\ denn|außer"),
    ("without?", r"mit\ ausnahme|bis\ auf"),
    (
        NOT,
        r"""
        nicht?|kein(?:e|en|em|er|es|erlei)?|nie(?:mals)?|niemand(?:en|em|es)?|nichts|weder
        |keinesfalls|keineswegs|nirgends
        """,
    ),
    (
        "not?",
        r"""
        vernein(?:t|en|te[n]?)|negiert|bestreitet|vermeiden|vermieden|nicht\w{3,}|nichtig
        |fehlt(?:e|en)?|fehlen(?:de[nrms]?)?|ausgeschlossen|ausschließ(?:t|en)|erlischt|erlöschen
        |verweiger(?:t|te|n)|unterblieb\w*|ausgeblieben|blieb(?:en)?\b(?=[^.;,:]{0,40}?\ aus\b)
        |versäumt|un(?!ter|ser|verzüglich|gefähr|iver|fall|fäll|ten|kosten|garn
        |glück|längst|ion|abhängig)[a-zäöüß]{4,}|(?!kosten|tadel|einwand|problem|reiz|mühe|frag|zweifel|rest)\w{3,}(?:los
        |frei)(?:e[nrms]?)?
        """,
    ),
    (
        "not~",
        r"""
        zu\ wenig|fehl(?:betr|best|termin|zeit)\w*|außer\ (?:betrieb|dienst|kraft|haus|acht)
        |verpass(?:t|te|ten|en)|überseh(?:en)?
        |vergess(?:en)?
        |vergaß|ignorier\w*|unterlass(?:en|t)|unterließ\w*|unterbleib\w*|ausbleib\w*|aussteh\w*
        |wart(?:e[nt]?|et)
        |steh(?:t|en)\b(?=[^.;,:]{0,60}?\ aus\b)|verhinder\w*|verwehr\w*|versag\w*|zurückgewiesen
        |verworfen
        |widersprochen|widerspr(?:ach|icht|echen)|weiger(?:t|te|n|ten)|abgebrochen|storniert
        |aufgehoben|defekt
        |kaputt|leer|gesperrt|verschoben|vertagt|ausgesetzt|selten|kaum|daheim|wegfall\w*|verzicht
        |weggelassen
        |ausgelassen|absehen|abzusehen|fern(?:bleib\w*|halt\w*|zu\w*)
        """,
    ),
    ("only?", r"nur|erst|ausschließlich|lediglich"),
)

DENIED = {
    "geschlossen": "öffn geöffn offen", "offen": "schließ geschloss clos",
    "geöffnet": "schließ geschloss", "unverändert": "änder geänder erhöh",
    "gleich": "änder geänder erhöh gestieg", "wie": "änder geänder erhöh gestieg",
    "enth": "stimm gestimm",
}  # fmt: skip
