"""Leases of one form, and audit reports of one office."""

from __future__ import annotations

import random

from tests.bench.lookalikes.writing import (
    Fact,
    Outline,
    Section,
    Table,
    day,
    one_of,
    tenths,
    whole,
)

_ROOMS = tuple(
    f"{what} {mark}"
    for what in ("Room", "Store", "Office", "Bay")
    for mark in ("A1", "A2", "B1", "B2", "C1", "C4")
)

LEASE = (
    Section(
        ("Parties and premises", "The letting", "Definitions"),
        ("law", "premises"),
        (
            Fact(
                (
                    "The floor area let is {area} square metres, as measured by the agent.",
                    "The premises have {area} square metres, which both accept as correct.",
                    "It is agreed that {area} square metres are let.",
                ),
                ("How big is the space", "What is the rented area"),
                {"area": whole(90, 2400)},
            ),
        ),
        5,
    ),
    Section(
        ("Term", "Duration of the letting", "Beginning and end"),
        ("law", "premises"),
        (
            Fact(
                (
                    "The term begins on {start} {year} and runs for {term} years.",
                    "The letting is for {term} years from {start} {year}.",
                    "For {term} years, counted from {start} {year}, the premises are let.",
                ),
                ("For how many years is the place let", "When does the term start"),
                {"start": day, "term": whole(3, 21)},
            ),
            Fact(
                (
                    "The tenant may break the term after year {brk} by {notice} months' notice.",
                    (
                        "At the end of year {brk}, on {notice} months' notice, a break is open"
                        " to the tenant."
                    ),
                    "On {notice} months' notice the tenant can leave once year {brk} has passed.",
                ),
                ("Can the tenant get out early", "How much warning must be given to leave early"),
                {"brk": whole(2, 9), "notice": whole(3, 15)},
            ),
        ),
        6,
    ),
    Section(
        ("Rent", "What is payable", "Payment"),
        ("law", "premises"),
        (
            Fact(
                (
                    "The yearly rent is £{rent}, payable in equal quarters in advance.",
                    "£{rent} a year is payable as rent, a quarter at a time.",
                    "Rent at the rate of £{rent} per annum falls due quarterly.",
                ),
                ("What does the tenant pay a year", "How high is the annual rent"),
                {"rent": whole(9_000, 190_000, 250)},
            ),
            Fact(
                (
                    "Sums paid late carry interest at {rate} per cent above base rate.",
                    "Interest of {rate} per cent over the base rate is due on arrears.",
                    "On arrears the tenant owes {rate} per cent above base.",
                ),
                ("What is charged on late payment", "Which penalty rate applies to arrears"),
                {"rate": tenths(1, 8)},
            ),
            Fact(
                (
                    "A deposit of £{deposit} is held by the agent.",
                    "The tenant has lodged £{deposit} as security.",
                    "As security, £{deposit} is deposited with the agent.",
                ),
                ("How much security was lodged", "What is the deposit"),
                {"deposit": whole(2_000, 60_000, 500)},
            ),
        ),
        7,
    ),
    Section(
        ("Review of the rent", "Adjustment of rent", "Rent review"),
        ("law", "premises"),
        (
            Fact(
                (
                    "The rent is reviewed every {every} years to the {index}.",
                    "Every {every} years the rent follows the {index}.",
                    "At intervals of {every} years it is brought into line with the {index}.",
                ),
                ("How often is the rent reviewed", "Which index does the rent follow"),
                {
                    "every": whole(2, 7),
                    "index": one_of("retail prices index", "open market value", "index of wages"),
                },
            ),
        ),
        5,
    ),
    Section(
        ("Use", "Permitted use", "Use of the premises"),
        ("premises", "law"),
        (
            Fact(
                (
                    "The premises are let for use as a {use} and nothing else.",
                    "No other business than that of a {use} may be carried on.",
                    "The tenant shall run a {use} there, and no other trade.",
                ),
                ("What may the premises be used for", "Which trade is allowed"),
                {"use": one_of("bakery", "joinery", "print shop", "dental practice", "gymnasium")},
            ),
            Fact(
                (
                    "Deliveries are allowed from {open} to {shut} on working days.",
                    "Lorries may unload between {open} and {shut}, not at weekends.",
                    "Goods may come in from {open} until {shut} on weekdays.",
                ),
                ("At what times may lorries unload", "When are deliveries permitted"),
                {
                    "open": one_of("6 a.m.", "7 a.m.", "7.30 a.m."),
                    "shut": one_of("4 p.m.", "5.30 p.m.", "8 p.m."),
                },
            ),
        ),
        6,
    ),
    Section(
        ("Repair and decoration", "Upkeep", "Maintenance"),
        ("premises", "buildings"),
        (
            Fact(
                (
                    "The inside is to be painted every {paint} years.",
                    "Interior decoration falls due each {paint} years.",
                    "Once in {paint} years the tenant redecorates within.",
                ),
                ("How often must the inside be painted", "When is redecoration due"),
                {"paint": whole(3, 11)},
            ),
            Fact(
                (
                    "Repairs up to £{small} each are the tenant's affair.",
                    "Small repairs, meaning those below £{small}, fall to the tenant.",
                    "What costs no more than £{small} to mend, the tenant mends.",
                ),
                ("Up to what amount does the tenant pay for repairs",),
                {"small": whole(150, 3000, 50)},
            ),
        ),
        6,
    ),
    Section(
        ("Insurance", "Insured risks", "Insurance and damage"),
        ("law", "premises"),
        (
            Fact(
                (
                    "Third-party cover of at least {cover} million pounds is required.",
                    "The tenant insures its liability for no less than £{cover} million.",
                    "Liability insurance must reach {cover} million pounds.",
                ),
                ("How much liability cover is needed", "What must the tenant be insured for"),
                {"cover": whole(2, 20)},
            ),
        ),
        6,
    ),
    Section(
        ("Service charge", "Shared costs", "Contribution to costs"),
        ("premises", "buildings"),
        (
            Fact(
                (
                    "The tenant bears {share} per cent of the cost of the estate.",
                    "Of the estate's costs, {share} per cent fall on the tenant.",
                    "The tenant's proportion is {share} per cent.",
                ),
                ("What share of the common costs falls on the tenant",),
                {"share": tenths(2, 31)},
            ),
            Table(
                ("Advance payments by item", "Items of the service charge", "Costs shared"),
                ("Item", "Key", "Advance (£)", "Cap (£)"),
                (
                    "Gardening",
                    "Lift",
                    "Snow clearance",
                    "Night watch",
                    "Cleaning of stairs",
                    "Lighting of yards",
                    "Refuse",
                    "Sewers",
                    "Insurance of buildings",
                    "Management fee",
                    "Sprinklers",
                    "Barrier and gate",
                    "Pest control",
                    "Window cleaning",
                    "Fire alarm",
                    "Chimney sweep",
                    "Water softener",
                ),
                (one_of("area", "units", "meter"), whole(40, 2000), whole(2000, 6000)),
                (
                    ("By which key is {row} shared out",),
                    ("What is paid in advance for {row}", "How much is the prepayment for {row}"),
                    (
                        "At what amount is the charge for {row} capped",
                        "What is the limit for {row}",
                    ),
                ),
            ),
        ),
        5,
    ),
    Section(
        ("Assignment and underletting", "Passing on the lease", "Transfers"),
        ("law", "premises"),
        (
            Fact(
                (
                    "For an assignment a fee of £{fee} is due to the agent.",
                    "The agent charges £{fee} for each transfer.",
                    "Each time the lease changes hands, £{fee} is payable to the agent.",
                ),
                ("What does handing the lease on cost", "What fee is due for a transfer"),
                {"fee": whole(150, 2000, 25)},
            ),
        ),
        6,
    ),
    Section(
        ("Schedule of rooms", "Rooms and condition", "First schedule"),
        ("premises", "buildings"),
        (
            Table(
                ("Rooms, their size and condition", "Schedule: the rooms let", "The rooms"),
                ("Room", "Area (sq m)", "Ceiling (m)", "Sockets", "Keys"),
                _ROOMS,
                (tenths(9, 160), tenths(2, 5), whole(2, 40), whole(1, 9)),
                (
                    ("How large is {row}", "What is the floor space of {row}"),
                    ("How high is the ceiling in {row}",),
                    ("How many sockets are in {row}", "Number of power points in {row}"),
                    ("How many keys are there for {row}",),
                ),
            ),
        ),
        4,
    ),
    Section(("General", "Miscellaneous", "Further provisions"), ("law",), (), 9),
)

