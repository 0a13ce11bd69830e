"""escritoire collections and documents, as a user or a script has them."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.samples import report_pages, write_pdf

from .commanding import Terminal


@pytest.fixture
def matters(terminal: Terminal, tmp_path: Path, no_models: Path) -> Terminal:
    """Two files in the collection Leases, by word alone."""
    folder = tmp_path / "files"
    folder.mkdir()
    pages = report_pages(2, seed=3)
    write_pdf(folder / "lease v1.pdf", pages)
    write_pdf(folder / "lease v2.pdf", [pages[0], *report_pages(1, seed=4)])
    assert terminal.type("index", "--collection", "Leases", folder).code == 0
    return terminal


def test_collections_are_kept_and_looked_into(matters: Terminal, tmp_path: Path) -> None:
    assert matters.type("collections", "add", "Fernleigh").out == "Fernleigh: added\n"
    matters.type("collections", "add", "Fernleigh").complains("named Fernleigh already")
    put = matters.type("collections", "put", "Fernleigh", "lease v1.pdf")
    assert put.out == "Fernleigh: 1 document\n"
    path = tmp_path / "files" / "lease v2.pdf"
    assert matters.type("collections", "put", "--json", "Fernleigh", path).json["documents"] == 2
    matters.type("collections", "put", "Fernleigh", "nothing.pdf").complains(
        "no document nothing.pdf"
    )
    assert matters.type("collections", "take", "Fernleigh", path).out == "Fernleigh: 1 document\n"
    assert matters.type("collections", "rename", "Fernleigh", "Aldermoor").code == 0
    listed = {
        one["name"]: one["documents"] for one in matters.type("collections", "list", "--json").json
    }
    assert (listed["Aldermoor"], listed["Leases"], listed.get("Fernleigh")) == (1, 2, None)
    asked = ("search", "--json", "--top", "9", "report")
    found = matters.type(*asked, "--collection", "Aldermoor", "--collection", "Leases").json
    assert len({passage["document"] for passage in found["passages"]}) == 2
    found = matters.type(*asked, "--collection", "Aldermoor").json
    assert {passage["document"] for passage in found["passages"]} <= {"lease v1.pdf"}
    assert matters.type("collections", "remove", "Aldermoor").code == 0
    matters.type("search", "report", "--collection", "Aldermoor").complains("no collection")
    assert len(matters.type("documents", "list", "--json", "--collection", "Leases").json) == 2


def test_a_report_is_said_in_words_as_a_table_and_as_json(matters: Terminal) -> None:
    said = matters.type("collections", "report", "Leases")
    assert said.out.splitlines()[0] == "Leases: 2 documents, 2 ready, 4 pages"
    assert (
        "lease v1.pdf is an older version of lease v2.pdf, by the version in its name" in said.out
    )
    assert said.out.splitlines()[-1] == "Every page of them can be found."
    table = list(
        csv.DictReader(matters.type("collections", "report", "--csv", "Leases").out.splitlines())
    )
    assert [(row["document"], row["finding"]) for row in table] == [
        ("lease v1.pdf", "older version")
    ]
    made = matters.type("collections", "report", "--json").json
    assert (made["collection"], made["complete"]) == (None, True)
    assert [one["told_by"] for one in made["findings"] if one["document"] == "lease v1.pdf"] == [
        "number"
    ]


def test_an_answer_says_that_a_document_was_not_to_be_read(
    matters: Terminal, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    assert matters.type("index", "--collection", "Leases", broken).code == 3
    asked = matters.type("ask", "--quote", "--collection", "Leases", "What does the report say?")
    assert "Not searched, because not to be read: 1 document." in asked.err
    said = matters.type(
        "ask", "--json", "--quote", "--collection", "Leases", "What does the report say?"
    )
    assert said.json["searched"]["unreadable"] == 1


def test_a_removed_document_is_gone_and_its_file_untouched(
    matters: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "files" / "lease v1.pdf"
    other = tmp_path / "lease v1.pdf"
    write_pdf(other, ["Another one."])
    assert matters.type("index", other).code == 0
    matters.type("documents", "remove", "lease v1.pdf").complains("Several documents", "its path")
    removed = matters.type("documents", "remove", path)
    assert removed.code == 0
    assert "removed for good" in removed.out
    assert path.exists()
    left = [one["path"] for one in matters.type("documents", "list", "--json").json]
    assert str(path) not in left
    assert str(other) in left


def test_a_citation_says_that_its_file_changed_is_gone_or_was_hard_to_read(
    matters: Terminal, tmp_path: Path
) -> None:
    worn = tmp_path / "worn.png"
    worn.write_bytes(_worn())
    matters.type("index", "--collection", "Scans", worn)
    words = ("ask", "--quote", "--collection", "Scans", "the harbour master")
    before = matters.type(*words)
    assert "read from an image, in places only" in before.out
    changed = bytearray(worn.read_bytes())
    changed[-1] ^= 1  # of the same size
    worn.write_bytes(changed)
    assert "the file has changed since it was read; read from" in matters.type(*words).out
    worn.unlink()
    said = matters.type(*words[:1], "--json", *words[1:]).json
    assert [source["file"] for source in said["sources"]] == ["gone"] * len(said["citations"])
    assert "the file is not where it was; this is its stored text" in matters.type(*words).out


def _worn() -> bytes:
    """A scan of two lines, the second of which is worn: OCR reads some of it, and is not sure."""
    image = Image.new("RGB", (1_000, 240), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size=30)
    draw.text((20, 40), "The harbour master counted forty seals", fill="black", font=font)
    draw.text((20, 130), "and the ferry was late again on Monday", fill="black", font=font)
    drawn = random.Random(1)
    for _ in range(50):
        left = drawn.randint(20, 560)
        draw.line([left, 128, left + drawn.randint(-20, 20), 165], fill="white", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_scripts_of_scans_are_listed_and_a_file_that_is_missing_is_named(
    terminal: Terminal, tmp_path: Path
) -> None:
    listed = terminal.type("scripts", "list")
    assert listed.out.splitlines()[0] == "carried-along: scans are read in it"
    assert "cyrillic: needs cyrillic_PP-OCRv5_rec_mobile.onnx" in listed.out.splitlines()
    terminal.type("scripts", "use", "cyrillic").complains("cyrillic_PP-OCRv5_rec_mobile.onnx")
    wrong = tmp_path / "wrong.onnx"
    wrong.write_bytes(b"no model")
    terminal.type("scripts", "add", wrong).complains("wrong.onnx", "Settings names")
    assert terminal.type("scripts", "use", "--json", "carried-along").json[0]["chosen"]
