"""Word documents and mails made here, part by part, with all that a rewrite must leave in place."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{_TYPE}.document.main+xml"

# A letter as offices have them: formats that change within a word, a link, a field, a note, a
# comment, a bookmark, a tab, line breaks, a list, a table, somebody's tracked change.
BODY = """
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Rent for the year</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">We are </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>not</w:t>
</w:r>
<w:r><w:t xml:space="preserve"> able to pay the </w:t></w:r><w:r><w:rPr><w:i/></w:rPr>
<w:t xml:space="preserve">full amount before </w:t></w:r><w:r><w:t>July.</w:t></w:r></w:p>
<w:p><w:bookmarkStart w:id="7" w:name="here"/><w:r>
<w:t xml:space="preserve">Please look at </w:t></w:r>
<w:hyperlink r:id="rId9"><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>our website</w:t></w:r>
</w:hyperlink><w:r><w:t xml:space="preserve"> for the forms</w:t></w:r>
<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r><w:bookmarkEnd w:id="7"/></w:p>
<w:p><w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">It is due on </w:t></w:r>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGEFIELD Due </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3 May 2021</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> at the latest.</w:t>
</w:r>
<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>
<w:r><w:t>Bring</w:t><w:tab/><w:t>the old contract</w:t><w:br/><w:t>with you please.</w:t>
</w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>
<w:tc><w:p><w:r><w:t>Rent due</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>You have to pay this by bank transfer.</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl>
<w:p><w:r><w:t xml:space="preserve">The keys are </w:t></w:r>
<w:ins w:id="41" w:author="Ana" w:date="2020-01-01T00:00:00Z"><w:r>
<w:t xml:space="preserve">still </w:t></w:r></w:ins>
<w:del w:id="42" w:author="Ana" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>now </w:delText>
</w:r>
</w:del><w:r><w:t>in the office of the landlord.</w:t></w:r></w:p>
<w:sectPr/>
"""
FOOTNOTES = """
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> These forms have been changed last year.</w:t></w:r></w:p>
</w:footnote>
"""
STYLES = (
    """<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>"""
)
COMMENTS = (
    """<w:comment w:id="0" w:author="Ana"><w:p><w:r><w:t>Sure?</w:t></w:r></w:p></w:comment>"""
)

# What the letter reads as; Ana's insertion is read, her deletion is not.
PARAGRAPHS = (
    "Rent for the year",
    "We are not able to pay the full amount before July.",
    "Please look at our website for the forms.",
    "It is due on 3 May 2021 at the latest.",
    "Bring\tthe old contract\nwith you please.",
    "Rent due",
    "You have to pay this by bank transfer.",
    "The keys are still in the office of the landlord.",
    " These forms have been changed last year.",
)


def word_document(
    path: Path,
    body: str = BODY,
    *,
    space: str = W,
    kind: str = MAIN_TYPE,
    before: str = "",
    others: dict[str, bytes] | None = None,
) -> Path:
    """A .docx with this body; `before` is put before the root element, `others` are more parts."""

    def part(root: str, inner: str) -> str:
        head = f'<w:{root} xmlns:w="{space}" xmlns:r="{R}">'
        return f'<?xml version="1.0" encoding="UTF-8"?>{before}{head}{inner}</w:{root}>'

    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(("styles", "footnotes", "comments"), 1)
    )
    link = f'<Relationship Id="rId9" Type="{R}/hyperlink" Target="https://example.org/" '
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>'
            for name in ("styles", "footnotes", "comments")
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'{relations}{link}TargetMode="External"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": part("styles", STYLES),
        "word/footnotes.xml": part("footnotes", FOOTNOTES),
        "word/comments.xml": part("comments", COMMENTS),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (others or {}).items():
            archive.writestr(name, content)
    return path


def marks(path: Path) -> list[tuple[str, str, str]]:
    """Every tracked change in body and notes: "ins" or "del", by whom, the text."""
    found: list[tuple[str, str, str]] = []
    for root in _roots(path):
        for mark in root.iter(f"{{{W}}}ins", f"{{{W}}}del"):
            kind = etree.QName(mark).localname
            found.append((kind, mark.get(f"{{{W}}}author", ""), _text(mark, f"{{{W}}}delText")))
    return found


def readings(path: Path, *, taken: bool) -> list[str]:
    """The paragraphs that have text, once all tracked changes are taken or refused: as the standard
    says it (ECMA-376, part 1, 17.13.5), and in other words than the program does it."""
    goes, stays = ("del", "ins") if taken else ("ins", "del")
    found: list[str] = []
    for root in _roots(path):
        for mark in list(root.iter(f"{{{W}}}{goes}")):
            mark.getparent().remove(mark)
        etree.strip_tags(root, f"{{{W}}}{stays}")
        found += (_text(paragraph, f"{{{W}}}delText") for paragraph in root.iter(f"{{{W}}}p"))
    return [text for text in found if text.strip()]


def _roots(path: Path) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        parts = ("word/document.xml", "word/footnotes.xml")
        return [etree.fromstring(archive.read(part)) for part in parts]


def _text(element: etree._Element, deleted: str) -> str:
    signs = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n"}
    return "".join(
        child.text or "" if child.tag in (f"{{{W}}}t", deleted) else signs.get(child.tag, "")
        for child in element.iter(f"{{{W}}}t", deleted, *signs)
    )
