"""One question, and one answer with everything that belongs to it.

An answer waits, grows, and is finished once; a stored one is finished at once. What the user wants
of it (see a source, follow a link) is passed on; nothing here knows a service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.chat import AnswerKind, Role, Turn, TurnState
from desktop.domain.reasoning import split
from desktop.gui.models.answer_words import (
    in_words_of_the_window,
    shortfalls_in_words,
)
from desktop.gui.notify import words_for_record
from desktop.gui.theme import GRID
from desktop.gui.widgets.answer_text import AnswerText
from desktop.gui.widgets.chips import Chips
from desktop.gui.widgets.columns import Columns
from desktop.gui.widgets.details import Details
from desktop.gui.widgets.lighting import Lighting, LitLabel
from desktop.gui.widgets.quotation import Quotation
from desktop.gui.widgets.reasoning import Reasoning
from desktop.gui.widgets.turn_actions import TurnActions, Wish
from desktop.gui.widgets.typesetting import Typesetting
from desktop.gui.widgets.waiting import Waiting

COPIED_MS = 2000  # how long a button says that it has copied


class QuestionView(QWidget):
    """What the user asked, word for word. `wished` carries the turn and a `Wish`."""

    wished = Signal(object, object)

    def __init__(self, turn: Turn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn = turn
        self._label = LitLabel(turn.text, self)
        self._label.setObjectName("chat.question")
        self._label.setProperty("role", "question")
        self._label.setAccessibleName(self.tr("Question: {text}").format(text=turn.text))
        self.actions_ = TurnActions(turn, self)
        self.actions_.wished.connect(self._wish)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._label)
        layout.addWidget(self.actions_, 0, Qt.AlignmentFlag.AlignLeft)

    def text(self) -> str:
        return self._label.plain()

    def selected(self) -> str:
        """What of it is selected."""
        return self._label.selectedText()

    def light(self, words: Sequence[str]) -> int | None:
        """Light words; how far below the top the first one is, in pixels, if there is one."""
        return self._label.y() if self._label.light(words) else None

    def _wish(self, wish: object) -> None:
        self.wished.emit(self.turn, wish)


class AnswerView(QWidget):
    """`cited` carries the turn and a citation's number, `linked` an address, `wished` the turn and
    a `Wish`, `exported` the id of an answer that is to be written to a file, and whether with the
    pages it cites."""

    cited = Signal(object, int)
    linked = Signal(str)
    wished = Signal(object, object)
    exported = Signal(int, bool)

    def __init__(
        self, turn: Turn, parent: QWidget | None = None, typesetting: Typesetting | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chat.answer")
        self.turn = turn
        self._typesetting = typesetting
        self._details: Details | None = None
        self._closest: QWidget | None = None
        self._reasoning: Reasoning | None = None
        self._columns: Columns | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID)
        self._text = AnswerText(self, typesetting)
        self._text.setObjectName("chat.answer.text")
        self._text.cited.connect(self._cite)
        self._text.linked.connect(self.linked)
        self._text.hide()
        self._lighting = Lighting(self._text)
        self._waiting = Waiting(self)
        self._waiting.hide()
        self._layout.addWidget(self._text)
        self._layout.addWidget(self._waiting)
        if turn.state is not TurnState.STREAMING:
            self.finish(turn)

    # -- while it is written

    def show_progress(
        self,
        stage: str,
        done: int,
        total: int,
        *,
        stopping: bool,
        seconds_left: float | None = None,
    ) -> None:
        """Say what is being waited for; once words come, they speak for themselves."""
        self._waiting.show_progress(
            stage, done, total, stopping=stopping, seconds_left=seconds_left
        )

    def append_reasoning(self, text: str) -> None:
        """Add a piece of what the model thinks first."""
        self._shown_reasoning().append_piece(text)

    def append_piece(self, text: str) -> None:
        """Add a piece of the answer."""
        if self._reasoning is not None:
            self._reasoning.end()
        self._text.show()
        self._text.append_piece(text)

    # -- when it is finished

    def finish(self, turn: Turn) -> None:
        """Show the answer as it is stored, with its citations."""
        if turn.record is None:  # found as the application left it: as the model wrote it
            reasoning, text = split(turn.text)
            turn = replace(turn, text=text)
            if reasoning:
                self._shown_reasoning().show_whole(reasoning, 0.0)
        self.turn = turn
        self._waiting.hide()
        record = turn.record
        if record is not None and record.reasoning:
            self._shown_reasoning().show_whole(record.reasoning, record.reasoning_s)
        kind = record.kind if record else AnswerKind.GROUNDED
        quoted = kind is AnswerKind.QUOTED and bool(turn.citations)
        compared = record is not None and bool(record.columns)
        self._text.setVisible(bool(turn.text) and not quoted and not compared)
        if quoted:
            for citation in turn.citations:
                quotation = Quotation(citation, self)
                quotation.chosen.connect(self._cite)
                self._layout.addWidget(quotation)
        elif compared:
            self._columns = Columns(turn, self, self._typesetting)
            self._columns.cited.connect(self._cite)
            self._columns.linked.connect(self.linked)
            self._layout.addWidget(self._columns)
        elif turn.text:
            self._text.show_answer(*in_words_of_the_window(turn))
        for notice in self._notices(turn):
            self._layout.addWidget(self._notice(notice))
        if turn.citations and not quoted and not compared and kind is not AnswerKind.NOT_FOUND:
            chips = Chips(turn.citations, self)
            chips.chosen.connect(self._cite)
            self._layout.addWidget(chips)
        self._layout.addLayout(self._footer(turn))

    def _shown_reasoning(self) -> Reasoning:
        if self._reasoning is None:
            self._reasoning = Reasoning(self)
            self._layout.insertWidget(0, self._reasoning)
        return self._reasoning

    def _notices(self, turn: Turn) -> list[str]:
        said = []
        record = turn.record
        if record is not None and record.kind is AnswerKind.QUOTED and turn.error_code:
            said.append(self.tr("These are passages of your documents, because no model answered."))
        if turn.error_code:
            said.append(words_for_record(turn.error_code, dict(turn.error_facts)))
        if turn.state is TurnState.STOPPED:
            said.append(self.tr("Stopped before it was finished."))
            if record is not None and record.of_document:
                said.append(self.tr("What was read is kept: summarised again, it goes on there."))
        if record is not None and record.truncated:
            said.append(self.tr("The answer ends here because it reached its greatest length."))
        if record is not None and record.left_out:
            said.append(
                self.tr("Written without the first questions of this chat: {count}.").format(
                    count=record.left_out
                )
            )
        if record is not None:
            said += shortfalls_in_words(record)
        if record is not None and record.unsaid_incomplete:
            said.append(
                self.tr("Some documents are still being indexed; ask again later for more.")
            )
        if record is not None and record.unsaid_unreadable:
            said.append(
                self.tr(
                    "Documents that could not be read, and so were not searched: {count}. "
                    "The report on the Documents page names them."
                ).format(count=QLocale().toString(record.unsaid_unreadable))
            )
        return said

    def _notice(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName("chat.notice")
        label.setProperty("role", "muted")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    # -- what can be done with it

    def selected(self) -> str:
        """What of it is selected."""
        texts = [text for text in self.findChildren(AnswerText) if not text.isHidden()]
        parts = [text.selected() for text in texts]
        parts += [label.selectedText() for label in self.findChildren(LitLabel)]
        return next(filter(None, parts), "")

    def formatted(self) -> str:
        """The answer as HTML, as it is shown; "" for one that has no form."""
        if self._columns is not None:
            return self._columns.formatted()
        return "" if self._text.isHidden() else self._text.document().toHtml()

    def light(self, words: Sequence[str]) -> int | None:
        """Light words; how far below the top the first one is, in pixels, if there is one."""
        first: int | None = None
        if self._lighting.light(words) and not self._text.isHidden():
            place = self._lighting.first()
            first = self._text.y() + (place.top() if place else 0)
        if self._columns is not None:
            lit = self._columns.light(words)
            first = None if lit is None else self._columns.y() + lit
        for quotation in self.findChildren(Quotation):
            if quotation.light(words) and first is None:
                first = quotation.y()
        return first

    def _wish(self, wish: object) -> None:
        self.wished.emit(self.turn, wish)

    def _footer(self, turn: Turn) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        if turn.text:
            self._copy = self._tool("chat.copy", self.tr("Copy"), self.tr("Copy this answer"))
            self._copy.clicked.connect(self._copy_text)
            row.addWidget(self._copy)
        if turn.citations and turn.record and turn.record.kind is AnswerKind.NOT_FOUND:
            closest = self._tool(
                "chat.closest.show",
                self.tr("Closest places"),
                self.tr("Show the passages that came closest; none of them answers the question"),
            )
            closest.setCheckable(True)
            closest.toggled.connect(self._show_closest)
            row.addWidget(closest)
        if turn.record is not None:
            fold = self._tool(
                "chat.details.show",
                self.tr("Details"),
                self.tr("Show how this answer was made"),
            )
            fold.setCheckable(True)
            fold.toggled.connect(self._fold)
            row.addWidget(fold)
        self.actions_ = TurnActions(turn, self)
        self.actions_.wished.connect(self._wish)
        row.addWidget(self.actions_)
        if turn.text and turn.role is Role.ASSISTANT:
            row.addWidget(self._export_tool())
        row.addStretch(1)
        return row

    def _export_tool(self) -> QToolButton:
        tool = self._tool("chat.answer.export", self.tr("Export"), self.tr("Export this answer"))
        menu = QMenu(tool)
        menu.setAccessibleName(tool.accessibleName())
        for name, text, pages in (
            ("sources", self.tr("With its sources"), False),
            ("pages", self.tr("With images of the pages it cites"), True),
        ):
            action = menu.addAction(text, partial(self.exported.emit, self.turn.id, pages))
            action.setObjectName(f"chat.answer.export.{name}")
        tool.setMenu(menu)
        tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return tool

    def _tool(self, name: str, text: str, spoken: str) -> QToolButton:
        tool = QToolButton(self)
        tool.setObjectName(name)
        tool.setProperty("role", "footer")
        tool.setText(text)
        tool.setToolTip(spoken)
        tool.setAccessibleName(spoken)
        return tool

    def _copy_text(self) -> None:
        self._wish(Wish.COPY)
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(COPIED_MS, self._copy, lambda: self._copy.setText(self.tr("Copy")))

    def _fold(self, shown: bool) -> None:
        if self._details is None and self.turn.record is not None:
            self._details = Details(self.turn.record, self)
            self._layout.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(shown)

    def _show_closest(self, shown: bool) -> None:
        if self._closest is None:
            self._closest = QWidget(self)
            self._closest.setObjectName("chat.closest")
            self._closest.setAccessibleName(self.tr("Closest places"))
            layout = QVBoxLayout(self._closest)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(GRID)
            for citation in self.turn.citations:
                quotation = Quotation(citation, self._closest)
                quotation.chosen.connect(self._cite)
                layout.addWidget(quotation)
            self._layout.addWidget(self._closest)
        self._closest.setVisible(shown)

    def _cite(self, number: int) -> None:
        if any(citation.number == number for citation in self.turn.citations):
            self.cited.emit(self.turn, number)


def view_of(
    turn: Turn, parent: QWidget, typesetting: Typesetting | None = None
) -> QuestionView | AnswerView:
    """What shows that turn."""
    if turn.role is Role.USER:
        return QuestionView(turn, parent)
    return AnswerView(turn, parent, typesetting)
