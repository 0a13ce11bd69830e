"""Reasoning is told from the answer however the pieces come."""

from __future__ import annotations

import pytest

from desktop.domain.reasoning import Part, Parting, opened_by, split, still_open

ANSWER = "The fee rises. It does not say <think> again.\n\n    Indented."


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
@pytest.mark.parametrize(
    ("written", "reasoning", "answer"),
    [
        (
            f"<think>\nFirst, < and </ think.\n</think>\n\n{ANSWER}",
            "First, < and </ think.",
            ANSWER,
        ),
        (f"\n[THINK]Hm.[/THINK]{ANSWER}", "Hm.", ANSWER),
        (ANSWER, "", ANSWER),
        ("  indented", "", "  indented"),
        ("<think>\n\n</think>\n\nYes.", "", "Yes."),
        ("<think>cut sho", "cut sho", ""),
        ("<thi", "", "<thi"),
        ("<thirst> is no tag", "", "<thirst> is no tag"),
        ("", "", ""),
    ],
)
def test_parts_are_told_wherever_the_text_is_cut(
    size: int, written: str, reasoning: str, answer: str
) -> None:
    parting = Parting()
    told = dict.fromkeys(Part, "")
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    for part, text in [each for piece in pieces for each in parting.feed(piece)]:
        told[part] += text
    for part, text in parting.finish():
        told[part] += text
    assert (told[Part.REASONING].rstrip(), told[Part.ANSWER]) == (reasoning, answer)
    assert (split(written)[0].rstrip(), split(written)[1]) == (reasoning, answer)


def test_a_prompt_may_open_what_the_model_only_closes() -> None:
    assert opened_by("<|im_start|>assistant\n<think>\n") == "<think>"
    assert opened_by("<|im_start|>assistant\n") == ""
    assert still_open("<think>\nHm")
    assert not still_open("<think>Hm</think> Yes")
    assert not still_open("Yes")
