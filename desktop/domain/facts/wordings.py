"""How each language says no, must, should and may: patterns, the longest wording first.

Each wording is (what it says, pattern). A trailing "?" marks one that may come and go without a
change of meaning ("is able to", "needs"); "~" marks one that may stand for a "not" but is never
missed, such as "no later than", whose number says the same; "^" one that stands for a "not" only of
what `DENIED` has it deny; "!" marks a ban that a plain "not" may replace. A wording that says "" is
passed over.

The patterns are in small letters, as is the text they are looked for in: to ignore case takes
several times as long. Nothing in them repeats without a bound but within one word.
"""

from __future__ import annotations

import re

MUST, SHOULD, MAY = "must", "should", "may"
MUST_NOT, SHOULD_NOT, CANNOT, NEED_NOT = "must not", "should not", "can not", "need not"
NOT, WITHOUT, ONLY = "not", "without", "only"

# What several patterns have in common, by the mark that stands for it.
_PARTS = {
    "<be>": r"(?:is|are|was|were|be|been|being|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t)",
    "<nt>": r"(?:\ not|\ never|n['’]?t)",
    # "zu liefern", "vorzulegen": what "hat" and "ist" demand.
    "<to>": r"""\b(?:zu\ (?!ihr|sein|dies|kein|mein|den|händen|lasten|gunsten|kosten)\w{2,30}
        |\w{2,12}zu\w{2,20})(?:en|ern|eln)\b""",
    # "ist verboten zu rauchen" demands nothing; the word that says what it does stands there.
    "<unless>": r"""(?![^.;,:]{0,60}?\b(?:verboten|untersagt|erlaubt|gestattet|möglich|unmöglich
        |verpflichtet|notwendig|erforderlich|nötig|berechtigt|befugt|zulässig|bereit|lage)\b)""",
    # The verbs that most commands begin with.
    "<order>": r"""
        add|allow|answer|apply|ask|attach|bring|call|change|check|choose|clean|close
        |collect|come|complete|confirm|consult|contact|continue|deliver|discuss|email|enclose|ensure
        |enter|fill|find|follow|get|give|go|hand|hold|include|inform|inspect|insert|keep|let
        |look|make|note|notify|obtain|order|pay|phone|place|prepare|press|provide|put|raise
        |read
        |record|register|remain|remember|remove|replace|reply|report|request|return|ring|save|see
        |send|set|show|sign|start|state|stay|store|submit|supply|switch|take|telephone|tell
        |turn
        |use|visit|wash|wear|write""",
    # "n'est pas", "n'avez pas", and a word more
    "<ne>": r"n(?:e\ |['’])(?:\w+['’\s]){1,3}?(?:pas|plus|jamais)\ (?:\w+\ )?",
    # The beginning of a sentence, or what comes between it and a command.
    "<first>": r"(?:(?<![^\n])|(?<=[.!?:]\ )|(?<=please\ )|(?<=bitte\ )|(?<=\n-\ ))",
    "<sofar>": r"""(?:[^.;,:]|(?<=\d)\.
        |,\ (?=(?:aller)?spätestens|mindestens|längstens|\w{0,20}zu\w{1,30}en\b))""",
    "<puede>": r"(?:puede[n]?|podrá[n]?|podía[n]?|podemos)",
}

