"""What a model wrote around a rewrite goes; what it wrote in it stays."""

from __future__ import annotations

import pytest

from desktop.domain.cleaning import cleaned, talks_about

ORIGINAL = "we gonna pay the invoice tomorrow"
WANTED = "We will pay the invoice tomorrow."


@pytest.mark.parametrize(
    "around",
    [
        "Sure, here is the rewritten text:\n\n{}",
        "Sure! Here's a more formal version of your text:\n{}",
        "Here’s the rewritten version: {}",
        "**Rewritten text:**\n\n{}",
        "Rewritten: {}",
        "The revised text is as follows: {}",
        "Certainly!\n\n{}",
        "Gerne! Hier ist die überarbeitete Fassung:\n{}",
        "Natürlich, hier ist der umgeschriebene Text:\n\n{}",
        "Claro, aquí está el texto corregido:\n{}",
        "```\n{}\n```",
        "```text\n{}\n```",
        '"{}"',
        "“{}”",
        "„{}“",
        'Here is the rewritten text:\n\n```\n"{}"\n```',
        "{}\n\nLet me know if you need anything else!",
        "{}\n\nNote: I replaced the slang by formal words.",
        "{}\n\n---\n\n**Changes made:**\n- slang removed",
        "{}\n\nIch hoffe, das hilft Ihnen weiter.",
        "<think>\nThe user wants it formal.\n</think>\n\n{}",
    ],
)
def test_what_stands_around_the_rewrite_is_taken_away(around: str) -> None:
    assert cleaned(around.format(WANTED), ORIGINAL) == WANTED


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("Here is what we agreed: the rent is due.", "this is what we said: rent's due"),
        ('"No" is not "never"', "no ain't never"),
        ("Please note: the gate is closed.", "note: gate's closed"),
        ("Note: the gate is closed.\nNote: so is the door.", "Note: gate\nNote: door"),
        ("The terms are these: pay within a week.", "terms: pay in a week"),
        ("Sure, we can come.", "yeah we can come"),
        ('"Quite so," she said, "and no more."', '"yes," she said, "no more."'),
    ],
)
def test_what_belongs_to_the_text_stays(text: str, original: str) -> None:
    assert cleaned(text, original) == text


def test_an_introduction_alone_leaves_what_there_is() -> None:
    assert cleaned("Here is the rewritten text:", ORIGINAL) == "Here is the rewritten text:"
    assert cleaned("  \n", ORIGINAL) == ""


def test_a_refusal_is_known_from_a_text_that_apologises() -> None:
    assert talks_about("I'm sorry, but I can't help with that.", ORIGINAL)
    assert talks_about("Please provide the text you want rewritten.", ORIGINAL)
    assert not talks_about("I'm sorry that we are late.", "I am sorry we're late")
    assert not talks_about(WANTED, ORIGINAL)
