"""Licence expressions: may what is under this expression be a part of the program?

Grammar: SPDX 2.3, annex D (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/): OR
binds weakest, then AND, then WITH. Knows no licence: which ones are allowed is the caller's list.
"""

from __future__ import annotations

import re
from collections.abc import Container

_TOKEN = re.compile(r"\s*([()]|[A-Za-z0-9.+-]+)")
_WORDS = ("AND", "OR", "WITH", "(", ")")


def acceptable(expression: str, allowed: Container[str]) -> bool:
    """Whether one of the choices that `expression` leaves needs only licences that are `allowed`.

    "X WITH Y" is one licence, and is looked up as it is written. What is no expression, or names a
    licence that is not in the list, is not acceptable.
    """
    try:
        tokens = _tokens(expression)
        verdict = _any(tokens, allowed)
    except ValueError:
        return False
    return verdict and not tokens


def _tokens(expression: str) -> list[str]:
    """The tokens, last first: the next one is taken from the end."""
    found = []
    at = 0
    text = expression.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"no licence expression: {expression!r}")
        found.append(match[1])
        at = match.end()
    return found[::-1]


def _any(tokens: list[str], allowed: Container[str]) -> bool:
    verdict = _all(tokens, allowed)
    while tokens and tokens[-1] == "OR":
        tokens.pop()
        verdict |= _all(tokens, allowed)
    return verdict


def _all(tokens: list[str], allowed: Container[str]) -> bool:
    verdict = _one(tokens, allowed)
    while tokens and tokens[-1] == "AND":
        tokens.pop()
        verdict &= _one(tokens, allowed)
    return verdict


def _one(tokens: list[str], allowed: Container[str]) -> bool:
    if not tokens:
        raise ValueError("a licence is missing")
    name = tokens.pop()
    if name == "(":
        verdict = _any(tokens, allowed)
        if not tokens or tokens.pop() != ")":
            raise ValueError("a bracket is not closed")
        return verdict
    if name in _WORDS:
        raise ValueError(f"a licence is missing before {name}")
    if tokens and tokens[-1] == "WITH":
        tokens.pop()
        if not tokens or tokens[-1] in _WORDS:
            raise ValueError(f"the exception of {name} is missing")
        name = f"{name} WITH {tokens.pop()}"
    return name in allowed
