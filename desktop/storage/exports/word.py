"""A conversation as a Word document, its sources as footnotes at the foot of the page.

python-docx writes the document; the footnotes it does not know go in beside it (`footnotes`). What
a model wrote is read as Markdown by markdown-it-py: no picture and no link of it is taken over, the
address of a link is written out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.domain.chat import Role
from desktop.domain.exports import MARK, Export, Said, marked
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.storage.exports.footnotes import Footnotes
from desktop.storage.exports.page_images import png

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from markdown_it.token import Token

PAGE_CM = 15.0  # width of a page image
RECORD_CM = (3.5, 11.5)  # of the columns of an answer's record
INDENT_CM = 0.75  # of each level of a list
# The ids of styles of python-docx's own template.
HEADING, QUOTE, CAPTION, GRID = "Heading{}", "Quote", "Caption", "TableGrid"
CODE_FACE = "Consolas"
SMALL_PT = 8

# What XML 1.0 cannot hold; a line separator would break a line that is none.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    code: bool = False
    unsupported: bool = False


def write(export: Export, file: BinaryIO, cancel: Cancellation) -> None:
    """Write the whole of it."""
    import docx

    document = docx.Document()
    _Writer(document, export).write(cancel)
    packed = io.BytesIO()  # python-docx seeks back and forth
    document.save(packed)
    file.write(packed.getvalue())


class _Writer:
    """Puts one export into one document."""

    def __init__(self, document: Document, export: Export) -> None:
        from docx.blkcntnr import BlockItemContainer
        from docx.oxml.parser import OxmlElement

        self._document = document
        self._export = export
        texts = {
            note.number: _clean(
                f"{note.citation.document}, {export.words.place_of(note.citation)}: "
                f"“{' '.join(note.citation.text.split())}”"
            )
            for note in export.notes()
        }
        self._footnotes = Footnotes(document, texts)
        self._width = document._block_width  # noqa: SLF001
        # Each turn is written aside: whatever is added to a long body, all of it is gone through.
        self._room = BlockItemContainer(OxmlElement("w:body"), document._body)  # noqa: SLF001
        self._end = document.element.body.sectPr

    def write(self, cancel: Cancellation) -> None:
        export, document = self._export, self._document
        document.core_properties.title = _clean(export.conversation.title)[:255]
        document.core_properties.author = "Escritoire"
        document.core_properties.comments = ""
        document.add_heading(_clean(export.conversation.title), 0)
        for said in export.said:
            cancel.raise_if_wished()
            self._turn(said)
            for element in list(self._room._element):  # noqa: SLF001
                self._end.addprevious(element)
        self._footnotes.attach()

    def _turn(self, said: Said) -> None:
        words = self._export.words
        who = words.question if said.turn.role is Role.USER else words.answer
        self.run(self.paragraph(style=HEADING.format(1)), who, _Look())
        self._small(words.time_of(said.turn.created))
        text = _clean(marked(said))
        if said.verbatim:
            for part in re.split(r"\n[ \t]*\n\s*", text.strip()):
                self._lines(self.paragraph(style=QUOTE), part, _Look())
        else:
            _Markdown(self).write(text)
        if any(not one.supported for one in said.sentences):
            self._small(words.unsupported_below)
        if state := words.state_of(said.turn):
            self._small(state)
        if said.turn.record is not None:
            self._record(words.record_of(said.turn.record))
        for note, image in self._export.pages_of(said):
            self._page(f"{note.citation.document}, {words.place_of(note.citation)}", png(image))

    def _record(self, facts: Sequence[tuple[str, str]]) -> None:
        from docx.shared import Cm

        table = self.table(0, 2)
        table.autofit = False
        for column, width in zip(table.columns, RECORD_CM, strict=True):
            column.width = Cm(width)
        for fact in facts:
            cells = table.add_row().cells
            for cell, text, width in zip(cells, fact, RECORD_CM, strict=True):
                cell.width = Cm(width)
                self.run(cell.paragraphs[0], _clean(text), _Look()).font.size = _points(SMALL_PT)

    def _page(self, caption: str, image: bytes) -> None:
        from docx.shared import Cm

        paragraph = self.paragraph()
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(io.BytesIO(image), width=Cm(PAGE_CM))
        told = picture._inline.docPr  # noqa: SLF001 (python-docx has no other way to describe it)
        told.set("descr", _clean(caption))
        self.run(self.paragraph(style=CAPTION), _clean(caption), _Look())

    def _small(self, text: str) -> None:
        run = self.run(self.paragraph(), _clean(text), _Look(italic=True))
        run.font.size = _points(SMALL_PT)

    # -- for the parser of Markdown

    def paragraph(self, *, level: int = 0, style: str | None = None) -> Paragraph:
        """A new paragraph, `level` lists deep."""
        from docx.shared import Cm

        made: Paragraph = self._room.add_paragraph()
        if style is not None:
            made._p.style = style  # noqa: SLF001 (by name, each is looked for among all)
        if level:
            made.paragraph_format.left_indent = Cm(INDENT_CM * level)
            made.paragraph_format.first_line_indent = Cm(-INDENT_CM)
        return made

    def heading(self, level: int) -> Paragraph:
        """A heading below those of the turns."""
        return self.paragraph(style=HEADING.format(min(level + 1, 9)))

    def table(self, rows: int, columns: int) -> Any:
        # Not the document's own: it looks for its sections, through all there is, for each table.
        table = self._room.add_table(rows, columns, self._width)
        table._tbl.tblStyle_val = GRID  # noqa: SLF001 (by name, each is looked for among all)
        return table

    def marked(self, paragraph: Paragraph, text: str, look: _Look) -> _Look:
        """Add a text in which notes are called; returns the look with which it goes on."""
        at = 0
        for match in MARK.finditer(text):
            self.run(paragraph, text[at : match.start()], look)
            at = match.end()
            if match[1] in "()":
                look = replace(look, unsupported=match[1] == "(")
            else:
                self._footnotes.call(paragraph, int(match[1]))
        self.run(paragraph, text[at:], look)
        return look

    def _lines(self, paragraph: Paragraph, text: str, look: _Look) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            look = self.marked(paragraph, line, look)

    def run(self, paragraph: Paragraph, text: str, look: _Look) -> Any:
        """Add a piece of text that looks the same throughout."""
        from docx.enum.text import WD_UNDERLINE

        run = paragraph.add_run(text)
        run.bold = look.bold or None
        run.italic = look.italic or None
        if look.code:
            run.font.name = CODE_FACE
        if look.unsupported:
            run.font.underline = WD_UNDERLINE.DOTTED
        return run


class _Markdown:
    """Writes what a model wrote: paragraphs, headings, lists, tables, code, emphasis."""

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self._lists: list[int | None] = []  # the next number of each list; None for bullets
        self._item = ""  # what stands before the next paragraph
        self._quoted = 0
        self._look = _Look()

    def write(self, text: str) -> None:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
        tokens = parser.parse(text)
        at = 0
        while at < len(tokens):
            at = self._block(tokens, at)

    def _block(self, tokens: Sequence[Token], at: int) -> int:
        """Write the block that begins there; where the next one does."""
        token = tokens[at]
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._item = "•\t" if number is None else f"{number}.\t"
                if number is not None:
                    self._lists[-1] = number + 1
            case "blockquote_open":
                self._quoted += 1
            case "blockquote_close":
                self._quoted -= 1
            case "heading_open":
                self._inline(self._writer.heading(int(token.tag[1:])), tokens[at + 1])
                return at + 3
            case "paragraph_open":
                self._inline(self._paragraph(), tokens[at + 1])
                return at + 3
            case "fence" | "code_block":
                self._code(token.content)
            case "table_open":
                return self._table(tokens, at)
        return at + 1

    def _paragraph(self) -> Paragraph:
        style = QUOTE if self._quoted else None
        paragraph = self._writer.paragraph(level=len(self._lists), style=style)
        self._writer.run(paragraph, self._item, _Look())
        self._item = ""
        return paragraph

    def _code(self, text: str) -> None:
        paragraph = self._paragraph()
        for number, line in enumerate(text.rstrip("\n").split("\n")):
            if number:
                paragraph.add_run().add_break()
            self._writer.run(paragraph, line, _Look(code=True))

    def _table(self, tokens: Sequence[Token], at: int) -> int:
        rows: list[list[Token]] = []
        end = at
        while tokens[end].type != "table_close":
            if tokens[end].type == "tr_open":
                rows.append([])
            elif tokens[end].type == "inline":
                rows[-1].append(tokens[end])
            end += 1
        table = self._writer.table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, inline in zip(row.cells, cells, strict=False):
                self._inline(cell.paragraphs[0], inline)
        return end + 1

    def _inline(self, paragraph: Paragraph, token: Token) -> None:
        look = self._look
        addresses: list[str] = []
        for child in token.children or ():
            match child.type:
                case "text":
                    look = self._writer.marked(paragraph, child.content, look)
                case "code_inline":
                    self._writer.run(paragraph, child.content, replace(look, code=True))
                case "strong_open" | "strong_close":
                    look = replace(look, bold=child.type == "strong_open")
                case "em_open" | "em_close":
                    look = replace(look, italic=child.type == "em_open")
                case "softbreak":
                    self._writer.run(paragraph, " ", look)
                case "hardbreak":
                    paragraph.add_run().add_break()
                case "link_open":
                    addresses.append(str(child.attrs.get("href", "")))
                case "link_close":
                    self._writer.run(paragraph, f" ({addresses.pop()})", look)
                case "image":
                    self._writer.run(paragraph, child.content, look)
        self._look = replace(_Look(), unsupported=look.unsupported)


def _clean(text: str) -> str:
    """A text that XML can hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", whole(text).replace("\r\n", "\n"))


def _points(size: int) -> Any:
    from docx.shared import Pt

    return Pt(size)
