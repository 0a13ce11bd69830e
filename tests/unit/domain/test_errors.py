"""Every known error has a code of its own, stands in the tree as drawn, and tells what to do."""

from __future__ import annotations

import re

import pytest

from desktop.domain import errors
from desktop.domain.errors import ERRORS, EscritoireError, WorkerCrashed, WorkerError, error_from
from desktop.domain.errors.base import by_code


def drawn() -> dict[str, list[str]]:
    """Of every error in the drawing its ancestors, the root first."""
    found: dict[str, list[str]] = {}
    above: list[str] = []
    for match in re.finditer(
        r"^    ([ │├└─]*)(\w+)(?: {2,}.*)?$", errors.__doc__ or "", re.MULTILINE
    ):
        depth = len(match[1]) // 4
        if depth or match[2] == EscritoireError.__name__:
            above = above[:depth]
            found[match[2]] = list(above)
            above.append(match[2])
    return found


def real(kind: type[EscritoireError], *above: str) -> dict[str, list[str]]:
    """The same of the classes."""
    found = {kind.__name__: list(above)}
    for one in kind.__subclasses__():
        found |= real(one, *above, kind.__name__)
    return found


def test_the_tree_is_drawn_as_it_is() -> None:
    assert drawn() == real(EscritoireError)


def test_a_code_names_one_error_and_a_family_has_none() -> None:
    assert ERRORS["error"] is EscritoireError
    assert WorkerError not in ERRORS.values()
    assert all(kind.code == code for code, kind in ERRORS.items())
    assert type(error_from("worker_crashed", {})) is WorkerCrashed
    assert type(error_from("no such code", {})) is EscritoireError


def test_two_errors_with_one_code_are_noticed() -> None:
    class Root:
        code = "root"

    class One(Root):
        code = "one"

    class Other(Root):
        code = "one"

    with pytest.raises(ValueError, match="have one code"):
        by_code(Root)  # type: ignore[arg-type]
    assert One.code == Other.code


def test_what_to_do_is_no_command_alone() -> None:
    for kind in ERRORS.values():
        _, command, _ = kind.remedy.partition("escritoire ")
        if command:  # it is shown in the window as well
            assert re.search(r"\bor\b[^.]*: escritoire ", kind.remedy), kind.code
