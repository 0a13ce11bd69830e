"""The collector of cycles stays away while a long text is compared, and comes back."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from desktop.gui.collecting import held_back, let_go


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    yield
    let_go()


def test_nothing_is_collected_while_anybody_holds_it_back() -> None:
    with held_back():
        with held_back():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_is_looked_at_only_once_it_is_let_go() -> None:
    with held_back():
        made = [[] for _ in range(10)]
    assert gc.get_freeze_count() > len(made)
    let_go()
    assert gc.get_freeze_count() == 0


def test_it_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), held_back():
        raise ValueError("broken")
    assert gc.isenabled()
