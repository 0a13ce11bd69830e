"""PDFs for the tests of every room: made when needed, the same to the byte each time.

Nothing here is hostile (see tests/faults/test_documents.py) and nothing is stored.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import EncryptionMethod

CREATED = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
AUTHOR = "R. Vance"

_TOWNS = ("Aldermoor", "Brackwater", "Castleford", "Dunmere", "Eastvale", "Fernleigh", "Garrowby")
_TRADES = ("Bakeries", "Shipping", "Timber", "Optics", "Textiles", "Pharmacy", "Water")
_SUBJECTS = ("The board", "The auditor", "The tenant", "The insurer", "The ward manager")
_VERBS = ("approved", "deferred", "contested", "recorded", "reimbursed", "inspected")
_OBJECTS = (
    "the annual lease of the warehouse",
    "a provision for bad debts",
    "the replacement of the boiler",
    "an increase of the pension reserve",
    "the sale of two delivery vans",
    "the settlement with the supplier",
)


def write_pdf(  # each argument is one trait that some test asks for
    path: Path,
    pages: Sequence[str],
    title: str = "",
    *,
    password: str | None = None,
    owner_password: str | None = None,
    outline: Sequence[tuple[int, str, int]] = (),
    labels: Sequence[tuple[str, str, int]] = (),
    font_size: float = 11,
) -> Path:
    """Write `pages` as an A4 PDF, one text a page, and return `path`.

    An empty text makes a page of drawn shapes alone, as a scan would be. `outline` holds
    (level from 0, title, page from 1) in page order; `labels` one (style, prefix, start) a page,
    style as in PDF: "D" decimal, "r" lower-case roman, "" none. Encryption is RC4, because the
    other kinds draw a random key. A text that does not fit on its page is a mistake of the test.
    """
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_creation_date(CREATED)
    pdf.set_author(AUTHOR)
    if title:
        pdf.set_title(title)
    if password is not None or owner_password is not None:
        pdf.set_encryption(
            owner_password=owner_password or "owner",
            user_password=password or "",
            encryption_method=EncryptionMethod.RC4,
        )
    for number, text in enumerate(pages, 1):
        if labels:
            style, prefix, start = labels[number - 1]
            pdf.add_page(label_style=style or None, label_prefix=prefix, label_start=start)
        else:
            pdf.add_page()
        pdf.set_font("Helvetica", size=font_size)
        for level, name, page in outline:
            if page == number:
                pdf.start_section(name, level=level)
        if not text:
            _draw_shapes(pdf, number)
            continue
        pdf.multi_cell(0, font_size * 0.5, text)
        if pdf.get_y() > pdf.h:
            message = f"the text of page {number} does not fit"
            raise ValueError(message)
    pdf.output(str(path))
    return path


def _draw_shapes(pdf: FPDF, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        left, top = chance.uniform(20, 120), chance.uniform(20, 200)
        pdf.set_fill_color(chance.randrange(256), chance.randrange(256), chance.randrange(256))
        pdf.rect(left, top, chance.uniform(10, 60), chance.uniform(10, 60), style="F")


def report_pages(page_count: int, *, seed: int = 1, sentences: int = 16) -> list[str]:
    """Pages of a report that looks like every other report of its kind.

    Each page names a company, a year and an amount that occur on no other page of the same seed,
    and says the rest in the same few words: what retrieval finds hard.
    """
    chance = random.Random(seed)
    pages = []
    for number in range(1, page_count + 1):
        company = f"{chance.choice(_TOWNS)} {chance.choice(_TRADES)} No. {seed}-{number}"
        year, amount = 1990 + (seed + number) % 35, 10_000 + chance.randrange(89_000)
        lines = [f"{company} reports for the year {year} a surplus of {amount} pounds."]
        lines += [
            f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)} "
            f"in week {chance.randrange(1, 53)}."
            for _ in range(sentences)
        ]
        pages.append(" ".join(lines))
    return pages


def write_report(path: Path, page_count: int, *, seed: int = 1) -> Path:
    """A report of `page_count` pages (see `report_pages`), with a title and a short outline."""
    outline = [(0, "Summary", 1)] + ([(1, "Accounts", 2)] if page_count > 1 else [])
    return write_pdf(
        path, report_pages(page_count, seed=seed), f"Annual report {seed}", outline=outline
    )


def assemble_pdf(objects: Sequence[bytes], *, version: bytes = b"1.7") -> bytes:
    """A PDF of just these objects, numbered from 1; the first is its catalog.

    For pages whose every byte a test has to know, and for files no decent program would write.
    """
    body = b"%PDF-" + version + b"\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + table
        + (b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body)))
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object for `assemble_pdf`; `entries` go into its dictionary."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)