AUDIT = (
    Section(
        ("Summary", "In brief", "Main results"),
        ("method", "management"),
        (
            Fact(
                (
                    'Overall, the auditors give the grade "{grade}".',
                    'The office\'s overall opinion is "{grade}".',
                    'Taken together, the result was graded "{grade}".',
                ),
                ("What overall verdict was given", "Which grade did the auditors award"),
                {"grade": one_of("substantial", "reasonable", "limited", "none")},
            ),
        ),
        5,
    ),
    Section(
        ("Scope and method", "How the audit was done", "Approach"),
        ("method", "control"),
        (
            Fact(
                (
                    "The team spent {days} days on site, led by {lead}.",
                    "{lead} led the audit, which took {days} days on site.",
                    "Under {lead}, the auditors were on site for {days} days.",
                ),
                ("Who was in charge of the audit team", "How long were the auditors on site"),
                {
                    "days": whole(8, 60),
                    "lead": one_of("Ines Carver", "Tom Adeyemi", "Ruth Lindqvist", "Paul Moreau"),
                },
            ),
        ),
        6,
    ),
    Section(
        ("Payroll", "Pay and allowances", "Salaries"),
        ("control", "staff"),
        (
            Fact(
                (
                    "Overpayments of £{over} to {leavers} leavers were found.",
                    "{leavers} people who had left were still paid, £{over} in all.",
                    "Salary went on being paid to {leavers} former staff, a loss of £{over}.",
                ),
                ("How much was paid to people who had left", "How many leavers were overpaid"),
                {"over": whole(2_000, 90_000), "leavers": whole(2, 40)},
            ),
        ),
        6,
    ),
    Section(
        ("Procurement", "Contracts and purchasing", "Buying"),
        ("control", "buying"),
        (
            Fact(
                (
                    "{waived} contracts were awarded without competition.",
                    "No tender was held for {waived} contracts.",
                    "In {waived} cases the order went out without any other offer.",
                ),
                ("How many orders were given without a tender", "How often was bidding skipped"),
                {"waived": whole(2, 70)},
            ),
            Fact(
                (
                    "Invoices took {pay} days to be paid on average.",
                    "Suppliers waited {pay} days for their money.",
                    "The mean time to settle a bill was {pay} days.",
                ),
                ("How long did suppliers wait for their money", "How quickly were bills paid"),
                {"pay": whole(16, 74)},
            ),
        ),
        6,
    ),
    Section(
        ("Results by department", "Departments compared", "Findings by unit"),
        ("control", "management"),
        (
            Table(
                ("Table 1: Findings by department", "Departments at a glance", "Count of findings"),
                ("Department", "Tests", "Findings", "High risk", "Overdue"),
                (
                    "Libraries",
                    "Parks",
                    "Housing",
                    "Planning",
                    "Highways",
                    "Elections",
                    "Museums",
                    "Licensing",
                    "Benefits",
                    "Cemeteries",
                    "Markets",
                    "Harbours",
                    "Adult care",
                    "Youth services",
                    "Registry",
                    "Legal services",
                    "Treasury",
                    "Archives",
                    "Street lighting",
                    "Civil protection",
                    "Sports halls",
                ),
                (whole(10, 90), whole(0, 24), whole(0, 9), whole(0, 14)),
                (
                    ("How many tests were made in {row}",),
                    ("How many findings concerned {row}", "What was the count of issues in {row}"),
                    ("How many serious findings did {row} have",),
                    ("How many actions of {row} are late", "How much is overdue in {row}"),
                ),
            ),
        ),
        4,
    ),
    Section(
        ("Cash and banking", "Treasury management", "Cash handling"),
        ("control", "buildings"),
        (
            Fact(
                (
                    "At the count on {when}, £{short} was missing from the tills.",
                    "The tills were short by £{short} when counted on {when}.",
                    "A surprise count on {when} showed a deficit of £{short} in cash.",
                ),
                ("How much cash was missing", "When were the tills counted"),
                {"when": day, "short": whole(15, 2_400)},
            ),
        ),
        6,
    ),
    Section(
        ("Information security", "Systems and access", "Computers"),
        ("technology", "control"),
        (
            Fact(
                (
                    "{accounts} accounts of former employees were still open.",
                    "Nobody had closed {accounts} user accounts of people long gone.",
                    "Access had not been withdrawn for {accounts} ex-employees.",
                ),
                ("How many old user accounts were still active",),
                {"accounts": whole(5, 260)},
            ),
            Fact(
                (
                    "The last full test of recovery dates from {when}.",
                    "Restoring everything was last rehearsed on {when}.",
                    "It was on {when} that a recovery was last tried in full.",
                ),
                ("When was restoring from backup last practised", "When was recovery tested"),
                {"when": day},
            ),
        ),
        6,
    ),
    Section(
        ("Grants", "Grants to others", "Grant schemes"),
        ("control", "public"),
        (
            Fact(
                (
                    "For grants of £{grants}, no proof of use was on file.",
                    "Evidence of how £{grants} in grants was spent could not be produced.",
                    "£{grants} of grants went unexplained by the recipients.",
                ),
                ("How much grant money lacks proof", "For what sum of grants is evidence missing"),
                {"grants": whole(10_000, 900_000, 100)},
            ),
        ),
        5,
    ),
    Section(
        ("Follow-up", "Earlier recommendations", "What became of past advice"),
        ("management", "control"),
        (
            Fact(
                (
                    "Of {old} earlier recommendations, {done} have been carried out.",
                    "{done} of the {old} points made before are settled.",
                    "Action is complete on {done} out of {old} past recommendations.",
                ),
                ("How much of the earlier advice was followed", "How many old points are settled"),
                {"old": whole(30, 60), "done": whole(5, 30)},
            ),
            Table(
                ("Table 2: Actions agreed", "Plan of action", "Agreed actions"),
                ("Action", "Owner", "Due", "Cost (£k)"),
                (
                    "Lock the safe",
                    "Review user rights",
                    "Number all orders",
                    "Rotate cashiers",
                    "List all assets",
                    "Train managers",
                    "Check bank details",
                    "Count the stock",
                    "Revise the manual",
                    "Separate duties",
                    "Date all receipts",
                    "Close accounts",
                    "Report monthly",
                    "Test the backup",
                    "Renew contracts",
                    "Label equipment",
                    "Insure the vans",
                    "File declarations",
                    "Approve overtime",
                    "Publish grants",
                ),
                (
                    one_of("Finance", "Personnel", "Clerk", "IT", "Estates"),
                    one_of("March", "April", "June", "September", "December"),
                    whole(1, 90),
                ),
                (
                    ('Who is to see to the action "{row}"', 'Who is responsible for "{row}"'),
                    ('By which month must "{row}" be done',),
                    ('What will "{row}" cost',),
                ),
            ),
        ),
        5,
    ),
    Section(
        ("Response of the management", "Reply", "Management's comments"),
        ("management", "staff"),
        (
            Fact(
                (
                    "The management disputes the finding on {point}.",
                    "Only the remarks on {point} are not accepted by the management.",
                    "As to {point}, the managers do not agree with the auditors.",
                ),
                ("Which criticism did the managers reject", "What did they not accept"),
                {"point": one_of("mileage claims", "petty cash", "the vehicle log", "gifts")},
            ),
        ),
        5,
    ),
    Section(("Annex", "Definitions and grades", "Appendix"), ("method", "law"), (), 8),
)

