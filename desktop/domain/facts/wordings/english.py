"""How English says no, must, should and may."""

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
    # "Keep off", "leave out", "turned down", "called off".
    "<off>": r"""
        (?:(?:ke(?:ep|pt)|stay(?:ed|s)?|stands?|stood|left|hold|held|ruled?|g[ai]ven?|ran?|runs?
        |switch(?:ed)?|cut|call(?:ed)?|put|turn(?:ed)?)\ (?:it\ |them\ )?(?:off|out|away|back
        |short)|turn(?:ed
        |s)?\ (?:\w+\ ){0,3}down)""",
    "<be>": r"(?:is|are|was|were|be|been|being|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t)",
    "<nt>": r"(?:\ not|\ never|n['’]?t)",
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
}

WORDINGS: Wordings = (
    # What may be needed is no demand, and what "we have to" do is our own affair.
    ("may?", r"(?:may|might|could)\ (?:\w+\ )?(?:have|need)\ to(?!\w)"),
    ("must?", r"(?:(?:i|we)\ (?:\w+\ )?|would\ )(?:have|need)\ to(?!\w)"),
    ("only?", r"(?:nobody|no\ one|none)\ (?:but|except)|no-?one\ but"),
    (
        "",
        r"""
        (?:can|could)(?:\ ?not|n?['’]?t)\ (?:believe|imagine|wait|stress|thank|be\ happier)
        |not\ only|no\ longer\ than|may\ \d|(?:do\ not|don['’]?t)\ hesitate|feel\ free\ to
        |not\ (?:even|elsewhere|disputed?|den(?:y|ied))|without\ (?:\w+\ )?(?:delay|prejudice)
        |<first>should(?=\ (?!i\b|we\b))
        |undisputed|(?:nobody|no\ one)\ disputes?
        |bound\ to\ (?:fail|happen|lose|lead|cause|result)
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
        nor|closed|away|(?:at\ the\ )?earliest|rather\ not|otherwise|or\ else|instead(?:\ of)?
        |rather\ than
        |contrary\ to|out\ of\ (?:order|service|use|action)|nil|cease[sd]?|ceasing|stop(?:s|ped)?
        |waive[sd]?|withh[eo]ld(?:s|ing)?|lapse[sd]?|opposed?|cancel\w*|discontinued|suspended
        |abandoned|wait(?:s|ed|ing)?|failing|overdue
        |undecided|last(?=\ (?:\w+ed|saw|seen|heard|spoke|visited|paid))|leave
        |expire[sd]?|expiry|broken|defective|vacant|pending|outstanding|await(?:s|ed|ing)?
        |remains?\ to\ be|still\ (?:to\ \w+|has\ to|have\ to|needs?\ to|waiting)
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
        |before)|abstain\w*|abstention|afebrile|abroad|intestate|intact|same|open(?!\ (?:until|till
        |from|to)\b)|poorly|badly
        """,
    ),
    (
        CANNOT,
        r"""
        (?:will\ not|won['’]?t|not)\ be\ able\ to|no\ \w+(?:\ \w+)?\ <be>\ possible
        |(?:can|could)(?:\ ?not|\ never)|ca(?:n['’]?|nn)t|couldn['’]?t|(?:am|<be>)?\ ?(?:unable
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
        |(?:<be>\ )?(?:optional|voluntary|exempt)|no\ (?:obligation|duty)\ to
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
        |(?:<be>\ )?to\ be\ avoided|(?:off\ limits|out\ of\ bounds)|prohibited
        |forbidden|prohibits?|banned|may\ neither|(?:no|neither|none|nobody|no\ one
        |nothing)\b[^.;,:]{0,30}?\ (?:may|can|must|is\ allowed|is\ permitted|are\ allowed
        |are\ permitted)
        """,
    ),
    (
        "must not!",
        r"""
        <first>(?:keep|stay|stand)\ (?:off|out|away|clear|back)|shall(?:\ not|n['’]?t|\ never)
        |(?:ask(?:ed|s)?|request(?:ed|s)?|remind(?:ed|s)?|told|warn(?:ed
        |s)?|reminded)\ (?:\w+\ ){0,3}not\ to|<be><nt>\ to(?=\ \w)|<be>?<nt>\ (?:\w+\ )?(?:entitled
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
        not|no(?!\.\ ?[a-z]{0,6}[-/]?\d|\ \d)|never|none|nobody|no\ one|nothing|neither|nowhere
        |(?:doesn|don
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
        "not~",
        r"""
        <off>|g[ai]ve[ns]?\ up|quit|skip(?:s|ped)?|omit(?:s|ted)?|ignor(?:es?|ed|ing)|prevent(?:s
        |ed)?|block(?:s|ed)?
        |barred|preclud(?:es?|ed)|disagree[sd]?|disput(?:es?|ed)|disclaim(?:s|ed)?
        |dispens(?:es?|ed)\ with|(?:do|does|did|done|make|manage)\ without|forgo(?:es)?|veto(?:es
        |ed)?
        |withdrawn?|withdrew|deferred|postponed?|revoked?|rescinded|terminated?
        |idle|blank|empty|out\ of\ stock|rarely|seldom|fals(?:e|ely)|wrong(?:ly)?
        |too\ \w+\ (?:for\ \w+\ )?to|failed|failure|fails|inactive|invisible|inaccessible|incapable
        |inconclusive|inconsistent|insignificant|disconnected|disqualified|disallowed|disapprov\w+
        |silent
        """,
    ),
    (
        "only?",
        r"""
        depends?\ on|conditional\ (?:up)?on|only|solely|exclusively|exclusive|reserved\ (?:to|for)
        |(?:does|do|is|are|will|would)(?:\ not|n['’]?t)\ (?:\w+\ ){1,3}otherwise
        |subject\ to(?=[^.;,:]{0,40}?(?:consent|approval|agreement|permission))
        """,
    ),
)

DENIED = {
    "abst": "vot", "absti": "vot", "afebrile": "fever febril temperature", "abroad": "country home",
    "intestate": "will leav", "intact": "affect damag harm chang",
    "same": "chang alter differ affect",
    "free": "charg cost pay fee price", "safe": "expos leak los lost harm damag",
    "secure": "expos leak los lost harm damag", "open": "clos shut",
    "poorly": "well good", "badly": "well good",
    "as ": "chang alter affect differ",
}  # fmt: skip
