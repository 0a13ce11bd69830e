"""Look-alike documents: what a family of them says, and a PDF of it with the page of each fact.

A document is a list of sections; each holds facts, said in one of several wordings, between
sentences of its themes (see `themes`), and tables, whose heads are not repeated below. A question
is never made of the words of the statement: it has wordings of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

from tests.bench.lookalikes.themes import MONTHS, sentence

Draw = Callable[[random.Random], str]  # a value of a document


def whole(low: int, high: int, step: int = 1) -> Draw:
    """A whole number with thousands separators."""
    return lambda chance: f"{chance.randrange(low, high, step):,}"


def tenths(low: float, high: float) -> Draw:
    return lambda chance: f"{chance.uniform(low, high):.1f}"


def one_of(*values: str) -> Draw:
    return lambda chance: chance.choice(values)


def day(chance: random.Random) -> str:
    return f"{chance.randrange(1, 29)} {chance.choice(MONTHS)}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document says once: `{value}` is drawn per document, `{town}` and such are its.

    `asked` are the beginnings of questions for it, without the document and the question mark.
    """

    statements: tuple[str, ...]
    asked: tuple[str, ...]
    values: Mapping[str, Draw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the heads (the first names the rows), the rows, and a value for each column.

    `asked` has a question for each column but the first, with `{row}`; the rows that appear are
    drawn from `rows`, at least two thirds of them.
    """

    captions: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[str, ...]
    values: tuple[Draw, ...]
    asked: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    headings: tuple[str, ...]
    themes: tuple[str, ...]
    parts: tuple[Fact | Table, ...] = ()
    paragraphs: int = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """One document to be written: its names for things, and how a question may name it."""

    file: str
    title: str  # of the file's metadata, perhaps none or nonsense
    cover: tuple[str, ...]
    header: str
    names: Mapping[str, str]
    frames: tuple[str, ...]  # "{asked} in {town} in {year}?"
    short: str  # the shortest name for it
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    file: str
    page: int  # from 1
    kind: str  # "text" or "table"
    asked: str  # what is asked, without the document
    short: str  # the shortest name for the document


def write(outline: Outline, folder: Path, seed: str) -> list[Question]:
    """Write the document; every question that it answers, each in one wording of its own."""
    chance = random.Random(seed)
    length = chance.choice((1.5, 1.5, 1.6, 1.8, 2.2, 3.0))
    sheet = _Sheet(outline, whole_pages=chance.random() < 0.5)
    questions: list[Question] = []

    def ask(wordings: Sequence[str], values: Mapping[str, str], page: int, kind: str) -> None:
        asked = chance.choice(wordings).format(**values)
        frame = chance.choice(outline.frames)
        if not frame.startswith("{asked}"):
            asked = asked[0].lower() + asked[1:]
        text = frame.format(asked=asked, **outline.names)
        text = text[0].upper() + text[1:]
        short = outline.short.format(**outline.names)
        questions.append(Question(text, outline.file, page, kind, asked, short))

    for number, section in enumerate(outline.sections, 1):
        sheet.heading(f"{number}  {chance.choice(section.headings)}")
        facts = [part for part in section.parts if isinstance(part, Fact)]
        count = max(round((section.paragraphs + chance.randrange(-1, 2)) * length), len(facts))
        places = sorted(chance.sample(range(count), len(facts)))
        for at in range(count):
            said = [
                sentence(chance, chance.choice(section.themes))
                for _ in range(chance.randrange(3, 7))
            ]
            if at in places:
                fact = facts[places.index(at)]
                values = {**outline.names, **{k: draw(chance) for k, draw in fact.values.items()}}
                stated = chance.choice(fact.statements).format(**values)
                said.insert(chance.randrange(len(said) + 1), stated)
                ask(fact.asked, values, sheet.paragraph(" ".join(said)), "text")
            else:
                sheet.paragraph(" ".join(said))
        for table in section.parts:
            if isinstance(table, Table):
                _write_table(table, outline, sheet, chance, ask)
    sheet.save(folder / outline.file)
    return questions


def _write_table(
    table: Table,
    outline: Outline,
    sheet: _Sheet,
    chance: random.Random,
    ask: Callable[[Sequence[str], Mapping[str, str], int, str], None],
) -> None:
    rows = [row for row in table.rows if chance.random() < 0.85]
    if chance.random() < 0.5:
        chance.shuffle(rows)
    grid = [[row, *(draw(chance) for draw in table.values)] for row in rows]
    heads = [head.format(**outline.names) for head in table.heads]
    pages = sheet.table(chance.choice(table.captions).format(**outline.names), heads, grid)
    asked_about = chance.sample(range(len(rows)), min(4, len(rows)))
    for at in asked_about:
        wordings = chance.choice(table.asked)
        ask(wordings, {**outline.names, "row": rows[at]}, pages[at], "table")


class _Sheet:
    """Lays a document out; says on which page each thing came to stand."""

    LINE = 6.2  # mm

    def __init__(self, outline: Outline, *, whole_pages: bool) -> None:
        self._whole_pages = whole_pages  # a section begins on a new page, unless little is used
        self._pdf = pdf = _Running(outline.header)
        pdf.set_auto_page_break(auto=False)
        pdf.set_creation_date(datetime(2024, 1, 1, tzinfo=UTC))
        pdf.set_margins(25, 28, 25)
        if outline.title:
            pdf.set_title(outline.title)
        pdf.add_page()
        pdf.set_y(70)
        for at, line in enumerate(outline.cover):
            pdf.set_font("Helvetica", size=20 if at == 0 else 13)
            pdf.multi_cell(0, 11 if at == 0 else 8, line, new_x="LMARGIN", new_y="NEXT")
        pdf.add_page()

    def heading(self, text: str) -> None:
        pdf = self._pdf
        if self._whole_pages and pdf.get_y() > 120:
            pdf.add_page()
        pdf.set_font("Helvetica", "B", 13)
        self._fit(40)
        pdf.multi_cell(0, 9, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1)

    def paragraph(self, text: str) -> int:
        pdf = self._pdf
        pdf.set_font("Helvetica", size=11)
        height = pdf.multi_cell(0, self.LINE, text, dry_run=True, output="HEIGHT")
        self._fit(height)
        pdf.multi_cell(0, self.LINE, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2.5)
        return pdf.page_no()

    def table(self, caption: str, heads: list[str], grid: list[list[str]]) -> list[int]:
        pdf = self._pdf
        self._fit(60)
        pdf.set_font("Helvetica", "B", 10)
        pdf.multi_cell(0, 7, caption, new_x="LMARGIN", new_y="NEXT")
        rest = (pdf.epw - 60) / (len(heads) - 1)
        pdf.set_font("Helvetica", "I", 9)
        self._row(heads, rest)
        pdf.set_font("Helvetica", size=10)
        pages = []
        for row in grid:
            self._fit(6)
            self._row(row, rest)
            pages.append(pdf.page_no())
        pdf.ln(4)
        return pages

    def _row(self, cells: list[str], width: float) -> None:
        self._pdf.cell(60, 6, cells[0])
        for cell in cells[1:]:
            self._pdf.cell(width, 6, cell, align="R")
        self._pdf.ln(6)

    def _fit(self, height: float) -> None:
        if self._pdf.get_y() + height > self._pdf.h - 25:
            font = (self._pdf.font_family, self._pdf.font_style, self._pdf.font_size_pt)
            self._pdf.add_page()
            self._pdf.set_font(*font)

    def save(self, path: Path) -> None:
        self._pdf.output(str(path))


class _Running(FPDF):
    """With a running header and the page's number below."""

    def __init__(self, text: str) -> None:
        super().__init__(format="A4")
        self._text = text

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_font("Helvetica", size=8)
            self.cell(0, 5, self._text)
            self.set_y(28)

    def footer(self) -> None:
        if self.page_no() > 1:
            self.set_y(-18)
            self.set_font("Helvetica", size=8)
            self.cell(0, 5, str(self.page_no()), align="C")
