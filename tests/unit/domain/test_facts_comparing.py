"""Facts across a rewrite: an honest one raises no alarm, a changed fact does and is shown."""

from __future__ import annotations

import pytest

from desktop.domain.facts import FactChange, Kind, Outcome, blocking, compare
from tests.bench.facts import STRICT, score
from tests.facts.pairs import DEVELOP, FRESH, HELD_OUT, LONGER, UNSEEN, pairs

# What was reached. A change to the rules may raise these, never lower them. They were lowered where
# the pairs became harder: "develop" stood at 0.99, 0.99 and 0.03 until it grew by longer texts, by
# French and by honest wordings, on which the same rules do less well. On "unseen" they are below
# what is wanted: no rule was written from it.
REACHED = {
    DEVELOP: (0.97, 0.97, 0.039),
    LONGER: (0.96, 0.94, 0.059),
    HELD_OUT: (0.98, 0.98, 0.013),
    FRESH: (0.98, 0.98, 0.035),
    UNSEEN: (0.95, 0.94, 0.30),
}


def only(changes: list[FactChange]) -> FactChange:
    (change,) = changes
    return change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Do not pay.", "Don't pay."),
        ("A badge is required to be worn.", "A badge must be worn."),
        ("You are not permitted to leave.", "You may not leave."),
        ("You may not leave.", "You must not leave."),
        (
            "The clerk signed the form on 3 May 2024.",
            "On May 3, 2024 the form was signed by the clerk.",
        ),
        ("It costs EUR 5.", "It costs €5."),
        ("It rose by 10 %.", "It rose by 10 per cent."),
        ("Mr Smith agreed.", "It was agreed by Smith."),
        ("There are 12 rooms.", "There are twelve rooms."),
        ("Pay £5. Remember to pay £5.", "Pay £5."),
        ("The rent is £500. The term is 12 months.", "The term is one year. The rent is £500."),
        ("The form is not complete.", "The form is incomplete."),
        ("Es ist nicht gestattet zu rauchen.", "Sie dürfen nicht rauchen."),
        ("You may use it only with consent.", "You must not use it without consent."),
        ("The shop is open from 9 to 5 p.m.", "The shop opens at 9 a.m. and closes at 17:00."),
        ("From 3 May 2024 to 5 June 2024.", "From 3 May to 5 June 2024."),
        ("A man of 45 years.", "A man aged 45."),
    ],
)
def test_an_honest_rewrite_raises_no_alarm(before: str, after: str) -> None:
    assert compare(before, after) == []
    assert compare(after, before) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Reply within 14 days.", "Reply within 40 days.", Kind.DURATION),
        ("Take 5 mg.", "Take 5 g.", Kind.NUMBER),
        ("It costs £5.", "It costs $5.", Kind.AMOUNT),
        ("Due on 3 May 2024.", "Due on 5 May 2024.", Kind.DATE),
        ("We meet at 2 p.m.", "We meet at 15:00.", Kind.TIME),
        ("It was sent by Maria Okafor.", "It was sent by Marta Okafor.", Kind.NAME),
        ("See § 12(3).", "See § 12(2).", Kind.REFERENCE),
        ("Mail a@b.example.", "Mail a@c.example.", Kind.EMAIL),
        ('He wrote "I agree".', 'He wrote "I disagree".', Kind.QUOTATION),
        ("You must pay.", "You should pay.", Kind.MODALITY),
        ("You must not pay.", "You must pay.", Kind.NEGATION),
        ("The minimum is at least £5.", "It is at most £5.", Kind.AMOUNT),
    ],
)
def test_a_changed_fact_is_shown_on_both_sides(before: str, after: str, kind: Kind) -> None:
    change = only(compare(before, after))
    assert change.outcome is Outcome.CHANGED
    assert change.kind is kind
    assert change.before is not None
    assert change.after is not None
    assert before[change.before.start : change.before.end] == change.before.text
    assert after[change.after.start : change.after.end] == change.after.text


def test_a_dropped_and_an_invented_fact_have_one_side() -> None:
    lost = only(compare("The form was not signed.", "The form was signed."))
    assert (lost.outcome, lost.kind, lost.after) == (Outcome.LOST, Kind.NEGATION, None)
    added = only(compare("The rent is due.", "The rent of £500 is due."))
    assert (added.outcome, added.kind, added.before) == (Outcome.ADDED, Kind.AMOUNT, None)


