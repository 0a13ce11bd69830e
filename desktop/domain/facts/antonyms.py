"""Words of which one says what a "not" says of the other: "did not attend" and "missed".

Pairs of word beginnings in English and German, without their umlauts, each good both ways. They
only excuse a denial that has no partner; what they say is no fact of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from desktop.domain.facts.roots import root

_PAIRS = """
attend appear come arriv show turn : miss absent away late fail elsewhere
stop halt pull : drove drive continu carri went go went ran kept
receiv arriv come deliver : wait outstand miss lost overdu pend
finish complet done ready settl : outstand underway progress open pend half still
work run function operat start : broken down defect fault fail crash dead stuck faulty
agre accept approv : object oppos refus disagre reject against declin dissent
consent support favour : object oppos refus disagre reject against declin dissent
allow permit admit let : forbid ban bar prohibit block prevent stop deni refus
includ cover contain : exclud extra separat addit without omit except
chang alter adjust amend increas rais vari : same remain stay keep kept constant stabl fix unchang
affect damag harm touch injur hurt : intact fine safe whole spar well unharm
know clear certain : unclear wonder doubt question puzzl mystery investigat
sure understand establish : unclear wonder doubt question puzzl mystery investigat
rememb recall : forgot forget
sleep slept : awake poor badly restless
eat eaten food : refus fast starv hungry skip empti
drink alcohol : sober dry
answer reply respond speak say : silent silence ignor mute quiet
tell told inform disclos share say : secret confidential kept conceal withhold hid private
open access enter use : clos shut lock seal off out
close shut lock : open
pay paid charg cost fee : owe overdu outstand arrear free due waiv unpaid
keep kept hold retain : lost discard destroy thrown delet return gave sold
delet destroy discard throw sell remov : keep kept retain stor preserv hold
sold sell : keep kept unsold retain remain
sign : blank await unsign pend
present there here home : absent away gone out miss elsewhere abroad
available free vacant : taken occupi book busy gone full sold
occupied occup let rent : vacant empti free
employ work job : jobless retir redundant
married marri : singl divorc widow
alive live surviv : dead die kill lost
smok : quit gave
succeed pass win won : fail lost reject
fail lose : pass succeed won
enough suffici adequat : short lack scarc few little low need more poor
safe secur : danger hazard risk unsafe
danger hazard harm risk : safe harmless secur fine
true correct right accurat : fals wrong mistak error incorrect
easy simpl : hard difficult
possibl : impossibl fail rule
likely probabl : doubt doubtful remote slim
satisf happy pleas content : unhappi dissatisf disappoint complain
good well : poor bad badly weak ill
soon early punctual time : late delay
late delay : time punctual early
long : short brief
short : long
high : low
low : high
more : few less same
less few : more
full : empti part
empti : full
clean : dirti soil filthi
clear : unclear blur cloudi
alone unaccompan : accompan together with escort compan
public : privat close
before : after once when
public : privat confidential
leave left go : stay remain stuck
stay remain keep : leave left go quit move
move walk : still bedbound immobil stuck
exceed above more over : below under within limit cap most maximum
less below under : least above minimum
new : old used second
old : new
same : differ other another chang
differ : same alike ident
together : separat apart alone
begin start began : wait delay postpon defer put
continu go carri : stop end ceas over finish
regular : irregular rare occasion
ever always : never
often : rare seldom
notic observ see spot : overlook miss unnotic
consider regard : ignor disregard overlook
return repay refund give back : keep kept retain gone lost
wear : without bare
bring take : leave left home
complain : happy content satisf
ask consult inform tell : ignor unaware dark without
aware know : unaware surpris ignor
find found detect evid : clear free absent rule miss without
match fit agre correspond : differ mismatch deviat discrepan wrong
expect : surpris unexpect unlike doubt
intend plan mean : accident mistake
fever : afebril normal
pain hurt : comfort painless fine
infect diseas abnormal : clear healthy normal unremark
normal : abnormal rais high low
urgent : routin
need necessari requir : optional voluntari unnecessari free choos fine
compulsori mandatori oblig : optional voluntari
vote support : abstain against
elect choos select chosen success : unsuccess reject other
responsibl liabl blame fault : innocent other clear exempt
guilt : innocent acquit
valid : void expir invalid lapse
renew extend : end expir lapse termin
legal law lawful : illegal unlaw prohibit
teilnehm erschein komm anwes : fehl abwes verpass versaum wegbleib ausbleib fern
halt anhalt stopp : weiter fuhr fahr durch lief
erhalt erhielt eingetroff eintreff eingeh : wart aus ausst fehl offen vermiss
eingegang lieferung liefer komm vorlieg : wart aus ausst fehl offen vermiss
fertig abgeschlosse abschliess erledig beend : offen aus noch ausst unvollend lauf
funktion geh gang : defekt kaputt ausgefall ausfall gestort stor steht stillsteh
lauf arbeit betrieb : defekt kaputt ausgefall ausfall gestort stor steht stillsteh
zustimm einverstand annehm : ablehn abgelehn lehn dageg verweiger widersprech weiger versag verworf
angenomm genehmig bewillig billig : ablehn abgelehn lehn dageg verweiger widersprech weiger verworf
dageg ablehn : dafur zustimm annehm
erlaub gestatt darf durf zulass : verbot untersag sperr verwehr
enthalt inbegriff umfass einschliess : extra zusatz gesondert ohne ausgenomm exklusiv
ander erhoh anpass verander steig : bleib gleich bisher unverander stabil konstant weiterhin wie
betroff beschadig verletz : heil unversehr intakt verschon sicher
weiss wiss bekannt klar fest geklart : unklar offen frag ratsel unbekannt
erinn : vergess entfall
schlaf : wach unruh schlecht
ess geges nahrung : verweiger nuchtern hung
antwort reagier meld : schweig ignorier still stumm wart
mitteil sag informier : verschweig geheim vertrau
offn geoffnet offen zugang : schliess geschl zu gesperrt sperr
schliess geschl : offen offn
zahl bezahl beglich : schuld offen ausst ruckstand kostenlos frei
kost gebuhr : kostenlos gratis umsonst frei entfall ubernehm
behalt : zuruckgeb geb verlor verkauf
zuruckgeb zuruckgab ruckgab ruckgeb : fehl aus ausst behalt offen
zuruckschick zurucksend schick send : fehl aus ausst behalt offen
losch vernicht verkauf weggeb : behalt aufbewahr bewahr
unterschreib unterzeichn : offen fehl ausst
frei verfugbar : belegt besetzt vergeb ausgebuch
belegt bewohn vermiet : frei leer
verheirat : ledig geschied verwitwet
leb : tot starb gestorb verstorb
besteh bestand : durchgefall fiel scheit
ausreich genug genug genuge : zu knapp mangel fehl wenig gering
sicher : gefahr risik unsicher
gefahr : harmlos sicher unbedenk
richtig stimm korrekt : falsch irr fehl
leicht einfach : schwer schwier
zufried gut : unzufried enttausch schlecht mangel
viel : wenig kaum gering
wenig : viel
gut : schlecht
fruh rechtzeit punktlich : spat verspat
allein : begleit gemeinsam zusammen
verander anders : gleich
nehm genomm ausgab verbrauch : noch ubrig rest
beginn anfang begonn starte : wart verschob verschieb spater
weiter fortsetz fortgefuhr : end stopp aufhor beend einstell
bemerk seh geseh auffall : uberseh entgang
berucksicht beacht : ignorier ausschl ubergang unbeacht
ausleih leih nutz benutz verwend : ausgeschl gesperrt
bring mitnehm mitbring : zu hause lass daheim
geplant vorgeseh vorseh plan : entfall unterbleib verzicht
nachweis find festst gefund hinweis : frei ausgeschl
notig erforder notwend : freiwill entbehr verzicht uberflu
verpflicht pflicht muss : freiwill wahlfrei optional
gultig : abgelaufen erlosch verfall ungultig
verlanger fortsetz : end ausl lauf
mangel fehler beanstand beschwerd : einwandfrei in ordnung zufried tadellos
schmerz weh : beschwerdefrei schmerzfrei
fieb : fieberfrei
objection object problem : suit agre accept fine happi
decid settl conclud : open pend undecid unclear consid
disclos pass tell share : keep yourself
stor laut larm : ruhig still leis
disturb nois loud : quiet calm silent
nass feucht : trocken
wet damp : dry
dirti : clean
enthalt inbegriff : hinzu dazu extern
collect fetch pick abhol : still here noch
return repay refund give : still kept keep hold
chang alter move postpon : fixed final firm
recommend advis : against avoid
error mistak fault wrong defect : order correct fine clean perfect
help assist : sorry regret
einwand einwend bedenk einspruch : einverstand zustimm recht
verlanger erneuer : auslauf ausgelauf lauf aus endet
erstatt ubernehm ersetz : selbst selber eigen
bereit willig : bleib beharr ablehn
trink alkohol rauch : tabu nuchtern verzicht
zuhaus haus daheim : unterwegs fort weg ausser
bekannt gemeld : unbekannt
wissen bewusst : ahnungslos unwissend
versich gedeckt schutz : selbst eigen
pass geeignet eign : ungeeignet zu
gekannt kenn : fremd unbekannt neu
lohn sinn : zwecklos umsonst vergeb
vermied vermeid : passier gescheh
"""

# Words that often say by themselves what a "not" says of something that is not named any more.
_TELLING = frozenset(
    root(word)
    for word in """
    else elsewhere instead past stuck fixed wrong bad badly poor poorly clean spotless quiet
    silent seriously avoid avoids avoided avoiding prevent prevents decline declined refuse refused
    spare spared exempt escape escaped forgotten forgot idle banned barred void
    unanswered taboo disagree disagrees
    anderswo anderweitig stattdessen tabu unterwegs vorbei sauber einwandfrei tadellos ledig
    umsonst kostenlos gratis draußen gesperrt defekt kaputt verhindert verschont erspart erübrigt
    selber lediglich vergessen former formerly previously outside beyond net fern ehemals ehemalige
    """.split()
)


_WHOLE = 3  # letters up to which a word is meant as a whole


def _listed() -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """By a beginning, and by what a beginning may be cut to, the sides of the rows that it is on.

    2n and 2n + 1 are the sides of row n.
    """
    begins: defaultdict[str, set[int]] = defaultdict(set)
    cut: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_PAIRS.strip().splitlines()):
        for side, listed in enumerate(line.split(" : ")):
            for word in listed.split():
                for one in (word, root(word)):
                    begins[one].add(2 * number + side)
                    for length in range(_WHOLE + 1, len(one)):
                        cut[one[:length]].add(2 * number + side)
    return dict(begins), dict(cut)


_BEGINS, _CUT = _listed()


@lru_cache(maxsize=50_000)
def _sides(word: str) -> frozenset[int]:
    """The sides of the rows that a word is on."""
    found = set(_BEGINS.get(word, ()))
    found |= _CUT.get(word, set())
    for length in range(_WHOLE + 1, len(word)):
        found |= _BEGINS.get(word[:length], set())
    return frozenset(found)


def is_denied_by_another(scope: Iterable[str], there: Collection[str]) -> bool:
    """Whether `there` has a word that denies one of `scope`, and not that one itself.

    Both are roots; `there` may have small words as well.
    """
    wanted = {side ^ 1 for one in scope if one not in there for side in _sides(one)}
    return bool(wanted) and any(not wanted.isdisjoint(_sides(word)) for word in there)


def is_told_apart(here: Collection[str], there: Collection[str]) -> bool:
    """Whether `there` has a word, and `here` has not, that often stands where a "not" stood."""
    return any(word in _TELLING and word not in here for word in there)
