"""What can be typed, and what is refused before anything is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.cli.arguments import parser
from desktop.cli.filter_arguments import only
from desktop.domain.filters import Filter
from desktop.domain.models import Way

from .commanding import Terminal

UNLOCKING = ["--profile", "matter", "--passphrase-file", "key.txt"]


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "Who?"],
        ["index", "a.pdf"],
        ["search", "rent"],
        ["doctor"],
        ["models", "list"],
        ["models", "import", "a.gguf"],
        ["folders", "add", "letters"],
    ],
    ids=lambda words: words[-1],
)
def test_the_profile_is_named_before_or_after_the_command(words: list[str]) -> None:
    before = parser().parse_args([*UNLOCKING, *words])
    after = parser().parse_args([*words, *UNLOCKING])
    apart = parser().parse_args([*UNLOCKING[:2], *words, *UNLOCKING[2:]])
    assert before == after == apart
    assert before.profile == Path("matter")
    assert before.passphrase_file == Path("key.txt")
    assert not hasattr(parser().parse_args(words), "profile")


def test_every_option_of_the_contract_is_there() -> None:
    ask = parser().parse_args(
        "ask --json --model starter --collection Leases --file a.pdf --file b.pdf Who?".split()
    )
    assert (ask.json, ask.model, ask.collection) == (True, "starter", ["Leases"])
    assert ask.file == [Path("a.pdf"), Path("b.pdf")]
    index = parser().parse_args("index --json --collection Leases a.pdf folder".split())
    assert (index.json, index.collection) == (True, "Leases")
    assert index.paths == [Path("a.pdf"), Path("folder")]
    search = parser().parse_args("search --json --collection Leases --top 9 rent".split())
    assert (search.json, search.collection, search.top) == (True, ["Leases"], 9)
    assert parser().parse_args(["search", "--queries", "q.jsonl"]).queries == Path("q.jsonl")
    assert parser().parse_args(["doctor", "--json"]).json
    for words, way in (([], Way.COPY), (["--link"], Way.LINK), (["--in-place"], Way.IN_PLACE)):
        brought = parser().parse_args(["models", "import", *words, "a.gguf"])
        assert (brought.action, brought.way, brought.json) == ("import", way, False)
    assert parser().parse_args(["models", "--json", "list"]).json
    assert parser().parse_args(["models", "list", "--json"]).json
    assert parser().parse_args([]).command is None


def test_a_home_folder_is_found_and_a_name_with_a_tilde_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/mira")
    monkeypatch.setenv("USERPROFILE", "/home/mira")
    assert parser().parse_args(["--profile=~/desk"]).profile == Path("/home/mira/desk")
    assert parser().parse_args(["index", "~$lease.pdf"]).paths == [Path("~$lease.pdf")]


def test_a_filter_reaches_from_the_first_day_of_a_month_to_the_last_of_a_year() -> None:
    words = ["--type", "pdf", "--since", "2024-02", "--until", "2024", "--author", "Quist"]
    asked = only(parser().parse_args(["search", "rent", *words]))
    assert asked == Filter((".pdf",), date(2024, 2, 1), date(2024, 12, 31), "Quist")
    month = only(parser().parse_args(["search", "rent", "--until", "2024-02"]))
    assert month == Filter(until=date(2024, 2, 29))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask"], "QUESTION"),
        (["ask", " \n"], "must not be empty"),
        (["ask", "--file", "", "Who?"], "must not be empty"),
        (["ask", "--model", "", "Who?"], "must not be empty"),
        (["ask", "--collection", "", "Who?"], "must not be empty"),
        (["index"], "PATH"),
        (["index", ""], "must not be empty"),
        (["index", "a\0b.pdf"], "NUL"),
        (["index", "--collection", " ", "a.pdf"], "must not be empty"),
        (["search"], "either QUERY or --queries"),
        (["search", "rent", "--queries", "q.jsonl"], "either QUERY or --queries"),
        (["search", ""], "must not be empty"),
        (["search", "--queries", ""], "must not be empty"),
        (["search", "--top", "0", "rent"], "must be a whole number, 1 or more"),
        (["search", "--top", "-3", "rent"], "must be a whole number, 1 or more"),
        (["search", "--top", "many", "rent"], "must be a whole number, 1 or more"),
        (["search", "--top", "9" * 5000, "rent"], "must be a whole number, 1 or more"),
        (["search", "--type", "exe", "rent"], "no such type of file is read"),
        (["search", "--since", "May", "rent"], "must be a date such as 2024-05-31"),
        (["ask", "--until", "2024-02-30", "rent"], "must be a date such as 2024-05-31"),
        (["--profile", "", "doctor"], "must not be empty"),
        (["--passphrase-file", "", "doctor"], "must not be empty"),
        (["models"], "ACTION"),
        (["models", "import"], "PATH"),
        (["models", "import", "--link", "--in-place", "a.gguf"], "not allowed with"),
        (["models", "pack", "folder"], "NAME"),
        (["models", "remove"], "NAME"),
        (["conjure"], "invalid choice"),
        (["doctor", "--magic"], "unrecognized arguments"),
    ],
)
def test_a_mistyped_command_is_a_usage_error(
    terminal: Terminal, words: list[str], said: str
) -> None:
    outcome = terminal.type_plainly(*words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("usage: escritoire")
    assert said in outcome.err.splitlines()[-1]


def test_help_and_version_are_output(terminal: Terminal) -> None:
    version = terminal.type_plainly("--version")
    assert (version.code, version.err) == (0, "")
    assert version.out.startswith("Escritoire 0.")
    for words in ([], ["ask"], ["index"], ["search"], ["doctor"]):
        shown = terminal.type_plainly(*words, "--help")
        assert (shown.code, shown.err) == (0, "")
        assert "--passphrase-file PATH" in shown.out
