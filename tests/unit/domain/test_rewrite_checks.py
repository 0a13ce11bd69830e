"""What a model wrote is judged, and mended sentence by sentence."""

from __future__ import annotations

import pytest

from desktop.domain.rewrite_checks import flaw_of, mended
from desktop.domain.rewrites import Flaw
from desktop.domain.sentences import Span
from desktop.domain.tone import Manner

MANNER = Manner(rules=("Write well.",), shortest=0.5, longest=2.0)
TEXT = (
    "We got your invoice last week and we have looked at it. It is wrong and we will not pay it. "
    "Please send another one."
)


@pytest.mark.parametrize(
    ("written", "reason", "flaw"),
    [
        ("We received and checked your invoice. It is wrong; we will not pay it.", "end", None),
        ("", "end", Flaw.EMPTY),
        ("...", "end", Flaw.EMPTY),
        ("I'm sorry, but I cannot assist with that request about your invoice here.", "end",
         Flaw.TALKED),
        ("We received your invoice", "end", Flaw.CUT_SHORT),
        (TEXT, "limit", Flaw.CUT_SHORT),
        (TEXT, "repeats", Flaw.REPEATED),
        (TEXT * 4, "end", Flaw.RAN_ON),
        ("Wir haben Ihre Rechnung bekommen und sie geprüft. Sie ist falsch, und wir zahlen nicht.",
         "end", Flaw.OTHER_LANGUAGE),
    ],
)  # fmt: skip
def test_each_flaw_is_seen(written: str, reason: str, flaw: Flaw | None) -> None:
    assert flaw_of(written, TEXT, MANNER, reason) is flaw


def test_a_short_text_may_grow_and_shrink() -> None:
    assert (
        flaw_of("Thank you very much for your help with this.", "thx 4 help", MANNER, "end") is None
    )
    assert flaw_of("Thanks.", "thank you so much for your help", MANNER, "end") is None


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def test_the_original_sentence_stands_where_a_fact_was_lost() -> None:
    before = "we gonna pay £5 on Monday. the rest comes later. call us anytime."
    before = before.replace("the rest", "The rest").replace("call us", "Call us")
    after = "We will pay on Monday. The rest will follow later. Do call us anytime."
    text, kept = mended(before, after, [span(before, "£5")], [])
    assert text == "we gonna pay £5 on Monday. The rest will follow later. Do call us anytime."
    assert kept == ["we gonna pay £5 on Monday."]


def test_the_original_sentence_stands_where_a_fact_was_added() -> None:
    before = "We pay on Monday. The rest comes later."
    after = "We pay on Monday. The rest of £900 comes later."
    assert mended(before, after, [], [span(after, "£900")]) == (before, ["The rest comes later."])


def test_sentences_that_were_joined_come_back_together() -> None:
    before = "The van is red. The van costs £5. The keys are in the office."
    after = "The red van costs £6. You find the keys in the office."
    text, kept = mended(before, after, [span(before, "£5")], [span(after, "£6")])
    assert text == "The van is red. The van costs £5. You find the keys in the office."
    assert kept == ["The van is red. The van costs £5."]


def test_a_sentence_that_was_invented_is_dropped() -> None:
    before = "The keys are in the office. The van costs £5."
    after = "You find the keys in the office. Best wishes from Tim. The van costs £7."
    text, _ = mended(before, after, [span(before, "£5")], [span(after, "£7")])
    assert text == "You find the keys in the office. The van costs £5."


def test_a_sentence_that_was_divided_comes_back_as_one() -> None:
    before = (
        "We got your letter about invoice 2291 and regret that £310 was charged in error. Wait."
    )
    after = (
        "Your letter has come. It is about an invoice. The charge of £310 was an error. Do wait."
    )
    text, kept = mended(before, after, [span(before, "2291")], [])
    assert text == f"{before[:-6]} Do wait."
    assert kept == [before[:-6]]
