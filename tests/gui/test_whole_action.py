"""The whole user action in the real window: drop a PDF, ask, read a cited answer, come back to it.

Nothing stands in for anything: real profile, real children, the starter models.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPlainTextEdit, QToolButton, QWidget

from desktop.app import Application
from desktop.domain.chat import AnswerKind, Turn, TurnState
from desktop.domain.documents import Document, DocumentState
from desktop.gui.widgets.page_view import PageView
from desktop.gui.widgets.sources import SourcesPanel
from desktop.gui.widgets.transcript import Transcript
from desktop.gui.widgets.turn import AnswerView, QuestionView
from tests.gui.conftest import Starter, wait_for, wait_until
from tests.gui.dragging import drop_files
from tests.samples import write_pdf

LEASE = "Helen Marsh signed the lease of the warehouse in Dunmere on 12 May."
PAGES = (
    "The tenant reported a broken boiler in the west wing. The insurer asked for photographs.",
    f"Premises.\n\n{LEASE}\n\nThe auditor recorded the sale of two delivery vans.",
    "The pension reserve was left as it is. The next meeting is in Fernleigh.",
)
QUESTION = "Who signed the lease of the warehouse in Dunmere?"


def test_drop_ask_read_look_up_and_come_back(start: Starter, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "minutes.pdf", PAGES, "Minutes of the board")
    profile = tmp_path / "profile"
    application = start.opened(profile)
    states = drop(application, path)
    wait_until(lambda: bool(states) and states[-1].state is DocumentState.READY)
    assert states[-1].page_count == states[-1].pages_read == len(PAGES)
    answer = ask_and_read(application)
    stored = answer.turn
    look_up(application, answer)
    application.close()

    come_back(start.opened(profile), stored)


def drop(application: Application, path: Path) -> list[Document]:
    """Drop a file on the window; the states its document goes through, as they come."""
    states: list[Document] = []
    assert application.desk is not None
    application.desk.library.changed.listen(
        lambda document: (
            states.append(document) if document and document.name == path.name else None
        )
    )
    drop_files(application.window, path)
    return states


def ask_and_read(application: Application) -> AnswerView:
    """Ask in the window; the finished answer as it is shown."""
    window = application.window
    field = window.findChild(QPlainTextEdit, "chat.input")
    bridge = application.joined.answers
    assert bridge is not None
    pieces: list[str] = []
    bridge.wrote.connect(pieces.append)
    QTest.keyClicks(field, QUESTION)
    QTest.keyClick(field, Qt.Key.Key_Return)
    (turn,) = wait_for(bridge.finished, 110)
    answers = window.findChildren(AnswerView)
    assert len(answers) == 1
    answer = answers[0]
    assert answer.turn == turn
    assert answer.turn.state is TurnState.COMPLETE
    record = answer.turn.record
    assert record is not None
    assert record.kind is AnswerKind.GROUNDED
    assert record.model
    assert "".join(pieces) == answer.turn.text
    assert answer.turn.citations, answer.turn.text
    assert {citation.page for citation in answer.turn.citations} == {2}
    assert field.toPlainText() == ""
    return answer


def look_up(application: Application, answer: AnswerView) -> None:
    """Press the first chip: its page is shown with the passage lit, and only the passage."""
    panel = application.window.findChild(SourcesPanel, "chat.sources")
    assert not panel.isVisible()
    chip = next(
        each for each in answer.findChildren(QToolButton) if each.objectName() == "chat.chip"
    )
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    view = panel.findChild(PageView, "sources.page")
    wait_until(lambda: not view.lit_region().isEmpty())
    lit = view.lit_region()
    # Between the lit lines, and on their letters, no marker shows: most of it, on a small page.
    assert marked(view.widget(), lit) > 0.15
    assert marked(view.widget(), QRect(0, 0, view.widget().width(), lit.top() - 4)) == 0.0
    assert "minutes.pdf" in view.widget().accessibleName()


def come_back(application: Application, stored: Turn) -> None:
    """Open the chat of the last session: question, answer and sources are there."""
    window = application.window
    chats = window.findChild(QListView, "chat.list")
    # One chat, under its day.
    wait_until(lambda: chats.model() is not None and chats.model().rowCount() == 2)
    chats.setCurrentIndex(chats.model().index(1, 0))
    transcript = window.findChild(Transcript, "chat.transcript")
    wait_until(lambda: len(transcript.views()) == 2)
    question, answer = transcript.views()
    assert isinstance(question, QuestionView)
    assert isinstance(answer, AnswerView)
    assert question.text() == QUESTION
    assert answer.turn == stored
    look_up(application, answer)


def marked(widget: QWidget, where: QRect) -> float:
    """The share of pixels that a yellow marker has gone over."""
    image = widget.grab(where).toImage()
    colours = [
        QColor(image.pixel(x, y))
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    ]
    return sum(colour.red() - colour.blue() > 60 for colour in colours) / len(colours)
