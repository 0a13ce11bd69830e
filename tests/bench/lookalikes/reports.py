"""Annual reports of municipal utilities and quality reports of hospitals, over several years."""

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

TOWNS = ("Aldermoor", "Brackwater", "Castleford", "Dunmere", "Eastvale")
YEARS = (2019, 2020, 2021, 2022)
_QUARTERS = (
    "Harbour", "Old Town", "Mill Lane", "Northfield", "Station Quarter", "Hillside", "Riverbank",
    "Kingsway", "Orchard", "Weavers", "Castle Ward", "Southgate", "Meadows", "St Anne's",
    "Fairview",
    "Brickfields", "Long Acre", "The Warren", "Tannery", "Lower Green", "Upper Green", "Docklands",
)  # fmt: skip

UTILITY = (
    Section(
        ("Foreword", "To our customers", "Letter from the chair"),
        ("management", "public"),
        (
            Fact(
                (
                    "We are glad that {households} households now draw their supply from us.",
                    "At the end of December, {households} homes were connected.",
                    "The number of connected dwellings stood at {households}.",
                ),
                ("How many homes were supplied", "What was the number of private customers"),
                {"households": whole(18_000, 64_000)},
            ),
        ),
    ),
    Section(
        ("Supply of water", "Drinking water", "Water: the year in brief"),
        ("network", "environment"),
        (
            Fact(
                (
                    "Unaccounted-for water came to {loss} per cent of what was fed in.",
                    "Of every hundred litres pumped, {loss} never reached a meter.",
                    "The share of leakage was {loss} per cent.",
                ),
                (
                    "How much water got lost on the way to customers",
                    "What percentage disappeared through leaks",
                ),
                {"loss": tenths(6, 19)},
            ),
            Fact(
                (
                    "On {peak}, the hottest day, {volume} cubic metres were delivered, a record.",
                    "The peak of demand fell on {peak} with {volume} cubic metres.",
                    "Never was more drawn in a day than on {peak}: {volume} cubic metres.",
                ),
                (
                    "On which date was consumption highest",
                    "When did people use the most water in a single day",
                ),
                {"peak": day, "volume": whole(14_000, 48_000)},
            ),
        ),
        6,
    ),
    Section(
        ("Quality of the water", "Laboratory and quality", "What the laboratory found"),
        ("public", "technology"),
        (
            Fact(
                (
                    "Nitrate averaged {nitrate} milligrams a litre at the works' outlet.",
                    "The mean nitrate content was {nitrate} mg/l.",
                    "For nitrate, the laboratory reports a mean of {nitrate} milligrams a litre.",
                ),
                ("How much nitrate did the tap water contain", "What was the nitrate level"),
                {"nitrate": tenths(8, 37)},
            ),
            Fact(
                (
                    "Of {samples} samples, all but {bad} met the limits.",
                    "{samples} samples were examined; {bad} gave cause for complaint.",
                    "The inspectors took {samples} samples and objected to {bad} of them.",
                ),
                ("How many water tests failed", "How many of the probes were objected to"),
                {"samples": whole(900, 2400), "bad": whole(2, 30)},
            ),
        ),
    ),
    Section(
        ("Pipes and bursts", "The network by district", "State of the mains"),
        ("network", "buying"),
        (
            Table(
                (
                    "Table 1: Mains, bursts and meters by district",
                    "Overview of the network, district by district",
                    "The pipe network in figures",
                ),
                ("District", "Mains (km)", "Bursts", "Renewed (m)", "Meters changed"),
                _QUARTERS,
                (tenths(8, 60), whole(1, 48), whole(100, 4000), whole(60, 2600)),
                (
                    ("How many kilometres of pipe lie in {row}", "What length of mains has {row}"),
                    (
                        "How many pipe bursts were there in {row}",
                        "How often did pipes break in {row}",
                    ),
                    ("How many metres of pipe were replaced in {row}",),
                    (
                        "How many meters were exchanged in {row}",
                        "Number of meters swapped in {row}",
                    ),
                ),
            ),
        ),
    ),
    Section(
        ("Heat and gas", "District heating", "Energy for heating"),
        ("environment", "network"),
        (
            Fact(
                (
                    "Sales of heat reached {heat} gigawatt hours.",
                    "{heat} gigawatt hours of heat were sold through the network.",
                    "Customers took {heat} GWh of district heat.",
                ),
                ("How much district heat was sold", "What amount of heat did customers take"),
                {"heat": tenths(60, 280)},
            ),
            Fact(
                (
                    "The boiler house at {place} was shut for good on {shut}.",
                    "On {shut} the boilers at {place} were fired for the last time.",
                    "The heating plant at {place} ended its service on {shut}.",
                ),
                ("Which boiler plant was closed down", "When did the old heating station stop"),
                {
                    "place": one_of("Gas Street", "Kiln Yard", "the dry dock", "Ropewalk"),
                    "shut": day,
                },
            ),
        ),
        5,
    ),
    Section(
        ("People", "Our employees", "Staff"),
        ("staff", "management"),
        (
            Fact(
                (
                    "At the year end, {people} people worked for us, {young} of them apprentices.",
                    "The workforce numbered {people}, among them {young} trainees.",
                    "We employed {people} persons including {young} young people in training.",
                ),
                ("What was the headcount", "How many apprentices were being trained"),
                {"people": whole(160, 720), "young": whole(6, 40)},
            ),
            Fact(
                (
                    "Days lost through illness rose to {sick} per employee.",
                    "On average, each member of staff was off sick for {sick} days.",
                    "Absence for sickness stood at {sick} days a head.",
                ),
                ("How many sick days did an employee take", "How long were staff ill on average"),
                {"sick": tenths(7, 22)},
            ),
        ),
    ),
    Section(
        ("Complaints and service", "What customers told us", "Service"),
        ("public", "technology"),
        (
            Fact(
                (
                    "{letters} complaints were registered, most of them about {about}.",
                    "Customers complained {letters} times, chiefly about {about}.",
                    "We received {letters} grievances; the commonest subject was {about}.",
                ),
                ("What did customers grumble about most", "How many people complained"),
                {
                    "letters": whole(120, 1900),
                    "about": one_of("billing", "pressure", "road works", "waiting on the line"),
                },
            ),
        ),
        5,
    ),
    Section(
        ("Investment", "What we built", "Capital spending"),
        ("buildings", "buying"),
        (
            Fact(
                (
                    "Capital expenditure amounted to {spent} million pounds.",
                    "We put {spent} million pounds into plant and pipes.",
                    "Investment totalled £{spent} million.",
                ),
                ("How much money was put into new plant", "What was spent on construction"),
                {"spent": tenths(4, 36)},
            ),
            Table(
                ("Table 2: Projects above £100,000", "Larger projects", "Building projects"),
                ("Project", "Begun", "Approved (£k)", "Spent (£k)"),
                tuple(
                    f"{what} {where}"
                    for what in ("Main", "Pump house", "Valve chamber")
                    for where in _QUARTERS[:7]
                ),
                (one_of("2017", "2018", "2019"), whole(100, 4000), whole(40, 3900)),
                (
                    ("In which year did the project {row} begin",),
                    ("What budget was approved for {row}", "How much was {row} allowed to cost"),
                    ("How much was already spent on {row}", "What has {row} cost so far"),
                ),
            ),
        ),
    ),
    Section(
        ("Result", "Financial position", "Profit and loss in brief"),
        ("management", "method"),
        (
            Fact(
                (
                    "The year closed with a surplus of £{profit},000 after tax.",
                    "After tax, {profit} thousand pounds remained.",
                    "Net income was £{profit}k.",
                ),
                ("How much profit was made", "What was the bottom line"),
                {"profit": whole(120, 990)},
            ),
            Fact(
                (
                    "Bank debt was brought down to {debt} million pounds.",
                    "Liabilities to banks stood at £{debt} million on the closing date.",
                    "We owed the banks {debt} million pounds at the end.",
                ),
                ("How much was owed to banks", "How high were the loans"),
                {"debt": tenths(10, 90)},
            ),
        ),
        6,
    ),
    Section(
        ("Outlook", "The years ahead", "What comes next"),
        ("management", "environment"),
        (
            Fact(
                (
                    "Charges will go up by {rise} per cent on {when}.",
                    "From {when}, tariffs rise by {rise} per cent.",
                    "A price increase of {rise} per cent takes effect on {when}.",
                ),
                ("By how much will prices increase", "When do the new charges apply"),
                {"rise": tenths(1, 9), "when": day},
            ),
        ),
        6,
    ),
    Section(("Notes", "Explanatory notes", "About this report"), ("method", "control"), (), 8),
)

