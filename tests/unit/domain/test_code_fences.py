"""Where code stands between fences."""

from __future__ import annotations

from desktop.domain.code_fences import fences


def test_each_pair_of_fences_is_a_span_and_an_open_one_goes_to_the_end() -> None:
    text = "Before\n```py\nx = 1\n```\nbetween `code`\n  ~~~\nopen"
    first, last = fences(text)
    assert text[slice(*first)] == "```py\nx = 1\n```\n"
    assert text[slice(*last)] == "  ~~~\nopen"
    assert fences("no code at all") == []
