"""Voices: rules out of pairs and a guideline, greetings, and how well they fit."""

from __future__ import annotations

import pytest

from desktop.domain.tone import Pair
from desktop.domain.voice_compiler import compile_rules, recompiled
from desktop.domain.voice_fit import Fit, closeness, mean_of
from desktop.domain.voices import Voice, greeted, manner_of

STIFF = (
    (
        "Dear Sir,\n\nWe hereby utilise this opportunity to inform you that the documentation "
        "which you requested does not exist, and that it will not be provided in the near future!"
    ),
    (
        "Dear Madam,\n\nIn order to proceed, we would request that you utilise the form which is "
        "provided herewith, and that you do not hesitate to return the documentation to us!"
    ),
    (
        "Dear Sir,\n\nWe regret that the customer did not utilise the documentation in question, "
        "which was dispatched to the customer at an earlier point in time!"
    ),
)
EASY = (
    "Hello Tom,\n\nYou asked for some papers. They don't exist. We won't have them soon.",
    "Hello Mira,\n\nPlease use our form. We've put it in here. You don't need to post your papers.",
    "Hello Jo,\n\nYou didn't use the papers. We'd sent them to you before.",
)
PAIRS = tuple(map(Pair, STIFF, EASY))


def test_pairs_speak_for_rules() -> None:
    rules = compile_rules(PAIRS)
    told = "\n".join(rules)
    assert "Write sentences of about 4 words, none longer than 8." in rules
    assert "Use contractions (don't, we'll)." in rules
    assert "No exclamation marks." in rules
    assert 'Speak to the reader as "you".' in rules
    assert 'Open letters with "Hello".' in rules
    assert "Avoid these words: dear, utilise, documentation" in told


def test_a_word_that_gave_way_to_another_is_told_with_it() -> None:
    pairs = [
        Pair(f"Please utilise form {n} for the customer.", f"Please use form {n} for the client.")
        for n in range(2)
    ]  # fmt: skip
    rules = compile_rules(pairs)
    assert 'Write "use" instead of "utilise".' in rules
    assert 'Write "client" instead of "customer".' in rules
    assert not any(rule.startswith("Avoid") for rule in rules)


def test_the_other_way_round_the_rules_are_others() -> None:
    rules = compile_rules([Pair(pair.after, pair.before) for pair in PAIRS])
    assert "Write words out: do not, we will; no contractions." in rules
    assert not any("Use contractions" in rule for rule in rules)


def test_one_pair_speaks_for_no_word() -> None:
    assert not any("instead of" in rule for rule in compile_rules(PAIRS[:1]))
    assert compile_rules([]) == ()
    assert compile_rules([Pair("", "")]) == ()


def test_a_guideline_gives_what_it_tells_to_do() -> None:
    guideline = """\
    # House style

    Our style has grown since 1987 and is loved by everybody.

    - Avoid the passive voice
    - Write numbers up to twelve as words.
    * **Never** begin a letter with "I".
    """
    assert compile_rules((), guideline) == (
        "Avoid the passive voice.",
        "Write numbers up to twelve as words.",
        'Never begin a letter with "I".',
    )


def test_a_german_voice_addresses_its_reader() -> None:
    pairs = [
        Pair(f"Der Kunde wird gebeten, das Formular {n} zu senden.",
             f"Bitte senden Sie uns das Formular {n}. Wir danken Ihnen dafür.")
        for n in range(3)
    ]  # fmt: skip
    rules = compile_rules(pairs)
    assert 'Address the reader with "Sie".' in rules
    assert 'Write from the point of view of "we".' in rules


@pytest.mark.parametrize(
    ("salutation", "expected"),
    [
        ("Dear Ms Ünal,", "Hello Ms Ünal,"),
        ("Hi Tom!", "Hello Tom,"),
        ("Sehr geehrte Frau Huber,", "Hello Frau Huber,"),
        ("Dear,", "Dear,"),
    ],
)
def test_a_greeting_names_whom_the_text_addresses(salutation: str, expected: str) -> None:
    assert greeted(Voice("ours", greeting="Hello {name},"), salutation) == expected
    assert greeted(Voice("ours"), salutation) == salutation
    assert greeted(Voice("ours", greeting="Good day,"), salutation) == "Good day,"


def test_a_voice_tells_its_rules_and_words() -> None:
    voice = Voice("ours", rules=("Be brief.",), use=("client",), avoid=("customer", "utilise"))
    manner = manner_of(voice, PAIRS[:1], keep_length=True, instruction="No jokes")
    assert manner.examples == PAIRS[:1]
    assert manner.rules == (
        "Be brief.",
        "Prefer these words where they fit: client.",
        "Never use these words: customer, utilise.",
        "Keep every sentence about as long as it is.",
        "No jokes.",
    )


def test_the_wanted_text_is_closest_to_itself() -> None:
    wanted = EASY[0]
    assert closeness(wanted, wanted, meaning=1.0).score == 1.0
    assert closeness(STIFF[0], wanted, meaning=0.6).score < 0.7
    assert closeness("", wanted).score < 0.6
    assert closeness("", "").score == 1.0


def test_words_to_avoid_cost_and_words_to_use_make_up_for_some() -> None:
    told = {"use": ["client"], "avoid": ["customer"]}
    assert closeness("The client pays.", "x y", **told).preferred == 1.0
    assert closeness("The customer pays.", "x y", **told).preferred == 0.0
    assert 0 < closeness("The client's customer; the client.", "x y", **told).preferred < 1


def test_a_fit_is_told_in_plain_words() -> None:
    good, bad = closeness(EASY[0], EASY[0]), closeness(STIFF[0], EASY[0])
    assert "closer to how you write: 100 of 100 with it" in Fit(3, good, bad).words
    assert "further away" in Fit(3, bad, good).words
    assert "little difference" in Fit(3, bad, bad).words
    assert mean_of([good, bad]).wording == (good.wording + bad.wording) / 2


def test_what_its_owner_made_of_the_rules_survives_compiling_them_again() -> None:
    before, now = ("No exclamation marks.", "Short."), ("No exclamation marks.", "Use we.")
    assert recompiled(before, before, now) == now
    mine = ("No exclamation marks.", "Short, but never curt.")
    assert recompiled(mine, before, now) == (*mine, "Use we.")
    assert recompiled(("Use we.",), before, now) == ("Use we.",)  # one was taken away
    assert recompiled((), (), now) == now