_ENGLISH = (
    ("only?", r"(?:nobody|no\ one|none)\ (?:but|except)|no-?one\ but"),
    (
        "",
        r"""
        not\ only|no\ longer\ than|may\ \d|(?:do\ not|don['’]?t)\ hesitate|feel\ free\ to
        |not\ (?:even|elsewhere|disputed?|den(?:y|ied))|without\ (?:\w+\ )?(?:delay|prejudice)
        |<first>should(?=\ (?!i\b|we\b))
        |undisputed|(?:nobody|no\ one)\ disputes?
        |(?:i|we)\ should\ (?:be|like|have|appreciate)
        """,
    ),
    # Of these a command says more than the word, which stands for a "not" elsewhere.
    (
        "must?",
        r"""
        <first>(?:cancel|leave(?!\ [^.;,:]{1,40}?\ (?:open|on|off|alone|unlocked|as)\b)
        |open|stop(?!\ \w+ing\b)|wait(?!\ (?:until|for)\b))(?!\ (?:is|are|was|were|of|and)\b)
        """,
    ),
    (
        "not~",
        r"""
        nor|closed|away|at\ the\ earliest|otherwise|or\ else|instead(?:\ of)?|rather\ than
        |contrary\ to|out\ of\ (?:order|service|use|action)|nil|cease[sd]?|ceasing|stop(?:s|ped)?
        |waive[sd]?|withh[eo]ld(?:s|ing)?|lapse[sd]?|opposed?|cancel\w*|discontinued|suspended|abandoned|wait(?:s|ed|ing)?|failing|overdue
        |undecided|last(?=\ (?:\w+ed|saw|seen|heard|spoke|visited|paid))|leave
        |expire[sd]?|expiry|broken|defective|vacant|pending|outstanding|await(?:s|ed|ing)?
        |remains?\ to\ be|still\ (?:has|have)\ to
        |apologies(?=\ (?:were|have|from|received))|(?:vot(?:e[ds]?|ing)
        |decided)\ (?:\w+\ ){0,4}?against
        |barely|hardly|scarcely|(?<=,\ )not(?=\ [\d£$€])|(?<=and\ )not(?=\ [\d£$€])
        |not\ before(?=\ \d)
        |(?:no|not)\ (?:later|more|less|fewer|earlier
        |longer)\ than(?=\s+[\d£$€]|\s+\w+\s)
        """,
    ),
    (
        "not^",
        r"""
        free(?!\ (?:of|to)\b)|free\ of\ charge|safe|secure|as\ (?:it\ (?:is|was)|they\ (?:are|were)
        |before)|abstain\w*|abstention|afebrile|abroad|intestate|intact|same|open|poorly|badly
        """,
    ),
    (
        CANNOT,
        r"""
        (?:can|could)(?:\ ?not|\ never)|ca(?:n['’]?|nn)t|couldn['’]?t|(?:am|<be>)?\ ?(?:unable
        |not\ able)\ to|(?:in\ )?no\ position\ to|impossible|<be>(?:\ not
        |n['’]?t)?\ (?:not\ )?possible(?<=not\ possible)
        |<be>n['’]?t\ possible
        """,
    ),
    (
        NEED_NOT,
        r"""
        need(?:s)?(?:\ not|n['’]?t)|(?:do|does|did)<nt>\ (?:have|need)\ to|no\ need\ (?:to|for)
        |<be>?<nt>\ (?:required|obliged|necessary|mandatory|needed|compulsory)(?:\ to)?
        |(?:no\ \w+(?:\ \w+)?\ <be>\ (?:required|needed|necessary))|unnecessary
        |(?:<be>\ )?(?:optional|exempt)|no\ (?:obligation|duty)\ to
        """,
    ),
    (
        SHOULD_NOT,
        r"""
        should(?:\ not|n['’]?t|\ never)|should\ (?:it|he|she|they|we|you|i)\ not
        |ought\ not(?:\ to)?|not\ (?:be\ )?(?:recommended|advised
        |advisable)|(?:<be>\ )?(?:advised|recommended)\ not\ to|advised\ against
        |should\ (?:be\ avoided|avoid)|avoid(?:ing|ance)?\b[^.;:]{0,60}?\b(?:recommended
        |advised)|(?:<be>\ )?(?:recommend\w*|advise[ds]?)\b[^.;:]{0,20}?\b(?:avoid\w*
        |refrain\w*)
        """,
    ),
    (
        MUST_NOT,
        r"""
        (?:must|may|shall)\ (?:under\ no\ circumstances|in\ no\ (?:case|event)|on\ no\ account)
        |must(?:\ not|n['’]?t|\ never)(?:\ ever)?|may(?:\ not|\ never)|might\ not
        |<be>?<nt>\ (?:\w+\ )?(?:permitted|allowed|authori[sz]ed)(?:\ to)?
        |no\ (?:authority|right|permission|entitlement)\ to|(?:do|does|did)<nt>\ (?:allow|permit)
        |(?:do|does|did)<nt>\ have\ (?:the\ )?(?:authority|right|permission)\ to
        |prohibited
        |forbidden|prohibits?|banned|may\ neither|(?:no|neither|none|nobody|no\ one
        |nothing)\b[^.;,:]{0,30}?\ (?:may|can|must|is\ allowed|is\ permitted|are\ allowed
        |are\ permitted)
        """,
    ),
    (
        "must not!",
        r"""
        shall(?:\ not|n['’]?t|\ never)|<be><nt>\ to(?=\ \w)|<be>?<nt>\ (?:\w+\ )?(?:entitled
        |eligible)(?:\ to)?|<be>\ never\ to|will\ not\ be\ (?:allowed|permitted)|(?:no|neither|none
        |nobody|no\ one|nothing)\b[^.;,:]{0,30}?\ shall
        """,
    ),
    (
        MUST,
        r"""
        (?:has|have|had|having)\ to|must|(?:<be>\ )?(?:(?<!the\ )required|obliged|obligated
        |bound)\ to|needs?\ to\ be|(?:<be>\ )?(?:mandatory|compulsory|obligatory|required)
        |duty\ to|undertakes?\ to|it\ is\ required|obligation\ to
        """,
    ),
    (
        "must?",
        r"""
        shall|minimum|<first>(?:<order>)(?!\ (?:is|are|was|were|of|and)\b)|<be>\ to(?=\ \w)
        |needs?(?:\ to)?|(?:<be>\ )?(?:necessary|needed)|requires?
        |agrees?\ to|essential|imperative|crucial|responsible\ for|<be>\ due|payable
        """,
    ),
    (
        SHOULD,
        r"""
        should|ought\ to|(?:<be>\ )?(?:recommended|advised|advisable|supposed)(?:\ to)?
        |recommends?|advises?\ (?:you|him|her|them|us|that)|suggests?|suggested
        """,
    ),
    ("should?", r"please|kindly|(?:asked|requested)\ to|requests?|advice|recommendations?"),
    (
        MAY,
        r"""
        may(?!\ \d|\ or\ june)|(?:<be>\ )?(?:allowed|permitted|entitled)(?:\ to)?|free\ to
        |authori[sz]ed\ to|<be>\ authori[sz]ed|(?:has|have)\ the\ right\ to
        """,
    ),
    (
        "may?",
        r"""
        fine|okay|can|could|might|welcome\ to|at\ liberty\ to|(?:<be>\ )?able\ to|possible
        |possibility|allows?|permits?|permissible
        |permission|acceptable|entitlement|can\ be|option|optionally
        """,
    ),
    (
        WITHOUT,
        r"""
        without|unless|except(?:\ (?:for|where|if|with|that))?|in\ the\ absence\ of
        """,
    ),
    ("without?", r"other\ than|apart\ from|with\ the\ exception\ of|excluding"),
    ("without~", r"until"),
    (
        NOT,
        r"""
        not|no(?!\.\ ?\d|\ \d)|never|none|nobody|no\ one|nothing|neither|nowhere|(?:doesn|don
        |didn|isn|wasn|aren|weren|hasn|haven|hadn|won|wouldn)['’]?t(?:\ ever)?
        """,
    ),
    (
        "not?",
        r"""
        (?:has|have)\ yet\ to|avoid(?:s|ed|ing|ance)?|refrain(?:s|ed|ing)?\ from|(?:omit
        |omitted|neglected)\ to|fail(?:s|ed|ure|ing)?\ to|den(?:y|ies|ied)|lack(?:s|ed|ing)?
        |absent|absence|refus(?:es?|ed|al)|exclud(?:e|es|ed|ing)|missing|free\ of|disregarded
        |insufficient|incomplete|invalid|void(?:s|ed)?|incompatible|insecure|unavailable|incorrect
        |inaccurate|inadequate|ineffective|inadmissible|irrelevant|illegal|illegible|ineligible
        |dismiss(?:es|ed|al)?|overruled
        |improper|non-?\w+|un(?!der|til|it|less|ion|iqu|ivers|iform|anim|employ|fortun
        |cle)\w{4,}|\w+-free|rejected|declined
        """,
    ),
    (
        "only?",
        r"""
        only|solely|exclusively|exclusive|reserved\ (?:to|for)
        |(?:does|do|is|are|will|would)(?:\ not|n['’]?t)\ (?:\w+\ ){1,3}otherwise
        |subject\ to(?=[^.;,:]{0,40}?(?:consent|approval|agreement|permission))
        """,
    ),
)

