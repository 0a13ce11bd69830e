"""One small document in every format, each made by a library other than the one that reads it.

PPTX and ODP have but one; DOC, PPT and XLS are written by no library at hand. All say the same
things, so that a test can ask all of them the same.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage

import docx
import pptx
import xlsxwriter
from odf import draw, style, table, teletype, text
from odf.opendocument import (
    OpenDocumentPresentation,
    OpenDocumentSpreadsheet,
    OpenDocumentText,
)
from PIL import Image, ImageDraw, ImageFont

from tests.compound import outlook_message
from tests.faults.hostile_files import zipped

HEADING, BELOW = "Heating", "Boiler"
SENTENCE = "The boiler in Harbour Street 14 is replaced on 3 November."
ROWS = [["Item", "Amount"], ["Boiler", "4200"], ["Pipes", "310"]]
ROW = "Item: Boiler | Amount: 4200"
SENT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
CSV = "\n".join(",".join(row) for row in ROWS).encode()
HTML = (
    f"<html><head><title>A house</title></head><body><h1>{HEADING}</h1><h2>{BELOW}</h2>"
    f"<p>{SENTENCE}</p><table><tr><th>Item</th><th>Amount</th></tr>"
    "<tr><td>Boiler</td><td>4200</td></tr><tr><td>Pipes</td><td>310</td></tr></table></body></html>"
)
MARKDOWN = (
    f"# {HEADING}\n\n## {BELOW}\n\n{SENTENCE}\n\n"
    "| Item | Amount |\n|---|---|\n| Boiler | 4200 |\n| Pipes | 310 |\n"
)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    raw = io.BytesIO()
    save(raw)
    return raw.getvalue()


def docx_file() -> bytes:
    document = docx.Document()
    document.add_heading(HEADING, 1)
    document.add_heading(BELOW, 2)
    document.add_paragraph(SENTENCE)
    made = document.add_table(0, 2)
    for row in ROWS:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            cell.text = value
    document.core_properties.title = "A house"
    return _saved(document.save)


def pptx_file() -> bytes:
    shown = pptx.Presentation()
    shown.slides.add_slide(shown.slide_layouts[0]).shapes.title.text = "A house"
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    slide.shapes.title.text = HEADING
    slide.placeholders[1].text = SENTENCE
    grid = slide.shapes.add_table(3, 2, 0, 0, 100, 100).table
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            grid.cell(at, column).text = value
    slide.notes_slide.notes_text_frame.text = "Ask the landlord first."
    return _saved(shown.save)


def xlsx_file() -> bytes:
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    sheet = book.add_worksheet("Costs 2025")
    sheet.write(0, 0, "What the house costs")
    for at, (item, amount) in enumerate(ROWS):
        sheet.write(at + 2, 1, item)
        sheet.write(at + 2, 2, amount if at == 0 else int(amount))
    sheet.write_datetime(5, 3, date(2025, 11, 3), book.add_format({"num_format": "d/m/yyyy"}))
    book.close()
    return raw.getvalue()


def odt_file() -> bytes:
    document = OpenDocumentText()
    for level, name in ((1, HEADING), (2, BELOW)):
        document.text.addElement(text.H(outlinelevel=level, text=name))
    document.text.addElement(text.P(text=SENTENCE))
    document.text.addElement(_odf_table())
    return _saved(document.write)


def ods_file() -> bytes:
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(_odf_table())
    return _saved(document.write)


def odp_file() -> bytes:
    document = OpenDocumentPresentation()
    layout = style.PageLayout(name="L")
    document.automaticstyles.addElement(layout)
    master = style.MasterPage(name="M", pagelayoutname=layout)
    document.masterstyles.addElement(master)
    for title, body in (("A house", ""), (HEADING, SENTENCE)):
        page = draw.Page(masterpagename=master)
        document.presentation.addElement(page)
        for words in filter(None, (title, body)):
            frame = draw.Frame(width="10cm", height="3cm")
            box = draw.TextBox()
            line = text.P()
            teletype.addTextToElement(line, words)
            box.addElement(line)
            frame.addElement(box)
            page.addElement(frame)
    return _saved(document.write)


def _odf_table() -> table.Table:
    made = table.Table(name="Costs")
    for row in ROWS:
        line = table.TableRow()
        for value in row:
            cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=value))
            line.addElement(cell)
        made.addElement(line)
    return made


def rtf_file() -> bytes:
    rows = "".join(
        "\\trowd\\cellx2000\\cellx4000 " + "".join(f"{cell}\\cell " for cell in row) + "\\row"
        for row in ROWS
    )
    return (
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\title A house}}"
        f"\\pard {HEADING}\\par\\pard {SENTENCE}\\par {rows}\\pard Caf\\'e9\\par}}"
    ).encode("ascii")


def epub_file() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A house</dc:title></metadata>'
        '<manifest><item id="b" href="two.xhtml"/><item id="a" href="one%20x.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package,
            "OEBPS/two.xhtml": "<html><body><h1>Later</h1><p>The end.</p></body></html>",
            "OEBPS/one x.xhtml": HTML,
        }
    )


def eml_file() -> bytes:
    message = EmailMessage()
    message["Subject"] = HEADING
    message["From"] = "Mara Quill <mara@example.org>"
    message["To"] = "office@example.org"
    message["Date"] = SENT
    message.set_content(SENTENCE)
    message.add_alternative(f"<p>{SENTENCE} As HTML.</p>", subtype="html")
    message.add_attachment(CSV, maintype="text", subtype="csv", filename="costs.csv")
    message.add_attachment(b"\x1a\x45\xdf\xa3film", maintype="video", subtype="x", filename="a.mkv")
    return message.as_bytes()


def msg_file() -> bytes:
    return outlook_message(
        HEADING, "Mara Quill <mara@example.org>", SENTENCE, SENT, {"costs.csv": CSV}
    )


def confluence_export() -> bytes:
    page = (
        "<html><head><title>House : Boiler</title></head><body><div id='breadcrumb-section'>"
        "<ol id='breadcrumbs'><li><a href='index.html'>House</a></li>"
        "<li><a href='Heating_1234567.html'>Heating</a></li></ol></div>"
        f"<p>{SENTENCE}</p></body></html>"
    )
    return zipped(
        {
            "HOUSE/Boiler_7654321.html": page,
            "HOUSE/index.html": "<html><body><p>House: all pages.</p></body></html>",
            "HOUSE/styles/site.css": "p {}",
            "HOUSE/images/icons/bullet.gif": "GIF89a",
        }
    )


def notion_export() -> bytes:
    ident = "0123456789abcdef0123456789abcdef"
    return zipped(
        {
            f"House {ident}.md": "# House\n\nAll pages.",
            f"House {ident}/Heating {ident}/Boiler {ident}.md": f"# Boiler\n\n{SENTENCE}",
            f"House {ident}/Costs {ident}.csv": CSV,
        }
    )


def scan(form: str = "PNG", *, words: str = SENTENCE, size: int = 30) -> bytes:
    """An image of some words, as a scanner at 100 dpi would give it."""
    image = Image.new("L", (1_000, 300), "white")
    font = ImageFont.load_default(size)
    ImageDraw.Draw(image).text((60, 80), words, font=font, fill=0)
    return _saved(lambda raw: image.convert("RGB").save(raw, form))
