"""Makes the handbook's PDF from its Markdown: `python -m installers.handbook SOURCE TARGET`.

Runs inside the finished environment, for it needs markdown-it-py and fpdf2. The same source always
gives the same bytes, so nothing in it may depend on the time, the system or its fonts. It knows
just the Markdown that the handbook uses and refuses the rest, so that no text is lost unseen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Any fixed moment will do; left alone, a PDF says when it was made.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
INK = (32, 36, 42)
QUIET = (105, 112, 122)
ACCENT = (38, 84, 124)
SHADE = (243, 245, 247)
SIZE = 10
LINE_MM = 5.0

Font = tuple[str, str, float]  # Family, emphasis, size in points.
Word = tuple[tuple[str, Font], ...]  # Pieces of one font each.
BODY: Font = ("Helvetica", "", SIZE)
CODE: Font = ("Courier", "", SIZE - 0.5)


class Page(FPDF):  # type: ignore[misc]  # its types are not read, see pyproject.toml
    """A4 with our margins and a page number; the fonts are those that every PDF reader brings."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.set_title(title)
        self.set_author("Escritoire")
        self.set_lang("en")
        self.set_creation_date(EPOCH)
        self.c_margin = 0
        self.set_margins(25, 21, 25)
        self.set_auto_page_break(True, margin=21)
        self.alias_nb_pages()
        self.add_page()

    def footer(self) -> None:
        """Puts the page number below the text."""
        self.set_y(-15)
        self.set_font("Helvetica", size=8.5)
        self.set_text_color(*QUIET)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")


def build(source: Path, target: Path) -> None:
    """Writes the PDF of a Markdown file, replacing an older one only when it is complete.

    Raises:
        ValueError: when the text uses Markdown that is not known here.
        OSError: when a file cannot be read or written.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(source.read_text(encoding="utf-8"))
    if not tokens or tokens[0].tag != "h1":
        raise ValueError("the handbook must begin with its title")
    page = Page(tokens[1].content)
    for section in _sections(tokens):
        _keep_together(page, section)
        Writer(page).write(section)
    part = target.with_name(target.name + ".part")
    part.write_bytes(bytes(page.output()))
    part.replace(target)


def _sections(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The text from one heading to the next."""
    starts = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        yield tokens[start:end]


def _keep_together(page: Page, section: Sequence[Token]) -> None:
    """Begins a new page when the section would otherwise be broken; each is far less than one."""
    before = page.page_no()
    with page.offset_rendering() as trial:
        Writer(trial).write(section)
        broken = trial.page_no() > before
    if broken:
        page.add_page()


def _words(token: Token) -> Iterator[Word]:
    """The words of a paragraph; a word changes its font within where the text does."""
    word: list[tuple[str, Font]] = []
    bold = italic = ""
    for child in token.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                bold = "B" if child.type == "strong_open" else ""
            case "em_open" | "em_close":
                italic = "I" if child.type == "em_open" else ""
            case "text" | "softbreak" | "code_inline":
                font = CODE if child.type == "code_inline" else ("Helvetica", bold + italic, SIZE)
                first, *others = (" " if child.type == "softbreak" else child.content).split(" ")
                word += [(first, font)] if first else []
                for text in others:
                    if word:
                        yield tuple(word)
                    word = [(text, font)] if text else []
            case other:
                raise ValueError(f"the handbook's PDF cannot show {other}")
    if word:
        yield tuple(word)