_GERMAN = (
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
        geschlossen|offen|geöffnet|unverändert\w*|gleich|wie\ (?:bisher|zuvor|vorher)|enth(?:ielt
        |ielten|alten)
        """,
    ),
    (
        NEED_NOT,
        r"""
        keine\ (?:pflicht|verpflichtung)|nicht\ (?:\w+\ )?(?:erforderlich|notwendig|nötig
        |verpflichtet|vorgeschrieben)|unnötig|entbehrlich
        """,
    ),
    (
        MUST_NOT,
        r"""
        nicht\ (?:\w+\ )?(?:gestattet|erlaubt|zulässig|berechtigt|befugt|zugelassen)|untersagt
        |verboten|unzulässig|unerlaubt|\w{0,20}verbot(?:en|e|s)?
        """,
    ),
    (SHOULD_NOT, r"nicht\ (?:empfohlen|ratsam)|abzuraten|rät\ davon\ ab"),
    (CANNOT, r"nicht\ möglich|unmöglich|nicht\ in\ der\ lage"),
    (
        MUST,
        r"""
        muss(?:te|ten|t)?|müssen|müsse|müsste[n]?|müsst|verpflichtet|verpflichtend
        |vorgeschrieben|zwingend|obligatorisch|pflicht|bedürfen|bedarf
        |(?:hat|haben)\b(?=<sofar>{0,100}?<to>)|(?:ist|sind)\b<unless>(?=<sofar>{0,100}?<to>)
        """,
    ),
    ("must?", r"<first>\w{2,20}en\ sie(?!\w)|erforderlich|notwendig|nötig|brauch(?:t|en|e)|soweit"),
    (
        SHOULD,
        r"""
        soll(?:te|ten|en)?|empfohlen|empfehl(?:en|t|e)|empfiehlt|ratsam|angeraten|empfehlung
        |raten|rät
        """,
    ),
    ("should?", r"bitte[n]?|gebeten|ersucht"),
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
        |fehlt(?:e|en)?|fehlen(?:de[nrms]?)?|ausgeschlossen|erlischt|erlöschen
        |verweiger(?:t|te|n)|unterblieb\w*|ausgeblieben|blieb(?:en)?\b(?=[^.;,:]{0,40}?\ aus\b)
        |versäumt|un(?!ter|ser|verzüglich|gefähr|iver|fall|fäll|ten|kosten|garn
        |glück|längst|ion|abhängig)[a-zäöüß]{4,}|(?!kosten|tadel|einwand|problem)\w{3,}(?:los
        |frei)(?:e[nrms]?)?
        """,
    ),
    ("only?", r"nur|erst|ausschließlich|lediglich"),
)
_SPANISH = (
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
        |está)\ permit(?:e|ido|en|ida)|prohib(?:ido|ida|e|en|ición)\w*|no\ (?:será|es)\ posible
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

