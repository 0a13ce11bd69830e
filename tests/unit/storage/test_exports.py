"""The files that conversations become, read again by the libraries of their formats."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image

from desktop.domain.documents import PageImage
from desktop.domain.errors import FileThere
from desktop.domain.export_words import Words
from desktop.domain.exports import Export, Form, laid_out
from desktop.domain.jobs import Cancellation
from desktop.storage.exports import ExportFiles
from tests.conversations import ANSWER, CONVERSATION, SHA256, page_image, turns

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IMAGES = {(7, 2): page_image()}


def export(images: Mapping[tuple[int, int], PageImage] = {}) -> Export:
    return replace(laid_out(CONVERSATION, turns(), Words()), images=images)


def written(folder: Path, form: Form, what: Export, files: ExportFiles | None = None) -> bytes:
    path = folder / f"chat.{form}"
    (files or ExportFiles()).write(what, path, form, replace=False, cancel=Cancellation())
    return path.read_bytes()


def test_markdown_calls_a_footnote_behind_each_sentence_and_has_them_all(tmp_path: Path) -> None:
    text = written(tmp_path, Form.MARKDOWN, export()).decode()
    assert "The fee is 900 euros.[^1] It rises on **1 July**.[^2]" in text
    assert "- Nobody pays twice.[^unsupported]" in text
    assert "[^1]: lease.pdf, page 2: “The fee is 900 euros.”" in text
    assert "[^2]: fees.xlsx, 2026\\!A1" not in text
    assert "[^2]: fees.xlsx, 2026!A1:B3: “rise \\<b\\> \\* 2”" in text
    assert "> The garden is \\* kept.[^3]" in text
    assert f"- SHA-256: {SHA256}" in text
    assert "*This answer was stopped before it was finished.*" in text


def test_nothing_in_the_markdown_is_fetched_or_obeyed(tmp_path: Path) -> None:
    text = written(tmp_path, Form.MARKDOWN, export()).decode()
    shown = MarkdownIt().parse(text)
    inline = [child.type for token in shown for child in token.children or ()]
    assert "image" not in inline
    assert "html_inline" not in inline
    assert 'print("[^1] <b>")' in text  # code is to the letter


def test_what_a_user_asked_reads_as_it_was_typed(tmp_path: Path) -> None:
    text = written(tmp_path, Form.MARKDOWN, export()).decode()
    shown = MarkdownIt().parse(text)
    quoted: list[str] = []
    for token, paragraph, inline in zip(shown, shown[1:], shown[2:], strict=False):
        if token.type == "blockquote_open" or (quoted and paragraph.type == "paragraph_open"):
            quoted.append("".join(c.content or "\n" for c in inline.children or ()))
        if token.type == "blockquote_close":
            break
    assert quoted[0] == "What is the *fee*?\n1. now"
    assert "- later" in quoted
    begun = next(at for at, token in enumerate(shown) if token.type == "blockquote_open")
    ended = next(at for at, token in enumerate(shown) if token.type == "blockquote_close")
    within = [child for token in shown[begun:ended] for child in [token, *(token.children or ())]]
    assert not {"em_open", "bullet_list_open", "ordered_list_open"} & {one.type for one in within}


def test_json_has_all_of_it(tmp_path: Path) -> None:
    plain = json.loads(written(tmp_path, Form.JSON, export(IMAGES)))
    assert plain["format"] == "escritoire conversation 1"
    assert [turn["role"] for turn in plain["turns"]] == ["user", "assistant"] * 2
    answer = plain["turns"][1]
    assert answer["text"] == ANSWER
    assert answer["record"]["model_sha256"] == SHA256
    assert answer["record"]["sampling"]["seed"] == 0
    assert answer["sources"][0] | {"text": ""} == {
        "note": 1, "document": "lease.pdf", "page": 2, "page_label": "2", "start": 0, "end": 21,
        "text": "", "heading": "", "unit": "page",
    }  # fmt: skip
    assert answer["sentences"][0]["note"] == 1
    image = Image.open(io.BytesIO(base64.b64decode(answer["pages"][0]["png"]))).convert("RGB")
    assert image.size == (60, 80)
    assert image.getpixel((20, 10)) != (255, 255, 255)  # lit
    assert image.getpixel((20, 40)) == (255, 255, 255)


def test_word_has_real_footnotes_each_once_and_called_again_by_reference(tmp_path: Path) -> None:
    raw = written(tmp_path, Form.WORD, export())
    document = docx.Document(io.BytesIO(raw))
    parts = {part.partname: part for part in document.part.package.iter_parts()}
    notes = etree.fromstring(parts["/word/footnotes.xml"].blob)
    texts = {
        note.get(f"{W}id"): "".join(note.itertext()).strip()
        for note in notes
        if note.get(f"{W}type") is None
    }
    body = document.element.body
    called = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    assert called == list(texts)
    assert next(iter(texts.values())) == "lease.pdf, page 2: “The fee is 900 euros.”"
    assert len(texts) == 4
    again = [field.get(f"{W}instr") for field in body.iter(f"{W}fldSimple")]
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert [instruction.split()[1] for instruction in again] == ["_RefNote1"]
    assert "_RefNote1" in marks


def test_word_has_what_markdown_says_in_formats_of_its_own(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(written(tmp_path, Form.WORD, export(IMAGES))))
    shown = {paragraph.text: paragraph for paragraph in document.paragraphs}
    assert shown["Terms"].style.name == "Heading 2"
    assert shown["What is the *fee*?\n1. now"].style.name == "Quote"
    bold = [run.text for run in shown["The fee is 900 euros. It rises on 1 July."].runs if run.bold]
    assert bold == ["1 July"]
    dotted = shown["•\tNobody pays twice."].runs
    assert any(run.font.underline for run in dotted)
    assert "•\tSee the list (http://example.org/x) and x <img src=a>." in shown
    assert "4.\tfour" in shown
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["when", "much"], ["now", "900"]]
    record = {row.cells[0].text: row.cells[1].text for row in document.tables[1].rows}
    assert record["SHA-256"] == SHA256
    assert len(document.inline_shapes) == 2  # one a turn that cites the page
    assert not any(relation.is_external for relation in document.part.rels.values())


@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.WORD, Form.JSON])
def test_any_text_can_be_written(tmp_path: Path, form: Form) -> None:
    odd = "\x00\x0b\ud800 \uffff ⁅(⁆ שלום 你好 \r\n|a|\n|-|\n"
    said = [replace(turn, text=odd, sentences=()) for turn in turns()]
    what = laid_out(replace(CONVERSATION, title=odd), said, Words())
    assert written(tmp_path, form, what)


def test_an_export_is_whole_or_not_there(tmp_path: Path) -> None:
    there = tmp_path / "chat.md"
    there.write_text("mine")
    with pytest.raises(FileThere):
        ExportFiles().write(export(), there, Form.MARKDOWN, replace=False, cancel=Cancellation())
    assert there.read_text() == "mine"
    broken = ExportFiles()

    def fail(_: Export, file: io.BufferedWriter, cancel: Cancellation) -> None:
        file.write(b"half")
        raise RuntimeError

    broken.offer(Form.PDF, fail)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError):
        written(tmp_path, Form.PDF, export(), broken)
    assert [path.name for path in tmp_path.iterdir()] == ["chat.md"]
