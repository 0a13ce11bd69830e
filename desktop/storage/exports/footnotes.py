"""Footnotes of a Word document, which python-docx does not write: a part of their own.

As ECMA-376, part 1, 17.11 has it. A note that is called again is called by a cross-reference to its
first place, so that each source stands at the foot of one page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

PARTNAME = "/word/footnotes.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
REFERENCE, TEXT = "EscritoireFootnoteReference", "EscritoireFootnoteText"
SIZE_PT = 9
_FIRST = 2  # ids 0 and 1 are the two lines that separate text and notes


class Footnotes:
    """The notes of one document: their texts by their numbers, called from anywhere in it."""

    def __init__(self, document: Document, texts: Mapping[int, str]) -> None:
        self._document = document
        self._texts = texts
        self._called: list[int] = []
        self._add_styles()

    def call(self, paragraph: Paragraph, number: int) -> None:
        """Put the number of a note behind what the paragraph holds so far."""
        if number in self._called:
            self._refer(paragraph, self._called.index(number))
        elif number in self._texts:
            self._call_first(paragraph, number)

    def _call_first(self, paragraph: Paragraph, number: int) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        at = len(self._called)
        self._called.append(number)
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (begin, end):
            mark.set(qn("w:id"), str(at))
        begin.set(qn("w:name"), _bookmark(at))
        run = paragraph.add_run()
        run._r.style = REFERENCE  # noqa: SLF001 (by name, it is looked for among all)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(at + _FIRST))
        run._r.append(reference)  # noqa: SLF001 (python-docx gives its XML no other name)
        run._r.addprevious(begin)  # noqa: SLF001
        run._r.addnext(end)  # noqa: SLF001

    def attach(self) -> None:
        """Put the notes that were called into the document, in the order of their calls."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if not self._called:
            return
        part = self._document.part
        blob = self._part()
        notes = Part(PackURI(PARTNAME), CONTENT_TYPE, blob, part.package)
        part.relate_to(notes, RELATION)

    def _refer(self, paragraph: Paragraph, at: int) -> None:
        """A field that repeats the number of a note; what it says is what Word would make of it."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" NOTEREF {_bookmark(at)} \\f \\h ")
        run = paragraph.add_run(str(at + 1))
        run._r.style = REFERENCE  # noqa: SLF001
        run._r.addprevious(field)  # noqa: SLF001
        field.append(run._r)  # noqa: SLF001

    def _part(self) -> bytes:
        from docx.oxml.ns import nsmap, qn
        from lxml import etree

        root = etree.Element(qn("w:footnotes"), nsmap={"w": nsmap["w"]})
        for id_, kind in enumerate(("separator", "continuationSeparator")):
            note = etree.SubElement(
                root, qn("w:footnote"), {qn("w:type"): kind, qn("w:id"): str(id_)}
            )
            run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
            etree.SubElement(run, qn(f"w:{kind}"))
        for id_, number in enumerate(self._called, _FIRST):
            note = etree.SubElement(root, qn("w:footnote"), {qn("w:id"): str(id_)})
            paragraph = etree.SubElement(note, qn("w:p"))
            properties = etree.SubElement(paragraph, qn("w:pPr"))
            etree.SubElement(properties, qn("w:pStyle"), {qn("w:val"): TEXT})
            mark = etree.SubElement(paragraph, qn("w:r"))
            look = etree.SubElement(mark, qn("w:rPr"))
            etree.SubElement(look, qn("w:rStyle"), {qn("w:val"): REFERENCE})
            etree.SubElement(mark, qn("w:footnoteRef"))
            said = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:t"))
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            said.text = f" {self._texts[number]}"
        written: bytes = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return written

    def _add_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles: Any = self._document.styles
        styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER).font.superscript = True
        text = styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size = Pt(SIZE_PT)
        text.paragraph_format.space_after = Pt(0)


def _bookmark(at: int) -> str:
    return f"_RefNote{at + 1}"