class Writer:
    """Walks the Markdown from top to bottom and sets each block."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._counters: list[int | None] = []

    def write(self, tokens: Sequence[Token]) -> None:
        """Sets all blocks in order."""
        walk = iter(tokens)
        for token in walk:
            match token.type:
                case "heading_open":
                    self._heading(next(walk), int(token.tag[1]))
                case "inline":
                    self._paragraph(token)
                case "bullet_list_open":
                    self._counters.append(None)
                case "ordered_list_open":
                    self._counters.append(0)
                case "bullet_list_close" | "ordered_list_close":
                    self._counters.pop()
                    self._page.ln(1.6)
                case "list_item_open":
                    self._mark()
                case "fence":
                    self._code(token.content)
                case "table_open":
                    self._table(walk)
                case "paragraph_open" | "paragraph_close" | "heading_close" | "list_item_close":
                    pass
                case other:
                    raise ValueError(f"the handbook's PDF cannot show {other}")

    def _heading(self, token: Token, level: int) -> None:
        page, size = self._page, {1: 23, 2: 13}[level]
        if level > 1:
            page.ln(3.4)
        page.start_section(token.content, level=level - 1)
        page.set_font("Helvetica", "B", size)
        page.set_text_color(*(INK if level == 1 else ACCENT))
        page.multi_cell(0, size * 0.46, token.content, align="L", new_x="LMARGIN", new_y="NEXT")
        if level == 1:
            page.set_draw_color(*ACCENT)
            page.set_line_width(0.7)
            page.line(page.l_margin, page.get_y() + 2.5, page.l_margin + 22, page.get_y() + 2.5)
            page.ln(5.5)
        page.ln(1.8)

    def _paragraph(self, token: Token) -> None:
        with self._indented():
            for line in self._lines(list(_words(token))):
                self._line(line)
        self._page.ln(0.6 if self._counters else 2)

    def _lines(self, words: Sequence[Word]) -> Iterator[list[Word]]:
        """Breaks a paragraph between words; fpdf2's own `write` breaks within them."""
        line: list[Word] = []
        width = 0.0
        for word in words:
            extent = sum(self._width(text, font) for text, font in word)
            space = self._width(" ", BODY) if line else 0.0
            if line and width + space + extent > self._page.epw:
                yield line
                line, width, space = [], 0.0, 0.0
            line.append(word)
            width += space + extent
        yield line

    def _width(self, text: str, font: Font) -> float:
        self._page.set_font(*font)
        return float(self._page.get_string_width(text))

    def _line(self, words: Sequence[Word]) -> None:
        """Sets one line; pieces of the same font are joined, so that they can be copied as one."""
        pieces: list[tuple[str, Font]] = []
        for index, word in enumerate(words):
            for piece in [(" ", BODY), *word] if index else word:
                if pieces and pieces[-1][1] == piece[1]:
                    pieces[-1] = (pieces[-1][0] + piece[0], piece[1])
                else:
                    pieces.append(piece)
        page = self._page
        page.set_text_color(*INK)
        for text, font in pieces:
            width = self._width(text, font)
            page.cell(width, LINE_MM, text)
        page.ln(LINE_MM)

    def _mark(self) -> None:
        """Sets the number or the dot of a list item; the dot is drawn, so it is no text."""
        page = self._page
        number = self._counters[-1]
        page.set_text_color(*ACCENT)
        if number is None:
            page.set_fill_color(*ACCENT)
            page.circle(page.l_margin + 2.6, page.get_y() + LINE_MM / 2, 0.65, style="F")
            return
        self._counters[-1] = number + 1
        page.set_font("Helvetica", "B", SIZE)
        page.cell(6, LINE_MM, f"{number + 1}.")

    @contextmanager
    def _indented(self) -> Iterator[None]:
        page, margin = self._page, self._page.l_margin
        page.set_left_margin(margin + 6 * len(self._counters))
        page.set_x(page.l_margin)
        yield
        page.set_left_margin(margin)
        page.set_x(margin)

    def _code(self, text: str) -> None:
        page = self._page
        page.set_font("Courier", size=SIZE - 1.5)
        page.set_text_color(*INK)
        page.set_fill_color(*SHADE)
        lines = text.rstrip("\n")
        page.multi_cell(
            0, 4.6, lines, align="L", fill=True, padding=3, new_x="LMARGIN", new_y="NEXT"
        )
        page.ln(3.5)

    def _table(self, walk: Iterator[Token]) -> None:
        page, rows = self._page, list[list[str]]()
        for token in walk:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token.content)
        page.set_font("Helvetica", size=SIZE - 0.5)
        page.set_text_color(*INK)
        page.set_draw_color(210, 214, 219)
        page.set_line_width(0.2)
        with page.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=(34, 100),
            headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=SHADE),
            line_height=LINE_MM,
            padding=(0.8, 2),
            text_align="LEFT",
        ) as table:
            for cells in rows:
                table.row(cells)
        page.ln(3)


def main(arguments: Sequence[str]) -> int:
    """Builds the PDF from the two paths given; returns the exit status."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m installers.handbook SOURCE TARGET\n")
        return 2
    build(Path(arguments[0]), Path(arguments[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
