"""Facts in a text: each kind is found where it stands, and two writings of one fact are one."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.domain.facts import Fact, Kind, extract, reading
from desktop.domain.facts.extracting import found_in
from desktop.domain.sentences import Span


def found(text: str, kind: Kind, language: str | None = None) -> list[str]:
    return [fact.normal for fact in extract(text, language) if fact.kind is kind and not fact.weak]


@pytest.mark.parametrize(
    ("language", "writings"),
    [
        ("en", ["1,200 units", "1 200 units", "twelve hundred units", "1200.0 units"]),
        ("de", ["1.200 Stück", "1200 Stück", "zwölfhundert Stück", "tausendzweihundert Stück"]),
        ("es", ["1.200 piezas", "mil doscientos piezas"]),
        ("en", ["£5 million", "5,000,000 pounds", "GBP 5m", "five million pounds"]),
        ("de", ["2,5 Mio. Euro", "EUR 2.500.000", "2.500.000,00 €"]),
        ("es", ["2,5 millones de euros", "2.500.000 €"]),
        ("en", ["10 %", "10 per cent", "ten percent", "10%"]),
        ("en", ["500 mg", "0.5 g", "five hundred milligrams"]),
        ("en", ["two weeks", "14 days", "fourteen days", "a 14-day period"]),
        ("en", ["12 months", "one year"]),
        ("de", ["achtundzwanzig Tage", "28 Tage"]),
        ("es", ["treinta y cinco días", "35 días"]),
        ("en", ["999,042 items", "nine hundred and ninety-nine thousand forty-two items"]),
    ],
)  # fmt: skip
def test_quantities_written_differently_are_equal(language: str, writings: list[str]) -> None:
    kinds = (Kind.NUMBER, Kind.AMOUNT, Kind.DURATION)
    normals = {
        tuple(fact.normal for fact in extract(writing, language) if fact.kind in kinds)
        for writing in writings
    }
    assert len(normals) == 1
    assert len(normals.pop()) == 1


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("on 3rd October 2019", "2019-10-03"),
        ("on the 3rd of October 2019", "2019-10-03"),
        ("on October 3, 2019", "2019-10-03"),
        ("on 2019-10-03", "2019-10-03"),
        ("am 3. Oktober 2019", "2019-10-03"),
        ("am 03.10.2019", "2019-10-03"),
        ("el 3 de octubre de 2019", "2019-10-03"),
        ("on 3 October", "--10-03"),
        ("in October 2019", "2019-10"),
        ("in Q3 2022", "2022-Q3"),
        ("every Monday", "Monday"),
        ("jeden Mittwoch", "Wednesday"),
    ],
)
def test_a_date_has_one_form(text: str, normal: str) -> None:
    assert found(text, Kind.DATE) == [normal]


def test_both_days_of_a_span_are_dates() -> None:
    assert found("from 7 to 18 July 2024", Kind.DATE) == ["2024-07-07", "2024-07-18"]
    assert found("vom 7. bis 18. Juli", Kind.DATE) == ["--07-07", "--07-18"]


@pytest.mark.parametrize(
    "text",
    ["at 2 p.m.", "at 14:00", "um 14 Uhr", "um 14.00 Uhr", "at 2:00 pm", "a las 2 de la tarde"],
)
def test_a_time_of_day_is_on_the_clock_of_24_hours(text: str) -> None:
    assert found(text, Kind.TIME) == ["14:00"]


@pytest.mark.parametrize(
    ("text", "normals"),
    [
        ("under § 12(3)", ["§ 12 3"]),
        ("nach § 12 Abs. 3", ["§ 12 3"]),
        ("under Section 12(3)", ["§ 12 3"]),
        ("Art. 6(1)(b) GDPR", ["article 6 1 b"]),
        ("Artikel 6 Absatz 1 Buchstabe b DSGVO", ["article 6 1 b"]),
        ("in Case C-131/12", ["C-131/12"]),
        ("ISO 9001 and ISO 14001", ["ISO9001", "ISO14001"]),
        ("in [2019] UKSC 41", ["2019UKSC41"]),
        ("(Az. 4 StR 12/20)", ["4STR12/20"]),
        ("invoice no. INV-2023-0045", ["INV-2023-0045"]),
        ("Rechnung Nr. 4711", ["number 4711"]),
    ],
)
def test_a_reference_is_found_whole(text: str, normals: list[str]) -> None:
    assert found(text, Kind.REFERENCE) == normals


def test_addresses_and_telephone_numbers() -> None:
    text = "Write to M.Okafor@northgate.example, see https://www.northgate.example/forms/."
    assert found(text, Kind.EMAIL) == ["m.okafor@northgate.example"]
    assert found(text, Kind.WEB_ADDRESS) == ["northgate.example/forms"]
    assert found("Call +44 20 7946 0958.", Kind.PHONE) == found("Call 020 7946 0958.", Kind.PHONE)
    assert found("Tel. 030 1234567", Kind.PHONE) == found("Tel. +49 30 1234567", Kind.PHONE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The lease was signed by Maria Okafor in Leeds.", ["maria okafor", "leeds"]),
        ("Mr Smith called.", ["smith"]),
        ("They told us. You may leave.", []),
        ("The Tenant pays the Landlord.", []),
        ("Die Kündigung ging an Herrn Müller.", ["müller"]),
        ("Die Rechnung der Nordlicht GmbH kam aus Köln.", ["nordlicht gmbh", "köln"]),
        ("Der Vertrag ist wirksam.", []),
        ("El piso es de María López.", ["maría lópez"]),
    ],
)
def test_names_are_told_from_words_written_large(text: str, names: list[str]) -> None:
    assert found(text, Kind.NAME) == names


@pytest.mark.parametrize(
    "quotation", ["“paid in full”", '"paid in full."', "„paid in full“", "«paid in full»"]
)
def test_a_quotation_is_compared_without_its_marks(quotation: str) -> None:
    assert found(f"It says {quotation} there.", Kind.QUOTATION) == ["paid in full"]


@pytest.mark.parametrize(
    ("text", "normals"),
    [
        ("You must not smoke.", ["must not"]),
        ("You are not permitted to smoke.", ["must not"]),
        ("You don't have to pay.", ["need not"]),
        ("You are required to pay.", ["must"]),
        ("You ought to pay.", ["should"]),
        ("You are entitled to pay later.", ["may"]),
        ("It was signed in May 2020.", []),
        ("Sie dürfen das nicht tun.", ["must not"]),
        ("Sie müssen keinen Ausweis tragen.", ["need not"]),
        ("Die Miete ist monatlich zu zahlen.", ["must"]),
        ("Es ist verboten zu rauchen.", ["must not"]),
        ("No se permite fumar.", ["must not"]),
    ],
)  # fmt: skip
def test_a_modality_has_one_form(text: str, normals: list[str]) -> None:
    assert found(text, Kind.MODALITY) == normals


def test_what_a_negation_denies_is_remembered() -> None:
    (fact,) = [f for f in extract("The form was not signed.") if f.kind is Kind.NEGATION]
    assert fact.text == "not"
    assert fact.scope[0] == "sign"


def test_a_negation_inside_a_quotation_is_not_the_authors() -> None:
    text = 'The witness said: "I never saw him."'
    assert found(text, Kind.NEGATION) == []


def test_every_fact_stands_where_it_says() -> None:
    text = (
        "On 3 May 2024 Mr Smith paid £5 million, i.e. 10 %, under § 12(3); "
        'he must not write "paid in full" to a@b.example before 2 p.m.'
    )
    facts: list[Fact] = extract(text)
    assert {fact.kind for fact in facts} >= {
        Kind.DATE, Kind.NAME, Kind.AMOUNT, Kind.NUMBER, Kind.REFERENCE, Kind.MODALITY,
        Kind.QUOTATION, Kind.EMAIL, Kind.TIME,
    }  # fmt: skip
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)
    for fact in facts:
        assert text[fact.start : fact.end] == fact.text


def test_a_paragraph_in_another_language_is_read_as_such() -> None:
    text = (
        "The price of the machine is 1.200 times what we paid for it.\n\n"
        "Der Preis der Maschine ist mit 1.200 Stück im Vertrag nicht vereinbart."
    )
    assert found(text, Kind.NUMBER) == ["6/5", "1200"]


@pytest.mark.parametrize(
    "unit",
    ["1", '"', "„", "(", "1,", "1/", "(1)", "not ", "must not ", "darf nicht ", "A ", "a@", "www.",
     "hundred ", "hundert", " ", "\n", "avoid ", "ISO ", "[2019] ", "\ud800", "İ ", "1:", "§ 1"],
)  # fmt: skip
def test_hostile_text_ends(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for fact in extract(text):
        assert 0 <= fact.start < fact.end <= len(text)


def test_a_block_read_before_is_found_where_it_stands_now() -> None:
    block = "Ms Nguyen pays £5 by 3 May 2024; nobody else must."
    alone = extract(block)
    later = extract(f"A first paragraph of 12 pages.\n\n{block}\n\nA last one.")
    moved = [fact for fact in later if fact.text in {one.text for one in alone}]
    assert [fact.normal for fact in moved] == [fact.normal for fact in alone]
    assert {fact.start - one.start for fact, one in zip(moved, alone, strict=True)} == {32}


def test_a_block_read_before_is_not_looked_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_through = []

    def look(text: str, spans: Sequence[Span], language: str) -> list[Fact]:
        looked_through.append(text)
        return found_in(text, spans, language)

    monkeypatch.setattr(reading, "found_in", look)
    blocks = [f"Ms Nguyen pays £{pounds} by 3 May 2024." for pounds in range(7001, 7004)]
    extract("\n\n".join(blocks), "en")
    extract("\n\n".join([*blocks, "He paid £8001."]), "en")
    assert looked_through == ["\n\n".join(blocks), "He paid £8001."]


def test_what_is_remembered_is_bounded_by_its_characters_and_the_latest_stays() -> None:
    seen = reading._Seen(10)
    keys = [(letter * 4, "en", 0) for letter in "abcd"]
    block = reading._Block((), (), (), frozenset(), frozenset())
    seen.keep(dict.fromkeys(keys[:2], block))
    seen.keep({keys[0]: block})
    seen.keep({keys[2]: block})
    assert list(seen.of(keys)) == [keys[0], keys[2]]
    seen.keep({("e" * 11, "en", 0): block})
    assert not seen.of([*keys, ("e" * 11, "en", 0)])


def test_threads_that_read_do_not_take_blocks_from_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_seen", reading._Seen(60))
    texts = [f"Pay £{pounds}.\n\nPay £{pounds + 1}." for pounds in range(1, 40)]
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda text: found(text, Kind.AMOUNT, "en"), texts * 10))
    assert read == [found(text, Kind.AMOUNT, "en") for text in texts] * 10
