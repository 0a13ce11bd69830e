"""Every format through the port `Reader`: a real child under its real limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.documents import DocumentFacts, Page, Unit
from desktop.domain.errors import (
    Cancelled,
    DocumentUnreadable,
    FormatNotSupported,
    NoPages,
    PageNotDrawn,
)
from desktop.domain.jobs import Cancellation
from desktop.services import ports
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests import documents as made
from tests.compound import compound_file
from tests.documents import BELOW, HEADING, ROW, SENTENCE
from tests.samples import write_pdf


@pytest.fixture(scope="module")
def reader() -> Iterator[ports.Reader]:
    client = reader_client()
    yield ReaderAdapter(client)
    client.stop()


def read(reader: ports.Reader, path: Path) -> tuple[DocumentFacts, list[Page]]:
    facts, *pages = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    assert isinstance(facts, DocumentFacts)
    assert facts.page_count == len(pages)
    return facts, [page for page in pages if isinstance(page, Page)]


@pytest.fixture
def reading(
    reader: ports.Reader, tmp_path: Path
) -> Callable[[str, bytes], tuple[DocumentFacts, list[Page]]]:
    def reading(name: str, content: bytes) -> tuple[DocumentFacts, list[Page]]:
        path = tmp_path / name
        path.write_bytes(content)
        return read(reader, path)

    return reading


Reading = Callable[[str, bytes], tuple[DocumentFacts, list[Page]]]


@pytest.mark.parametrize(
    ("name", "make", "heading"),
    [
        ("a.docx", made.docx_file, f"{HEADING} › {BELOW}"),
        ("a.odt", made.odt_file, f"{HEADING} › {BELOW}"),
        ("a.html", made.HTML.encode, f"{HEADING} › {BELOW}"),
        ("a.md", made.MARKDOWN.encode, f"{HEADING} › {BELOW}"),
        ("a.epub", made.epub_file, f"{HEADING} › {BELOW}"),
        ("a.rtf", made.rtf_file, ""),
    ],
)
def test_text_with_its_headings_and_the_rows_of_its_tables(
    reading: Reading, name: str, make: Callable[[], bytes], heading: str
) -> None:
    _, pages = reading(name, make())
    (page,) = [page for page in pages if SENTENCE in page.text]
    assert (page.heading, page.unit) == (heading, Unit.SECTION)
    assert ROW in page.text.splitlines()


def test_a_page_of_a_pdf_stands_under_what_all_of_it_stands_under(
    reader: ports.Reader, tmp_path: Path
) -> None:
    pages = [
        "A preface, before anything has a heading.",
        "3 The lease\nRent\nThe rent is due each month.",
        (
            "It is paid to the agent on the first working day of each month, and late payment\n"
            "bears interest at five per cent a year.\nDeposit\nThe deposit is two rents."
        ),
        "It is held in trust.",
        "End of the lease\nSix months' notice is given.",
    ]
    outline = [(0, "The lease", 2), (1, "Rent", 2), (1, "Deposit", 3), (0, "End of the lease", 5)]
    path = write_pdf(tmp_path / "lease.pdf", pages, outline=outline)
    _, found = read(reader, path)
    assert [page.heading for page in found] == [
        "",
        "The lease › Rent",
        "The lease",  # its upper half is of the rent, its lower one of the deposit
        "The lease › Deposit",
        "End of the lease",
    ]


def test_the_name_is_believed_only_where_the_content_does_not_tell(reading: Reading) -> None:
    assert reading("a.docx", made.xlsx_file())[1][0].unit is Unit.CELLS
    assert reading("a.txt", made.docx_file())[1][0].heading == f"{HEADING} › {BELOW}"
    assert reading("README", made.HTML.encode())[0].title == "A house"
    assert reading("note.text", SENTENCE.encode())[1] == [Page(1, "1", SENTENCE, "", Unit.SECTION)]


def test_a_workbook_cites_sheet_and_cells(reading: Reading) -> None:
    _, (page,) = reading("a.xlsx", made.xlsx_file())
    assert (page.label, page.heading) == ("Costs 2025!A1:D6", "Costs 2025")
    assert page.text.splitlines() == [
        "What the house costs",
        ROW,
        "Item: Pipes | Amount: 310",
        "2025-11-03",
    ]
    _, (page,) = reading("a.ods", made.ods_file())
    assert (page.label, page.text.splitlines()[0]) == ("Costs!A1:B3", ROW)
    _, (page,) = reading("prices.csv", "Artikel;Preis\nKessel;4.200 €\n".encode("cp1252"))
    assert (page.label, page.text) == ("prices!A1:B2", "Artikel: Kessel | Preis: 4.200 €")


def test_a_long_sheet_says_the_heads_of_its_columns_on_every_page(reading: Reading) -> None:
    rows = "\n".join(f"tenant {n},{n}" for n in range(1, 121))
    _, pages = reading("rents.csv", f"Name,Rent\n{rows}".encode())
    assert [page.label for page in pages] == ["rents!A1:B50", "rents!A51:B100", "rents!A101:B121"]
    assert pages[2].text.splitlines()[-1] == "Name: tenant 120 | Rent: 120"


@pytest.mark.parametrize(("name", "make"), [("a.pptx", made.pptx_file), ("a.odp", made.odp_file)])
def test_slides_are_numbered(reading: Reading, name: str, make: Callable[[], bytes]) -> None:
    _, pages = reading(name, make())
    assert [(page.unit, page.label) for page in pages] == [(Unit.SLIDE, "1"), (Unit.SLIDE, "2")]
    assert SENTENCE in pages[1].text
    if name == "a.pptx":
        assert pages[1].heading == HEADING
        assert ROW in pages[1].text.splitlines()
        assert "Ask the landlord first." in pages[1].text


@pytest.mark.parametrize(("name", "make"), [("a.eml", made.eml_file), ("a.msg", made.msg_file)])
def test_a_mail_has_its_date_and_what_is_attached(
    reading: Reading, name: str, make: Callable[[], bytes]
) -> None:
    facts, (message, costs, *others) = reading(name, make())
    assert (facts.title, facts.author) == (HEADING, "Mara Quill <mara@example.org>")
    assert facts.created.startswith("2025-11-03T09:00:00")
    assert (message.unit, message.label) == (Unit.MESSAGE, "2025-11-03 09:00")
    assert message.text.endswith(SENTENCE)
    assert (costs.heading, costs.text.splitlines()[0]) == (f"{HEADING} › costs.csv", ROW)
    assert [other.text.split(" has a format")[0] for other in others] == ["a.mkv"] * len(others)


def test_exports_of_wikis_keep_titles_and_hierarchy(reading: Reading) -> None:
    _, pages = reading("export.zip", made.confluence_export())
    (page,) = [page for page in pages if SENTENCE in page.text]
    assert page.heading == "House › Heating › House : Boiler"
    assert len(pages) == 2
    _, pages = reading("notion.zip", made.notion_export())
    headings = {page.heading for page in pages}
    assert "House › Heating › Boiler" in headings
    assert "House › Costs" in headings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_plain_text_in_any_encoding(reading: Reading, encoding: str) -> None:
    text = "Die Übergabe der Schlüssel war am 3. März in der Straße.\n\nGrüße aus Köln."
    assert reading("brief.txt", text.encode(encoding))[1][0].text == text


def test_text_of_other_scripts(reading: Reading) -> None:
    text = "Договор аренды был подписан третьего марта. Арендная плата составляет тысячу евро."
    assert reading("dogovor.txt", text.encode("cp1251"))[1][0].text == text


def test_a_scan_is_read_and_its_lines_are_known(reading: Reading) -> None:
    for name, form in (("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tiff", "TIFF")):
        _, (page,) = reading(name, made.scan(form))
        assert (page.unit, page.text) == (Unit.SCAN, SENTENCE)
        assert page.confidence is not None
        assert page.confidence > 0.9
        assert not page.is_unsure
        (line,) = page.lines
        assert (line.start, line.end) == (0, len(SENTENCE))
        assert line.left == pytest.approx(0.06, abs=0.02)
        assert 0.2 < line.top < line.bottom < 0.45


def test_a_page_of_a_pdf_without_text_is_read_by_ocr(reader: ports.Reader, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(made.scan())
    with Image.open(tmp_path / "a.png") as image:
        image.save(tmp_path / "scan.pdf")
    _, (page,) = read(reader, tmp_path / "scan.pdf")
    assert page.text == SENTENCE
    assert page.confidence is not None
    assert page.unit is Unit.PAGE


def test_ocr_is_cancelled_between_two_lines_and_lets_a_page_be_drawn(
    reader: ports.Reader, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(made.scan(words="\n".join(["one two three"] * 6)))
    cancel = Cancellation()
    steps = reader.read(tmp_path / "a.png", password=None, first_page=1, cancel=cancel)
    assert isinstance(next(steps), DocumentFacts)
    image = reader.render(
        tmp_path / "a.png", 1, width=200, spans=[], password=None, cancel=Cancellation()
    )
    assert (image.width, image.height) == (200, 60)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(steps)


def test_text_has_no_page_image(reader: ports.Reader, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(made.MARKDOWN)
    with pytest.raises(PageNotDrawn):
        reader.render(
            tmp_path / "a.md", 1, width=200, spans=[], password=None, cancel=Cancellation()
        )


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NoPages),
        (b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 20, FormatNotSupported),
        (compound_file({"Unknown": b"x"}), FormatNotSupported),
        (compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), DocumentUnreadable),
    ],
)
def test_what_cannot_be_read_says_why(
    reading: Reading, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        reading("a.docx", content)
