"""PDFium on real pages: what is read is what was drawn, and lights where it was drawn."""

from __future__ import annotations

import gc
import itertools
import math
import os
from pathlib import Path

import pytest
from fpdf import FPDF

from desktop.domain.errors import (
    Cancelled,
    DocumentChanged,
    DocumentDamaged,
    EscritoireError,
    NotAPdf,
    PasswordNeeded,
    PasswordWrong,
)
from desktop.workers.reader.drawing import MAX_AREA, MAX_HEIGHT, MAX_WIDTH, image_size
from desktop.workers.reader.geometry import MAX_RECTANGLES
from desktop.workers.reader.pdf import PdfFile
from tests.samples import assemble_pdf, report_pages, stream, write_pdf, write_report

A4 = (595.28, 841.89)  # points


def word_page(
    path: Path,
    *,
    rotation: int = 0,
    media: tuple[float, float, float, float] = (0, 0, 600, 800),
    crop: tuple[float, float, float, float] | None = None,
) -> Path:
    """A page that says "lantern" on a red box, with the box at (200, 500) to (300, 520) points.

    Written by hand, because the place of everything has to be known.
    """
    content = (
        b"1 0 0 rg 200 500 100 20 re f 0 g BT /F 20 Tf 200 504 Td (lantern) Tj ET "
        b"BT /F 20 Tf 60 100 Td (elsewhere) Tj ET"
    )
    box = b" ".join(b"%d" % edge for edge in media)
    extra = b"/Rotate %d" % rotation
    if crop:
        extra += b"/CropBox[%s]" % b" ".join(b"%d" % edge for edge in crop)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s/Contents 4 0 R" % (box, extra)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page + b"/Resources<</Font<</F 5 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    path.write_bytes(assemble_pdf(objects))
    return path


