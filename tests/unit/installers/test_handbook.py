"""The handbook's PDF holds all of the text, the same bytes each time, and what a reader expects."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from installers import handbook
from installers.checkout import ROOT, Checkout

SOURCE = Checkout(ROOT).handbook


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("handbook") / "handbook.pdf"
    handbook.build(SOURCE, target)
    return target


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_it_is_the_same_each_time(pdf: Path, tmp_path: Path) -> None:
    handbook.build(SOURCE, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == pdf.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.pdf"]


def test_it_holds_every_sentence(pdf: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = words(" ".join(page.get_textpage().get_text_range() for page in document))
        assert 2 <= len(document) <= 8
        assert document.get_metadata_value("Title") == "The Escritoire handbook"
        outline = [entry.get_title() for entry in document.get_toc()]
    finally:
        document.close()
    source = SOURCE.read_text(encoding="utf-8")
    assert outline == re.findall(r"^#+ (.+)$", source, re.MULTILINE)
    plain = re.sub(r"^(?:#+ |- |\d\. |\|[-|]+\|$)|`{3}\n|`", "", source, flags=re.MULTILINE)
    for sentence in re.split(r"(?<=[.?:]) |\n\n|\s*\|\s*", words(plain.replace("\n\n", " | "))):
        wanted = sentence.strip(" |")
        # A page number may stand between two halves of a sentence, but sections are kept whole.
        assert words(wanted) in text, wanted


def test_no_word_is_broken_over_two_lines(pdf: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        lines = [
            line for page in document for line in page.get_textpage().get_text_range().splitlines()
        ]
    finally:
        document.close()
    vocabulary = set(re.split(r"\s+", SOURCE.read_text(encoding="utf-8").replace("`", "")))
    ends = {line.split()[-1] for line in lines if line.split() and "/" not in line}
    assert {end for end in ends if end not in vocabulary} <= {"-"}


@pytest.mark.parametrize("text", ["# T\n\n![x](y.png)\n", "# T\n\n> quoted\n", "no title\n", ""])
def test_what_it_cannot_show_is_refused(tmp_path: Path, text: str) -> None:
    source = tmp_path / "odd.md"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="handbook"):
        handbook.build(source, tmp_path / "odd.pdf")
    assert not (tmp_path / "odd.pdf").exists()


def test_it_is_calm() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.isascii()
    assert "!" not in text
