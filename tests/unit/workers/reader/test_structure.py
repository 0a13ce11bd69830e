"""The optional extras: read where they are, left out where they fail or take too long."""

import io
import itertools
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from desktop.workers.reader.structure import (
    MAX_NAME,
    Structure,
    count_leaves,
    iso_date,
    one_line,
    read_structure,
    within,
)
from tests.samples import AUTHOR, write_pdf


def structure(path: Path, pages: int, password: str | None = None) -> Structure:
    with path.open("rb") as file:
        return read_structure(file, password=password, page_count=pages, seconds=20)


def test_title_author_date_outline_and_labels(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "a.pdf",
        ["one", "two", "three"],
        "Über Mieten",
        outline=[(0, "Preface", 1), (1, "Of leases", 2), (0, "End", 3)],
        labels=[("r", "", 1), ("r", "", 2), ("D", "A-", 7)],
    )
    found = structure(path, 3)
    assert (found.title, found.author) == ("Über Mieten", AUTHOR)
    assert found.created == "2024-03-05T09:30:00+00:00"
    assert found.outline == [(0, "Preface", 1), (1, "Of leases", 2), (0, "End", 3)]
    assert found.labels == ["i", "ii", "A-7"]


def test_an_entry_that_leads_nowhere_stays_above_what_is_below_it(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=write_pdf(tmp_path / "plain.pdf", ["one", "two", "three"]))
    made: list[Any] = []
    for title, page, above in (
        ("Part one", None, None), ("Rent", 0, 0), ("Part two", None, None),
        ("Chapter", None, 2), ("Notice", 1, 3), ("Costs", 2, 2), ("Nothing below", None, None),
    ):  # fmt: skip
        parent = None if above is None else made[above]
        made.append(writer.add_outline_item(title=title, page_number=page, parent=parent))
    path = tmp_path / "parts.pdf"
    writer.write(path)
    assert structure(path, 3).outline == [
        (0, "Part one", 1),
        (1, "Rent", 1),
        (0, "Part two", 2),
        (1, "Chapter", 2),
        (2, "Notice", 2),
        (1, "Costs", 3),
    ]


def test_an_encrypted_file_tells_with_its_password(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["one"], "Secret title", password="key")
    assert structure(path, 1, "key").title == "Secret title"
    assert structure(path, 1, "other").title != "Secret title"


def test_labels_for_another_number_of_pages_are_not_believed(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["one", "two"], labels=[("r", "", 1), ("r", "", 2)])
    assert structure(path, 2).labels == ["i", "ii"]
    assert structure(path, 5).labels == []


def test_no_structure_is_no_error() -> None:
    for content in (b"", b"%PDF-1.7\n" + b"<<" * 5_000, b"%PDF-1.7\ntrailer<</Root 1 0 R>>"):
        assert read_structure(io.BytesIO(content), password=None, page_count=1, seconds=20) == (
            Structure()
        )


def test_leaves_are_counted_without_belief_in_count(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["one", "two", "three"])
    content = path.read_bytes().replace(b"/Count 3", b"/Count 9")
    assert count_leaves(io.BytesIO(content), password=None, seconds=20) == 3
    assert count_leaves(io.BytesIO(b"nothing"), password=None, seconds=20) == -1


@pytest.mark.parametrize(
    ("pdf", "iso"),
    [
        ("D:20240305093000Z", "2024-03-05T09:30:00+00:00"),
        ("D:20240305093000+01'00'", "2024-03-05T09:30:00+01:00"),
        ("D:20240305093000-08'30", "2024-03-05T09:30:00-08:30"),
        ("D:20240305093000+0000", "2024-03-05T09:30:00+00:00"),
        ("D:20240305093000", "2024-03-05T09:30:00"),
        ("D:202403050930", "2024-03-05T09:30:00"),
        ("D:20240305", "2024-03-05"),
        ("D:2024", "2024"),
        ("2024", "2024"),
        ("D:20241399", "2024"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_go_as_far_as_the_file_does(pdf: str, iso: str) -> None:
    assert iso_date(pdf) == iso


def test_names_are_one_bounded_line() -> None:
    assert one_line(" a\r\n\tb\0c\ud800 ") == "a b c"
    assert one_line(None) == ""
    assert len(one_line("x" * 100_000)) == MAX_NAME


def test_endless_work_is_interrupted() -> None:
    started = time.monotonic()
    assert within(0.2, lambda: sum(1 for _ in itertools.repeat(None)), -1) == -1
    assert time.monotonic() - started < 10


def test_endless_work_that_swallows_errors_is_interrupted() -> None:
    def stubborn() -> int:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001 - what careless parsers do
                continue

    assert within(0.2, stubborn, -1) == -1


def test_work_that_is_in_time_keeps_its_result_and_its_peace() -> None:
    assert within(0.05, lambda: "done", "late") == "done"
    ends = time.monotonic() + 0.3
    while time.monotonic() < ends:  # nothing is thrown into this thread afterwards
        sum(range(1000))


def test_failing_work_and_no_time_at_all() -> None:
    assert within(5, lambda: 1 // 0, -1) == -1
    assert within(0, lambda: 1, -1) == -1


@pytest.mark.parametrize("work", ["lambda: 1", "lambda: sum(1 for _ in itertools.repeat(1))"])
def test_the_clock_leaves_nothing_behind_that_python_goes_on_looking_for(work: str) -> None:
    # CPython 3.11 hangs for good in a traced function while it believes that a thread is to be
    # interrupted, where no time limit of pytest reaches: hence a process of its own.
    script = f"""
import itertools, sys
from desktop.workers.reader.structure import within
within(0.2, {work}, 0)
sys.settrace(lambda *_: None)
(lambda: 0)()
print("through")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "through\n", done.stderr
