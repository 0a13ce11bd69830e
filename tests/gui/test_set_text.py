"""Code, formulas, tables and links of an answer, as they are set."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.chat import SentenceSupport
from desktop.domain.sentences import sentences
from desktop.gui.tasks import Tasks
from desktop.gui.theme import DARK, LIGHT
from desktop.gui.widgets.answer_text import AT_ONCE, AnswerText
from desktop.gui.widgets.code_colours import LANGUAGES, lexer_of
from desktop.gui.widgets.formulas import formulas_in, typeset
from desktop.gui.widgets.typesetting import Typesetting
from tests.gui.conftest import wait_until

CODE = 'def fee(year: int) -> str:\n    # rises\n    return "£" + str(100 * year)'


@pytest.fixture
def typesetting(qapp: QApplication) -> Iterator[Typesetting]:
    tasks = Tasks()
    yield Typesetting.on(tasks, tasks)
    tasks.shutdown()


@pytest.fixture
def view(qtbot: QtBot, typesetting: Typesetting) -> AnswerText:
    view = AnswerText(None, typesetting)
    qtbot.addWidget(view)
    view.resize(600, 100)
    view.show()
    return view


def stream(view: AnswerText, text: str) -> None:
    for at in range(0, len(text), 5):
        view.append_piece(text[at : at + 5])
        view._render_tail()


# -- code


@pytest.mark.parametrize("streamed", [True, False])
def test_each_piece_of_code_has_its_colours_and_its_button(
    view: AnswerText, streamed: bool
) -> None:
    text = (
        f"Look:\n\n```python\n{CODE}\n```\n\n```\nplain\n```\n\n"
        "- item\n\n  ```sql\n  SELECT 1;\n  ```\n\nEnd."
    )
    if streamed:
        stream(view, text)
    else:
        view.show_answer(text, ())
    wait_until(lambda: not view.code.busy)
    panels = view.code.panels
    assert [panel.code() for panel in panels] == [CODE, "plain", "SELECT 1;"]
    colours = {
        form.format.foreground().color().name() for form in panels[0].first.layout().formats()
    }
    assert {LIGHT.accent, LIGHT.code_name} <= colours
    assert panels[1].first.layout().formats() == []
    buttons = view.findChildren(QToolButton, "chat.code.copy")
    QTest.mouseClick(next(b for b in buttons if b is panels[0].button), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == CODE


def test_code_that_grows_is_not_written_anew(view: AnswerText) -> None:
    view.append_piece("```python\n" + "x = 1\n" * 200)
    view._render_tail()
    first = view.document().findBlockByNumber(3)
    revision = first.revision()
    for _ in range(20):
        view.append_piece("y = 2\n")
        view._render_tail()
    assert first.revision() == revision
    assert view.document().blockCount() == 220
    assert len(view.code.panels) == 1


def test_only_languages_that_are_known_are_coloured() -> None:
    assert [name for name in sorted(LANGUAGES) if lexer_of(name) is None] == []
    assert lexer_of("brainfuck") is None
    assert lexer_of("../python") is None


def test_the_colours_of_code_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for scheme in (LIGHT, DARK):
        for colour in (scheme.code_name, scheme.code_text, scheme.code_number, scheme.accent):
            bright, dim = sorted((light(colour), light(scheme.sunken)), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, colour


# -- formulas


def test_amounts_are_no_formulas() -> None:
    text = r"It costs $5 and $10, US$5=US$6, $3-$4, but $x^2$, \(a\), $$\frac12$$ and $n$ are."
    assert [formula.tex for formula in formulas_in(text)] == ["x^2", "a", r"\frac12", "n"]


def test_a_formula_is_set_in_its_line_and_copied_as_it_was_written(view: AnswerText) -> None:
    text = r"Note that $\frac{a}{b}$ is `$x^2$` small. It *is*."
    spans = [SentenceSupport(s, e, 1, 1.0) for s, e in sentences(text)]
    view.show_answer(text, spans)
    assert view.toPlainText() == "Note that \ufffc is $x^2$ small.1 It is.1"
    height = view.document().size().height()
    assert view._formulas is not None
    wait_until(lambda: view._formulas.known(r"\frac{a}{b}"))  # type: ignore[union-attr]
    wait_until(lambda: view.document().size().height() > height)
    cursor = QTextCursor(view.document())
    cursor.select(QTextCursor.SelectionType.Document)
    view.setTextCursor(cursor)
    copied = view.createMimeDataFromSelection().text()
    assert copied == r"Note that $\frac{a}{b}$ is $x^2$ small.1 It is.1"


def test_what_is_no_formula_after_all_stands_as_it_was_written(view: AnswerText) -> None:
    text = r"This $\frac{a}{$ and $\begin{x}^$ stay."
    view.show_answer(text, ())
    wait_until(lambda: view.toPlainText() == text)


def test_a_formula_that_would_take_for_ever_is_given_up() -> None:
    began = time.monotonic()
    assert typeset("\\overline{" * 40 + "x" + "}" * 40) is None
    assert time.monotonic() - began < 30
    assert typeset("x") is not None


# -- tables and links


def test_a_long_table_is_one_to_look_at(view: AnswerText) -> None:
    rows = "".join(f"| row {n} | the fee of *year* {n} | {n} |\n" for n in range(60))
    text = f"See:\n\n| a | b | c |\n|---|---|---|\n{rows}\nThe end."
    stream(view, text)
    streamed = view.toPlainText()
    view.show_answer(text, ())
    assert view.toPlainText() == streamed
    assert streamed.count("a\nb\nc") == 1
    assert streamed.count("row ") == 60


def test_a_link_says_where_it_leads_and_what_leads_nowhere_is_none(view: AnswerText) -> None:
    view.show_answer(
        "See [the notice](https://a.example/b?c=d) or [this](javascript:alert(1)).", ()
    )
    link = view.document().find("the notice").charFormat()
    assert link.toolTip() == "https://a.example/b?c=d"
    assert not view.document().find("this").charFormat().isAnchor()


def test_a_long_answer_is_laid_out_aside_and_takes_the_place_of_what_was_there(
    view: AnswerText, qtbot: QtBot
) -> None:
    view.show_answer("Short.", ())
    text = "The council raised the annual fee for storage.\n\n" * (AT_ONCE // 40)
    with qtbot.waitSignal(view.shown):
        view.show_answer(text, ())
        assert view.toPlainText() == "Short."
    assert view.toPlainText().count("council") == AT_ONCE // 40
    assert view.height() >= view.document().size().height()
