"""Some given names and places of the three languages: signs that a word written large is a name.

Not a directory: a name that is missing here is still found by its title, its legal form, or the
capital letter where a language writes only names large.
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    james john robert michael william david richard thomas charles daniel matthew anthony mark
    paul steven andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan
    jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory
    frank alexander patrick jack dennis jerry peter henry adam nathan douglas zachary kyle noah
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah
    stephanie rebecca sharon laura cynthia kathleen amy angela anna emma olivia helen ruth alice
    julia grace sophie charlotte hannah lucy jane claire simon martin oliver harry ian alan
    hans klaus jürgen wolfgang heinz uwe stefan andreas matthias jens jan lukas felix jonas max
    maximilian paul karl kurt otto ernst friedrich wilhelm georg heinrich dieter horst manfred
    günter helmut gerhard bernd ralf frank torsten thorsten sven lars tobias sebastian florian
    christian markus philipp johannes ursula monika petra sabine renate helga brigitte ingrid
    erika christa karin claudia susanne andrea birgit heike martina stefanie nicole katrin silke
    anke julia lena lea marie sophia johanna katharina maria eva franziska greta hanna anja
    josé juan antonio manuel francisco javier carlos miguel ángel luis pedro jesús alejandro
    fernando sergio pablo jorge alberto raúl diego álvaro carmen ana isabel dolores pilar teresa
    josefa cristina marta lucía elena raquel rosa concepción mercedes beatriz irene silvia marina
    """.split()
)
PLACES = frozenset(
    """
    london manchester birmingham leeds glasgow edinburgh liverpool bristol cardiff belfast dublin
    oxford cambridge leicester sheffield england scotland wales ireland britain york boston chicago
    washington paris lyon brussels amsterdam rotterdam vienna zurich geneva bern rome milan athens
    lisbon warsaw prague budapest copenhagen stockholm oslo helsinki munich cologne hanover
    nuremberg berlin hamburg münchen köln frankfurt stuttgart düsseldorf leipzig dortmund essen
    bremen dresden hannover nürnberg duisburg bochum wuppertal bielefeld bonn münster karlsruhe
    mannheim augsburg wiesbaden mainz kassel kiel lübeck erfurt rostock freiburg heidelberg
    potsdam würzburg regensburg ulm trier jena wien graz linz salzburg innsbruck zürich basel genf
    deutschland österreich schweiz frankreich italien spanien polen bayern hessen sachsen
    madrid barcelona valencia sevilla zaragoza málaga murcia bilbao granada córdoba toledo españa
    germany austria switzerland france italy spain poland portugal europe europa mexico méxico
    argentina chile perú colombia bogotá lima
    """.split()
) - {"essen"}

# What comes from a place, so that "Scottish law" is the law of Scotland.
OF_PLACES = {
    "scottish": "scotland", "english": "england", "irish": "ireland", "welsh": "wales",
    "british": "britain", "german": "germany", "french": "france", "spanish": "spain",
    "italian": "italy", "austrian": "austria", "swiss": "switzerland", "polish": "poland",
    "dutch": "netherlands", "european": "europe",
}  # fmt: skip