def red_box(pixels: bytes, width: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn in red, in pixels."""
    found = [
        (at // 3 % width, at // 3 // width)
        for at in range(0, len(pixels), 3)
        if pixels[at] > 200 and pixels[at + 1] < 50
    ]
    across, down = [x for x, _ in found], [y for _, y in found]
    return min(across), min(down), max(across) + 1, max(down) + 1


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("offset", [False, True])
def test_a_word_lights_where_it_is_drawn(tmp_path: Path, rotation: int, offset: bool) -> None:
    media = (-50, -70, 650, 850) if offset else (0, 0, 600, 800)
    crop = (40, 30, 560, 700) if offset else None
    pdf = PdfFile(str(word_page(tmp_path / "a.pdf", rotation=rotation, media=media, crop=crop)))
    text = pdf.text(1).text
    start = text.index("lantern")
    drawing = pdf.draw(1, width=301, spans=[(start, start + 7)])
    left, top, right, bottom = red_box(drawing.pixels, drawing.width)
    assert drawing.lit
    lit = drawing.lit[0]
    for line in drawing.lit[1:]:
        lit = lit.around(line)
    # The word is 0 to 35 points narrower than its box; glyphs may stand out by a line's leading.
    assert lit.left >= left - 6
    assert lit.right <= right + 6
    assert lit.top >= top - 6
    assert lit.bottom <= bottom + 6
    assert (lit.right - lit.left) * lit.height >= 0.4 * (right - left) * (bottom - top)
    elsewhere = text.index("elsewhere")
    other = pdf.draw(1, width=301, spans=[(elsewhere, elsewhere + 9)]).lit[0]
    assert other.right < left or other.left > right or other.bottom < top or other.top > bottom


def test_every_word_of_a_report_lights_its_own_place(tmp_path: Path) -> None:
    pdf = PdfFile(str(write_report(tmp_path / "a.pdf", 1)))
    text = pdf.text(1).text
    assert " ".join(text.split()) == report_pages(1)[0]
    spans, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    lit = pdf.draw(1, width=1000, spans=spans).lit
    assert len(lit) == len(spans)  # no word of it is divided
    for before, after in itertools.pairwise(lit):
        assert after.left >= before.right - 1 or after.top >= before.bottom - 3
    assert all(5 < box.height < 40 for box in lit)


def test_a_passage_over_three_lines_lights_three_lines(tmp_path: Path) -> None:
    pdf = PdfFile(str(write_pdf(tmp_path / "a.pdf", ["first line\nsecond line\nthird line"])))
    text = pdf.text(1).text
    assert text == "first line\nsecond line\nthird line"
    lit = pdf.draw(1, width=500, spans=[(6, len(text))]).lit
    assert len(lit) == 3
    assert lit[0].left > lit[1].left == pytest.approx(lit[2].left, abs=2)


def test_spans_beyond_the_text_light_nothing(tmp_path: Path) -> None:
    pdf = PdfFile(str(write_pdf(tmp_path / "a.pdf", ["short"])))
    assert pdf.draw(1, width=100, spans=[(500, 900), (3, 3), (4, 2), (-9, -1)]).lit == []
    assert len(pdf.draw(1, width=100, spans=[(-5, 10_000)]).lit) == 1
    many = pdf.draw(1, width=100, spans=[(0, 1)] * (MAX_RECTANGLES + 5)).lit
    assert len(many) == MAX_RECTANGLES


def test_pixels_are_tight_rgb_on_white(tmp_path: Path) -> None:
    sheet = FPDF(unit="pt", format=(100, 50))
    sheet.add_page()
    sheet.set_fill_color(255, 0, 0)
    sheet.rect(0, 0, 50, 50, style="F")
    sheet.output(str(tmp_path / "a.pdf"))
    drawing = PdfFile(str(tmp_path / "a.pdf")).draw(1, width=33)
    assert (drawing.width, drawing.height, len(drawing.pixels)) == (33, 16, 33 * 16 * 3)
    row = drawing.pixels[33 * 3 * 8 :]
    assert row[:3] == b"\xff\x00\x00"
    assert row[32 * 3 : 33 * 3] == b"\xff\xff\xff"


def test_annotations_are_drawn(tmp_path: Path) -> None:
    sheet = FPDF(unit="pt", format=(200, 200))
    sheet.add_page()
    plain = FPDF(unit="pt", format=(200, 200))
    plain.add_page()
    sheet.ink_annotation([(20, 20), (180, 180)], "crossed out", border_width=9)
    for name, each in (("plain", plain), ("inked", sheet)):
        each.output(str(tmp_path / f"{name}.pdf"))
    white, inked = (
        PdfFile(str(tmp_path / f"{name}.pdf")).draw(1, width=100).pixels
        for name in ("plain", "inked")
    )
    assert white == b"\xff" * len(white)
    assert inked != white


def test_a_page_without_text_and_one_that_is_broken(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["first", "", "third"])
    pdf = PdfFile(str(path))
    assert [pdf.text(number).text for number in (1, 2, 3)] == ["first", "", "third"]
    # A page object that is no dictionary any more, at the same length.
    broken = path.read_bytes().replace(b"/Type /Page\n", b"/Tipe /Fage\n", 1)
    path.write_bytes(broken)
    assert PdfFile(str(path)).page_count == 3


def test_the_size_of_an_image_has_limits() -> None:
    assert image_size(*A4, 1000) == (1000, 1414)
    assert image_size(*A4, 1) == (1, 1)
    assert image_size(*A4, -5)[0] == 1
    assert image_size(0, 0, 612) == (612, 792)
    for nonsense in (math.nan, math.inf, -1.0):
        assert image_size(nonsense, 1, 612) == image_size(1, nonsense, 612) == (612, 792)
    for page in ((14_400, 14_400), (1, 14_400), (14_400, 1), A4, (1e-3, 1e9)):
        width, height = image_size(*page, 100_000)
        assert 1 <= width <= MAX_WIDTH
        assert 1 <= height <= MAX_HEIGHT
        assert width * height <= MAX_AREA + MAX_WIDTH


def test_passwords(tmp_path: Path) -> None:
    locked = str(write_pdf(tmp_path / "a.pdf", ["confidential"], password="key"))
    for nothing in (None, ""):
        with pytest.raises(PasswordNeeded):
            PdfFile(locked, nothing)
    with pytest.raises(PasswordWrong):
        PdfFile(locked, "other")
    assert PdfFile(locked, "key").text(1).text == "confidential"
    owned = str(write_pdf(tmp_path / "b.pdf", ["readable"], owner_password="boss"))
    assert PdfFile(owned).text(1).text == "readable"
    assert PdfFile(owned, "never asked for").text(1).text == "readable"


def test_a_file_cut_short_is_said_to_be_damaged(tmp_path: Path) -> None:
    whole = write_report(tmp_path / "a.pdf", 20).read_bytes()
    for part in (0.0, 0.01, 0.3, 0.5, 0.9):
        (tmp_path / "b.pdf").write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(DocumentDamaged if part else NotAPdf):
            PdfFile(str(tmp_path / "b.pdf"))


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    pdf = PdfFile(str(write_pdf(tmp_path / "a.pdf", ["only"])))
    for number in (0, 2, -1, 10**9):
        with pytest.raises(DocumentChanged):
            pdf.draw(number, width=100)


def test_drawing_stops_when_it_is_no_longer_wanted(tmp_path: Path) -> None:
    sheet = FPDF(unit="pt", format=(500, 500))
    sheet.add_page()
    for step in range(3_000):
        sheet.line(step % 500, 0, 500 - step % 500, 500)
    sheet.output(str(tmp_path / "a.pdf"))
    pdf = PdfFile(str(tmp_path / "a.pdf"))
    with pytest.raises(Cancelled):
        pdf.draw(1, width=1000, cancelled=lambda: True)
    assert pdf.draw(1, width=100).width == 100  # and goes on afterwards


def test_forgetting_loses_nothing_and_the_file_is_let_go(tmp_path: Path) -> None:
    path = write_report(tmp_path / "a.pdf", 3)
    pdf = PdfFile(str(path))
    before = [pdf.text(number) for number in (1, 2, 3)]
    pdf.forget()
    assert [pdf.text(number) for number in (1, 2, 3)] == before
    file = pdf.file
    del pdf
    gc.collect()
    assert file.closed


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be changed there")
def test_a_file_that_changes_under_our_eyes(tmp_path: Path) -> None:
    path = write_report(tmp_path / "a.pdf", 40)
    pdf = PdfFile(str(path))
    os.truncate(path, 3_000)
    for number in range(1, 41):
        pdf.text(number)  # old content or none, and the process lives
    with pytest.raises(EscritoireError):
        pdf.forget()
