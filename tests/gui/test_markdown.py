"""A model's Markdown on screen: what it rests on is marked, and nothing in it is obeyed."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextDocument, QTextFragment
from pytestqt.qtbot import QtBot

from desktop.domain.chat import SentenceSupport
from desktop.domain.sentences import sentences
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.blocks import blocks
from desktop.gui.widgets.markdown import harmless
from desktop.gui.widgets.shown_code import is_code

SEED = 20_261_123


def supports(text: str, *citations: int | None) -> list[SentenceSupport]:
    spans = sentences(text)
    assert len(spans) == len(citations)
    return [
        SentenceSupport(start, end, citation, 1.0)
        for (start, end), citation in zip(spans, citations, strict=True)
    ]


def fragments(document: QTextDocument) -> list[QTextFragment]:
    found = []
    block: QTextBlock = document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            found.append(part.fragment())
            part += 1
        block = block.next()
    return found


def numbers(view: AnswerText) -> list[tuple[str, str]]:
    """The small numbers and where they lead."""
    return [
        (part.text(), part.charFormat().anchorHref())
        for part in fragments(view.document())
        if part.charFormat().anchorHref().startswith("cite:")
    ]


def underlined(view: AnswerText) -> str:
    return "".join(
        part.text()
        for part in fragments(view.document())
        if part.charFormat().toolTip() and not part.charFormat().isAnchor()
    )


@pytest.fixture
def view(qtbot: QtBot) -> AnswerText:
    view = AnswerText()
    qtbot.addWidget(view)
    view.resize(600, 100)
    view.show()
    return view


def test_each_supported_sentence_ends_in_its_number(view: AnswerText) -> None:
    text = "The fee rises. 😀 It **rises** by 2 %. Then all is well.\n\n- one item.\n- two items."
    view.show_answer(text, supports(text, 1, 2, None, 1, None))
    assert numbers(view) == [("1", "cite:1"), ("2", "cite:2"), ("1", "cite:1")]
    assert underlined(view) == "Then all is well.two items."
    assert view.toPlainText().startswith("The fee rises.1 😀 It rises by 2 %.2 Then all")


def test_marks_leave_headings_lists_tables_and_code_what_they_are(view: AnswerText) -> None:
    text = (
        "# Fees\n\n1. First.\n2. Second.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1.\n```\n"
    )
    spans = [SentenceSupport(start, end, 1, 1.0) for start, end in sentences(text)]
    view.show_answer(text, spans)
    shown = view.document().toMarkdown()
    assert shown.startswith("# Fees")
    assert re.search(r"^2\. +Second", shown, re.MULTILINE)
    assert "|a|b" in shown.replace(" ", "")
    assert "x = 1." in shown
    assert not set("⁅⁆") & set(view.toPlainText())


def test_marks_in_the_models_own_text_mean_nothing(view: AnswerText) -> None:
    text = "Look ⁅0⁆here⁅/0⁆ and ⁅7⁆there."
    view.show_answer(text, supports(text, None))
    assert view.toPlainText() == "Look [0]here[/0] and [7]there."


def test_a_number_leads_to_its_source_and_other_schemes_lead_nowhere(
    view: AnswerText, qtbot: QtBot
) -> None:
    cited: list[int] = []
    linked: list[str] = []
    view.cited.connect(cited.append)
    view.linked.connect(linked.append)
    for address in ("cite:3", "cite:x", "file:///etc/passwd", "//host/share", "https://a.example/"):
        view.anchorClicked.emit(QUrl(address))
    assert cited == [3]
    assert linked == ["https://a.example/"]


def test_hostile_markdown_leaves_no_image_and_loads_nothing(
    view: AnswerText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "secret.png"
    assert QImage(4, 4, QImage.Format.Format_RGB32).save(str(picture))
    asked: list[str] = []
    real = AnswerText.loadResource

    def load(self: AnswerText, kind: int, url: QUrl | str) -> object:
        asked.append(str(url))
        return real(self, kind, url)

    monkeypatch.setattr(AnswerText, "loadResource", load)
    pieces = [
        f"![x]({picture})",
        f"![x](<{picture}>)",
        f"![x][r]\n\n[r]: {picture}\n\n",
        f"![![x]({picture})]({picture})",
        f"\\![x]({picture})",
        f"!![x\ny]({picture})",
        f'<img src="{picture}">',
        f'<object data="{picture}"></object>',
        f'<style>@import "{picture}"</style>',
        "&#33;[x](//host/share/x.png)",
        "[x](javascript:alert(1))",
        "**b** _i_ `code` ",
        "\n\n- item ",
        "\n\n```\nfence\n```\n",
        "⁅1⁆",
        "\n> ",
    ]
    chance = random.Random(SEED)
    for _ in range(150):
        text = "".join(chance.choices(pieces, k=12))
        spans = [SentenceSupport(start, end, None, 0.0) for start, end in sentences(text)]
        view.show_answer(text, spans)
        assert not [
            part for part in fragments(view.document()) if part.charFormat().isImageFormat()
        ]
        view.grab()
    assert asked == []


def test_an_image_leaves_its_description() -> None:
    assert harmless("See ![the chart](//host/x.png) here") == "See the chart here"
    assert harmless("!![x][y]") == "[x][y]"


def cut(text: str) -> list[str]:
    return [text[block.start : block.end] for block in blocks(text)]


def test_what_is_settled_never_includes_open_code() -> None:
    assert cut("One.\n\nTwo") == ["One.\n\n", "Two"]
    assert cut("One.\n\n```\na\n\nb\n") == ["One.\n\n", "```\na\n\nb\n"]
    assert not blocks("```\na\n\nb\n")[0].closed
    assert cut("One") == ["One"]
    assert cut("````\n```\n````\nTwo") == ["````\n```\n````\n", "Two"]
    assert cut("- one\n\n  still one\n- two") == ["- one\n\n  still one\n- two"]


def test_blocks_are_the_whole_text_wherever_cutting_begins_again() -> None:
    chance = random.Random(SEED)
    pieces = [
        "Text. ",
        "\n",
        "\n\n",
        "- item\n",
        "```py\ncode\n",
        "```\n",
        "| a | b |\n",
        "|--|--|\n",
    ]
    for _ in range(300):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 250)))
        found = blocks(text)
        assert "".join(text[block.start : block.end] for block in found) == text
        for block in found:
            assert blocks(text, block.start, block.table)[0] == block


def test_text_that_streams_in_looks_like_the_whole(view: AnswerText, qtbot: QtBot) -> None:
    text = (
        "# Head\n\nSome *words* here.\n\n- one\n- two\n\n```py\ncode\n\nmore\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nlast\n```\n> Said.\n\nThe end."
    )

    def grounds() -> list[tuple[float, bool]]:
        document = view.document()
        lines = [document.findBlockByNumber(at) for at in range(document.blockCount())]
        return [(line.blockFormat().topMargin(), is_code(line)) for line in lines]

    for at in range(0, len(text), 3):
        view.append_piece(text[at : at + 3])
        view._render_tail()
    streamed, coloured = view.toPlainText(), grounds()
    view.show_answer(text, ())
    assert streamed == view.toPlainText()
    assert coloured == grounds()
    assert {code for _, code in coloured} == {True, False}


def test_a_long_answer_is_laid_out_again_only_at_its_end(view: AnswerText) -> None:
    paragraph = "The council raised the annual fee for the storage of documents. " * 5 + "\n\n"
    for _ in range(60):
        view.append_piece(paragraph)
        view._render_tail()
    revisions = [view.document().findBlockByNumber(at).revision() for at in range(20)]
    before = time.perf_counter()
    view.append_piece("One more sentence.")
    view._render_tail()
    assert time.perf_counter() - before < 1.0
    assert [view.document().findBlockByNumber(at).revision() for at in range(20)] == revisions
