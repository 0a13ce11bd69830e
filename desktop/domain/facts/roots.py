"""The root that the forms of a word share: "sent" and "send", "eingehalten" and "einzuhalten".

For telling what two sentences have in common. The stems of `domain.words` are for searching, where
a wrong meeting costs more: here both sides are small, and a root that fits is a root.
"""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.domain.words import stem

# Forms that no ending leads back to, each group a word and what it becomes.
_FORMS = """
    arise arose arisen/be was were been/bear bore borne born/beat beaten/become became
    begin began begun/bend bent/bind bound/bite bit bitten/bleed bled/blow blew blown
    break broke broken/bring brought/build built/burn burnt/buy bought/catch caught
    choose chose chosen/come came/cut cutting/deal dealt/dig dug/do did done/draw drew drawn
    drink drank drunk/drive drove driven/eat ate eaten/fall fell fallen/feed fed/feel felt
    fight fought/find found/flee fled/fly flew flown/forbid forbade forbidden
    forget forgot forgotten/freeze froze frozen/get got gotten/give gave given/go went gone
    grow grew grown/hang hung/hear heard/hide hid hidden/hit hitting/hold held/keep kept
    know knew known/lay laid/lead led/lean leant/learn learnt/leave left/lend lent/let letting
    lie lay lain/lose lost loss/make made/mean meant/meet met/pay paid payment/put putting
    read reading/ride rode ridden/ring rang rung/rise rose risen/run ran running/say said
    see saw seen/seek sought/sell sold/send sent/set setting/shake shook shaken/shine shone
    shoot shot/show shown/shut shutting/sing sang sung/sink sank sunk/sit sat sitting/sleep slept
    slide slid/speak spoke spoken/spend spent/split splitting/spread/stand stood/steal stole stolen
    stick stuck/strike struck/swear swore sworn/swim swam/take took taken/teach taught
    tear tore torn/tell told/think thought/throw threw thrown/understand understood/wake woke
    wear wore worn/win won/write wrote written/withdraw withdrew withdrawn/withhold withheld
    overpay overpaid/repay repaid repayable repayment/undertake undertook undertaken
    undergo underwent/arrive arrival/refuse refusal/approve approval/remove removal
    propose proposal/deliver delivery/choice choose/decide decision/provide provision
    describe description/inspect inspection/apply application applicant/receive receipt
    divide division/extend extension/permit permission/admit admission/exclude exclusion
    include inclusion/conclude conclusion/reduce reduction/produce production/compare comparison
    explain explanation/repeat repetition/sign signature/inform information/prove proof proven
    believe belief/grow growth/die death dead/live life alive/lose loss/sell sale/speak speech
    succeed success/fail failure/complain complaint/weigh weight/high height/long length
    strong strength/true truth/tooth teeth/foot feet/child children/man men/woman women
    person people/cancel cancellation cancelled/expire expiry/renew renewal/enter entry
    print printed/analyse analysis/respond response/attend attendance/maintain maintenance
    insure insurance/allow allowance/assist assistance/accept acceptance/able ability
    liable liability/responsible responsibility/require requirement
    photograph photo photography photographed/store storage/use usage/pack package/marry marriage
    stop stopped stopping stoppage/plan planned planning/ship shipped shipping/drop dropped
    occur occurred occurrence/refer referred referral/transfer transferred
    commit committed commitment/submit submitted submission/travel travelled/label labelled
    swim swimming/beginnen begann begonnen beginn/bleiben blieb geblieben/bringen brachte gebracht
    bieten bot geboten/bitten bat gebeten bitte/brechen brach gebrochen bruch/denken dachte gedacht
    empfehlen empfahl empfohlen empfiehlt empfehlung/essen aß gegessen isst
    fahren fuhr gefahren fährt fahrt/fallen fiel gefallen fällt/fangen fing gefangen anfangen
    finden fand gefunden fund/geben gab gegeben gibt/gehen ging gegangen gang
    gelten galt gegolten gilt gültig geltung/halten hielt gehalten hält/heißen hieß geheißen
    helfen half geholfen hilft hilfe/kennen kannte gekannt kenntnis/kommen kam gekommen kommt
    lassen ließ gelassen lässt/laufen lief gelaufen läuft lauf/leiden litt gelitten
    leihen lieh geliehen/lesen las gelesen liest/liegen lag gelegen/nehmen nahm genommen nimmt
    nennen nannte genannt/rufen rief gerufen ruf/schließen schloss geschlossen schließt
    schreiben schrieb geschrieben schrift schriftlich/schneiden schnitt geschnitten
    sehen sah gesehen sieht/sitzen saß gesessen/sprechen sprach gesprochen spricht
    stehen stand gestanden steht/steigen stieg gestiegen
    sterben starb gestorben stirbt tod verstorben/stimmen gestimmt stimme
    tragen trug getragen trägt/treffen traf getroffen trifft/treten trat getreten tritt
    trinken trank getrunken/tun tat getan/vergessen vergaß vergisst
    verlieren verlor verloren verlust/weisen wies gewiesen/werfen warf geworfen wirft
    wissen wusste gewusst weiß/ziehen zog gezogen/zahlen zahlung gezahlt bezahlen bezahlt bezahlung
    liefern lieferung geliefert/prüfen prüfung geprüft/ändern änderung geändert ändert
    genehmigen genehmigung genehmigt/zustimmen zustimmung zugestimmt
    wiederholen wiederholung wiederholt/untersuchen untersuchung untersucht/erhöhen erhöhung erhöht
    senden gesandt sandte/messen maß gemessen misst messung/wachsen wuchs gewachsen
    waschen wusch gewaschen/antworten antwort geantwortet/fragen frage gefragt
    entscheiden entschied entschieden entscheidung
    unterschreiben unterschrieb unterschrieben unterschrift/vereinbaren vereinbarung vereinbart
    erlauben erlaubnis erlaubt/stören störung gestört/teilnehmen teilnahme teilgenommen nimmt
    anmelden anmeldung angemeldet/kündigen kündigung gekündigt/verlängern verlängerung verlängert
    rückgabe zurückgeben zurückgegeben/rücksendung zurücksenden zurückgesandt
    rückzahlung zurückzahlen
"""
_SEPARABLE = (
    "zurück", "zusammen", "entgegen", "weiter", "wieder", "nieder", "hinaus", "heraus", "hinein",
    "herein", "fest", "fort", "frei", "nach", "statt", "teil", "auf", "aus", "bei", "ein", "her",
    "hin", "los", "mit", "vor", "weg", "ab", "an", "um", "zu",
)  # fmt: skip
_LEAST = 4  # letters that are left of a word


def _listed() -> dict[str, str]:
    known: dict[str, str] = {}
    for group in re.split("[/\n]", _FORMS):
        forms = group.split()
        for one in forms:
            known.setdefault(one, known.get(forms[0], stem(forms[0])))
    return known


_KNOWN = _listed()


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The root of a word in small letters."""
    word = word[:60]
    if word in _KNOWN:
        return _KNOWN[word]
    bare = _unprefixed(word)
    return _KNOWN.get(bare) or stem(bare)


def _unprefixed(word: str) -> str:
    """A German word without its "ge" or "zu": "eingehalten" and "einzuhalten" are "einhalten"."""
    if len(word) < _LEAST + 3 or word[-1] not in "tn":
        return word
    if word.startswith("ge"):
        return word[2:] if len(word) - 2 > _LEAST else word
    for first in _SEPARABLE:
        if word.startswith(first):
            rest = word[len(first) :]
            if rest[:2] in ("ge", "zu") and len(rest) - 2 >= _LEAST:
                return first + rest[2:]
    return word