_TENANTS = (
    ("Okafor Bakery", "14 Harbour Street"), ("Lindgren Joinery", "3 Kiln Yard"),
    ("Marchetti Print", "27 Ropewalk"), ("Bright Smile Dental", "8 Station Road"),
    ("Peak Gymnasium", "41 Mill Lane"), ("Sandoval Motors", "16 Harbour Street"),
    ("Yilmaz Textiles", "5 Kiln Yard"), ("Hawthorn Optics", "29 Ropewalk"),
    ("Novak Catering", "10 Station Road"), ("Petrov Instruments", "43 Mill Lane"),
    ("Ashdown Books", "18 Harbour Street"), ("Clear Water Pools", "7 Kiln Yard"),
    ("Delacroix Framing", "31 Ropewalk"), ("Eriksen Marine", "12 Station Road"),
    ("Farrow Upholstery", "45 Mill Lane"), ("Greenbank Seeds", "20 Harbour Street"),
)  # fmt: skip
_LANDLORDS = ("the Harbour Trust", "Redstone Estates", "the Aldermoor Almshouses")
_COUNCILS = ("Fenwick Borough", "Gullane District", "Hartwell County", "Inverdale Council",
             "Kilbride Borough")  # fmt: skip


def leases() -> list[Outline]:
    made = []
    for at, (tenant, address) in enumerate(_TENANTS):
        chance = random.Random(f"lease {tenant}")
        landlord, year = _LANDLORDS[at % 3], 2011 + at % 9
        short = tenant.split()[0]
        made.append(
            Outline(
                chance.choice(
                    (
                        f"Lease_{short}.pdf",
                        f"{address.replace(' ', '_')}_lease.pdf",
                        f"scan{chance.randrange(10**4):04}.pdf",
                    )
                ),
                chance.choice(("Lease", "", f"Lease of {address}")),
                (
                    "Lease",
                    f"of premises at {address}, Aldermoor",
                    f"between {landlord} (landlord)",
                    f"and {tenant} Limited (tenant)",
                    f"dated {day(chance)} {year}",
                ),
                chance.choice(("Lease", f"Lease of {address}", f"Lease: {tenant} Limited")),
                {"tenant": tenant, "address": address, "landlord": landlord, "year": str(year)},
                (
                    "{asked} under the lease with {tenant}?",
                    "{tenant} lease: {asked}?",
                    "{asked} at {address}?",
                    "In the lease of {address}, {asked}?",
                    "{asked} in the contract between {landlord} and {tenant}?",
                ),
                "{tenant}",
                LEASE,
            )
        )
    return made


def audits() -> list[Outline]:
    made = []
    for council in _COUNCILS:
        for year in (2018, 2020, 2023):
            chance = random.Random(f"audit {council} {year}")
            short = council.split()[0]
            made.append(
                Outline(
                    {
                        2018: f"audit_{short.lower()}_{year}.pdf",
                        2020: f"{chance.randrange(100, 999)}-report.pdf",
                        2023: f"{short} audit report.pdf",
                    }[year],
                    chance.choice((f"Audit of {council}, {year}", "", "Report")),
                    (
                        f"Audit of {council}",
                        f"Report on the year {year}",
                        f"Regional Audit Office, no. {chance.randrange(100, 999)}",
                    ),
                    chance.choice((f"Audit of {council}", "Regional Audit Office", f"{year}")),
                    {"council": council, "year": str(year)},
                    (
                        "{asked} at {council} in {year}?",
                        "Audit of {council} {year}: {asked}?",
                        "{asked}, says the {year} audit of {council}?",
                        "When {council} was audited for {year}, {asked}?",
                    ),
                    "{council} {year}",
                    AUDIT,
                )
            )
    return made