def test_a_negation_moved_to_another_sentence_is_noticed() -> None:
    before = "The kitchen was not cleaned. The heating was repaired."
    after = "The kitchen was cleaned. The heating was not repaired."
    assert {change.kind for change in compare(before, after)} == {Kind.NEGATION}


def test_denials_behind_the_clauses_looked_at_are_not_taken_for_another_clauses() -> None:
    rooms = ", ".join(f"room {name} is clean" for name in "abcdefghijkl")
    before = f"The sink is not broken, {rooms}, the tap is not open."
    after = f"Of the rooms {rooms}, the sink is not broken, the tap is not open."
    assert compare(before, after) == compare(after, before) == []


def test_changes_come_in_the_order_of_the_text() -> None:
    changes = compare("Pay £5 by 3 May and £7 by 4 June.", "Pay £6 by 3 July and £8 by 4 August.")
    starts = [change.before.start for change in changes if change.before]
    assert len(starts) == 4
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("i dont want it and i cant pay.", "I don't want it and I can't pay."),
        ("Interest is 4 per cent per annum.", "You pay 4 % interest a year."),
        ("Interest is 4 % a month.", "The monthly interest is 4 %."),
        ("The motion passed by 9 votes to 4.", "By 9 to 4 votes the motion passed."),
        (
            "Le bail dure trois ans. Le loyer n'est pas dû avant le 1er mars 2025.",
            "Le bail a une durée de 3 ans. Avant le 1 mars 2025, aucun loyer n'est dû.",
        ),
        (
            "Ann Reed pays £5. Tom Shaw pays £7.",
            "£7 is paid by Tom Shaw, and £5 is what Ann Reed pays.",
        ),
        (
            "The lift is broken. Take the stairs.",
            "Dear all, take the stairs, as the lift is broken.",
        ),
    ],
)
def test_other_words_for_the_same_are_no_change(before: str, after: str) -> None:
    assert compare(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("i dont want another appointment.", "I want another appointment.", Kind.NEGATION),
        ("The loan bears 4 per cent.", "The loan bears 4 % per month.", Kind.NUMBER),
        ("Ann Reed pays £5 and Tom Shaw £7.", "Ann Reed pays £7 and Tom Shaw £5.", Kind.AMOUNT),
        ("Ward opens at 8:15, kitchen at 9:30.", "Ward opens at 9:30, kitchen at 8:15.", Kind.TIME),
        ("It passed by 9 votes to 4.", "It passed by 4 to 9.", Kind.NUMBER),
        ("Le bail ne sera pas renouvelé.", "Le bail sera renouvelé.", Kind.NEGATION),
        ("We did not change the dose.", "The dose was changed.", Kind.NEGATION),
    ],
)
def test_what_a_rewrite_turned_round_is_reported(before: str, after: str, kind: Kind) -> None:
    assert kind in {change.kind for change in compare(before, after)}


def test_a_sentence_that_nothing_bears_out_is_reported() -> None:
    invented = "The word must is in the original sentence."
    before = "Tenants have to report leaks at once."
    changes = compare(before, f"Tenants must report leaks at once. {invented}")
    (change,) = [change for change in changes if change.kind is Kind.SENTENCE]
    assert change.outcome is Outcome.ADDED
    assert change.after is not None
    assert change.after.text == invented


