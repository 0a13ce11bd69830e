"""How each language says no, must, should and may: patterns, from the longest wording to the shortest.

Each wording is (what it says, pattern). A trailing "?" marks one that may come and go without a
change of meaning ("is able to", "needs"); "~" marks one that belongs to a number, which says the
same; "!" marks a ban that a plain "not" may replace.
"""

from __future__ import annotations

import re

MUST, SHOULD, MAY = "must", "should", "may"
MUST_NOT, SHOULD_NOT, CANNOT, NEED_NOT = "must not", "should not", "can not", "need not"
NOT, WITHOUT, ONLY = "not", "without", "only"

_BE = r"(?:is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)"
_NT = r"(?:\ not|\ never|n['’]t)"

_ENGLISH = (
    ("", r"not\ only|no\ longer\ than|may\ \d|if\ not"),
    ("not~", r"at\ the\ earliest|otherwise|or\ else|(?:no|not)\ (?:later|more|less|fewer|earlier|longer)\ than(?=\s+[\d£$€]|\s+\w+\s)"),
    (CANNOT, rf"(?:can|could)(?:\ ?not|\ never)|ca(?:n['’]|nn)t|couldn['’]t|(?:am|{_BE})?\ ?(?:unable|not\ able)\ to|impossible"
             rf"|{_BE}(?:\ not|n['’]t)?\ (?:not\ )?possible(?<=not\ possible)|{_BE}n['’]t\ possible"),
    (NEED_NOT, rf"need(?:s)?(?:\ not|n['’]t)|(?:do|does|did){_NT}\ (?:have|need)\ to|no\ need\ to"
               rf"|{_BE}?{_NT}\ (?:required|obliged|necessary|mandatory|needed|compulsory)(?:\ to)?"
               rf"|(?:no\ \w+(?:\ \w+)?\ {_BE}\ (?:required|needed|necessary))|unnecessary|(?:{_BE}\ )?(?:optional|exempt)|no\ (?:obligation|duty)\ to"),
    (SHOULD_NOT, rf"should(?:\ not|n['’]t|\ never)|ought\ not(?:\ to)?|not\ (?:be\ )?(?:recommended|advised|advisable)"
                 rf"|(?:{_BE}\ )?(?:advised|recommended)\ not\ to|advised\ against|should\ (?:be\ avoided|avoid)|avoid(?:ing|ance)?\b[^.;:]{{0,60}}?\b(?:recommended|advised)"
                 r"|(?:recommend\w*|advise[ds]?)\b[^.;:]{0,20}?\bavoid\w*"),
    (MUST_NOT, rf"must(?:\ not|n['’]t|\ never)(?:\ ever)?|may(?:\ not|\ never)|might\ not"
               rf"|{_BE}?{_NT}\ (?:\w+\ )?(?:permitted|allowed|authori[sz]ed|entitled)(?:\ to)?"
               rf"|no\ (?:authority|right|permission)\ to|{_BE}{_NT}\ to\ be|{_BE}\ never\ to|prohibited|forbidden|prohibits?|banned"
               rf"|(?:no|neither|none|nobody|no\ one|nothing)\b[^.;,:]{{0,30}}?\ (?:may|can|must|is\ allowed|is\ permitted|are\ allowed|are\ permitted)"),
    ("must not!", r"shall(?:\ not|n['’]t|\ never)|will\ not\ be\ (?:allowed|permitted)"
                  r"|(?:no|neither|none|nobody|no\ one|nothing)\b[^.;,:]{0,30}?\ shall"),
    (MUST, rf"(?:has|have|had|having)\ to|must|(?:{_BE}\ )?(?:(?<!the\ )required|obliged|obligated|bound)\ to|needs?\ to\ be"
           rf"|(?:{_BE}\ )?(?:mandatory|compulsory|obligatory|required)|duty\ to"
           r"|undertakes?\ to|it\ is\ required|obligation\ to"),
    ("must?", rf"shall|{_BE}\ to(?=\ \w)|needs?(?:\ to)?|(?:{_BE}\ )?(?:necessary|needed)|requires?|agrees?\ to|responsible\ for|{_BE}\ due|payable"),
    (SHOULD, rf"should|ought\ to|(?:{_BE}\ )?(?:recommended|advised|advisable|supposed)(?:\ to)?|recommends?|advises?\ (?:you|him|her|them|us|that)|suggests?|suggested"),
    ("should?", r"please|kindly|advice|recommendations?"),
    (MAY, rf"may(?!\ \d|\ or\ June)|(?:{_BE}\ )?(?:allowed|permitted|entitled)(?:\ to)?|free\ to|authori[sz]ed\ to|{_BE}\ authori[sz]ed|(?:has|have)\ the\ right\ to"),
    ("may?", rf"can|could|might|(?:{_BE}\ )?able\ to|possible|possibility|allows?|permits?|permissible|permission|acceptable|entitlement|can\ be|option|optionally"),
    (WITHOUT, r"without|unless|except(?:\ (?:for|where|if|with|that))?|in\ the\ absence\ of"),
    ("without?", r"other\ than|apart\ from|with\ the\ exception\ of|excluding"),
    ("without?", r"until"),
    (NOT, r"not|no(?!\.\ ?\d|\ \d)|never|none|nobody|no\ one|nothing|neither|nowhere|(?:doesn|don|didn|isn|wasn|aren|weren|hasn|haven|hadn|won|wouldn)['’]t(?:\ ever)?"),
    ("not?", r"nor|(?:has|have)\ yet\ to|avoid(?:s|ed|ing|ance)?|refrain(?:s|ed|ing)?\ from|(?:omit|omitted|neglected)\ to|fail(?:s|ed|ure|ing)?\ to|den(?:y|ies|ied)|lack(?:s|ed|ing)?|absent|absence|refus(?:e|es|ed)\ to"
             r"|exclud(?:e|es|ed|ing)|missing|free\ of|disregarded|closed|insufficient|incomplete|invalid|void|away|expire[sd]?|unavailable"
             r"|incorrect|inaccurate|inadequate|ineffective|inadmissible|irrelevant|illegal|illegible|ineligible|improper"
             r"|non-?\w+|un(?!der|til|it|less|ion|iqu|ivers|iform|anim|employ|fortun|cle)\w{4,}|\w+-free|rejected|declined"),
    ("only?", r"only|solely|exclusively|exclusive"),
)  # fmt: skip
# "zu liefern", "vorzulegen": what "hat" and "ist" demand.
_TO = (
    r"\b(?:zu\ (?!ihr|sein|dies|kein|mein|den|händen|lasten|gunsten|kosten)\w{2,30}|\w{2,12}zu\w{2,20})"
    r"(?:en|ern|eln)\b"
)
# "ist verboten zu rauchen" demands nothing; the word that says what it does stands there.
_NO_DEMAND = (
    r"(?![^.;,:]{0,60}?\b(?:verboten|untersagt|erlaubt|gestattet|möglich|unmöglich|verpflichtet|"
    r"notwendig|erforderlich|nötig|berechtigt|befugt|zulässig|bereit|Lage)\b)"
)
_GERMAN = (
    ("", r"nicht\ nur|nicht\ zuletzt"),
    ("not~", r"frühestens|sonst|ansonsten|andernfalls|(?:nicht|keine)\ (?:später|mehr|weniger|früher|länger)\ als"),
    (NEED_NOT, r"keine\ (?:Pflicht|Verpflichtung)|nicht\ (?:\w+\ )?(?:erforderlich|notwendig|nötig|verpflichtet|vorgeschrieben)|unnötig|entbehrlich"),
    (MUST_NOT, r"nicht\ (?:\w+\ )?(?:gestattet|erlaubt|zulässig|berechtigt|befugt|zugelassen)|untersagt|verboten|unzulässig|unerlaubt|\w{0,20}verbot(?:en|e|s)?"),
    (SHOULD_NOT, r"nicht\ (?:empfohlen|ratsam)|abzuraten|rät\ davon\ ab"),
    (CANNOT, r"nicht\ möglich|unmöglich|nicht\ in\ der\ Lage"),
    (MUST, r"muss(?:te|ten|t)?|müssen|müsse|müsste[n]?|müsst|verpflichtet|verpflichtend|vorgeschrieben|zwingend|obligatorisch"
           r"|Pflicht|bedürfen|bedarf"
           rf"|(?:hat|haben)\b(?=(?:[^.;,:]|(?<=\d)\.){{0,100}}?{_TO})"
           rf"|(?:ist|sind)\b{_NO_DEMAND}(?=(?:[^.;,:]|(?<=\d)\.){{0,100}}?{_TO})"),
    ("must?", r"erforderlich|notwendig|nötig|brauch(?:t|en|e)|soweit"),
    (SHOULD, r"soll(?:te|ten|en)?|empfohlen|empfehl(?:en|t|e)|empfiehlt|ratsam|angeraten|Empfehlung|raten|rät"),
    ("should?", r"bitte[n]?"),
    (MAY, r"darf|dürfen|dürfe|durfte[n]?|berechtigt|gestattet|erlaubt|zulässig|zugelassen|befugt|Recht(?=,?\ (?:\w+\ ){0,4}zu\ )"),
    ("may?", r"kann|können|könne|könnte[n]?|konnte[n]?|möglich|Möglichkeit|erlaubt\ sein"),
    (WITHOUT, r"ohne|es\ sei\ denn|außer"),
    ("without?", r"mit\ Ausnahme|bis\ auf"),
    (NOT, r"nicht|kein(?:e|en|em|er|es|erlei)?|nie(?:mals)?|niemand(?:en|em|es)?|nichts|weder|keinesfalls|keineswegs|nirgends"),
    ("not?", r"vernein(?:t|en|te[n]?)|negiert|bestreitet|vermeiden|vermieden|Nicht\w{3,}|nichtig|fehlt(?:e|en)?|fehlen(?:de[nrms]?)?|ausgeschlossen|abwesend|erlischt|erlöschen|verweiger(?:t|te|n)|unterblieb\w*|ausgeblieben|blieb(?:en)?\b(?=[^.;,:]{0,40}?\ aus\b)|versäumt"
             r"|geschlossen|un(?!ter|ser|verzüglich|gefähr|iver|fall|fäll|ten|kosten|garn|glück|längst|ion|abhängig)[a-zäöüß]{4,}|(?!kosten|tadel|einwand|problem)\w{3,}(?:los|frei)(?:e[nrms]?)?"),
    ("only?", r"nur|erst|ausschließlich|lediglich"),
)  # fmt: skip
_MODAL_ES = r"(?:puede[n]?|podrá[n]?|podía[n]?|podemos|pueden)"
_SPANISH = (
    ("", r"no\ sólo|no\ solo"),
    ("not~", r"no\ (?:más|menos)\ (?:de|tarde)|a\ más\ tardar"),
    (NEED_NOT, r"no\ (?:es|son|será)\ (?:necesari[oa]s?|obligatori[oa]s?)|no\ (?:tiene|tienen)\ que|no\ hace\ falta|no\ hay\ que|no\ (?:está|están)\ obligad[oa]s?"),
    (MUST_NOT, rf"no\ (?:se\ )?(?:le\ )?{_MODAL_ES}|no\ (?:se\ )?(?:debe[n]?|deberá[n]?)|no\ (?:se|está)\ permit(?:e|ido|en|ida)"
               r"|prohib(?:ido|ida|e|en|ición)\w*|no\ (?:será|es)\ posible|imposible"),
    (MUST, r"debe[n]?|deberá[n]?|debemos|tiene[n]?\ que|tendrá[n]?\ que|hay\ que|ha[n]?\ de|es\ preciso|obligatori[oa]s?|obligad[oa]s?|obligación"),
    ("must?", r"necesari[oa]s?|requiere[n]?"),
    (SHOULD, r"debería[n]?|conviene|recomienda[n]?|recomendable|aconseja[n]?"),
    (MAY, rf"{_MODAL_ES}|se\ permite[n]?|permitid[oa]s?|autorizad[oa]s?|tiene\ derecho\ a"),
    ("may?", r"posible|podría[n]?"),
    (WITHOUT, r"sin|salvo|excepto|a\ menos\ que"),
    (NOT, r"no|nunca|jamás|nadie|nada"),
    ("not?", r"ningun[oa]s?|ningún|ni|tampoco|carece[n]?|falta(?:n|ba|ban|ron)?|niega[n]?|in(?:completo|válido|correcto)"),
    ("only?", r"solo|sólo|solamente|únicamente"),
)  # fmt: skip


def _compiled(wordings: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    # In small letters, as the text is then: a pattern that ignores case is several times slower.
    joined = "|".join(f"(?P<w{n}>{pattern.lower()})" for n, (_, pattern) in enumerate(wordings))
    spaced = joined.replace(r"\ ", r"[\s\u00a0]")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?!\w)"), tuple(
        said for said, _ in wordings
    )


WORDINGS = {
    "en": _compiled(_ENGLISH),
    "de": _compiled(_GERMAN),
    "es": _compiled(_SPANISH),
}
