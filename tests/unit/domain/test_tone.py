"""Prompts for rewriting: what repeats stands in front, and what matters is told."""

from __future__ import annotations

from desktop.domain.tone import ENGLISH, Manner, Pair, Strength, Tone, layout, manner_of

TONE = Tone(
    name="stern",
    titles={ENGLISH: "Stern", "de": "Streng"},
    descriptions={ENGLISH: "No smile."},
    instructions=("Write sternly.",),
    strengths={strength: f"Strength {strength:d}." for strength in Strength},
    keep_length="Keep the length.",
    examples=(Pair("hi", "Good day."),),
)


def manner(instruction: str = "", *, keep_length: bool = False, strength: int = 2) -> Manner:
    return manner_of(TONE, Strength(strength), keep_length=keep_length, instruction=instruction)


def test_two_paragraphs_share_all_of_the_prompt_but_themselves() -> None:
    first, second = layout("Pay now.", manner()), layout("Go away.", manner())
    assert first[:-1] == second[:-1]
    assert first[-1].content.endswith("\n\nPay now.")
    assert [message.role for message in first] == ["system", "user", "assistant", "user"]


def test_a_second_attempt_begins_like_the_first() -> None:
    first = layout("We pay £5.", manner(), language="English")
    second = layout("We pay £5.", manner(), language="English", pinned=["£5", "£5", "We"])
    assert first[:-1] == second[:-1]
    assert second[-1].content.startswith(first[-1].content)
    assert second[-1].content.endswith("exactly so: £5; We")


def test_strength_length_and_the_users_own_words_are_told_in_this_order() -> None:
    told = layout("x y", manner("no  idioms", keep_length=True, strength=3))[0].content
    assert told.endswith("- Write sternly.\n- Strength 3.\n- Keep the length.\n- no idioms.")
    plain = layout("x y", manner(" \n "))[0].content
    assert plain.endswith("- Write sternly.\n- Strength 2.")


def test_the_language_is_told_where_it_is_known() -> None:
    assert "in German:" in layout("Die Miete", manner(), language="German")[-1].content
    assert " in " not in layout("OK", manner())[-1].content


def test_a_tone_is_named_in_the_readers_language_or_in_english() -> None:
    assert (TONE.title("de"), TONE.title("fr")) == ("Streng", "Stern")
    assert TONE.description("de") == "No smile."
