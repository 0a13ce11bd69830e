"""Files of other formats than PDF, made to hurt. Every one is built here; nothing is stored."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from email.message import EmailMessage

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/{}" Target="{}"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ENTITIES = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "lol">' for n in range(12)
)


def zipped(entries: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of these entries."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return raw.getvalue()


def docx(document: bytes | str) -> bytes:
    """A DOCX whose main part is `document`."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    override = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES.format(override),
            "_rels/.rels": RELATIONS.format("officeDocument", "word/document.xml"),
            "word/document.xml": document,
        }
    )


def xlsx(sheet: bytes | str, shared: bytes | str | None = None) -> bytes:
    """An XLSX with one sheet."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = (
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
    )
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES.format(overrides),
        "_rels/.rels": RELATIONS.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": RELATIONS.format("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if shared is not None:
        entries["xl/sharedStrings.xml"] = shared
    return zipped(entries)


def zip_bomb() -> bytes:
    """One gigabyte of zeros in a megabyte, by the name of a Word part."""
    return docx(bytes(1_000_000_000))


def many_paragraphs() -> bytes:
    """12 million paragraphs in about 0.2 MB."""
    body = f'<w:document xmlns:w="{WORD}"><w:body>'.encode()
    return docx(body + b"<w:p/>" * 12_000_000 + b"</w:body></w:document>")


def many_paragraphs_with_text() -> bytes:
    """12 million paragraphs of one letter."""
    body = f'<w:document xmlns:w="{WORD}"><w:body>'.encode()
    paragraph = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    return docx(body + paragraph * 12_000_000 + b"</w:body></w:document>")


def deep_paragraphs() -> bytes:
    """Tables in tables, 20,000 deep."""
    depth = 20_000
    start, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    body = start * depth + "<w:p/>" + end * depth
    return docx(f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')


def laughs_docx() -> bytes:
    """Entities in entities, 10 to the 11th."""
    return docx(
        f'<?xml version="1.0"?><!DOCTYPE d [{_ENTITIES}]><w:document xmlns:w="{WORD}">'
        "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"
    )


def laughs_xlsx() -> bytes:
    """The same in the strings of a workbook."""
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return xlsx(
        f'<worksheet xmlns="{SHEET}"><sheetData>{cell}</sheetData></worksheet>',
        f'<?xml version="1.0"?><!DOCTYPE d [{_ENTITIES}]><sst xmlns="{SHEET}"><si><t>&e11;</t></si>'
        "</sst>",
    )


def xxe_docx() -> bytes:
    """An entity that is another file."""
    return docx(
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )


def far_cell() -> bytes:
    """A workbook with a value in the first cell and one in the very last."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>42</v></c></row>'
    )
    return xlsx(
        f'<worksheet xmlns="{SHEET}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
        "</worksheet>"
    )


def escaping_zip() -> bytes:
    """Entries that would be written elsewhere, beside an honest one."""
    return zipped(
        {"../../escaped.txt": "gone", "/absolute.txt": "gone", "notes.txt": "An honest note."}
    )


def overlapping_zip() -> bytes:
    """A directory that claims far more than there is."""
    return zipped({f"{n}.txt": bytes(1_000_000) for n in range(600)})


def nested_zips() -> bytes:
    """A ZIP in a ZIP, 50 deep."""
    content = zipped({"note.txt": "the innermost"})
    for _ in range(50):
        content = zipped({"inner.zip": content, "note.txt": "one more"})
    return content


def nested_mail() -> bytes:
    """A mail of 1,000 parts within parts."""
    text = b"Content-Type: text/plain\n\nthe innermost\n"
    for n in range(1_000):
        edge = b"b%d" % n
        text = (
            b'Content-Type: multipart/mixed; boundary="'
            + edge
            + b'"\n\n--'
            + edge
            + b"\n"
            + text
            + b"\n--"
            + edge
            + b"--\n"
        )
    return b"From: a@x.org\nTo: b@x.org\nSubject: nested\nMIME-Version: 1.0\n" + text


def messages_in_messages() -> bytes:
    """A mail that forwards a mail that forwards a mail, 60 deep."""
    inner = EmailMessage()
    inner["Subject"] = "innermost"
    inner.set_content("The innermost text.")
    for n in range(60):
        outer = EmailMessage()
        outer["Subject"] = f"forward {n}"
        outer.set_content(f"See below, {n}.")
        outer.add_attachment(inner)
        inner = outer
    return inner.as_bytes()


def huge_png() -> bytes:
    """50,000 by 50,000 pixels, one bit each, in a few hundred kilobytes."""

    def piece(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    packer = zlib.compressobj(9)
    row = bytes(1 + 50_000 // 8)
    data = b"".join(packer.compress(row) for _ in range(50_000)) + packer.flush()
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", data) + piece(b"IEND", b"")


def deep_html() -> bytes:
    """Elements 200,000 deep."""
    return b"<html><body>" + b"<div>" * 200_000 + b"deep" + b"</div>" * 200_000


def fetching_html() -> bytes:
    """A page that would have everything fetched, run and shown."""
    return (
        b"<html><head><link rel=stylesheet href='http://192.0.2.1/x.css'></head><body>"
        b"<img src='//192.0.2.1/x.png'><iframe src='file:///etc/passwd'></iframe>"
        b"<script>document.write('run')</script><p style='display: none'>hidden</p>"
        b"<p>An honest line.</p></body></html>"
    )


def deep_rtf() -> bytes:
    """Groups 200,000 deep."""
    return b"{\\rtf1 " + b"{" * 200_000 + b"deep" + b"}" * 200_001


def deep_markdown() -> bytes:
    """Quotations 50,000 deep."""
    return b">" * 50_000 + b" deep"


def cut(make: Callable[[], bytes], share: float) -> bytes:
    """The beginning of what `make` makes."""
    content = make()
    return content[: int(len(content) * share)]
