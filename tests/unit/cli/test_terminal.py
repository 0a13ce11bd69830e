"""What reaches a terminal or a script is readable and nothing else."""

from __future__ import annotations

import io
import json
import os
import pty
import sys

import pytest

from desktop.cli import terminal
from desktop.cli.terminal import StatusLine, as_json, fitted, note, one_line, readable, say
from desktop.domain.errors import DiskFull


def test_what_a_terminal_would_obey_is_shown_instead() -> None:
    hostile = "Rent\x1b[31m: 900\x07\x9b2J pounds\x00\x7f\r\nper month\r\tin advance \udce9"
    shown = readable(hostile)
    assert shown.split("\n") == [
        "Rent�[31m: 900��2J pounds��",
        "per month",
        "\tin advance �",
    ]
    assert readable("Gehört — 100 €, 東京, שלום") == "Gehört — 100 €, 東京, שלום"


def test_a_name_cannot_begin_a_line_of_its_own() -> None:
    assert one_line("a\nEverything is fine.\u2028\x1b]0;x") == "a Everything is fine. �]0;x"
    assert one_line("two  blanks.pdf") == "two  blanks.pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", None])
def test_json_says_everything_in_any_encoding(encoding: str | None) -> None:
    value = {"document": "caf\udce9.pdf", "text": "東京 \x1b[0m \u2028 é", "score": 0.5}
    line = as_json(value, encoding)
    assert json.loads(line.encode(encoding or "utf-8").decode(encoding or "utf-8")) == value
    assert "\n" not in line
    assert "\x1b" not in line


def test_json_has_no_number_that_json_does_not_know() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json({"score": float("nan")}, "utf-8")


def test_letters_that_a_terminal_lacks_do_not_stop_a_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "cp1252"))
    say("Übergabe in 東京: 100 €")
    assert written.getvalue().decode("cp1252").rstrip() == "Übergabe in ??: 100 €"


def test_a_stream_closed_beforehand_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    say("nobody hears this")
    note("nor this")
    StatusLine().show("nor this")
    assert not terminal.somebody_types()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110
def test_a_full_disk_behind_stdout_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(DiskFull):
            say("too much")
        say("what comes later goes nowhere, and what was buffered too")


def test_a_reader_that_has_left_is_told_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as pipe:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", pipe)
        monkeypatch.setattr(sys, "stderr", pipe)
        with pytest.raises(BrokenPipeError):
            say("too late")
        note("nobody reads errors either")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("short.pdf", 9), ("東京東京", 8), ("e\u0301" * 10, 10), ("", 0)],
)
def test_a_status_that_fits_is_left_alone(text: str, columns: int) -> None:
    assert fitted(text, columns) == text


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Lease, 4 May 2021, signed.pdf: 3 of 9", 21, "Lease, 4 M…df: 3 of 9"),
        ("Lease, 4 May 2021, signed.pdf: 3 of 9", 22, "Lease, 4 M…pdf: 3 of 9"),
        ("東京東京東京東京", 9, "東京…東京"),
        ("東京東京東京東京", 10, "東京…東京"),
    ],
)
def test_a_status_that_does_not_fit_keeps_start_and_end(
    text: str, columns: int, shown: str
) -> None:
    assert fitted(text, columns) == shown
    assert terminal._columns(shown) <= columns


def test_a_status_line_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    monkeypatch.setenv("COLUMNS", "30")
    with open(theirs, "w", encoding="utf-8") as stderr:  # noqa: PTH123
        monkeypatch.setattr(sys, "stderr", stderr)
        with StatusLine() as line:
            line.show("reading\nthe first of " + "very " * 30 + "many")
            line.show("reading the last")
        seen = ""
        while seen.count("\r") < 3:
            seen += os.read(ours, 4096).decode()
    os.close(ours)
    updates = seen.split("\r\033[K")
    assert "\n" not in seen
    assert updates[0] == ""
    assert updates[1].startswith("reading the")
    assert len(updates[1]) == 29
    assert updates[2:] == ["reading the last", ""]


def test_a_status_is_nothing_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with StatusLine() as line:
        line.show("reading")
    assert capsys.readouterr().err == ""
