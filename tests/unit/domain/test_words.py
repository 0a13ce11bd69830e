"""Words of scripts without spaces between them."""

from __future__ import annotations

from desktop.domain.words import searchable, words


def test_two_signs_of_a_script_without_spaces_are_a_word() -> None:
    assert words("租金是 abc租金1 元") == ["租金", "金是", "abc", "租金", "1", "元"]
    assert words("Müller's 1,200") == ["müller's", "1,200"]


def test_the_index_is_given_every_sign_alone_and_no_ligature() -> None:
    assert searchable("租金 ﬁne Straße").split() == ["租", "金", "fine", "Strasse"]