_WARDS = tuple(
    f"{name} {what}"
    for name in ("Ash", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Linden")
    for what in ("ward", "unit", "annexe")
)
HOSPITALS = (
    "Queen's Infirmary", "St Brannock Hospital", "Fernleigh General", "Garrowby Hospital",
    "Holmside Clinic",
)  # fmt: skip

HOSPITAL = (
    Section(
        ("Statement of the chief executive", "Introduction", "Welcome"),
        ("management", "care"),
        (
            Fact(
                (
                    "We treated {cases} inpatients and {out} outpatients.",
                    "{cases} people were admitted, and {out} came as outpatients.",
                    "The house cared for {cases} inpatients; outpatients numbered {out}.",
                ),
                ("How many people were admitted as inpatients", "How many outpatients came"),
                {"cases": whole(9_000, 38_000), "out": whole(30_000, 120_000)},
            ),
        ),
    ),
    Section(
        ("Infection control", "Hygiene", "Preventing infection"),
        ("care", "buildings"),
        (
            Fact(
                (
                    "There were {cdiff} cases of Clostridioides difficile acquired on site.",
                    "C. difficile was contracted in hospital by {cdiff} patients.",
                    "Staff recorded {cdiff} hospital-acquired C. difficile infections.",
                ),
                ("How many patients caught C. difficile", "How many C. diff cases were there"),
                {"cdiff": whole(3, 60)},
            ),
            Fact(
                (
                    "Compliance with hand hygiene was observed at {hand} per cent.",
                    "Observers saw hands disinfected as required in {hand} per cent of cases.",
                    "The audit of hand washing gave {hand} per cent.",
                ),
                ("How well did staff clean their hands", "What was the hand washing rate"),
                {"hand": tenths(71, 99)},
            ),
        ),
        6,
    ),
    Section(
        ("Safety on the wards", "Falls and pressure damage", "Wards compared"),
        ("care", "staff"),
        (
            Table(
                ("Table 1: Safety indicators by ward", "Ward by ward", "Indicators for each ward"),
                ("Ward", "Beds", "Falls", "Pressure ulcers", "Cleaning score"),
                _WARDS,
                (whole(8, 36), whole(1, 70), whole(0, 19), tenths(78, 99)),
                (
                    ("How many beds does {row} have",),
                    ("How often did patients fall on {row}", "Number of falls on {row}"),
                    ("How many patients got pressure sores on {row}",),
                    ("How clean was {row} rated", "What was the cleanliness mark of {row}"),
                ),
            ),
        ),
        5,
    ),
    Section(
        ("Waiting", "Access and waiting times", "How long patients waited"),
        ("care", "public"),
        (
            Fact(
                (
                    "In the emergency department, {four} per cent were seen within four hours.",
                    "The four-hour standard in accident and emergency was met for {four} per cent.",
                    "{four} per cent of emergency attendances were dealt with inside four hours.",
                ),
                (
                    "What share of casualty patients was seen in four hours",
                    "How did A&E do against the four hour target",
                ),
                {"four": tenths(62, 97)},
            ),
            Fact(
                (
                    "The median wait for a hip replacement was {hip} weeks.",
                    "Half of those listed for a new hip waited longer than {hip} weeks.",
                    "For hip operations, the typical wait came to {hip} weeks.",
                ),
                ("How long did one wait for a new hip", "What was the hip surgery wait"),
                {"hip": whole(7, 60)},
            ),
        ),
    ),
    Section(
        ("Outcomes", "Results of treatment", "Clinical outcomes"),
        ("care", "method"),
        (
            Fact(
                (
                    "Within thirty days, {back} per cent had to be readmitted.",
                    "The thirty-day readmission rate was {back} per cent.",
                    "{back} per cent of those discharged returned within a month.",
                ),
                ("How many patients had to come back within a month", "What was readmission like"),
                {"back": tenths(5, 17)},
            ),
            Fact(
                (
                    "The standardised mortality ratio was calculated as {smr}.",
                    "Adjusted for risk, mortality gave a ratio of {smr}.",
                    "National statistics show a mortality ratio of {smr} for the house.",
                ),
                ("What was the adjusted death rate", "How did mortality compare with expectation"),
                {"smr": tenths(82, 118)},
            ),
            Table(
                ("Table 2: Operations by kind", "Procedures performed", "Operations and stays"),
                ("Procedure", "Cases", "Mean stay (days)", "Complications (%)"),
                (
                    "Appendectomy",
                    "Cataract",
                    "Caesarean section",
                    "Hernia repair",
                    "Knee replacement",
                    "Tonsillectomy",
                    "Hysterectomy",
                    "Gallbladder removal",
                    "Pacemaker",
                    "Bowel resection",
                    "Thyroid surgery",
                    "Varicose veins",
                    "Skin graft",
                    "Spinal fusion",
                    "Prostate resection",
                    "Carpal tunnel",
                    "Angioplasty",
                    "Mastectomy",
                ),
                (whole(20, 900), tenths(1, 12), tenths(0, 9)),
                (
                    ("How many operations of the kind {row} were done", "Number of {row} cases"),
                    ("How long did patients stay after {row}",),
                    ("How often were there complications after {row}",),
                ),
            ),
        ),
        6,
    ),
    Section(
        ("Experience of patients", "What patients said", "Patient survey"),
        ("public", "care"),
        (
            Fact(
                (
                    "{would} per cent would recommend the hospital to friends and family.",
                    "Of those asked, {would} per cent would send a relative to us.",
                    "The friends and family test gave {would} per cent.",
                ),
                ("How many patients would recommend the house", "What was the recommendation rate"),
                {"would": tenths(74, 99)},
            ),
            Fact(
                (
                    "{letters} formal complaints came in, the most frequent being about {about}.",
                    "Complaints numbered {letters}; {about} was named most.",
                    "There were {letters} written complaints, chiefly on {about}.",
                ),
                ("What did patients complain about most", "How many complaints were lodged"),
                {
                    "letters": whole(40, 500),
                    "about": one_of("parking", "food", "noise", "discharge letters", "delays"),
                },
            ),
        ),
        6,
    ),
    Section(
        ("Workforce", "Those who work here", "Staffing"),
        ("staff", "management"),
        (
            Fact(
                (
                    "{vacant} nursing posts were vacant in {month}.",
                    "In {month} there were {vacant} unfilled posts in nursing.",
                    "Nursing lacked {vacant} people as of {month}.",
                ),
                ("How many nurses were missing", "How many nursing jobs were open"),
                {"vacant": whole(6, 140), "month": one_of("March", "June", "October")},
            ),
            Fact(
                (
                    "{flu} per cent of staff were vaccinated against influenza.",
                    "The flu jab was taken up by {flu} per cent of employees.",
                    "Uptake of the influenza vaccine among employees was {flu} per cent.",
                ),
                ("How many of the staff got a flu shot", "What was flu vaccination among workers"),
                {"flu": tenths(38, 92)},
            ),
        ),
        5,
    ),
    Section(
        ("Medicines", "Pharmacy and medicines", "Safety of medicines"),
        ("care", "technology"),
        (
            Fact(
                (
                    "{errors} medication errors were reported, {harm} of them with harm.",
                    "Staff reported {errors} mistakes with drugs; {harm} harmed a patient.",
                    "Incidents with medicines numbered {errors}, of which {harm} did damage.",
                ),
                ("How many drug errors hurt somebody", "How many mistakes with medicines happened"),
                {"errors": whole(150, 900), "harm": whole(2, 40)},
            ),
        ),
        5,
    ),
    Section(
        ("Goals for next year", "Priorities", "What we will improve"),
        ("management", "technology"),
        (
            Fact(
                (
                    "By {when}, we want to cut {goal} by {cut} per cent.",
                    "Our first aim is {cut} per cent less in {goal} by {when}.",
                    "The reduction of {goal} by {cut} per cent is to be reached by {when}.",
                ),
                ("What does the hospital want to reduce", "Which target comes first"),
                {
                    "goal": one_of("sepsis", "late discharges", "cancelled operations", "falls"),
                    "cut": whole(5, 50, 5),
                    "when": day,
                },
            ),
        ),
        6,
    ),
    Section(("Statements of assurance", "Data quality", "Annex"), ("method", "control"), (), 8),
)


def utilities() -> list[Outline]:
    made = []
    for town in TOWNS:
        for year in YEARS:
            chance = random.Random(f"utility {town} {year}")
            body = f"{town} {'Utilities' if town < 'C' else 'Water and Heat'}"
            made.append(
                Outline(
                    chance.choice(
                        (
                            f"{town.lower()}_annual_report_{year}.pdf",
                            f"AR{year % 100}_{town}.pdf",
                            f"{town} report {year} final.pdf",
                            f"download-{chance.randrange(10**6)}.pdf",
                        )
                    ),
                    chance.choice((f"{body}: Annual report {year}", "", "Microsoft Word - AR_v7")),
                    (f"{body}", f"Annual report {year}", f"Published in May {year + 1}"),
                    chance.choice(
                        (f"{body} | Annual report {year}", f"Annual report {year}", body)
                    ),
                    {"town": town, "year": str(year), "body": body},
                    (
                        "{asked} in {town} in {year}?",
                        "For {town} in {year}: {asked}?",
                        "{asked}, according to the {year} report of {body}?",
                        "Looking at {town}'s {year} annual report, {asked}?",
                        "{asked} ({town}, {year})?",
                    ),
                    "{town} {year}",
                    UTILITY,
                )
            )
    return made


def hospitals() -> list[Outline]:
    made = []
    for house in HOSPITALS:
        for year in YEARS[:3]:
            chance = random.Random(f"hospital {house} {year}")
            made.append(
                Outline(
                    chance.choice(
                        (
                            f"QR_{house.split()[0].strip(chr(39))}_{year}.pdf",
                            f"quality-account-{year}-{house.split()[-2].lower()}.pdf",
                            f"qa{year % 100}{year % 100 + 1} ({chance.randrange(90)}).pdf",
                        )
                    ),
                    chance.choice((f"Quality report {year}, {house}", "", "untitled")),
                    (
                        f"Quality report {year}/{(year + 1) % 100}",
                        house,
                        "Presented to the board of governors",
                    ),
                    chance.choice((house, f"Quality report {year}", f"{house}, {year}")),
                    {"house": house, "year": str(year)},
                    (
                        "{asked} at {house} in {year}?",
                        "{house}, {year}: {asked}?",
                        "{asked}? I mean {house} in {year}.",
                        "In the {year} quality report of {house}, {asked}?",
                    ),
                    "{house} {year}",
                    HOSPITAL,
                )
            )
    return made
