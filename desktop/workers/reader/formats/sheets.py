"""Spreadsheets and CSV: every page is a range of cells, its label the sheet and the range.

XLSX goes through openpyxl in read-only mode, which takes one row at a time and so can meet a stray
cell at the far end of a sheet; XLS, XLSB and ODS through calamine; CSV through Python's own reader.
A formula counts as the value that was last computed.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import python_calamine
from openpyxl.utils import get_column_letter

from desktop.domain.documents import Unit
from desktop.workers.reader.formats.blocks import (
    MAX_NAME,
    MOST_CHARACTERS,
    ReadPage,
    clean,
    row_line,
)

XLSX_FACTS = "docProps/core.xml"  # without it, openpyxl makes the facts up
MOST_ROWS = 50  # of a page
MOST_COLUMNS = 16_384  # of a sheet, as Excel allows
HEADS_WITHIN = 15  # rows in which the heads of the columns are looked for

Row = tuple[int, int, Sequence[str]]  # row number, number of the first column, cells


def xlsx_pages(content: bytes) -> Iterator[ReadPage]:
    """The pages of an XLSX workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for name in book.sheetnames:
        sheet = book[name]
        if not hasattr(sheet, "reset_dimensions"):  # a sheet that is a chart
            continue
        sheet.reset_dimensions()  # what a sheet says of its own size need not be so
        rows = (
            (number, 1, [_written(value) for value in row[:MOST_COLUMNS]])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            if row
        )
        yield from sheet_pages(name, rows)


def xlsx_facts(content: bytes) -> tuple[str, str, str]:
    """Title, author and date of an XLSX workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    told = book.properties
    created = told.created.isoformat() if told.created else ""
    return told.title or "", told.creator or "", created


def calamine_pages(content: bytes) -> Iterator[ReadPage]:
    """The pages of an XLS, XLSB or ODS workbook."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except python_calamine.WorksheetNotFound:  # a chart
            continue
        first_row, first_column = sheet.start or (0, 0)
        rows = (
            (number, first_column + 1, [_written(value) for value in row])
            for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=first_row + 1)
        )
        yield from sheet_pages(name, rows)


def csv_pages(text: str, name: str) -> Iterator[ReadPage]:
    """The pages of a CSV file, whatever stands between its values."""
    sample = text[:MOST_CHARACTERS]
    try:
        dialect: Any = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if sample.count("\t") > sample.count(",") else csv.excel
    csv.field_size_limit(1_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), dialect)
    for page in sheet_pages(name, ((number, 1, row) for number, row in enumerate(rows, start=1))):
        yield page._replace(heading="")


def sheet_pages(name: str, rows: Iterable[Row]) -> Iterator[ReadPage]:
    """The rows of one sheet as pages; the heads of its columns are said with every row."""
    filled = (row for row in rows if any(cell.strip() for cell in row[2]))
    first = list(itertools.islice(filled, HEADS_WITHIN))
    at = _heads_at([cells for _, _, cells in first])
    heads = [clean(cell) for cell in first[at][2]] if at is not None else []
    taken: list[tuple[int, int, int]] = []  # row, first column, last column
    lines: list[str] = []
    size = 0

    def page() -> ReadPage:
        left, right = min(column for _, column, _ in taken), max(column for _, _, column in taken)
        span = f"{get_column_letter(left)}{taken[0][0]}:{get_column_letter(right)}{taken[-1][0]}"
        made = ReadPage(
            "\n".join(lines),
            label=f"{name}!{span}"[:MAX_NAME],
            unit=Unit.CELLS,
            heading=name[:MAX_NAME],
        )
        taken.clear()
        lines.clear()
        return made

    for place, (number, column, cells) in enumerate(itertools.chain(first, filled)):
        last = max(at for at, cell in enumerate(cells) if cell.strip())
        headed = at is not None and place > at
        line = row_line(heads if headed else (), [clean(cell) for cell in cells])[:MOST_CHARACTERS]
        if taken and (len(taken) >= MOST_ROWS or size + len(line) > MOST_CHARACTERS):
            yield page()
            size = 0
        if at is None or place != at or len(first) == 1:
            lines.append(line)
            size += len(line)
        taken.append((number, column, min(column + last, MOST_COLUMNS)))
    if lines:
        yield page()


def _heads_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of a sheet's first rows holds the heads of its columns; None if none does.

    Of the rows above the first number or date, it is the first of those that have most cells
    filled: at least two, and half as many as the widest row.
    """
    words = list(
        itertools.takewhile(lambda row: not any(_is_value(cell) for cell in row), rows[:-1])
    )
    count, at = max(((_count(row), -at) for at, row in enumerate(words)), default=(0, 0))
    widest = max((_count(row) for row in rows), default=0)
    return -at if count >= 2 and count * 2 >= widest else None


def _count(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _is_value(cell: str) -> bool:
    """Whether a cell says a number or a date rather than what stands below it."""
    digits = sum(c.isdigit() for c in cell)
    return digits > sum(c.isalpha() for c in cell) and not (cell.isdigit() and len(cell) == 4)


def _written(value: object) -> str:
    """A cell's value as a person would write it."""
    match value:
        case None:
            written = ""
        case bool():
            written = "yes" if value else "no"
        case float():
            whole = value.is_integer() and abs(value) < 1e15
            written = str(int(value)) if whole else f"{value:.12g}"
        case datetime():
            midnight = value.time() == time()
            written = value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case date() | time():
            written = value.isoformat()
        case _:
            written = str(value)
    return written