_FRENCH = (
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

# What a word marked "^" denies, by how it begins: beginnings of words of the other wording.
DENIED = {
    "abst": "vot", "absti": "vot", "afebrile": "fever febril temperature", "abroad": "country home",
    "intestate": "will", "intact": "affect damag harm chang", "same": "chang alter differ affect",
    "free": "charg cost pay fee price", "safe": "expos leak los lost harm damag",
    "secure": "expos leak los lost harm damag", "open": "clos shut",
    "poorly": "well good", "badly": "well good",
    "as ": "chang alter affect differ",
    "geschlossen": "öffn geöffn offen", "offen": "schließ geschloss clos",
    "geöffnet": "schließ geschloss", "unverändert": "änder geänder erhöh",
    "gleich": "änder geänder erhöh gestieg", "wie": "änder geänder erhöh gestieg",
    "enth": "stimm gestimm", "abiert": "cerr", "mism": "cambi modific", "igual": "cambi modific",
    "ouvert": "ferm", "même": "chang modif", "inchangé": "chang modif",
}  # fmt: skip


def denied(word: str) -> str:
    """The beginnings of what a word marked "^" says no to, with a space between."""
    return next((DENIED[word[:n]] for n in range(len(word), 2, -1) if word[:n] in DENIED), "")


def _compiled(wordings: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern of all wordings, each a group "w" and its number; and what each of them says."""
    joined = "|".join(f"(?P<w{n}>{pattern})" for n, (_, pattern) in enumerate(wordings))
    for mark, part in _PARTS.items():
        joined = joined.replace(mark, part)
    spaced = joined.replace(r"\ ", r"[\s\u00a0]")
    pattern = re.compile(rf"(?<![\w-])(?:{spaced})(?!\w)", re.VERBOSE)
    return pattern, tuple(said for said, _ in wordings)


WORDINGS = {
    "en": _compiled(_ENGLISH),
    "de": _compiled(_GERMAN),
    "es": _compiled(_SPANISH),
    "fr": _compiled(_FRENCH),
}
