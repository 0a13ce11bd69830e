"""Queries as a script writes them: one JSON object a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.search import _queries
from desktop.domain.errors import QueriesInvalid

FILE = Path("queries.jsonl")


def test_empty_lines_are_passed_over_and_counted() -> None:
    lines = ["\n", '{"id": 7, "query": "rent"}\n', "  \n", '{"id": "b", "query": "", "more": 1}']
    assert list(_queries(FILE, lines)) == [
        (2, {"id": 7, "query": "rent"}),
        (4, {"id": "b", "query": "", "more": 1}),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1, "query": "rent"', "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"id": ' + "9" * 5000 + ', "query": "rent"}', "it is not JSON"),
        ("[1, 2]", "it lacks id or query"),
        ('{"id": 1}', "it lacks id or query"),
        ('{"query": "rent"}', "it lacks id or query"),
        ('{"id": 1, "query": 5}', "it lacks id or query"),
        ('{"id": 1e999, "query": "rent"}', "neither a text nor a whole number"),
        ('{"id": NaN, "query": "rent"}', "neither a text nor a whole number"),
        ('{"id": null, "query": "rent"}', "neither a text nor a whole number"),
    ],
)
def test_a_bad_line_is_numbered_and_told_why(line: str, reason: str) -> None:
    with pytest.raises(QueriesInvalid) as refused:
        list(_queries(FILE, ["\n", line]))
    assert refused.value.happened().startswith("Line 2 of queries.jsonl cannot be read: ")
    assert reason in refused.value.happened()
    assert "Give one JSON object a line" in refused.value.to_do()