def test_a_sentence_left_out_is_reported() -> None:
    gone = "The garden belongs to everybody living here."
    change = only(compare(f"Rubbish goes downstairs. {gone}", "Rubbish goes downstairs."))
    assert (change.kind, change.outcome) == (Kind.SENTENCE, Outcome.LOST)
    assert change.before is not None
    assert change.before.text == gone


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mr Roy was not in the country in May.", "Mr Roy was abroad in May."),
        ("Leaks must be reported.", "Leaks must be reported without delay."),
        ("You must return the keys to us.", "Return the keys to us."),
        ("Notice is only valid if it is given in writing.", "Notice must be given in writing."),
        ("The price rose from 4 to 5 euros.", "The price is 5 euros instead of 4 euros."),
        ("You pay the excess of £250.", "You pay the first £250."),
        ("Er darf nach 2 Wochen wieder fahren.", "Wieder fahren nach 2 Wochen."),
        ("You may leave.", "You are free to leave."),
        ("You must stop the pump.", "Stop the pump."),
        ("You must cancel the order.", "Cancel the order."),
        ("You must open the valve.", "Open the valve."),
        ("Do not smoke here.", "Stop smoking here."),
        ("Do not close the door.", "Leave the door open."),
        ("Do not start until it is green.", "Wait until it is green."),
        ("Three members abstained from the vote.", "Three members did not vote."),
    ],
)
def test_an_honest_wording_raises_no_alarm(before: str, after: str) -> None:
    assert compare(before, after) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The price rose from 4 to 5 euros.", "The price is 4 euros instead of 5 euros."),
        ("It weighs 9 kg, above the limit of 7 kg.", "At 7 kg it is above the limit of 9 kg."),
        ("He is not in pain, and an e-mail is not enough.", "He is in no pain; an e-mail will do."),
        ("Le patient n'a pas de toux et ne fume plus.", "Le patient a une toux et ne fume plus."),
        ("You must leave by noon.", "You are free to leave by noon."),
        ("The contract is void.", "The contract is valid."),
        ("Three members abstained.", "Three members voted."),
    ],
)
def test_an_order_or_a_denial_turned_round_is_noticed(before: str, after: str) -> None:
    assert compare(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It must not be exposed to more than 50 lux.", "It must stay at or below 50 lux."),
        ("The shed is not higher than 3 m.", "The shed is up to 3 m high."),
        ("Loads over 5 kg must not be lifted.", "Do not lift loads of more than 5 kg."),
        ("Der Zaun ist nicht höher als 2 m.", "Der Zaun ist höchstens 2 m hoch."),
        ("The fee is £35 without 24 hours' notice.", "Without 24 hours' notice it is £35."),
        ("A duty of 6 % is payable on $740.", "The $740 are subject to a duty of 6 %."),
        ("Without a ticket you cannot enter.", "You need a ticket to enter."),
        ("Der Beitrag wird nicht geändert.", "Der Beitrag bleibt unverändert."),
        ("Das Baden ist zu unterlassen.", "Baden ist nicht gestattet."),
        ("Some terms may have to change.", "Some terms might change."),
    ],
)
def test_what_a_bound_a_condition_or_another_form_says_is_no_change(
    before: str, after: str
) -> None:
    assert blocking(compare(before, after)) == []
    assert blocking(compare(after, before)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He did not attend the hearing.", "He missed the hearing."),
        ("The van did not stop.", "The van drove on."),
        ("Guests must sign the book.", "Guests sign the book."),
        ("You may ask for a copy.", "A copy is sent if you ask."),
        ("You need not bring your own tools.", "Tools are here for you."),
        ("Wir haben keine Einwände.", "Wir sind einverstanden."),
    ],
)
def test_what_may_be_said_in_other_words_is_worth_a_look_and_blocks_nothing(
    before: str, after: str
) -> None:
    changes = compare(before, after)
    assert changes
    assert all(change.doubtful for change in changes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He did not attend the hearing.", "He attended the hearing."),
        ("Guests must sign the book.", "Guests can sign the book."),
        ("You should sign the book.", "You must sign the book."),
        ("You need not bring your own tools.", "You need to bring your own tools."),
        ("It must not be exposed to more than 50 lux.", "It must be exposed to more than 50 lux."),
        ("It must not be exposed to more than 50 lux.", "It must be above 50 lux."),
        ("Do not start until it is above 5 kg.", "Start before it is above 5 kg."),
        ("You must pay.", ""),
    ],
)
def test_what_is_turned_round_blocks_however_it_is_worded(before: str, after: str) -> None:
    assert blocking(compare(before, after))


def test_a_salutation_and_a_closing_are_no_invention() -> None:
    before = "Rubbish goes downstairs."
    assert compare(before, f"Dear neighbours in our house, {before}\n\nKind regards from us") == []


def test_an_empty_rewrite_loses_every_fact() -> None:
    assert {change.outcome for change in compare("Pay £5 by 3 May.", "")} == {Outcome.LOST}
    assert compare("", "") == []


@pytest.mark.parametrize("part", [DEVELOP, LONGER, HELD_OUT, FRESH, UNSEEN])
def test_the_figures_reached_do_not_fall(part: str) -> None:
    strict, overall, alarms = REACHED[part]
    found = score(pairs(part))
    assert found.recall(*STRICT) >= strict
    assert found.recall() >= overall
    assert found.false_alarms <= alarms


def test_there_are_enough_pairs_to_judge_by() -> None:
    both = [*pairs(DEVELOP), *pairs(HELD_OUT)]
    assert len(both) >= 300
    assert sum(not pair.planted for pair in both) >= 150
    assert sum(bool(pair.planted) for pair in both) >= 150
