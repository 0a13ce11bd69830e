"""What reports of one kind say without saying anything: sentences around the statements.

A theme is (subjects, predicates, qualifiers); a sentence takes one of each. All reports of the set
draw from these, so that most of what a page says, it shares with a hundred others.
"""

from __future__ import annotations

import random

Theme = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

THEMES: dict[str, Theme] = {
    "management": (
        (
            "The management board", "The chief executive", "The supervisory body",
            "The finance committee", "The senior team", "The chair",
        ),
        (
            "met {n} times", "reviewed the main risks", "set out its priorities",
            "agreed a revised plan", "asked for a further paper on costs",
            "noted the progress made", "kept the budget under close review",
            "discussed the outlook with the owners", "delegated smaller decisions",
        ),
        (
            "over the course of the twelve months", "at its meeting in {month}",
            "in the light of rising prices", "as it had undertaken to do",
            "without changing the direction taken before", "before the summer recess",
            "after hearing from the heads of department", "with one abstention",
        ),
    ),
    "staff": (
        (
            "Recruitment", "The training programme", "Cover during holidays",
            "The works council", "A survey among employees", "The new rota",
            "Mentoring of new colleagues", "Home working",
        ),
        (
            "remained difficult", "was extended to {n} further groups", "brought some relief",
            "drew more comments than expected", "has proved its worth",
            "will be looked at again", "was received well by most", "took up much time",
        ),
        (
            "in the second half of the year", "despite a tight labour market",
            "across all sites", "as in the years before", "above all in technical posts",
            "and is to be continued", "with the help of an outside adviser", "since {month}",
        ),
    ),
    "technology": (
        (
            "The old records system", "The change to the new software", "The data centre",
            "Remote access", "The help desk", "The backup of all files", "Cyber security",
        ),
        (
            "was moved to new servers", "caused {n} short interruptions",
            "was tested by an independent firm", "required more effort than planned",
            "ran without major incident", "was brought up to the current standard",
            "is now watched around the clock", "is due to be replaced",
        ),
        (
            "in {month}", "outside working hours", "in line with the roadmap",
            "to the satisfaction of the users", "at a cost within the budget",
            "following advice from the regulator", "after a long period of preparation",
        ),
    ),
    "buying": (
        (
            "The purchasing department", "Framework contracts", "Prices for materials",
            "The tender for cleaning", "A group of neighbouring bodies",
            "The contract register", "Delivery times",
        ),
        (
            "were again a matter of concern", "led to {n} new agreements",
            "helped to keep costs in check", "is shared with partners",
            "was put on a new footing", "had to be repeated", "rose less than feared",
        ),
        (
            "because only one bid was received", "for a term of {n} years",
            "on the terms usual in the trade", "in spite of shortages",
            "under the rules for public contracts", "since the spring", "by the year end",
        ),
    ),
    "environment": (
        (
            "The consumption of electricity", "The fleet of vehicles", "Solar panels on the roofs",
            "The target for carbon dioxide", "Waste from building sites",
            "A hedge of native shrubs", "The heating of the offices",
        ),
        (
            "was reduced once more", "is being converted step by step",
            "covers {n} per cent of need",
            "was confirmed by the council", "was recycled where possible",
            "needs further investment", "will be reported on separately",
        ),
        (
            "compared with the base year", "as part of the climate plan", "since {month}",
            "with support from a public fund", "although winter was cold",
            "at all larger sites", "as far as the budget allows",
        ),
    ),
    "public": (
        (
            "The customer centre", "Visitors to the open day", "A panel of residents",
            "The website", "Enquiries by telephone", "The newsletter", "Schools in the area",
        ),
        (
            "asked mostly about prices", "was redesigned", "numbered about {n}00",
            "gave useful advice", "were answered within three days as a rule",
            "took part in guided tours", "was opened for longer",
        ),
        (
            "in the course of the year", "on Saturdays as well", "and praised the friendly tone",
            "in easy language", "for the first time since {month}", "as promised a year ago",
        ),
    ),
    "buildings": (
        (
            "The main building", "The repair of the roof", "The car park", "Access for wheelchairs",
            "The lifts", "Fire doors on the upper floors", "The store in the cellar",
        ),
        (
            "was completed in {month}", "awaits a permit", "was repainted",
            "is in better condition than thought", "was closed for {n} weeks",
            "has been surveyed", "will need attention within five years",
        ),
        (
            "at moderate cost", "with little disturbance to the users",
            "according to the surveyor", "as required by the authority",
            "although supplies came late", "in agreement with the neighbours",
        ),
    ),
    "method": (
        (
            "The work", "The sample", "Interviews with staff", "The figures given here",
            "The scope", "The opinion expressed", "The grading used",
        ),
        (
            "followed recognised standards", "covered {n} files", "were compared with the ledgers",
            "was agreed beforehand", "should be read with the notes",
            "does not extend to other matters", "were rounded",
        ),
        (
            "unless something else is said", "as in earlier years",
            "between {month} and the year end",
            "and rests on what was made available", "so that small differences may arise",
            "with the exceptions described below",
        ),
    ),
    "network": (
        (
            "The renewal of old mains", "Work in the town centre", "The pumping stations",
            "The new reservoir", "Inspection of valves", "The control room", "Contractors",
        ),
        (
            "went ahead as planned", "was held up by {n} weeks", "found few faults",
            "were overhauled", "serves the higher parts of the town",
            "kept to the agreed dates", "was paid for from reserves",
        ),
        (
            "in spite of the wet {month}", "under the ten-year programme",
            "with the usual diversions of traffic", "before the frost", "along the main road",
            "in step with the road works", "to general relief",
        ),
    ),
    "care": (
        (
            "Patients on the medical wards", "The early discharge team", "Relatives",
            "The pain service", "Rounds by the pharmacist", "The new dementia lounge",
            "Physiotherapy at weekends",
        ),
        (
            "were asked for their views", "saw {n} more people a week", "has shortened waiting",
            "praised the kindness of the nurses", "found fault with the noise at night",
            "was paid for by the friends of the hospital", "is available on request",
        ),
        (
            "in {month}", "as recommended by the inspectors", "throughout the house",
            "although rooms are small", "without additional posts", "as in similar hospitals",
        ),
    ),
    "control": (
        (
            "The approval of payments", "The register of assets", "Separation of duties",
            "The internal audit plan", "Access rights", "Reconciliation of bank accounts",
            "The code of conduct",
        ),
        (
            "worked as described", "was not up to date in {n} cases", "is reviewed every year",
            "was weak in small units", "has been improved", "is signed by all new staff",
            "was tested on site",
        ),
        (
            "at the time of the visit", "apart from minor lapses", "since {month}",
            "as had been promised after the last audit", "in the view of the auditors",
            "and no further step is needed",
        ),
    ),
    "law": (
        (
            "Any notice under this lease", "The failure to insist on a right",
            "A person who is not a party", "A word in the singular", "A heading",
            "A consent of the landlord", "An obligation of several persons",
        ),
        (
            "is to be construed with the schedules", "shall not be taken as a waiver",
            "has no right to enforce a term of it", "includes the plural",
            "does not affect its interpretation", "is valid only in writing",
            "binds them jointly and severally", "takes effect on the {n}th day after posting",
        ),
        (
            "unless the context requires otherwise", "so far as the law allows",
            "for as long as the term lasts", "whatever the circumstances",
            "and this applies to successors as well", "save as provided below",
        ),
    ),
    "premises": (
        (
            "The tenant", "The landlord", "Whoever occupies the premises", "The managing agent",
            "A visitor to the estate", "The tenant's contractor",
        ),
        (
            "shall keep the common parts free of goods", "may enter at reasonable times",
            "shall not hang signs outside", "shall replace broken glass",
            "may close a passage for up to {n} days", "shall not overload the floors",
            "shall comply with the fire regulations", "shall keep the drains clear",
        ),
        (
            "after giving reasonable notice", "at its own expense", "without undue delay",
            "and make good any damage", "to the reasonable satisfaction of the other party",
            "except in an emergency", "in a good and workmanlike manner",
        ),
    ),
}  # fmt: skip

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def sentence(chance: random.Random, theme: str) -> str:
    """One sentence of a theme."""
    subjects, predicates, qualifiers = THEMES[theme]
    parts = [chance.choice(subjects), chance.choice(predicates), chance.choice(qualifiers)]
    if chance.random() < 0.25:  # the qualifier in front
        parts = [parts[2][0].upper() + parts[2][1:] + ",", _lowered(parts[0]), parts[1]]
    said = " ".join(parts).format(n=chance.randrange(2, 15), month=chance.choice(MONTHS))
    return f"{said}."


def _lowered(text: str) -> str:
    first = text.split(maxsplit=1)[0]
    return (
        text[0].lower() + text[1:]
        if first in {"The", "A", "An", "Any", "Each", "Whoever", "Work"}
        else text
    )
