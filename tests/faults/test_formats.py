"""Files of every format made to hurt, through the real child under its real limits.

Each is read, as far as it is honest, or ends in one error that names it and its trouble.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from desktop.domain.documents import DocumentFacts, Page
from desktop.domain.errors import DocumentDamaged, DocumentError, DocumentTooDemanding
from desktop.domain.jobs import Cancellation
from desktop.workers.client import WorkerClient
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests import documents as made
from tests.faults import hostile_files as hostile


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = reader_client()
    yield client
    client.stop()


@pytest.fixture
def reader(client: WorkerClient) -> ReaderAdapter:
    return ReaderAdapter(client)


def read(reader: ReaderAdapter, folder: Path, name: str, content: bytes) -> list[str]:
    path = folder / name
    path.write_bytes(content)
    facts, *pages = reader.read(path, password=None, first_page=1, cancel=Cancellation())
    assert isinstance(facts, DocumentFacts)
    return [page.text for page in pages if isinstance(page, Page)]


@pytest.mark.parametrize(
    ("name", "make", "error"),
    [
        ("bomb.docx", hostile.zip_bomb, DocumentTooDemanding),
        ("paragraphs.docx", hostile.many_paragraphs, DocumentTooDemanding),
        ("overlap.zip", hostile.overlapping_zip, DocumentTooDemanding),
        ("huge.png", hostile.huge_png, DocumentTooDemanding),
        ("laughs.docx", hostile.laughs_docx, DocumentDamaged),
        ("laughs.xlsx", hostile.laughs_xlsx, DocumentDamaged),
        ("xxe.docx", hostile.xxe_docx, DocumentDamaged),
        ("parts.eml", hostile.nested_mail, DocumentDamaged),
        ("cut.docx", partial(hostile.cut, made.docx_file, 0.6), DocumentDamaged),
        ("cut.xlsx", partial(hostile.cut, made.xlsx_file, 0.6), DocumentDamaged),
        ("cut.png", partial(hostile.cut, made.scan, 0.5), DocumentDamaged),
        ("cut.msg", partial(hostile.cut, made.msg_file, 0.8), DocumentDamaged),
    ],
)
def test_it_is_refused_with_its_reason(
    reader: ReaderAdapter,
    tmp_path: Path,
    name: str,
    make: Callable[[], bytes],
    error: type[DocumentError],
) -> None:
    with pytest.raises(error) as caught:
        read(reader, tmp_path, name, make())
    assert caught.value.facts["file"] == name


@pytest.mark.parametrize(
    ("name", "make", "text"),
    [
        ("far.xlsx", hostile.far_cell, "42"),
        ("escape.zip", hostile.escaping_zip, "An honest note."),
        ("nested.zip", hostile.nested_zips, "one more"),
        ("forwards.eml", hostile.messages_in_messages, "See below, 59."),
        ("fetch.html", hostile.fetching_html, "An honest line."),
        ("deep.rtf", hostile.deep_rtf, "deep"),
        ("deep.md", hostile.deep_markdown, "deep"),
        ("deep.docx", hostile.deep_paragraphs, ""),
        ("deep.html", hostile.deep_html, ""),
    ],
)
def test_what_is_honest_in_it_is_read(
    reader: ReaderAdapter, tmp_path: Path, name: str, make: Callable[[], bytes], text: str
) -> None:
    read_text = "\n".join(read(reader, tmp_path, name, make()))
    assert text in read_text
    assert not any(word in read_text for word in ("gone", "root:", "run", "hidden"))


def test_a_sheet_that_fills_memory_is_stopped_by_the_childs_limit(
    client: WorkerClient, reader: ReaderAdapter, tmp_path: Path
) -> None:
    """Rows that no directory gives away: only the limit of the child stands against them."""
    row = (
        "<table:table-row table:number-rows-repeated='1048576'><table:table-cell "
        "table:number-columns-repeated='16384' office:value-type='string'>"
        "<text:p>a</text:p></table:table-cell></table:table-row>"
    )
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f"<office:document-content xmlns:office='{spaces}office:1.0' "
        f"xmlns:table='{spaces}table:1.0' xmlns:text='{spaces}text:1.0'><office:body>"
        f"<office:spreadsheet><table:table table:name='One'>{row}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    sheet = hostile.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        }
    )
    with pytest.raises(DocumentError) as caught:
        read(reader, tmp_path, "wide.ods", sheet)
    assert caught.value.facts["file"] == "wide.ods"
    assert made.SENTENCE in read(reader, tmp_path, "a.md", made.MARKDOWN.encode())[0]
    assert client.pid is not None
    assert psutil.Process(client.pid).memory_info().rss < 1_500 * 1024 * 1024


@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_of_every_format_never_cost_the_others(
    reader: ReaderAdapter, tmp_path: Path, seed: int
) -> None:
    """A seeded handful of bytes of each is changed: it is read or refused, and the next is read."""
    chance = random.Random(seed)
    makers = {
        "a.docx": made.docx_file,
        "a.pptx": made.pptx_file,
        "a.xlsx": made.xlsx_file,
        "a.odt": made.odt_file,
        "a.ods": made.ods_file,
        "a.odp": made.odp_file,
        "a.rtf": made.rtf_file,
        "a.epub": made.epub_file,
        "a.eml": made.eml_file,
        "a.msg": made.msg_file,
        "a.zip": made.notion_export,
    }
    for name, make in makers.items():
        content = bytearray(make())
        for _ in range(20):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        try:
            read(reader, tmp_path, name, bytes(content))
        except DocumentError as error:
            assert error.facts["file"] == name  # noqa: PT017
    assert made.SENTENCE in read(reader, tmp_path, "honest.docx", made.docx_file())[-1]
